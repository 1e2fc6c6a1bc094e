import PiJSON

/// OpenAI's Responses.
enum Responses: WireProtocol {
    static func path(_ request: ModelRequest) -> String { "/responses" }

    static func headers(_ request: ModelRequest) -> [HTTPHeader] { [] }

    static let conversation = "input"

    static func writeConversation(_ request: ModelRequest, to list: inout JSONWriter) {
        ResponsesInput.write(request, to: &list)
    }

    static func settings(_ request: ModelRequest) -> JSONObject {
        let options = request.options
        var body = JSONObject()
        body["model"] = .string(request.model.name.model)
        body["stream"] = true
        // Nothing of a conversation stays at the provider; what it needs again comes back sealed.
        body["store"] = false
        if let most = options.maxTokens { body["max_output_tokens"] = .number(max(16, most)) }
        if request.model.allowsSampling {
            body["temperature"] = options.temperature.map(JSONValue.number)
        }
        if !request.tools.isEmpty {
            body["tools"] = .array(request.tools.map { tool($0, of: request.model) })
            body["tool_choice"] = options.toolChoice.map(choice)
        }
        if let reasoning = request.model.reasoning {
            // A model that does not think refuses it, and of one that nobody knows nobody knows that either.
            if request.model.dialect.sealsThoughts || options.reasoning ?? .off != .off {
                body["include"] = ["reasoning.encrypted_content"]
            }
            if let word = options.reasoning.flatMap({ reasoning.word(for: $0) }) {
                body["reasoning"] =
                    options.reasoning == .off
                    ? ["effort": .string(word)] : ["effort": .string(word), "summary": "auto"]
            }
        }
        if request.model.dialect.supportsPromptCacheKey, options.cacheRetention != .none {
            body["prompt_cache_key"] = options.sessionID.map(JSONValue.string)
            if options.cacheRetention == .long { body["prompt_cache_retention"] = "24h" }
        }
        body.take(request.model.sampling)
        return body
    }

    private static func tool(_ tool: ToolDeclaration, of model: Model) -> JSONValue {
        [
            "type": "function", "name": .string(tool.name),
            "description": .string(tool.description),
            "parameters": .object(ToolSchema(tool.parameters, for: model).object),
            "strict": false,
        ]
    }

    private static func choice(_ choice: ModelRequest.Options.ToolChoice) -> JSONValue {
        switch choice {
        case .auto: "auto"
        case .none: "none"
        case .required: "required"
        case .tool(let name): ["type": "function", "name": .string(name)]
        }
    }

    static func reader(_ request: ModelRequest) -> any AnswerReader { ResponsesReader() }

    static func said(_ json: JSONValue) -> HTTPFailure.Said { ChatCompletions.said(json) }
}
