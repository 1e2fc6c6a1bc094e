import Conversations
import PiAI
import PiJSON
import Testing

/// What goes over the wire is a conversation that the protocol allows, whatever has happened before.
///
/// `make interop` asks the vendors' own libraries; here it is what servers refuse, though the types allow it.
@Suite(.timeLimit(.minutes(10))) struct HandoverTests {
    @Test(arguments: API.allCases)
    func `each call has its result, and each result its call`(api: API) throws {
        for model in Asked.models(at: "http://127.0.0.1:1") where model.name.api == api {
            let shapes = Shape.all(for: model)
            #expect(shapes.count > 50)
            for shape in shapes {
                #expect(
                    try WireOrder.faults(of: shape.request) == [], "\(api.rawValue), \(shape.name)")
            }
        }
    }

    @Test func `no item of Responses stands twice`() throws {
        for model in Asked.models(at: "http://127.0.0.1:1") where model.name.api == .openAIResponses
        {
            for shape in Shape.all(for: model) {
                let body = try JSONReader.read(
                    shape.request.encoded(), .exact(sizeLimit: 1 << 20)
                ).value
                let names = (body["input"]?.array ?? []).compactMap { $0["id"]?.string }
                #expect(Set(names).count == names.count, "\(shape.name): \(names)")
            }
        }
    }

    /// Results go to the calls in whose places they are, whatever their ids.
    @Test func `two calls with one id have two results`() throws {
        for model in Asked.models(at: "http://127.0.0.1:1")
        where model.name.api == .openAICompletions {
            let shape = try #require(
                Shape.all(for: model).first { $0.name == "two calls with one id" })
            let body = try JSONReader.read(shape.request.encoded(), .exact(sizeLimit: 1 << 20))
                .value
            let results = (body["messages"]?.array ?? []).filter { $0["role"] == "tool" }
            #expect(results.map { $0["content"] } == ["1", "2"])
        }
    }

    /// A turn that began without thinking has to end so.
    @Test(arguments: [(true, false), (false, true)])
    func `thinking is left off until a turn without it has ended`(isOpen: Bool, thinks: Bool) throws
    {
        let other = ModelName(api: .openAICompletions, provider: "other", model: "o")
        var messages: [Message] = [
            .user(UserMessage([.text("Hi")], timestamp: 0)),
            .assistant(
                AssistantMessage(
                    content: [.toolCall(ToolCall(id: "a", name: "f", arguments: JSONObject()))],
                    source: AnswerOrigin(other), stopReason: .toolUse, timestamp: 0)),
            .toolResult(
                ToolResultMessage(
                    callID: "a", toolName: "f", content: [.text("x")], isError: false, timestamp: 0)
            ),
        ]
        if !isOpen { messages.append(.user(UserMessage([.text("And?")], timestamp: 0))) }
        var request = Self.request(.anthropicMessages, messages)
        request.model.reasoning = Reasoning.usual(for: .anthropicMessages, version: .v2023)
        request.options.reasoning = .high
        let body = try JSONReader.read(request.encoded(), .exact(sizeLimit: 1 << 20)).value
        #expect((body["thinking"] != nil) == thinks)
    }

    /// Else a request that was made to fit into the window would not.
    @Test(arguments: [1, 5, 1_025, 2_047, 2_048, 4_000, 60_000, nil] as [Int?])
    func `thoughts are a part of what an answer may take`(most: Int?) throws {
        var request = Self.request(
            .anthropicMessages, [.user(UserMessage([.text("Hi")], timestamp: 0))])
        request.model.reasoning = .budgets([.high: 16_000], off: nil)
        request.model.outputLimit = 50_000
        request.options.reasoning = .high
        request.options.maxTokens = most
        let body = try JSONReader.read(request.encoded(), .exact(sizeLimit: 1 << 20)).value
        let asked = try #require(body["max_tokens"]?.number?.int)
        #expect(asked == most.map { min($0, 50_000) } ?? 48_000)
        let budget = body["thinking"]?["budget_tokens"]?.number?.int
        #expect((budget != nil) == (asked >= 2_048))
        #expect(request.hasNoRoomToThink == (budget == nil))
        if let budget {
            #expect((1_024...16_000).contains(budget) && asked - budget >= 1_024)
        }
    }

    @Test func `a model that may not think is not asked for sealed thoughts`() {
        var request = Self.request(
            .openAIResponses, [.user(UserMessage([.text("Hi")], timestamp: 0))])
        request.model.reasoning = Reasoning.usual(for: .openAIResponses, version: .v2023)
        #expect(!Self.text(request).contains("encrypted_content"))
        request.options.reasoning = .low
        #expect(Self.text(request).contains("encrypted_content"))
        request.options.reasoning = nil
        request.model.dialect.sealsThoughts = true
        #expect(Self.text(request).contains("encrypted_content"))
    }

    @Test func `where a cache is marked, it is so far as anything was said`() throws {
        func body(_ model: String, _ messages: [Message]) throws -> JSONValue {
            let address = "https://openrouter.ai/api/v1"
            let name = ModelName(api: .openAICompletions, provider: "openrouter", model: model)
            let request = ModelRequest(
                model: Model(
                    name: name, baseURL: address,
                    dialect: Dialect.known(api: name.api, baseURL: address, model: model)),
                systemPrompt: "Be brief.", messages: messages,
                tools: ["a", "b"].map {
                    ToolDeclaration(name: $0, description: "", parameters: JSONObject())
                })
            return try JSONReader.read(request.encoded(), .interchange(sizeLimit: 1 << 16)).value
        }
        let picture = InputPart.image(ImagePart(data: "QUJD", mimeType: "image/png"))
        let question = Message.user(UserMessage([.text("Hi"), picture], timestamp: 0))
        let call = ToolCall(id: "c", name: "a", arguments: JSONObject())
        let origin = AnswerOrigin(api: "x", provider: "x", model: "x")
        let called = Message.assistant(
            AssistantMessage(
                content: [.toolCall(call)], source: origin, stopReason: .toolUse, timestamp: 0))
        let result = Message.toolResult(
            ToolResultMessage(
                callID: "c", toolName: "a", content: [.text("done")], isError: false, timestamp: 0))
        let mark: JSONValue = ["type": "ephemeral"]
        let whole = try body("anthropic/claude", [question, called, result])
        let messages = try #require(whole["messages"]?.array)
        #expect(messages[0]["content"]?.array?.first?["cache_control"] == mark)
        #expect(messages[1]["content"]?.array?.allSatisfy { $0["cache_control"] == nil } == true)
        #expect(messages[3]["content"]?.array?.first?["cache_control"] == mark)
        #expect(whole["tools"]?.array?.map { $0["cache_control"] } == [nil, mark])
        let asked = try body("anthropic/claude", [question])
        let parts = asked["messages"]?.array?.last?["content"]?.array
        #expect(parts?.map { $0["cache_control"] } == [mark, nil])
        let other = try body("openai/gpt", [question, called, result])
        #expect(other["messages"]?.array?[0]["content"] == "Be brief.")
        #expect(other["messages"]?.array?[3]["content"] == "done")
    }

    // MARK: - What is kept, and what is not

    private static func request(_ api: API, _ messages: [Message]) -> ModelRequest {
        let name = ModelName(api: api, provider: "test", model: "m")
        return ModelRequest(
            model: Model(name: name, baseURL: "http://127.0.0.1:1", inputs: [.text]),
            messages: messages)
    }

    private static func text(_ request: ModelRequest) -> String {
        String(decoding: request.encoded(), as: UTF8.self)
    }

    @Test(arguments: API.allCases)
    func `thoughts and signatures go back to their own model only`(api: API) {
        let sealed =
            api == .openAIResponses
            ? #"{"type":"reasoning","id":"rs","summary":[],"encrypted_content":"SEAL"}"# : "SEAL"
        func conversation(_ source: ModelName) -> [Message] {
            [
                .user(UserMessage([.text("Hi")], timestamp: 0)),
                .assistant(
                    AssistantMessage(
                        content: [
                            .thinking(ThinkingPart("a thought", signature: sealed)),
                            .thinking(ThinkingPart("", signature: "REDACTED", isRedacted: true)),
                            .text(TextPart("an answer")),
                        ], source: AnswerOrigin(source), stopReason: .stop, timestamp: 0)),
                .user(UserMessage([.text("And?")], timestamp: 0)),
            ]
        }
        let own = Self.text(
            Self.request(api, conversation(ModelName(api: api, provider: "test", model: "m"))))
        // Chat Completions has no place for a seal.
        #expect(own.contains("SEAL") == (api != .openAICompletions))
        let other = Self.text(
            Self.request(api, conversation(ModelName(api: api, provider: "test", model: "other"))))
        #expect(!other.contains("SEAL") && !other.contains("REDACTED"))
        #expect(other.contains("a thought") && other.contains("an answer"))
    }

    @Test(arguments: API.allCases)
    func `of two calls with one id each has the result of its tool`(api: API) throws {
        func call(_ tool: String) -> AnswerPart {
            .toolCall(ToolCall(id: "a", name: tool, arguments: JSONObject()))
        }
        func result(_ tool: String) -> Message {
            .toolResult(
                ToolResultMessage(
                    callID: "a", toolName: tool, content: [.text("of \(tool)")], isError: false,
                    timestamp: 0))
        }
        let source = AnswerOrigin(ModelName(api: api, provider: "test", model: "m"))
        let request = Self.request(
            api,
            [
                .user(UserMessage([.text("Hi")], timestamp: 0)),
                .assistant(
                    AssistantMessage(
                        content: [call("read"), call("write")], source: source,
                        stopReason: .toolUse, timestamp: 0)),
                result("write"), result("read"),
            ])
        #expect(try WireOrder.faults(of: request) == [])
        let text = Self.text(request)
        let places = ["of read", "of write"].map { text.firstRange(of: $0)?.lowerBound }
        #expect(places[0] != nil && places[1] != nil && places[0]! < places[1]!)
    }

    @Test(arguments: API.allCases)
    func `a model that sees nothing is told what was left out`(api: API) {
        let picture = InputPart.image(ImagePart(data: "QUJD", mimeType: "image/png"))
        let text = Self.text(
            Self.request(api, [.user(UserMessage([.text("Hi"), picture], timestamp: 0))]))
        #expect(!text.contains("QUJD"))
        #expect(text.contains("a picture (image/png) was left out"))
    }

    @Test(arguments: API.allCases)
    func `what was heard of an answer that was cut off is kept, and its calls are not`(api: API) {
        let name = ModelName(api: api, provider: "test", model: "m")
        let text = Self.text(
            Self.request(
                api,
                [
                    .user(UserMessage([.text("Hi")], timestamp: 0)),
                    .assistant(
                        AssistantMessage(
                            content: [
                                .text(TextPart("I was about")),
                                .toolCall(ToolCall(id: "a", name: "rm", arguments: JSONObject())),
                            ], source: AnswerOrigin(name), stopReason: .aborted, timestamp: 0)),
                    .user(UserMessage([.text("go on")], timestamp: 0)),
                ]))
        #expect(text.contains("I was about"))
        #expect(!text.contains("\"rm\""))
    }

    @Test func `a message is in a session as Pi writes it, and comes back`() throws {
        for model in Asked.models(at: "http://127.0.0.1:1") {
            for shape in Shape.all(for: model) {
                for message in shape.request.messages {
                    let bytes = JSONWriter.write(message.json, layout: .compact)
                    let read = try JSONReader.read(bytes, .exact(sizeLimit: 1 << 20)).value
                    #expect(Message(read) == message)
                }
            }
        }
        let pi = try JSONReader.read(
            #"{"role":"assistant","content":[{"type":"thinking","thinking":"hm","thinkingSignature":"S"},{"type":"toolCall","id":"a","name":"f","arguments":{"x":1}}],"api":"anthropic-messages","provider":"anthropic","model":"claude","usage":{"input":1,"output":2,"cacheRead":3,"cacheWrite":4,"totalTokens":10,"cost":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0,"total":0}},"stopReason":"toolUse","timestamp":1700000000000}"#,
            .exact(sizeLimit: 1 << 20)
        ).value
        guard case .assistant(let answer)? = Message(pi) else { return #expect(Bool(false)) }
        #expect(answer.usage.total == 10)
        #expect(answer.toolCalls.first?.arguments["x"] == 1)
        #expect(Message(["role": "user", "content": "a text alone"]) != nil)
        let huge: JSONValue = [
            "role": "assistant", "content": [], "api": "openai-completions", "provider": "p",
            "model": "m",
            "usage": ["input": 9_223_372_036_854_775_807, "output": 9_223_372_036_854_775_807],
            "stopReason": "stop", "timestamp": 1,
        ]
        guard case .assistant(let counted)? = Message(huge) else { return #expect(Bool(false)) }
        #expect(counted.usage.total > 0)
        for broken: JSONValue in [
            [:], ["role": "user"], ["role": "assistant", "content": []],
            ["role": "user", "content": 7], 7,
        ] {
            #expect(Message(broken) == nil)
        }
    }

    @Test func `of pictures that a server would refuse the request for, the last are shown`() throws
    {
        let address = "https://api.groq.com/openai/v1"
        let name = ModelName(api: .openAICompletions, provider: "groq", model: "m")
        let model = Model(
            name: name, baseURL: address,
            dialect: .known(api: .openAICompletions, baseURL: address))
        func picture(_ size: Int) -> InputPart {
            .image(ImagePart(data: String(repeating: "A", count: size), mimeType: "image/png"))
        }
        let large = UserMessage([picture((4 << 20) + 4), .text("large")], timestamp: 0)
        let small = (0..<7).map { number in
            Message.user(UserMessage([picture(100), .text("number \(number)")], timestamp: 0))
        }
        let request = ModelRequest(model: model, messages: small + [.user(large)])
        let body = try JSONReader.read(request.encoded(), .exact(sizeLimit: 1 << 20)).value
        let shown = (body["messages"]?.array ?? []).map { message in
            message["content"]?.array?.contains { $0["type"] == "image_url" } == true
        }
        #expect(shown == [false, false, true, true, true, true, true, false])
        #expect(body["messages"]?.array?.last?["content"]?.string?.contains("4 MiB") == true)
        #expect(
            body["messages"]?.array?.first?["content"]?.string?.contains("takes 5 in a request")
                == true)
    }
}
