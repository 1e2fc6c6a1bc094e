import Synchronization

/// The first signal of a run, noted once.
final class SeenSignal: Sendable {
    private let first = Mutex<Signal?>(nil)

    var signal: Signal? { first.withLock { $0 } }

    /// False if one was noted before.
    func note(_ signal: Signal) -> Bool {
        first.withLock { first in
            guard first == nil else { return false }
            first = signal
            return true
        }
    }
}
