import PiAI
import PiAgent
import PiJSON
import PiSystem
import PiTesting
import Synchronization
import Testing

/// The agent as somebody else's program uses it: with tools of its own, and no sandbox.
@Suite(.timeLimit(.minutes(10))) struct AgentTests {
    /// All that it takes: what runs calls, and what counts.
    struct Sums: ToolExecutor {
        func run(
            _ call: ToolCall, progress: @escaping @Sendable (String) async -> Void
        ) async -> CallOutcome {
            let numbers = call.arguments["numbers"]?.array?.compactMap { $0.number?.int } ?? []
            return CallOutcome(.finished, "\(numbers.reduce(0, +))")
        }

        func endTurn() async -> JSONValue? { nil }
    }

    /// Counts what is reserved: whatever is asked has to be.
    final class Reserved: Ledger {
        private let requests = Mutex((reserved: 0, asked: 0))
        var counts: (reserved: Int, asked: Int) { requests.withLock { $0 } }
        func isAsked() { requests.withLock { $0.asked += 1 } }

        func reserve(_ tokens: Int, of model: ModelName, for purpose: RequestPurpose) -> BudgetHit?
        {
            requests.withLock { $0.reserved += 1 }
            return nil
        }
        func reserveCall(_ call: ToolCall) -> BudgetHit? { nil }
        func settle(_ answer: AssistantMessage) {}
        var longestAnswer: Int? { nil }
    }

    private static func tools() throws -> ToolSet {
        var tools = ToolSet()
        try tools.add(
            ToolDeclaration(
                name: "sum", description: "adds",
                parameters: JSONObject([
                    .init(name: "type", value: "object"),
                    .init(
                        name: "properties",
                        value: ["numbers": ["type": "array", "items": ["type": "integer"]]]),
                ])), reach: .nothing)
        return tools
    }

    private static func model(_ name: String = "m", window: Int? = nil) -> Model {
        var model = Model(
            name: ModelName(api: .openAICompletions, provider: "test", model: name),
            baseURL: "http://127.0.0.1")
        model.contextWindow = window
        return model
    }

    private static func work(
        _ script: JSONValue, window: Int? = nil, prompt: String = "go", in session: Session,
        _ inbox: AgentInbox = AgentInbox(), executor: any ToolExecutor = Sums(),
        failing: @escaping @Sendable (_ request: ModelRequest, _ before: [String]) -> String? = {
            _, _ in nil
        }, with adjust: (inout Agent.Setup) -> Void = { _ in }
    ) async throws -> (AgentEnd, [String]) {
        let script = try Script(script)
        var setup = Agent.Setup(
            model: model(window: window), systemPrompt: "You add.", tools: try tools())
        adjust(&setup)
        let seen = Seen()
        let ledger = Reserved()
        let agent = Agent(
            setup,
            asking: { request in
                ledger.isAsked()
                guard let kind = failing(request, seen.all) else { return script.stream(request) }
                seen.add("\(request.model.name.model): \(kind)")
                return failure(kind).stream(request)
            }, tools: executor, ledger: ledger
        ) { event in
            switch event {
            case .toolEnd(_, let outcome): seen.add(outcome.content.joinedText)
            case .compactionEnd(let tokens): seen.add("compacted \(tokens != nil)")
            default: break
            }
        }
        let end = try await agent.run(
            [.user(UserMessage([.text(prompt)], timestamp: 1))], in: session, inbox)
        #expect(ledger.counts.reserved == ledger.counts.asked)
        return (end, seen.all)
    }

    /// Whatever was said before.
    private static func failure(_ kind: String) -> Script {
        always(["error": ["kind": .string(kind)]])
    }

    private final class Seen: Sendable {
        private let list = Mutex<[String]>([])
        func add(_ text: String) { list.withLock { $0.append(text) } }
        var all: [String] { list.withLock { $0 } }
    }

    private static func call(_ numbers: [JSONValue]) -> JSONValue {
        ["steps": [["call": ["name": "sum", "arguments": ["numbers": .array(numbers)]]]]]
    }

    @Test func `a tool of one's own is called, and its result comes back`() async throws {
        let session = try Session(inMemory: "/work")
        let script: JSONValue = [
            "version": 1,
            "turns": [Self.call([1, 2]), ["expect": ["result": "3"], "say": "It is 3."]],
        ]
        let (end, seen) = try await Self.work(script, in: session)
        #expect(end == .finished)
        #expect(seen == ["3"])
        #expect(try session.modelContext().messages.count == 4)
    }

    /// What was said in it is far more than the window.
    private static func longSession() throws -> Session {
        let session = try Session(inMemory: "/work")
        for number in 0..<40 {
            let text = "fact \(number) " + String(repeating: "word ", count: 800)
            try session.append(.message(.user(UserMessage([.text(text)], timestamp: 1))))
            try session.append(
                .message(
                    .assistant(
                        AssistantMessage(
                            content: [.text(TextPart("noted"))], source: AnswerOrigin(model().name),
                            stopReason: .stop, timestamp: 1))))
        }
        return session
    }

    private static let remembering: JSONValue = [
        "version": 1,
        "turns": [
            ["when": ["system": "You sum up"], "say": "## Goal\nRemember.", "repeat": 50],
            ["when": ["system": "You add"], "say": "I remember.", "repeat": 50],
        ],
    ]

    @Test func `where the model for summaries can't, the one that works sums up`() async throws {
        let session = try Self.longSession()
        let (end, seen) = try await Self.work(
            Self.remembering, window: 40_000, in: session,
            failing: { request, _ in request.model.name.model == "cheap" ? "quota" : nil },
            with: { $0.summarizer = Self.model("cheap", window: 40_000) })
        #expect(end == .finished)
        #expect(seen == ["cheap: quota", "compacted true"])
    }

    /// What stays is for the one that works, whatever the other can hold; that reads the rest piece by piece.
    @Test func `a small model sums up for a large one`() async throws {
        let session = try Self.longSession()
        let pieces = Mutex<[Int]>([])
        let (end, seen) = try await Self.work(
            Self.remembering, window: 40_000, in: session,
            failing: { request, _ in
                if request.model.name.model == "cheap" {
                    pieces.withLock { $0.append(TokenEstimate(request).tokens) }
                }
                return nil
            }, with: { $0.summarizer = Self.model("cheap", window: 8_000) })
        #expect(end == .finished)
        #expect(seen == ["compacted true"])
        let asked = pieces.withLock(\.self)
        #expect(asked.count > 2 && asked.allSatisfy { $0 < 8_000 }, "\(asked)")
        // Of 4,000 bytes each.
        #expect(try session.modelContext().messages.count > 9)
    }

    /// A run of so many calls, of a model that counts its requests as it likes: whether a summary was made, each time.
    private static func summaries(
        turns: Int, window: Int, most: Int? = nil, in session: Session,
        counting: @escaping @Sendable (ModelRequest) -> Int
    ) async throws -> [String] {
        let asked = Mutex(0)
        let seen = Seen()
        var setup = Agent.Setup(
            model: model(window: window), systemPrompt: "You add.", tools: try tools())
        setup.options.maxTokens = most
        let agent = Agent(
            setup,
            asking: { request in
                guard request.systemPrompt?.hasPrefix("You sum up") == false else {
                    return always(["say": "## Goal\nRemember."]).stream(request)
                }
                let number = asked.withLock { asked in
                    asked += 1
                    return asked
                }
                let usage: JSONValue = [
                    "input": .number(JSONNumber(counting(request))), "output": 1,
                ]
                let numbers: JSONValue = [1, .number(JSONNumber(number))]
                let turn: JSONValue =
                    number > turns
                    ? ["say": "done", "usage": usage]
                    : [
                        "steps": [["call": ["name": "sum", "arguments": ["numbers": numbers]]]],
                        "usage": usage,
                    ]
                return always(turn).stream(request)
            }, tools: Sums(), ledger: Reserved()
        ) { event in
            if case .compactionEnd(let tokens) = event { seen.add("\(tokens != nil)") }
        }
        let end = try await agent.run(
            [.user(UserMessage([.text("go")], timestamp: 1))], in: session, AgentInbox())
        #expect(end == .finished)
        return seen.all
    }

    /// Calls with little text are many times what their bytes say, and only the provider's count tells.
    @Test func `what is many tokens in few bytes is not summed up again with each turn`()
        async throws
    {
        let session = try Session(inMemory: "/work")
        for number in 0..<100 {
            try session.append(
                .message(.user(UserMessage([.text("fact \(number)")], timestamp: 1))))
        }
        // Two hundred tokens a message, whatever is in it.
        let made = try await Self.summaries(turns: 60, window: 40_000, in: session) {
            $0.messages.count * 200
        }
        // From 118 messages down to 59 and less, and up again by two a turn: at most every thirtieth turn.
        #expect((1...3).contains(made.count), "\(made)")
        #expect(made.allSatisfy { $0 == "true" })
    }

    @Test func `an answer is asked for that fits behind the conversation`() async throws {
        let session = try Session(inMemory: "/work")
        let most = Mutex<[Int?]>([])
        let made = try await Self.summaries(turns: 6, window: 40_000, most: 40_000, in: session) {
            request in
            most.withLock { $0.append(request.options.maxTokens) }
            return 20_000 + request.messages.count * 100
        }
        #expect(made.isEmpty)
        let asked = most.withLock { $0.compactMap(\.self) }
        #expect(asked.count == 7)
        // Nothing was counted before the first; then 20,100 and more.
        #expect(asked[0] > 39_000)
        #expect(asked.dropFirst().allSatisfy { (16_384...19_700).contains($0) }, "\(asked)")
    }

    @Test func `where a summary does not help none is made with each turn`() async throws {
        let session = try Session(inMemory: "/work")
        for number in 0..<40 {
            try session.append(
                .message(.user(UserMessage([.text("fact \(number)")], timestamp: 1))))
        }
        // What stands before the conversation is more than may be used.
        let made = try await Self.summaries(turns: 60, window: 20_000, in: session) {
            12_000 + $0.messages.count * 20
        }
        #expect((1...4).contains(made.count), "\(made)")
    }

    /// One turn, whatever was said before.
    private static func always(_ turn: JSONValue) -> Script {
        do {
            var turn = turn.object ?? JSONObject()
            turn["repeat"] = 10_000
            return try Script(["version": 1, "turns": [.object(turn)]])
        } catch { preconditionFailure("\(error)") }
    }

    @Test func `a summary without which nothing goes on is tried again`() async throws {
        let session = try Self.longSession()
        // Nobody here knows how long its window is: the provider says so.
        let (end, seen) = try await Self.work(
            Self.remembering, in: session,
            failing: { request, before in
                let sumsUp = request.systemPrompt?.hasPrefix("You sum up") == true
                if before.isEmpty { return "context-overflow" }
                return sumsUp && before.count == 1 ? "overloaded" : nil
            })
        #expect(end == .finished)
        #expect(
            seen == ["m: context-overflow", "m: overloaded", "compacted false", "compacted true"])
    }

    @Test func `what is too long, and can't be shortened, is asked with a budget each time`()
        async throws
    {
        let session = try Self.longSession()
        let (end, seen) = try await Self.work(
            Self.remembering, window: 40_000, in: session,
            failing: { request, before in
                if request.systemPrompt?.hasPrefix("You sum up") == true { return "quota" }
                return before.contains("m: overloaded") ? nil : "overloaded"
            })
        #expect(end == .finished)
        #expect(seen == ["m: quota", "compacted false", "m: overloaded"])
    }

    @Test func `a conversation that outgrows its model is summed up, and goes on`() async throws {
        let session = try Self.longSession()
        let (end, seen) = try await Self.work(
            Self.remembering, window: 40_000, in: session)
        #expect(end == .finished)
        #expect(seen == ["compacted true"])
        let context = try session.modelContext()
        guard case .user(let first) = context.messages[0] else {
            Issue.record("no summary")
            return
        }
        #expect(first.content.joinedText.hasSuffix("## Goal\nRemember."))
        #expect(context.messages.count < 45)
        // The file keeps all of it.
        #expect(session.count == 83)
    }

    /// A tool that runs until it is told to end, and says so.
    struct Slow: ToolExecutor {
        let began: @Sendable () -> Void

        func run(
            _ call: ToolCall, progress: @escaping @Sendable (String) async -> Void
        ) async -> CallOutcome {
            began()
            while await Pause.wait(.milliseconds(5)) {}
            return CallOutcome(.interrupted, "ended")
        }

        func endTurn() async -> JSONValue? { nil }
    }

    @Test func `an abort ends what runs, waits for it, and leaves a whole history`() async throws {
        let session = try Session(inMemory: "/work")
        let inbox = AgentInbox()
        let script: JSONValue = ["version": 1, "turns": [Self.call([1]), ["say": "never"]]]
        let (end, seen) = try await Self.work(
            script, in: session, inbox, executor: Slow { inbox.abort() })
        #expect(end == .aborted)
        #expect(seen == ["ended"])
        #expect(AgentLoopHistory.isWhole(try session.modelContext().messages))
    }

    @Test func `what a killed run left open is told before anything is asked`() async throws {
        let session = try Session(inMemory: "/work")
        let open = ToolCall(id: "a", name: "sum", arguments: JSONObject())
        try session.append(
            .message(
                .assistant(
                    AssistantMessage(
                        content: [.toolCall(open)], source: AnswerOrigin(Self.model().name),
                        stopReason: .toolUse,
                        timestamp: 1))))
        let script: JSONValue = [
            "version": 1,
            "turns": [["say": "first"], ["expect": ["prompt": "go"], "say": "going on"]],
        ]
        let (end, seen) = try await Self.work(script, in: session)
        #expect(end == .finished)
        #expect(seen.isEmpty)
        let messages = try session.modelContext().messages
        guard case .toolResult(let result) = messages[1] else {
            Issue.record("no result")
            return
        }
        #expect(result.isError)
        #expect(result.content.joinedText.hasPrefix("Interrupted: the runner was ended"))
    }
}

/// Whether each call has its result.
enum AgentLoopHistory {
    static func isWhole(_ messages: [Message]) -> Bool {
        var open: Set<String> = []
        for message in messages {
            switch message {
            case .assistant(let answer):
                guard open.isEmpty else { return false }
                open = Set(answer.toolCalls.map(\.id))
            case .toolResult(let result):
                guard open.remove(result.callID) != nil else { return false }
            case .user, .system: guard open.isEmpty else { return false }
            }
        }
        return open.isEmpty
    }
}
