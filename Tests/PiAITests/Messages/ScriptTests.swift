import PiAI
import PiJSON
import Testing

@Suite(.timeLimit(.minutes(10))) struct ScriptTests {
    private static let name = ModelName(api: .openAICompletions, provider: "scripted", model: "s")

    private static func script(_ json: String) throws -> Script {
        try Script(try JSONReader.read(json, .exact(sizeLimit: 1 << 20)).value)
    }

    private static func request(_ messages: [Message], tools: [String] = []) -> ModelRequest {
        ModelRequest(
            model: Model(name: name, baseURL: "http://127.0.0.1"), systemPrompt: "Be brief.",
            messages: messages,
            tools: tools.map {
                ToolDeclaration(name: $0, description: "", parameters: JSONObject())
            })
    }

    private static func user(_ text: String) -> Message {
        .user(UserMessage([.text(text)], timestamp: 0))
    }

    private static func events(_ script: Script, _ request: ModelRequest) async -> [AnswerEvent] {
        var events: [AnswerEvent] = []
        for await event in script.stream(request) { events.append(event) }
        return events
    }

    private static func told(_ events: [AnswerEvent]) -> String {
        switch events.last {
        case .done(let message)?:
            message.text + message.toolCalls.map { "->\($0.name)" }.joined() + " "
                + message.stopReason.rawValue
        case .failed(let error, let message)?: "\(message.text)!\(error.kind.rawValue)"
        case .start?, .partStart?, .partDelta?, .partEnd?, nil: "no end"
        }
    }

    /// Talks until the script ends: each call has the result that `answer` gives.
    private static func talk(
        _ script: Script, _ prompt: String, answer: (ToolCall) -> (String, Bool)
    ) async -> [String] {
        var messages = [user(prompt)]
        var said: [String] = []
        for _ in 0..<20 {
            let events = await events(script, request(messages, tools: ["read"]))
            var order = EventOrder()
            for event in events { #expect(order.check(event) == nil) }
            said.append(told(events))
            guard case .done(let message)? = events.last else { break }
            messages.append(.assistant(message))
            for call in message.toolCalls {
                let (text, isError) = answer(call)
                messages.append(
                    .toolResult(
                        ToolResultMessage(
                            callID: call.id, toolName: call.name, content: [.text(text)],
                            isError: isError, timestamp: 0)))
            }
            if message.toolCalls.isEmpty { messages.append(user("go on")) }
        }
        return said
    }

    private static let branches = #"""
        {"version": 1, "turns": [
          {"expect": {"prompt": "hello", "tools": ["read"], "system": "brief"},
           "steps": [{"thinking": "hm"}, {"text": "I look."}, {"call": {"name": "read", "arguments": {"path": "a"}}}],
           "usage": {"input": 10, "output": 5}},
          {"when": {"tool": "read", "error": true}, "say": "It is not there.", "goto": "end"},
          {"when": {"result": "walls"}, "say": "It is about walls.", "repeat": 2},
          {"label": "end", "say": "The end."}
        ]}
        """#

    @Test func `results decide which turn is next`() async throws {
        let script = try Self.script(Self.branches)
        let there = await Self.talk(script, "hello") { _ in ("the walls hold", false) }
        #expect(
            there == [
                "I look.->read toolUse", "It is about walls. stop", "The end. stop",
                "!invalid-request",
            ])
        let gone = await Self.talk(script, "hello") { _ in ("no such file", true) }
        #expect(
            gone == [
                "I look.->read toolUse", "It is not there. stop", "The end. stop",
                "!invalid-request",
            ])
    }

    @Test func `what it did not expect is an error that says so`() async throws {
        let script = try Self.script(Self.branches)
        let events = await Self.events(
            script, Self.request([Self.user("good bye")], tools: ["read"]))
        guard case .failed(let error, _)? = events.last else { return #expect(Bool(false)) }
        #expect(
            error.message == "the script expected that the person said `hello`, and it is not so")
        let without = await Self.events(script, Self.request([Self.user("hello")]))
        #expect(Self.told(without) == "!invalid-request")
    }

    @Test func `loops, errors and cuts`() async throws {
        let script = try Self.script(
            #"{"version":1,"turns":[{"label":"a","repeat":2,"say":"again"},{"say":"half an ans","cut":true}]}"#
        )
        #expect(
            await Self.talk(script, "x") { _ in ("", false) } == [
                "again stop", "again stop", "half an ans!interrupted",
            ])
        let endless = try Self.script(
            #"{"version":1,"turns":[{"label":"a","say":"1"},{"say":"2","goto":"a"}]}"#)
        #expect(
            await Self.talk(endless, "x") { _ in ("", false) }.prefix(5).elementsEqual([
                "1 stop", "2 stop", "1 stop", "2 stop", "1 stop",
            ]))
        let failing = try Self.script(
            #"{"version":1,"turns":[{"error":{"kind":"rate-limit","message":"slow down","retry_after":"2s"}}]}"#
        )
        let events = await Self.events(failing, Self.request([Self.user("x")]))
        guard case .failed(let error, _)? = events.last else { return #expect(Bool(false)) }
        #expect(events.count == 1)
        #expect(error.kind == .rateLimit && error.retryAfter == .seconds(2))
    }

    @Test func `it comes word by word`() async throws {
        let script = try Self.script(#"{"version":1,"turns":[{"say":"one two three"}]}"#)
        let events = await Self.events(script, Self.request([Self.user("x")]))
        #expect(events.count { if case .partDelta = $0 { true } else { false } } == 3)
    }

    @Test(arguments: [
        ("{}", "/version"), (#"{"version":1}"#, "/turns"), (#"{"version":1,"turns":[]}"#, "/turns"),
        (#"{"version":1,"turns":[{"sya":"x"}]}"#, "/turns/0/sya"),
        (#"{"version":1,"turns":[{"goto":"x"}]}"#, "/turns/0/goto"),
        (#"{"version":1,"turns":[{"label":"x"},{"label":"x"}]}"#, "/turns/1/label"),
        (
            #"{"version":1,"turns":[{"steps":[{"call":{"arguments":{}}}]}]}"#,
            "/turns/0/steps/0/call/name"
        ),
        (#"{"version":1,"turns":[{"steps":[{"pause":"soon"}]}]}"#, "/turns/0/steps/0/pause"),
        (#"{"version":1,"turns":[{"steps":[{"text":"a","pause":"1s"}]}]}"#, "/turns/0/steps/0"),
        (#"{"version":1,"turns":[{"error":{"kind":"bad"}}]}"#, "/turns/0/error/kind"),
        (#"{"version":1,"turns":[{"stop":"aborted"}]}"#, "/turns/0/stop"),
        (#"{"version":1,"turns":[{"repeat":0}]}"#, "/turns/0/repeat"),
        (#"{"version":1,"turns":[{"when":{"promt":"x"}}]}"#, "/turns/0/when/promt"),
    ])
    func `a mistake is told at its place`(json: String, place: String) throws {
        do {
            _ = try Self.script(json)
            Issue.record("it is taken")
        } catch let wrong as Script.Wrong {
            #expect(wrong.place == place)
        }
    }

    @Test func `a recorded session says the same again`() async throws {
        let session = #"""
            {"type":"session","version":3,"id":"s","timestamp":"2026-11-28T00:00:00Z","cwd":"/x"}
            {"type":"message","id":"a","parentId":null,"message":{"role":"user","content":"hello","timestamp":1}}
            {"type":"message","id":"b","parentId":"a","message":{"role":"assistant","content":[{"type":"text","text":"Another branch"}],"api":"anthropic-messages","provider":"p","model":"m","usage":{},"stopReason":"stop","timestamp":2}}
            {"type":"message","id":"c","parentId":"a","message":{"role":"assistant","content":[{"type":"text","text":"I look."},{"type":"toolCall","id":"k","name":"read","arguments":{}}],"api":"anthropic-messages","provider":"p","model":"m","usage":{"input":3,"output":4},"stopReason":"toolUse","timestamp":2}}
            {"type":"message","id":"d","parentId":"c","message":{"role":"toolResult","toolCallId":"k","toolName":"read","content":[{"type":"text","text":"x"}],"isError":false,"timestamp":3}}
            {"type":"message","id":"e","parentId":"d","message":{"role":"assistant","content":[{"type":"text","text":"Done."}],"api":"anthropic-messages","provider":"p","model":"m","usage":{},"stopReason":"stop","timestamp":4}}
            """#
        let lines = try session.split(separator: "\n").map {
            try JSONReader.read(String($0), .exact(sizeLimit: 1 << 20)).value
        }
        let messages = Script.messages(ofSession: lines)
        #expect(messages.count == 4)
        let strict = Script(replaying: messages, strict: true)
        let said = await Self.talk(strict, "hello") { _ in ("x", false) }
        #expect(said == ["I look.->read toolUse", "Done. stop", "!invalid-request"])
        #expect(await Self.talk(strict, "other") { _ in ("x", false) } == ["!invalid-request"])
        #expect(
            await Self.talk(strict, "hello") { _ in ("x", true) } == [
                "I look.->read toolUse", "!invalid-request",
            ])
        #expect(await Self.talk(strict, "hello!") { _ in ("x", false) } == ["!invalid-request"])
        let error = await Self.talk(strict, "hello") { _ in ("xy", false) }
        #expect(error == ["I look.->read toolUse", "!invalid-request"])
        // `é` is not `e` with an accent behind it.
        #expect(
            await Self.talk(strict, "he\u{301}llo") { _ in ("x", false) } == ["!invalid-request"])
        let loose = Script(replaying: messages, strict: false)
        #expect(
            await Self.talk(loose, "other") { _ in ("x", true) } == [
                "I look.->read toolUse", "Done. stop", "!invalid-request",
            ])
    }

    /// Calls that are made at once end in any order.
    @Test func `the results of several calls are those of their ids`() async {
        let origin = AnswerOrigin(Self.name)
        func result(_ id: String, _ text: String) -> Message {
            .toolResult(
                ToolResultMessage(
                    callID: id, toolName: "read", content: [.text(text)], isError: false,
                    timestamp: 0))
        }
        let calls = ["a", "b"].map {
            AnswerPart.toolCall(ToolCall(id: $0, name: "read", arguments: JSONObject()))
        }
        let asked: [Message] = [
            Self.user("hello"),
            .assistant(
                AssistantMessage(
                    content: calls, source: origin, stopReason: .toolUse, timestamp: 0)),
        ]
        let end = Message.assistant(
            AssistantMessage(
                content: [.text(TextPart("Done."))], source: origin, stopReason: .stop,
                timestamp: 0))
        let script = Script(
            replaying: asked + [result("a", "A"), result("b", "B"), end], strict: true)
        func told(_ results: [Message]) async -> String {
            Self.told(await Self.events(script, Self.request(asked + results)))
        }
        #expect(await told([result("a", "A"), result("b", "B")]) == "Done. stop")
        #expect(await told([result("b", "B"), result("a", "A")]) == "Done. stop")
        #expect(await told([result("a", "B"), result("b", "A")]) == "!invalid-request")
        #expect(await told([result("a", "A")]) == "!invalid-request")
        #expect(
            await told([result("a", "A"), result("b", "B"), result("c", "C")])
                == "!invalid-request")
    }
}
