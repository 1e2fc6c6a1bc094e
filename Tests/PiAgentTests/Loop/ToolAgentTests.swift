import PiAgent
import PiJSON
import Testing

/// The agent as a program of one's own uses it.
@Suite(.timeLimit(.minutes(10))) struct ToolAgentTests {
    private static func agent(
        _ turns: JSONValue, limits: ToolAgent.Limits = .init(turns: 9, calls: 9, tokens: 99_999),
        work: @escaping @Sendable (JSONValue) async throws -> String
    ) throws -> ToolAgent {
        try ToolAgent(
            .script(["version": 1, "turns": turns]), instructions: "Work.",
            tools: [AgentTool("work", "works", parameters: ["type": "object"], work: work)],
            limits: limits)
    }

    private static let call: JSONValue = [
        "repeat": 50, "steps": [["call": ["name": "work", "arguments": [:]]]],
    ]

    private struct Fails: Error {}

    @Test func `what a tool throws is told, what is too long is cut`() async throws {
        let agent = try Self.agent([Self.call, ["say": "no"]]) { _ in throw Fails() }
        #expect(try await agent.ask("go").ending != .finished)
        let long = try Self.agent([
            ["steps": [["call": ["name": "work", "arguments": [:]]]]],
            ["when": ["result": "[cut: the first"], "say": "cut"],
        ]) { _ in String(repeating: "ä", count: 60_000) }
        let answer = try await long.ask("go")
        #expect(answer.text == "cut" && answer.used.calls == 1)
    }

    @Test func `a task that is cancelled ends the question, and another can be asked`() async throws
    {
        let (calls, began) = AsyncStream.makeStream(of: Void.self)
        let agent = try Self.agent([Self.call, ["say": "done"]]) { _ in
            began.yield()
            try await Task.sleep(for: .seconds(1_000))
            return ""
        }
        var under = calls.makeAsyncIterator()
        let asking = Task { try await agent.ask("go") }
        await under.next()
        await #expect(throws: ToolAgent.Unfit.self) { try await agent.ask("meanwhile") }
        asking.cancel()
        #expect(try await asking.value.ending == .stopped)
        let again = Task { try await agent.ask("again") }
        await under.next()
        #expect(agent.say("hurry"))
        agent.stop()
        #expect(try await again.value.ending == .stopped)
        #expect(!agent.say("too late"))
    }

    @Test func `limits hold for all questions`() async throws {
        let agent = try Self.agent(
            [Self.call], limits: .init(turns: 9, calls: 2, tokens: 99_999)
        ) { _ in "." }
        #expect(try await agent.ask("go").ending == .limit("calls"))
    }
}
