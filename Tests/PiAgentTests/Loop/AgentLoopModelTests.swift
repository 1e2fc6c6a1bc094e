import Conversations
import PiAI
import PiAgent
import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiAgent

/// Random models, tools, steering, aborts and budget ends: what must hold, holds after every event.
@Suite struct AgentLoopModelTests {
    /// What the loop's orders have led to so far, kept by somebody who knows nothing of how it decides.
    private struct World {
        var messages: [Message] = []
        var running: Set<String> = []
        var reserved: Set<String> = []
        var executed: [String] = []
        var asks = false
        var compacts = false
        var wasAborted = false
        var isGranted = false
        var end: AgentEnd?
        var faults: [String] = []

        mutating func obey(_ actions: [AgentLoop.Action]) {
            for action in actions {
                if end != nil { faults.append("\(action.told) after the end") }
                switch action {
                case .record(let message): record(message)
                case .ask:
                    if asks || compacts || !running.isEmpty { faults.append("asked while busy") }
                    if wasAborted { faults.append("asked after an abort") }
                    if !open.isEmpty { faults.append("asked with open calls \(open)") }
                    if !isGranted { faults.append("asked for what nobody has granted") }
                    (asks, isGranted) = (true, false)
                case .compact:
                    if asks || compacts || !running.isEmpty {
                        faults.append("summed up while busy")
                    }
                    if wasAborted { faults.append("summed up after an abort") }
                    compacts = true
                case .reserveCall(let call): reserved.insert(call.id)
                case .run(let call):
                    if wasAborted { faults.append("ran \(call.id) after an abort") }
                    if executed.contains(call.id) { faults.append("ran \(call.id) twice") }
                    executed.append(call.id)
                    running.insert(call.id)
                case .end(let why):
                    end = why
                    if !running.isEmpty || asks || compacts { faults.append("ended while busy") }
                    if !open.isEmpty { faults.append("ended with open calls \(open)") }
                case .reserveTurn, .cancelAll, .endTurn, .useStronger, .useFallback, .tell: break
                }
            }
        }

        /// Calls of the last answer that wait for their results.
        private var open: [String] { AgentLoop.unanswered(in: messages).map(\.id) }

        private mutating func record(_ message: Message) {
            switch message {
            case .toolResult(let result):
                if !open.contains(result.callID) {
                    faults.append("a result of \(result.callID), which waits for none")
                }
            case .assistant, .user, .system:
                // Models use their ids again in later answers.
                executed = []
                if !open.isEmpty { faults.append("something between a call and its result") }
            }
            messages.append(message)
        }
    }

