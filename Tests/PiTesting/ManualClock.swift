package import PiSystem
import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock<Kind: ClockKind>: Sendable {
    private let nanoseconds: Mutex<Int64>

    package init(at start: Instant<Kind>) {
        nanoseconds = Mutex(start.nanoseconds)
    }

    package var clock: Clock<Kind> {
        Clock { Instant(nanoseconds: self.nanoseconds.withLock { $0 }) }
    }

    package func advance(by length: Duration) {
        nanoseconds.withLock { $0 = (Instant<Kind>(nanoseconds: $0) + length).nanoseconds }
    }
}
