import PiJSON

/// Google's Gemini.
enum Gemini: WireProtocol {
    static func path(_ request: ModelRequest) -> String {
        let name = request.model.name.model
        let place = name.contains("/") ? name : "models/\(name)"
        return "/\(HTTPAddress.escaped(place)):streamGenerateContent?alt=sse"
    }

    static func headers(_ request: ModelRequest) -> [HTTPHeader] { [] }

    static let conversation = "contents"

    static func writeConversation(_ request: ModelRequest, to list: inout JSONWriter) {
        GeminiContents.write(request, to: &list)
    }

    static func settings(_ request: ModelRequest) -> JSONObject {
        let options = request.options
        var body = JSONObject()
        if let prompt = request.systemPrompt, !prompt.isEmpty {
            body["systemInstruction"] = ["parts": [["text": .string(prompt)]]]
        }
        if !request.tools.isEmpty {
            body["tools"] = [
                ["functionDeclarations": .array(request.tools.map { tool($0, of: request.model) })]
            ]
            body["toolConfig"] = options.toolChoice.map(choice)
        }
        var settings = JSONObject()
        settings["maxOutputTokens"] = options.maxTokens.map(JSONValue.number)
        if request.model.allowsSampling {
            settings["temperature"] = options.temperature.map(JSONValue.number)
        }
        settings["thinkingConfig"] = thinking(request)
        if !settings.isEmpty { body["generationConfig"] = .object(settings) }
        return body
    }

    private static func thinking(_ request: ModelRequest) -> JSONValue? {
        guard let level = request.options.reasoning, let reasoning = request.model.reasoning else {
            return nil
        }
        var config = JSONObject()
        if level != .off { config["includeThoughts"] = true }
        config["thinkingBudget"] = reasoning.budget(for: level).map(JSONValue.number)
        config["thinkingLevel"] = reasoning.word(for: level).map(JSONValue.string)
        return config.isEmpty ? nil : .object(config)
    }

    private static func tool(_ tool: ToolDeclaration, of model: Model) -> JSONValue {
        [
            "name": .string(tool.name), "description": .string(tool.description),
            // A real schema; the older field knows only a part of the language.
            "parametersJsonSchema": .object(
                ToolSchema(tool.parameters, for: model).object),
        ]
    }

    private static func choice(_ choice: ModelRequest.Options.ToolChoice) -> JSONValue {
        var config = JSONObject()
        switch choice {
        case .auto: config["mode"] = "AUTO"
        case .none: config["mode"] = "NONE"
        case .required: config["mode"] = "ANY"
        case .tool(let name):
            config["mode"] = "ANY"
            config["allowedFunctionNames"] = [.string(name)]
        }
        return ["functionCallingConfig": .object(config)]
    }

    static func reader(_ request: ModelRequest) -> any AnswerReader { GeminiReader() }

    /// `{"error": {code, message, status, details}}`.
    static func said(_ json: JSONValue) -> HTTPFailure.Said {
        var said = ChatCompletions.said(json.array?.first ?? json)
        for detail in json["error"]?["details"]?.array ?? [] {
            if let text = detail["retryDelay"]?.string {
                said.retryAfter = RetryAdvice.time(ofText: text)
            }
            if let reason = detail["reason"]?.filled { said.words.append(reason) }
        }
        // A limit of a day does not pass while somebody waits.
        if said.words.contains("RESOURCE_EXHAUSTED"),
            said.message?.lowercased().contains("billing") == true, said.retryAfter == nil
        {
            said.words.append("insufficient_quota")
        }
        return said
    }
}
