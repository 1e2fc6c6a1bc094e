import PiAI
import PiAgent
import PiJSON

@testable import PiAgent

/// Tools, answers and results, as short as a test wants to write them.
enum Made {
    static let tools: ToolSet = {
        var tools = ToolSet()
        func add(_ name: String, _ argument: String, _ reach: ToolSet.Reach) {
            let parameters = JSONObject([
                .init(name: "type", value: "object"),
                .init(
                    name: "properties",
                    value: .object(JSONObject([.init(name: argument, value: ["type": "string"])]))),
                .init(name: "required", value: .array([.string(argument)])),
            ])
            do {
                try tools.add(
                    ToolDeclaration(name: name, description: name, parameters: parameters),
                    reach: reach)
            } catch {
                preconditionFailure("\(error)")
            }
        }
        add("read", "path", .nothing)
        add("write", "path", .file(argument: "path"))
        add("bash", "command", .anything)
        return tools
    }()

    static let model = ModelName(api: .anthropicMessages, provider: "test", model: "m")

    static func call(_ id: String, _ name: String, _ argument: String) -> ToolCall {
        let key = name == "bash" ? "command" : "path"
        return ToolCall(
            id: id, name: name,
            arguments: JSONObject([.init(name: key, value: .string(argument))]))
    }

    static func answer(_ text: String = "", calls: [ToolCall] = [], stop: StopReason? = nil)
        -> AssistantMessage
    {
        AssistantMessage(
            content: (text.isEmpty ? [] : [.text(TextPart(text))]) + calls.map(AnswerPart.toolCall),
            source: AnswerOrigin(model), stopReason: stop ?? (calls.isEmpty ? .stop : .toolUse),
            timestamp: 1)
    }

    static func failure(_ text: String = "") -> AssistantMessage {
        answer(text, stop: .error)
    }

    static func user(_ text: String) -> Message {
        .user(UserMessage([.text(text)], timestamp: 0))
    }

    static let hit = BudgetHit(name: "turns", limit: "3", used: "3", origin: "here")
}

extension AgentLoop.Action {
    /// In a word, with what it is about.
    var told: String {
        switch self {
        case .record(.user(let message)): "user:\(message.content.joinedText.prefix(20))"
        case .record(.assistant(let message)): "answer:\(message.stopReason.rawValue)"
        case .record(.toolResult(let result)): "result:\(result.callID)\(result.isError ? "!" : "")"
        case .record(.system): "system"
        case .reserveTurn: "reserve"
        case .ask(let attempt): attempt == 0 ? "ask" : "ask\(attempt)"
        case .reserveCall(let call): "reserve:\(call.id)"
        case .run(let call): "run:\(call.id)"
        case .compact(let reason, let attempt):
            "compact\(attempt == 0 ? "" : "\(attempt)"):\(reason.rawValue)"
        case .cancelAll: "cancel"
        case .endTurn: "end turn"
        case .useStronger: "stronger"
        case .useFallback: "fallback"
        case .tell: "tell"
        case .end(let end):
            switch end {
            case .finished: "end:finished"
            case .budget: "end:budget"
            case .failed: "end:failed"
            case .stuck: "end:stuck"
            case .silent: "end:silent"
            case .cutOff: "end:cut off"
            case .aborted: "end:aborted"
            }
        }
    }
}

extension AgentLoop {
    /// What follows from an event, in words.
    mutating func after(_ event: Event) -> [String] { receive(event, at: 1).map(\.told) }
}
