import CSystem

/// A clock to pass in, so that what depends on time can be tried without waiting.
package struct Clock<Kind: ClockKind>: Sendable {
    private let read: @Sendable () -> Instant<Kind>

    package var now: Instant<Kind> { read() }

    /// A clock that says what `read` says; the kernel's own is `system`.
    package init(_ read: @escaping @Sendable () -> Instant<Kind>) {
        self.read = read
    }

    package static var system: Clock {
        Clock { Instant(nanoseconds: pi_clock(Kind.number)) }
    }
}

/// A point in time of one clock; two clocks' points can't be mixed up.
package struct Instant<Kind: ClockKind>: Hashable, Comparable, Sendable {
    /// Since whatever the clock counts from.
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static func < (one: Instant, other: Instant) -> Bool {
        one.nanoseconds < other.nanoseconds
    }

    package static func - (one: Instant, other: Instant) -> Duration {
        let (length, isTooLong) = one.nanoseconds.subtractingReportingOverflow(other.nanoseconds)
        return .nanoseconds(isTooLong ? (one < other ? Int64.min : Int64.max) : length)
    }

    /// Past the end of time is the end of time, so that "for ever" can be added to anything.
    package static func + (start: Instant, length: Duration) -> Instant {
        let (seconds, attoseconds) = length.components
        let (whole, tooMany) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, tooLong) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        let (end, tooLate) = start.nanoseconds.addingReportingOverflow(sum)
        let last = length < .zero ? Int64.min : Int64.max
        return Instant(nanoseconds: tooMany || tooLong || tooLate ? last : end)
    }
}

package protocol ClockKind: Sendable {
    /// Of `enum pi_clock_kind`.
    static var number: Int32 { get }
}

/// Stands still while the machine sleeps: for how long something worked.
package enum Monotonic: ClockKind {
    package static var number: Int32 { Int32(PI_CLOCK_MONOTONIC.rawValue) }
}

/// Goes on while the machine sleeps: for limits that a person set.
package enum Boot: ClockKind {
    package static var number: Int32 { Int32(PI_CLOCK_BOOT.rawValue) }
}

/// The time of day, which people and other machines set: for records, never for deadlines.
package enum TimeOfDay: ClockKind {
    package static var number: Int32 { Int32(PI_CLOCK_WALL.rawValue) }
}

package typealias MonotonicInstant = Instant<Monotonic>
package typealias BootInstant = Instant<Boot>
package typealias WallInstant = Instant<TimeOfDay>

extension Duration {
    /// Whole ones; past the range of a number the largest.
    package var milliseconds: Int {
        let value = self / .milliseconds(1)
        return value >= 9e15 ? 9_000_000_000_000_000 : value <= 0 ? 0 : Int(value)
    }

    /// As people write it, in the largest unit that divides it: `8 h`, `90 s`, `250 ms`.
    package var shown: String {
        let (seconds, attoseconds) = components
        guard attoseconds == 0 else { return "\(Int64(self / .milliseconds(1))) ms" }
        for (name, length) in [("d", 86_400), ("h", 3_600), ("min", 60)] as [(String, Int64)]
        where seconds != 0 && seconds % length == 0 {
            return "\(seconds / length) \(name)"
        }
        return "\(seconds) s"
    }
}
