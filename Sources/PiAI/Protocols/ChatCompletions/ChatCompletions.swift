import PiJSON

/// OpenAI's Chat Completions, which most servers speak.
enum ChatCompletions: WireProtocol {
    static func path(_ request: ModelRequest) -> String { "/chat/completions" }

    static func headers(_ request: ModelRequest) -> [HTTPHeader] { [] }

    static let conversation = "messages"

    static func writeConversation(_ request: ModelRequest, to list: inout JSONWriter) {
        ChatMessages.write(request, to: &list)
    }

    static func settings(_ request: ModelRequest) -> JSONObject {
        let dialect = request.model.dialect
        let options = request.options
        var body = JSONObject()
        body["model"] = .string(request.model.name.model)
        body["stream"] = true
        if dialect.supportsUsageInStreaming { body["stream_options"] = ["include_usage": true] }
        if dialect.supportsStore { body["store"] = false }
        if let most = options.maxTokens {
            body[dialect.maxTokensField.rawValue] = .number(most)
        }
        if request.model.allowsSampling {
            body["temperature"] = options.temperature.map(JSONValue.number)
        }
        if !request.tools.isEmpty {
            var tools = request.tools.map { tool($0, of: request.model) }
            if dialect.marksCache, var last = tools.last?.object {
                last["cache_control"] = request.cacheMark
                tools[tools.count - 1] = .object(last)
            }
            body["tools"] = .array(tools)
            body["tool_choice"] = options.toolChoice.map(choice)
        }
        setReasoning(request, &body)
        if dialect.supportsPromptCacheKey, options.cacheRetention != .none {
            body["prompt_cache_key"] = options.sessionID.map(JSONValue.string)
        }
        body["provider"] = dialect.openRouterRouting.map(JSONValue.object)
        body["providerOptions"] = dialect.vercelGatewayRouting.map { ["gateway": .object($0)] }
        body.take(request.model.sampling)
        return body
    }

    private static func tool(_ tool: ToolDeclaration, of model: Model) -> JSONValue {
        var function = JSONObject()
        function["name"] = .string(tool.name)
        function["description"] = .string(tool.description)
        function["parameters"] = .object(
            ToolSchema(tool.parameters, for: model).object)
        if model.dialect.supportsStrictMode { function["strict"] = false }
        return ["type": "function", "function": .object(function)]
    }

    private static func choice(_ choice: ModelRequest.Options.ToolChoice) -> JSONValue {
        switch choice {
        case .auto: "auto"
        case .none: "none"
        case .required: "required"
        case .tool(let name): ["type": "function", "function": ["name": .string(name)]]
        }
    }

    private static func setReasoning(_ request: ModelRequest, _ body: inout JSONObject) {
        guard let level = request.options.reasoning, let reasoning = request.model.reasoning else {
            return
        }
        let isOn = level != .off
        let word = reasoning.word(for: level).map(JSONValue.string)
        let dialect = request.model.dialect
        switch dialect.thinkingFormat {
        case .openai:
            if dialect.supportsReasoningEffort { body["reasoning_effort"] = word }
        case .openrouter: body["reasoning"] = word.map { ["effort": $0] }
        case .together:
            body["reasoning"] = ["enabled": .bool(isOn)]
            if isOn, dialect.supportsReasoningEffort { body["reasoning_effort"] = word }
        case .zai: body["thinking"] = ["type": isOn ? "enabled" : "disabled"]
        case .qwen: body["enable_thinking"] = .bool(isOn)
        case .qwenTemplate: body["chat_template_kwargs"] = ["enable_thinking": .bool(isOn)]
        }
    }

    static func reader(_ request: ModelRequest) -> any AnswerReader { ChatReader() }

    /// `{"error": {message, type, code}}`, the same without the outer object, `{"detail": [...]}`, `{"message": ...}`.
    static func said(_ json: JSONValue) -> HTTPFailure.Said {
        var said = HTTPFailure.Said()
        let error = json["error"] ?? json
        said.message = error["message"]?.string ?? error.string ?? detail(json["detail"])
        // OpenRouter tells what its own provider said.
        if let raw = error["metadata"]?["raw"]?.filled {
            said.message = "\(said.message ?? "the provider failed"): \(raw)"
        }
        said.words = [error["type"], error["code"], error["status"]].compactMap { $0?.string }
        said.status = error["code"]?.number?.int.flatMap { (400..<600).contains($0) ? $0 : nil }
        return said
    }

    private static func detail(_ json: JSONValue?) -> String? {
        if let text = json?.string { return text }
        return json?.array.map { $0.compactMap { $0["msg"]?.string }.joined(separator: "; ") }
    }
}
