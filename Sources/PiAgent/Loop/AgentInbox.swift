/// What comes to a running agent from outside: words of a person, and its end.
package final class AgentInbox: Sendable {
    private let stream: AsyncStream<AgentLoop.Event>
    private let continuation: AsyncStream<AgentLoop.Event>.Continuation

    private static let mostWaiting = 1_000

    package init() {
        (stream, continuation) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingOldest(Self.mostWaiting))
    }

    /// False if there is no room for it, or nobody takes it any more.
    @discardableResult
    package func steer(_ steering: Steering) -> Bool { put(.steered(steering)) }

    @discardableResult
    package func abort() -> Bool { put(.aborted) }

    @discardableResult
    package func endTime(_ hit: BudgetHit) -> Bool { put(.outOfTime(hit)) }

    private func put(_ event: AgentLoop.Event) -> Bool {
        if case .enqueued = continuation.yield(event) { true } else { false }
    }

    /// Nil if somebody no longer waits.
    func next() async -> AgentLoop.Event? {
        var iterator = stream.makeAsyncIterator()
        return await iterator.next()
    }
}
