package import PiAI
import PiJSON

/// Conversations in every shape that a session can have, as each protocol leaves them behind.
package struct Shape: Sendable {
    package let name: String
    package let request: ModelRequest

    package static func all(for model: Model) -> [Shape] {
        plain(model) + API.allCases.flatMap { handedOver(from: $0, to: model) } + odd(model)
            + options(model)
    }

    // MARK: - Pieces

    private static let tools = [
        ToolDeclaration(
            name: "f", description: "does f",
            parameters: object([
                "type": "object", "properties": ["x": ["type": ["integer", "null"]]],
                "required": ["x"], "additionalProperties": false,
            ])),
        ToolDeclaration(name: "g", description: "", parameters: JSONObject()),
        ToolDeclaration(
            name: "mcp.server/tool name", description: "of another server",
            parameters: object(["type": "object"])),
    ]

    private static func object(_ value: JSONValue) -> JSONObject { value.object ?? JSONObject() }

    private static let picture = InputPart.image(
        ImagePart(data: "iVBORw0KGgo=", mimeType: "image/png"))

    private static func user(_ parts: InputPart...) -> Message {
        .user(UserMessage(parts, timestamp: 1))
    }

    private static func result(
        _ id: String, _ name: String, _ parts: InputPart..., isError: Bool = false
    ) -> Message {
        .toolResult(
            ToolResultMessage(
                callID: id, toolName: name, content: parts, isError: isError, timestamp: 1))
    }

    private static func answer(
        _ api: API, _ parts: [AnswerPart], _ stop: StopReason = .toolUse, own: Model? = nil
    ) -> Message {
        let source = own?.name ?? ModelName(api: api, provider: "other", model: "old")
        return .assistant(
            AssistantMessage(
                content: parts, source: AnswerOrigin(source), stopReason: stop, timestamp: 1))
    }

    private static func call(
        _ id: String, _ name: String = "f", signature: String? = nil, error: String? = nil
    ) -> AnswerPart {
        .toolCall(
            ToolCall(
                id: id, name: name, arguments: object(["x": 1]), argumentsError: error,
                thoughtSignature: signature))
    }

    /// What a protocol leaves in a session: its own ids, its own signatures.
    private static func turn(_ api: API, _ number: Int, own: Model?) -> [Message] {
        let ids: [String] =
            switch api {
            case .openAICompletions: ["call_\(number)a", "call_\(number)b"]
            case .openAIResponses:
                ["call_\(number)a|fc_\(number)a", "call_\(number)b|fc_\(number)b"]
            case .anthropicMessages: ["toolu_\(number)a", "toolu_\(number)b"]
            case .googleGenerativeAI:
                ["made.\(number)/a", String(repeating: "k", count: 90) + "\(number)"]
            }
        let thought: AnswerPart =
            switch api {
            case .openAICompletions: .thinking(ThinkingPart("hm", signature: "reasoning_content"))
            case .openAIResponses:
                .thinking(
                    ThinkingPart(
                        "hm",
                        signature:
                            #"{"type":"reasoning","id":"rs_\#(number)","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"E"}"#
                    ))
            case .anthropicMessages: .thinking(ThinkingPart("hm", signature: "EqQB"))
            case .googleGenerativeAI: .thinking(ThinkingPart("hm"))
            }
        let sealed: [AnswerPart] =
            api == .anthropicMessages
            ? [.thinking(ThinkingPart("", signature: "zzz", isRedacted: true))] : []
        let signature = api == .googleGenerativeAI ? "c2ln" : nil
        let text = TextPart(
            "I look.",
            signature: api == .openAIResponses
                ? #"{"v":1,"id":"msg_\#(number)","phase":"commentary"}"# : nil)
        return [
            answer(
                api,
                sealed + [
                    thought, .text(text), call(ids[0], signature: signature), call(ids[1], "g"),
                ], own: own),
            result(ids[0], "f", .text("out")),
            result(ids[1], "g", .text("no such file"), isError: true),
        ]
    }

    // MARK: - Shapes

    private static func shape(
        _ name: String, _ model: Model, _ messages: [Message], tools: [ToolDeclaration] = tools,
        _ change: (inout ModelRequest) -> Void = { _ in }
    ) -> Shape {
        var request = ModelRequest(
            model: model, systemPrompt: "Be brief.", messages: messages, tools: tools)
        request.model.headers = [HTTPHeader(name: "x-shape", value: name)!]
        change(&request)
        return Shape(name: name, request: request)
    }

    private static func plain(_ model: Model) -> [Shape] {
        let own = turn(model.name.api, 1, own: model) + turn(model.name.api, 2, own: model)
        return [
            shape("one question", model, [user(.text("Hi"))], tools: []),
            shape("a picture", model, [user(.text("What is it?"), picture)]),
            shape("its own turns", model, [user(.text("Hi"))] + own),
            shape(
                "its own turns, then a question", model,
                [user(.text("Hi"))] + own + [user(.text("And?"))]),
            shape(
                "a picture in a result", model,
                [
                    user(.text("Hi")), answer(model.name.api, [call("a")], own: model),
                    result("a", "f", .text("look"), picture), user(.text("?")),
                ]),
            shape(
                "a picture alone in a result", model,
                [
                    user(.text("Hi")), answer(model.name.api, [call("a")], own: model),
                    result("a", "f", picture),
                ]),
            shape(
                "a result that is nothing", model,
                [
                    user(.text("Hi")), answer(model.name.api, [call("a")], own: model),
                    result("a", "f", .text("  ")),
                ]),
            shape("no prompt", model, [user(.text("Hi"))]) { $0.systemPrompt = nil },
        ]
    }

    /// Begun by another model, gone on with by this one, and back.
    private static func handedOver(from api: API, to model: Model) -> [Shape] {
        let first = user(.text("Hi"))
        let there = turn(api, 1, own: nil)
        let here = turn(model.name.api, 2, own: model)
        let back = turn(api, 3, own: nil)
        return [
            shape("from \(api.rawValue)", model, [first] + there),
            shape("from \(api.rawValue) and here", model, [first] + there + here),
            shape(
                "from \(api.rawValue), here, and back", model,
                [first] + there + here + back + [user(.text("And?"))]),
        ]
    }

    private static func odd(_ model: Model) -> [Shape] {
        let api = model.name.api
        let first = user(.text("Hi"))
        return [
            shape(
                "a call without a result", model,
                [
                    first, answer(api, [call("a"), call("b", "g")], own: model),
                    result("b", "g", .text("x")), user(.text("And?")),
                ]),
            shape(
                "a call without a result at the end", model,
                [first, answer(api, [call("a")], own: model)]),
            shape(
                "a result without a call", model,
                [first, result("zzz", "f", .text("x")), user(.text("And?"))]),
            shape(
                "results in another order", model,
                [
                    first, answer(api, [call("a"), call("b", "g")], own: model),
                    result("b", "g", .text("2")), result("a", "f", .text("1")),
                ]),
            shape(
                "a result twice", model,
                [
                    first, answer(api, [call("a")], own: model), result("a", "f", .text("1")),
                    result("a", "f", .text("2")),
                ]),
            shape(
                "somebody speaks before the result", model,
                [
                    first, answer(api, [call("a")], own: model), user(.text("wait")),
                    .system(SystemMessage("careful", timestamp: 1)), result("a", "f", .text("1")),
                ]),
            shape(
                "an answer that was cut off", model,
                [
                    first, answer(api, [.text(TextPart("I wa")), call("a")], .aborted, own: model),
                    user(.text("go on")),
                ]),
            shape(
                "an answer that failed", model,
                [
                    first,
                    answer(api, [.thinking(ThinkingPart("hm")), call("a")], .error, own: model),
                    user(.text("again")),
                ]),
            shape(
                "an answer that is nothing", model,
                [first, answer(api, [], .stop, own: model), user(.text("hello?"))]),
            shape(
                "a blank answer", model,
                [
                    first, answer(api, [.text(TextPart(" \n"))], .stop, own: model),
                    user(.text("hello?")),
                ]),
            shape(
                "broken arguments", model,
                [
                    first, answer(api, [call("a", error: "no JSON")], own: model),
                    result("a", "f", .text("no JSON"), isError: true),
                ]),
            shape(
                "a tool of another server", model,
                [
                    first, answer(api, [call("a", "mcp.server/tool name")], own: model),
                    result("a", "mcp.server/tool name", .text("x")),
                ]),
            shape(
                "a tool that is gone", model,
                [
                    first, answer(api, [call("a", "was there")], own: model),
                    result("a", "was there", .text("x")),
                ]),
            shape(
                "the model speaks first", model,
                [answer(api, [.text(TextPart("Hello!"))], .stop, own: model), first]),
            shape("two users in a row", model, [first, first, first]),
            shape(
                "a word from the system", model,
                [
                    first, answer(api, [.text(TextPart("Hello!"))], .stop, own: model),
                    .system(SystemMessage("Be careful.", timestamp: 1)), user(.text("go on")),
                ]),
            shape(
                "one id in two turns", model,
                [
                    first, answer(.googleGenerativeAI, [call("same|a")]),
                    result("same|a", "f", .text("1")),
                    answer(.googleGenerativeAI, [call("same|b")]),
                    result("same|b", "f", .text("2")),
                ]),
            shape(
                "ids that begin anew", model,
                [
                    first, answer(api, [.text(TextPart("a")), call("call_0")], own: model),
                    result("call_0", "f", .text("1")),
                    answer(api, [.text(TextPart("b")), call("call_0")], own: model),
                    result("call_0", "f", .text("2")),
                ]),
            shape(
                "two calls with one id", model,
                [
                    first, answer(api, [call("a"), call("a", "g")], own: model),
                    result("a", "f", .text("1")), result("a", "g", .text("2")),
                ]),
            shape(
                "unsigned answers", model,
                [
                    first, answer(api, [.text(TextPart("a"))], .stop, own: model), first,
                    answer(api, [.text(TextPart("b"))], .stop, own: model), first,
                ]),
            shape(
                "thoughts alone", model,
                [
                    first, answer(api, [.thinking(ThinkingPart("hm"))], .stop, own: model),
                    user(.text("?")),
                ]),
            shape("no tools any more", model, [first] + turn(api, 1, own: model), tools: []),
        ]
    }

    private static func options(_ model: Model) -> [Shape] {
        let first = [user(.text("Hi"))]
        var shapes: [Shape] = []
        for level in ReasoningLevel.allCases {
            shapes.append(
                shape("thinking \(level.rawValue)", model, first) { $0.options.reasoning = level })
        }
        for (name, choice) in [
            ("auto", .auto), ("none", .none), ("required", .required), ("one", .tool("f")),
            ("another's", .tool("mcp.server/tool name")),
        ] as [(String, ModelRequest.Options.ToolChoice)] {
            shapes.append(shape("choice \(name)", model, first) { $0.options.toolChoice = choice })
        }
        for retention in [ModelRequest.Options.CacheRetention.none, .short, .long] {
            shapes.append(
                shape("cache \(retention.rawValue)", model, first) {
                    $0.options.cacheRetention = retention
                    $0.options.sessionID = "session-1"
                })
        }
        shapes.append(
            shape("limits", model, first) {
                $0.options.maxTokens = 5
                $0.options.temperature = JSONNumber(0.5)
            })
        shapes.append(
            shape("limits and thinking", model, first) {
                $0.options.maxTokens = 5
                $0.options.temperature = JSONNumber(text: "1")
                $0.options.reasoning = .high
                $0.options.toolChoice = .required
            })
        return shapes
    }
}
