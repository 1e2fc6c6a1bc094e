import CSystem

/// What a person's Ctrl-C, or a `kill`, does to work under way: the first ends it gently, by
/// cancelling it and waiting until it has cleaned up; a second ends the process at once.
package final class Interruption: Sendable {
    private let signals: Descriptor
    private let seen = SeenSignal()

    /// Once in a program: from then on these signals do nothing but wake `during`.
    package init() throws(SystemError) {
        let caught = [Signal.interrupt.rawValue, Signal.terminate.rawValue]
        let number = unsafe pi_catch_signals(caught, Int32(caught.count))
        signals = Descriptor(owning: try checked(number, .watch, "signals"))
    }

    package struct Interrupted: Error, Hashable, Sendable {
        package let signal: Signal
    }

    /// The outcome of `work`, or `Interrupted` if a signal came and `work` gave up on it.
    ///
    /// A signal that came too late for one piece of work ends the next one before it begins.
    package func during<Value: Sendable>(
        on loop: EventLoop, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        if let signal = seen.signal { throw Interrupted(signal: signal) }
        // Both end before this returns: the work is waited for, the watcher is cancelled and waited for.
        let running = Task { try await work() }
        // A task beside the work, as it has to cancel it from outside.
        let watching = Task { await watch(on: loop) { running.cancel() } }
        let result = await withTaskCancellationHandler {
            await running.result
        } onCancel: {
            running.cancel()
        }
        watching.cancel()
        let failure = await watching.value
        if case .failure(is CancellationError) = result {
            if let signal = seen.signal { throw Interrupted(signal: signal) }
            if let failure { throw failure }
        }
        return try result.get()
    }

    /// Why signals can't be watched any more; nil if the watch was cancelled, as it is when work is done.
    private func watch(on loop: EventLoop, first: @Sendable () -> Void) async -> (any Error)? {
        while true {
            do {
                try await loop.wait(until: .readable, signals)
            } catch is CancellationError {
                return nil
            } catch {
                // Work that nobody can interrupt must not go on.
                first()
                return error
            }
            let number = pi_next_signal(signals.number)
            guard number > 0 else { continue }
            let signal = Signal(rawValue: number)
            guard seen.note(signal) else { signal.endThisProcess() }
            first()
        }
    }

    /// A pipe without a reader, or a file past its limit, becomes an error of the write, never the end of
    /// the program.
    package static func ignoreFailedWrites() throws(SystemError) {
        _ = try checked(pi_ignore_failed_writes(), .watch, "signals")
    }

    /// From now on Ctrl-C is for a child that has the terminal.
    package static func leaveToChild() throws(SystemError) {
        _ = try checked(pi_ignore_interrupts(), .watch, "signals")
    }
}

extension Signal {
    /// Ends this process as the signal itself would, so that whoever waits for it sees the truth.
    package func endThisProcess() -> Never {
        pi_end_by_signal(rawValue)
    }
}

/// Ends this process with an exit code, running no handlers.
package func endThisProcess(code: Int32) -> Never {
    pi_end(code)
}
