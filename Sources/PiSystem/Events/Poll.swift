import CSystem

/// Waits in this thread for several descriptors at once: for the few loops that own a thread.
package struct Poll: Sendable {
    /// Which of the descriptors that are waited for; a number that the caller gives a meaning.
    package struct Place: Hashable, Sendable {
        fileprivate let index: Int
    }

    package struct Ready: OptionSet, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        package static let readable = Ready(rawValue: PI_READABLE.rawValue)
        package static let writable = Ready(rawValue: PI_WRITABLE.rawValue)
        /// The other side has gone; what it wrote before can still be read.
        package static let hungUp = Ready(rawValue: PI_HUNG_UP.rawValue)
    }

    private var waits: [pi_wait_for] = []

    package init() {}

    /// Lets some time go by.
    package static func pause(_ time: Duration) throws(SystemError) {
        var nothing = Poll()
        try nothing.wait(atMost: time)
    }

    /// A descriptor of nobody is none: its place is never ready until it is set.
    package mutating func add(_ descriptor: BorrowedDescriptor?, for interest: Ready) -> Place {
        waits.append(
            pi_wait_for(fd: descriptor?.number ?? -1, interest: interest.rawValue, ready: 0))
        return Place(index: waits.count - 1)
    }

    package mutating func set(_ place: Place, _ descriptor: BorrowedDescriptor?) {
        waits[place.index].fd = descriptor?.number ?? -1
        waits[place.index].ready = 0
    }

    package func ready(_ place: Place) -> Ready { Ready(rawValue: waits[place.index].ready) }

    /// Returns when something is ready, when the time is over, or a little earlier.
    package mutating func wait(atMost limit: Duration?) throws(SystemError) {
        let nanoseconds: Int64 =
            switch limit {
            case nil: -1
            case let limit?:
                max(0, (Instant<Monotonic>(nanoseconds: 0) + limit).nanoseconds)
            }
        _ = try checked(
            unsafe pi_poll(&waits, Int32(waits.count), nanoseconds), .waitFor, "descriptors")
    }
}
