import PiAI
import PiAgent
import Testing

@testable import PiAgent

/// What the loop does with every event in every state: all of what is in the table, and nothing for the rest.
@Suite struct AgentLoopTableTests {
    private static let events: [(name: String, event: AgentLoop.Event)] = [
        ("prompted", .prompted([Made.user("more")])), ("steered", .steered(.now(Made.user("now")))),
        ("later", .steered(.later(Made.user("later")))), ("granted", .turnGranted),
        ("too long", .turnTooLong), ("refused", .turnRefused(Made.hit)),
        ("answered", .answered(Made.answer("done"))),
        ("calls", .answered(Made.answer(calls: [Made.call("b", "read", "x")]))),
        ("failed", .failed(ModelError(.authentication, "no"), Made.failure("half"))),
        ("busy", .failed(ModelError(.overloaded, "busy"), Made.failure())),
        ("overflow", .failed(ModelError(.contextOverflow, "long"), Made.failure())),
        ("repeated", .repeated("x x", Made.answer("x x", stop: .aborted))),
        ("call granted", .callGranted(id: "a")),
        ("call refused", .callRefused(id: "a", Made.hit)),
        ("call ended", .callEnded(id: "a", CallOutcome(.finished, "done"))),
        ("other ended", .callEnded(id: "z", CallOutcome(.finished, "done"))),
        ("compacted", .compacted), ("not compacted", .notCompacted(nil)),
        ("not compacted, busy", .notCompacted(ModelError(.overloaded, "busy"))),
        ("aborted", .aborted), ("out of time", .outOfTime(Made.hit)),
    ]

    /// A loop that has come to each of its states.
    private static let states: [(name: String, way: [AgentLoop.Event])] = {
        let asking: [AgentLoop.Event] = [.prompted([Made.user("go")]), .turnGranted]
        let reserved =
            asking + [.answered(Made.answer(calls: [Made.call("a", "read", "x")]))]
        let running = reserved + [.callGranted(id: "a")]
        return [
            ("idle", []), ("reserving", Array(asking.prefix(1))), ("asking", asking),
            ("calling, reserved", reserved), ("calling, running", running),
            ("compacting, threshold", Array(asking.prefix(1)) + [.turnTooLong]),
            (
                "compacting, overflow",
                asking + [.failed(ModelError(.contextOverflow, "long"), Made.failure())]
            ),
            ("stopping, asks", asking + [.aborted]), ("stopping, runs", running + [.aborted]),
            ("ended", asking + [.answered(Made.answer("done"))]),
        ]
    }()

    /// State, event: what is done, and where it leads.
    ///
    /// What is not here does nothing and leads nowhere.
    private static let table = """
        idle | prompted | user:more, reserve | reserving
        idle | aborted | end:aborted | ended
        idle | out of time | end:budget | ended

        reserving | granted | ask | asking
        reserving | too long | compact:threshold | compacting
        reserving | refused | end:budget | ended
        reserving | aborted | end:aborted | ended
        reserving | out of time | end:budget | ended

        asking | answered | answer:stop, end turn, end:finished | ended
        asking | calls | answer:toolUse, reserve:b | calling
        asking | failed | answer:error, end:failed | ended
        asking | busy | tell, reserve | reserving
        asking | overflow | compact:overflow | compacting
        asking | repeated | answer:aborted, tell, user:Your last answer rep, reserve | reserving
        asking | aborted | cancel | stopping
        asking | out of time | cancel | stopping

        calling, reserved | call granted | run:a | calling
        calling, reserved | call refused | result:a!, end turn, end:budget | ended
        calling, reserved | aborted | result:a!, cancel, end turn, end:aborted | ended
        calling, reserved | out of time | result:a!, cancel, end turn, end:budget | ended

        calling, running | call ended | result:a, end turn, reserve | reserving
        calling, running | aborted | cancel | stopping
        calling, running | out of time | cancel | stopping

        compacting, threshold | compacted | reserve | reserving
        compacting, threshold | not compacted | reserve | reserving
        compacting, threshold | not compacted, busy | reserve | reserving
        compacting, threshold | refused | end:budget | ended
        compacting, threshold | aborted | cancel | stopping
        compacting, threshold | out of time | cancel | stopping

        compacting, overflow | compacted | reserve | reserving
        compacting, overflow | not compacted | end:failed | ended
        compacting, overflow | not compacted, busy | tell, compact1:overflow | compacting
        compacting, overflow | refused | end:budget | ended
        compacting, overflow | aborted | cancel | stopping
        compacting, overflow | out of time | cancel | stopping

        stopping, asks | answered | answer:aborted, end turn, end:aborted | ended
        stopping, asks | calls | answer:aborted, end turn, end:aborted | ended
        stopping, asks | failed | answer:error, end turn, end:aborted | ended
        stopping, asks | busy | end turn, end:aborted | ended
        stopping, asks | overflow | end turn, end:aborted | ended
        stopping, asks | repeated | answer:aborted, end turn, end:aborted | ended
        stopping, asks | compacted | end turn, end:aborted | ended
        stopping, asks | not compacted | end turn, end:aborted | ended
        stopping, asks | not compacted, busy | end turn, end:aborted | ended
        stopping, asks | refused | end turn, end:aborted | ended

        stopping, runs | call ended | result:a, end turn, end:aborted | ended
        """

    private static let expected: [String: (actions: [String], state: String)] = {
        var rows: [String: ([String], String)] = [:]
        for line in table.split(separator: "\n") {
            let fields = line.split(separator: " | ").map(String.init)
            guard fields.count == 4, rows["\(fields[0]) | \(fields[1])"] == nil else {
                preconditionFailure("a row that is none, or stands twice: \(line)")
            }
            let actions = fields[2].replacing(", ", with: "\n").split(separator: "\n")
            rows["\(fields[0]) | \(fields[1])"] = (actions.map(String.init), fields[3])
        }
        return rows
    }()

    @Test(arguments: states.map(\.name))
    func `every event in a state does what the table says, and nothing else`(name: String) throws {
        let way = try #require(Self.states.first { $0.name == name }).way
        var loop = AgentLoop(Made.tools)
        way.forEach { _ = loop.after($0) }
        let state = name.split(separator: ",")[0]
        #expect(loop.state.name == state)
        for (event, value) in Self.events {
            var next = loop
            let told = next.after(value)
            let (actions, end) =
                Self.expected["\(name) | \(event)"] ?? ([], loop.state.name)
            #expect(told == actions, "\(name) | \(event)")
            #expect(next.state.name == end, "\(name) | \(event)")
            // What does nothing is no step on the way to something either, but for what waits its turn.
            if actions.isEmpty, !["prompted", "steered", "later"].contains(event) {
                #expect(next.state == loop.state, "\(name) | \(event)")
            }
        }
        let known = Set(Self.events.map { "\(name) | \($0.name)" })
        #expect(Self.expected.keys.filter { $0.hasPrefix("\(name) |") }.allSatisfy(known.contains))
    }
}

extension AgentLoop.State {
    fileprivate var name: String {
        switch self {
        case .idle: "idle"
        case .reserving: "reserving"
        case .asking: "asking"
        case .calling: "calling"
        case .compacting: "compacting"
        case .stopping: "stopping"
        case .ended: "ended"
        }
    }
}
