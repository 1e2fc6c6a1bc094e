import PiJSON

/// Anthropic's Messages, in both versions that are served.
enum AnthropicMessages: WireProtocol {
    /// A base URL may end in the version or not.
    static func path(_ request: ModelRequest) -> String {
        request.model.baseURL.hasSuffix("/v1") ? "/messages" : "/v1/messages"
    }

    static func headers(_ request: ModelRequest) -> [HTTPHeader] {
        [HTTPHeader("anthropic-version", request.model.dialect.anthropicVersion.rawValue)]
    }

    static let conversation = "messages"

    static func writeConversation(_ request: ModelRequest, to list: inout JSONWriter) {
        AnthropicConversation.write(request, request.cacheMark, to: &list)
    }

    static func settings(_ request: ModelRequest) -> JSONObject {
        let options = request.options
        let thinking = thinking(request)
        var body = JSONObject()
        body["model"] = .string(request.model.name.model)
        body["max_tokens"] = .number(mostTokens(request, thinking: thinking.budget))
        if let prompt = request.systemPrompt, !prompt.isEmpty {
            body["system"] = [text(prompt, request.cacheMark)]
        }
        body["stream"] = true
        if !request.tools.isEmpty {
            body["tools"] = .array(request.tools.map { tool($0, of: request.model) })
            body["tool_choice"] = options.toolChoice.map { choice($0, thinks: thinking.isOn) }
        }
        body["thinking"] = thinking.field
        if let effort = thinking.effort { body["output_config"] = ["effort": .string(effort)] }
        // Who thinks is not asked to be random as well.
        if request.model.allowsSampling, !thinking.isOn,
            request.model.dialect.anthropicVersion == .v2023
        {
            body["temperature"] = options.temperature.map(JSONValue.number)
        }
        return body
    }

    // MARK: - Thinking

    private struct Thinking {
        var field: JSONValue?
        var effort: String?
        var budget = 0
        var isOn = false
    }

    private static let smallestBudget = 1024

    private static func thinking(_ request: ModelRequest) -> Thinking {
        guard let level = request.options.reasoning, let reasoning = request.model.reasoning else {
            return Thinking()
        }
        guard level != .off else { return Thinking(field: ["type": "disabled"]) }
        switch reasoning {
        case .adaptive, .words:
            return Thinking(
                field: ["type": "adaptive"], effort: reasoning.word(for: level), isOn: true)
        case .budgets where isInTurnWithoutThought(request.messages):
            // One that began without thinking has to end so.
            return Thinking()
        case .budgets:
            let budget = max(smallestBudget, reasoning.budget(for: level) ?? smallestBudget)
            // Thoughts and answer share the limit; when it is small, the answer keeps its part.
            guard !hasNoRoomToThink(request) else { return Thinking() }
            let fitted = min(budget, longest(request) - smallestBudget)
            return Thinking(
                field: ["type": "enabled", "budget_tokens": .number(fitted)], budget: fitted,
                isOn: true)
        }
    }

    /// Whether the results of calls are awaited that no signed thought stands before.
    private static func isInTurnWithoutThought(_ messages: [Message]) -> Bool {
        for message in messages.reversed() {
            switch message {
            case .toolResult: continue
            case .user, .system: return false
            case .assistant(let answer):
                guard case .thinking(let thought)? = answer.content.first else {
                    return !answer.toolCalls.isEmpty
                }
                return thought.signature == nil && !answer.toolCalls.isEmpty
            }
        }
        return false
    }

    /// What thoughts and answer may take together, as with every other protocol.
    private static func longest(_ request: ModelRequest) -> Int {
        min(request.options.maxTokens ?? .max, request.model.outputLimit ?? .max)
    }

    /// Whether it does not think though it was asked to, as the answer could not be said any more.
    static func hasNoRoomToThink(_ request: ModelRequest) -> Bool {
        guard case .budgets? = request.model.reasoning,
            request.options.reasoning.map({ $0 != .off }) == true
        else { return false }
        return longest(request) < 2 * smallestBudget
    }

    /// The protocol wants a number.
    private static func mostTokens(_ request: ModelRequest, thinking: Int) -> Int {
        let usual = min(request.model.outputLimit ?? 8192, 32_000) + thinking
        return max(1, min(request.options.maxTokens ?? usual, longest(request)))
    }

    // MARK: - Parts

    private static func text(_ text: String, _ mark: JSONValue?) -> JSONValue {
        var block = JSONObject()
        block["type"] = "text"
        block["text"] = .string(text)
        block["cache_control"] = mark
        return .object(block)
    }

    private static func tool(_ tool: ToolDeclaration, of model: Model) -> JSONValue {
        [
            "name": .string(tool.name), "description": .string(tool.description),
            "input_schema": .object(ToolSchema(tool.parameters, for: model).object),
        ]
    }

    private static func choice(
        _ choice: ModelRequest.Options.ToolChoice, thinks: Bool
    ) -> JSONValue {
        switch choice {
        case .auto: ["type": "auto"]
        case .none: ["type": "none"]
        // Who thinks can't be forced.
        case .required: thinks ? ["type": "auto"] : ["type": "any"]
        case .tool(let name):
            thinks ? ["type": "auto"] : ["type": "tool", "name": .string(name)]
        }
    }

    static func reader(_ request: ModelRequest) -> any AnswerReader { AnthropicReader() }

    /// `{"type": "error", "error": {type, message}}`.
    static func said(_ json: JSONValue) -> HTTPFailure.Said { ChatCompletions.said(json) }
}

extension ModelRequest {
    /// What stands at a part up to which the provider shall keep what it has read; nil if it shall keep nothing.
    var cacheMark: JSONValue? {
        switch options.cacheRetention {
        case .none: nil
        case .long where model.dialect.supportsLongCache: ["type": "ephemeral", "ttl": "1h"]
        case .short, .long: ["type": "ephemeral"]
        }
    }
}
