import PiAgent
import PiSystem
import Synchronization

/// What ends a run from outside: a person's Ctrl-C, a signal, the clock.
///
/// A second Ctrl-C ends the process at once, and every
/// sandbox with it.
final class RunWatch: Sendable {
    private let signals: SignalSource
    private let done: Stopper
    private let seen = Mutex<Signal?>(nil)

    init() throws(SystemError) {
        signals = try SignalSource([.interrupt, .terminate, .hangup])
        done = try Stopper()
    }

    var signal: Signal? { seen.withLock { $0 } }

    func begin(_ inbox: AgentInbox, wall: RunLedger.Limits.Limit<Duration>?) throws(SystemError) {
        try onThreadOfItsOwn { [self] in
            let start = Clock<Boot>.system.now
            var isOver = false
            while !done.wasAsked {
                var poll = Poll()
                let signal = poll.add(signals.descriptor.borrowed, for: .readable)
                _ = poll.add(done.borrowed, for: .readable)
                let left = isOver ? nil : wall.map { start + $0.value - Clock<Boot>.system.now }
                // What can't be waited for ends the watch, not the run; a signal then ends both.
                guard (try? poll.wait(atMost: left.map { max($0, .zero) })) != nil else { return }
                if !poll.ready(signal).isEmpty, let signal = signals.next() { note(signal, inbox) }
                if let wall, !isOver, Clock<Boot>.system.now >= start + wall.value {
                    isOver = true
                    inbox.endTime(
                        BudgetHit(
                            name: "wall", limit: wall.value.shown, used: "all of it",
                            origin: wall.origin))
                }
            }
        }
    }

    private func note(_ signal: Signal, _ inbox: AgentInbox) {
        let isFirst = seen.withLock { seen in
            defer { seen = seen ?? signal }
            return seen == nil
        }
        guard isFirst else { signal.endThisProcess() }
        // When stderr itself is gone there is nobody to tell.
        try? StandardStream.error.write(Array("\nending; once more to end at once\n".utf8))
        inbox.abort()
    }

    func end() { done.stop() }
}
