import Synchronization

/// What comes to a running agent from outside: words of a person, and its end.
///
/// It outlives those who wait at it: what nobody has taken yet is for whoever comes next.
package final class AgentInbox: Sendable {
    private struct State: Sendable {
        var events: [AgentLoop.Event] = []
        var waiter: CheckedContinuation<AgentLoop.Event?, Never>?
    }

    private let state = Mutex(State())

    private static let mostWaiting = 1_000

    package init() {}

    /// False if there is no room for it.
    @discardableResult
    package func steer(_ steering: Steering) -> Bool { put(.steered(steering)) }

    @discardableResult
    package func abort() -> Bool { put(.aborted) }

    @discardableResult
    package func endTime(_ hit: BudgetHit) -> Bool { put(.outOfTime(hit)) }

    private func put(_ event: AgentLoop.Event) -> Bool {
        let (waiter, isTaken) = state.withLock { state in
            if let waiter = state.waiter {
                state.waiter = nil
                return (waiter as CheckedContinuation<AgentLoop.Event?, Never>?, true)
            }
            // An end always has room.
            let isEnd = if case .steered = event { false } else { true }
            guard isEnd || state.events.count < Self.mostWaiting else { return (nil, false) }
            state.events.append(event)
            return (nil, true)
        }
        waiter?.resume(returning: event)
        return isTaken
    }

    /// Nil if the task that waits was cancelled; one waits at a time.
    func next() async -> AgentLoop.Event? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (event, isOver) = state.withLock { state in
                    if !state.events.isEmpty {
                        return (state.events.removeFirst() as AgentLoop.Event?, true)
                    }
                    // Whoever cancels looks for a waiter behind this lock.
                    guard !Task.isCancelled else { return (nil, true) }
                    state.waiter = continuation
                    return (nil, false)
                }
                if isOver { continuation.resume(returning: event) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: nil)
        }
    }
}