    private static func answer(_ random: inout Seeded, _ serial: inout Int) -> AssistantMessage {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return Made.answer()
        case 1: return Made.answer("cut", stop: .length)
        case 2...3: return Made.answer("done")
        default:
            let calls = (0..<Int.random(in: 1...4, using: &random)).map { _ -> ToolCall in
                serial += 1
                let name = ["read", "write", "bash", "none"].randomElement(using: &random)!
                // Now and then two calls have one id, as some models do.
                let id = "c\(Int.random(in: 0..<12, using: &random) == 0 ? serial - 1 : serial)"
                var call = Made.call(id, name, ["x", "y"].randomElement(using: &random)!)
                if Int.random(in: 0..<12, using: &random) == 0 { call.argumentsError = "cut" }
                return call
            }
            return Made.answer("going on", calls: calls)
        }
    }

    private static func event(
        _ world: inout World, _ loop: AgentLoop, _ random: inout Seeded, _ serial: inout Int
    ) -> AgentLoop.Event {
        switch Int.random(in: 0..<40, using: &random) {
        case 0: return .steered(.now(Made.user("steer")))
        case 1: return .steered(.later(Made.user("later")))
        case 2 where Int.random(in: 0..<4, using: &random) == 0:
            world.wasAborted = true
            return .aborted
        case 3 where Int.random(in: 0..<8, using: &random) == 0:
            world.wasAborted = true
            return .outOfTime(Made.hit)
        // News that nobody waits for any more.
        case 4:
            return .callEnded(
                id: "c\(Int.random(in: 0...serial, using: &random) + 1000)",
                CallOutcome(.finished, "late"))
        default: break
        }
        if world.asks {
            world.asks = false
            switch Int.random(in: 0..<12, using: &random) {
            case 0: return .failed(ModelError(.overloaded, "busy"), Made.failure("half"))
            case 1: return .failed(ModelError(.contextOverflow, "long"), Made.failure())
            case 2 where Int.random(in: 0..<5, using: &random) == 0:
                return .failed(ModelError(.authentication, "no"), Made.failure())
            case 3: return .repeated("x x", Made.answer("x x", stop: .aborted))
            default: return .answered(answer(&random, &serial))
            }
        }
        if world.compacts {
            world.compacts = false
            let errors: [ModelError?] = [
                nil, ModelError(.overloaded, "busy"), ModelError(.quota, "paid out"),
            ]
            return Bool.random(using: &random)
                ? .compacted : .notCompacted(errors.randomElement(using: &random)!)
        }
        let running = world.running.sorted()
        let reserved = world.reserved.sorted()
        if let id = reserved.randomElement(using: &random), Bool.random(using: &random) {
            world.reserved.remove(id)
            return Int.random(in: 0..<40, using: &random) == 0
                ? .callRefused(id: id, Made.hit) : .callGranted(id: id)
        }
        if let id = running.randomElement(using: &random) {
            world.running.remove(id)
            let ways: [CallOutcome.Way] = [.finished, .failed, .denied, .limited, .interrupted]
            return .callEnded(
                id: id,
                CallOutcome(
                    ways.randomElement(using: &random)!,
                    "\(Int.random(in: 0..<1000, using: &random))"))
        }
        switch Int.random(in: 0..<40, using: &random) {
        case 0: return .turnRefused(Made.hit)
        case 1: return .turnTooLong
        default:
            world.isGranted = loop.state == .reserving
            return .turnGranted
        }
    }

    /// Of the conversation as each protocol would send it now, to the model it was held with and to another.
    private static func wireFaults(_ messages: [Message]) throws -> [String] {
        var faults: [String] = []
        for api in API.allCases {
            for id in ["m", "other"] {
                let name = ModelName(api: api, provider: "test", model: id)
                let request = ModelRequest(
                    model: Model(name: name, baseURL: "http://127.0.0.1:1"), messages: messages)
                faults += try WireOrder.faults(of: request).map { "\(api.rawValue): \($0)" }
            }
        }
        return faults
    }

    /// How many are tried here; `make soak` tries more.
    private static var rounds: Int {
        ThisProcess.variable("PI_SOAK_ROUNDS")?.utf8.flatMap(Int.init).map { $0 * 100 } ?? 2_000
    }

    @Test func `every call has one result, and nothing is begun after an abort`() throws {
        var random = try Seeded.fresh(for: "agent loop")
        var ends: [String: Int] = [:]
        var round = 0
        // One end is so rare that it may need more of them.
        while round < Self.rounds || ends.count < 6 && round < 10 * Self.rounds {
            defer { round += 1 }
            var settings = AgentLoop.Settings()
            settings.hasStronger = Bool.random(using: &random)
            settings.fallbacks = Int.random(in: 0...2, using: &random)
            settings.steeringMode = Bool.random(using: &random) ? .all : .oneAtATime
            var loop = AgentLoop(Made.tools, settings)
            var world = World()
            var serial = 0
            world.obey(loop.receive(.prompted([Made.user("go")]), at: 0))
            var steps = 0
            while world.end == nil, steps < 3_000 {
                steps += 1
                let event = Self.event(&world, loop, &random, &serial)
                world.obey(loop.receive(event, at: steps))
                // Each time would take long; one time or another it is every kind of moment.
                if Int.random(in: 0..<400, using: &random) == 0 {
                    world.faults += try Self.wireFaults(world.messages)
                }
            }
            if round.isMultiple(of: 10) { world.faults += try Self.wireFaults(world.messages) }
            guard world.faults.isEmpty else {
                Issue.record("round \(round), PI_SEED=\(random.seed): \(world.faults.prefix(3))")
                return
            }
            ends[world.end.map { AgentLoop.Action.end($0).told } ?? "none", default: 0] += 1
            // An end that nobody comes to would be a loop without one.
            if world.end == nil { Issue.record("no end in round \(round), PI_SEED=\(random.seed)") }
        }
        // A model that never leads anywhere proves nothing.
        #expect(ends.count >= 6, "\(ends)")
    }

    @Test func `whatever has ended stays so`() {
        for end in [AgentEnd.finished, .aborted] {
            var loop = AgentLoop(Made.tools)
            _ = loop.after(.prompted([Made.user("x")]))
            _ = loop.after(.turnGranted)
            _ =
                end == .finished
                ? loop.after(.answered(Made.answer("x")))
                : loop.after(.aborted)
                    + loop.after(.failed(ModelError(.cancelled, ""), Made.failure()))
            for event: AgentLoop.Event in [
                .steered(.now(Made.user("x"))), .turnGranted, .turnTooLong, .turnRefused(Made.hit),
                .answered(Made.answer("x")), .failed(ModelError(.network, ""), Made.failure()),
                .callGranted(id: "a"), .callRefused(id: "a", Made.hit),
                .callEnded(id: "a", CallOutcome(.finished, "")), .compacted, .notCompacted(nil),
                .repeated("", Made.answer()), .aborted, .outOfTime(Made.hit),
            ] {
                #expect(loop.after(event) == [])
                #expect(loop.state == .ended(end))
            }
        }
    }
}
