package import PiJSON

/// Messages as Pi's sessions hold them.
extension Message {
    package var json: JSONValue {
        switch self {
        case .system(let message):
            [
                "role": "system", "content": .string(message.text),
                "timestamp": .number(JSONNumber(message.timestamp)),
            ]
        case .user(let message):
            [
                "role": "user", "content": .array(message.content.map(\.json)),
                "timestamp": .number(JSONNumber(message.timestamp)),
            ]
        case .assistant(let message): message.json
        case .toolResult(let message): message.json
        }
    }

    /// Nil for what is no message of these roles.
    package init?(_ json: JSONValue) {
        guard let role = json["role"]?.string else { return nil }
        let timestamp = json["timestamp"]?.number?.int ?? 0
        switch role {
        case "system":
            guard let text = json["content"]?.string else { return nil }
            self = .system(SystemMessage(text, timestamp: timestamp))
        case "user":
            guard let content = Self.input(json["content"]) else { return nil }
            self = .user(UserMessage(content, timestamp: timestamp))
        case "assistant":
            guard let message = AssistantMessage(json) else { return nil }
            self = .assistant(message)
        case "toolResult":
            guard let id = json["toolCallId"]?.string, let name = json["toolName"]?.string,
                let content = Self.input(json["content"])
            else { return nil }
            self = .toolResult(
                ToolResultMessage(
                    callID: id, toolName: name, content: content, details: json["details"],
                    isError: json["isError"]?.bool ?? false, timestamp: timestamp))
        default: return nil
        }
    }

    /// Pi writes a text alone, too; in the place of what a later version writes stands that something was there.
    private static func input(_ json: JSONValue?) -> [InputPart]? {
        if let text = json?.string { return [.text(text)] }
        return json?.array?.map { part in
            InputPart(part)
                ?? .text(
                    "[something of the kind \(SafeText(part["type"]?.string ?? "?", limit: 40)) that is not understood here]"
                )
        }
    }
}

extension InputPart {
    var json: JSONValue {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .image(let image):
            [
                "type": "image", "data": .string(image.data), "mimeType": .string(image.mimeType),
            ]
        }
    }

    init?(_ json: JSONValue) {
        if json["type"]?.string == "text", let text = json["text"]?.string {
            self = .text(text)
        } else if json["type"]?.string == "image", let data = json["data"]?.string,
            let type = json["mimeType"]?.string
        {
            self = .image(ImagePart(data: data, mimeType: type))
        } else {
            return nil
        }
    }
}

extension ToolResultMessage {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["role"] = "toolResult"
        object["toolCallId"] = .string(callID)
        object["toolName"] = .string(toolName)
        object["content"] = .array(content.map(\.json))
        object["details"] = details
        object["isError"] = .bool(isError)
        object["timestamp"] = .number(JSONNumber(timestamp))
        return .object(object)
    }
}

extension AssistantMessage {
    package var json: JSONValue {
        var object = JSONObject()
        object["role"] = "assistant"
        object["content"] = .array(content.map(\.json))
        object["api"] = .string(source.api)
        object["provider"] = .string(source.provider)
        object["model"] = .string(source.model)
        object["responseId"] = responseID.map(JSONValue.string)
        object["responseModel"] = answeredBy.map(JSONValue.string)
        object["usage"] = usage.jsonWithCost
        object["stopReason"] = .string(stopReason.rawValue)
        object["errorMessage"] = errorMessage.map(JSONValue.string)
        object["timestamp"] = .number(JSONNumber(timestamp))
        return .object(object)
    }

    /// Nil if it lacks what makes an answer.
    ///
    /// Protocols, parts and ends that a later version writes cost nobody what can be understood beside them.
    package init?(_ json: JSONValue) {
        guard let parts = json["content"]?.array, let api = json["api"]?.string,
            let provider = json["provider"]?.string, let model = json["model"]?.string,
            let stop = json["stopReason"]?.string
        else { return nil }
        let content = parts.compactMap(AnswerPart.init)
        guard !content.isEmpty || parts.isEmpty else { return nil }
        self.init(
            content: content,
            source: AnswerOrigin(api: api, provider: provider, model: model),
            answeredBy: json["responseModel"]?.string, responseID: json["responseId"]?.string,
            usage: Usage(json["usage"]), stopReason: StopReason(rawValue: stop) ?? .stop,
            errorMessage: json["errorMessage"]?.string,
            timestamp: json["timestamp"]?.number?.int ?? 0)
    }
}

extension AnswerPart {
    package var json: JSONValue {
        var object = JSONObject()
        switch self {
        case .text(let part):
            object["type"] = "text"
            object["text"] = .string(part.text)
            object["textSignature"] = part.signature.map(JSONValue.string)
        case .thinking(let part):
            object["type"] = "thinking"
            object["thinking"] = .string(part.text)
            object["thinkingSignature"] = part.signature.map(JSONValue.string)
            if part.isRedacted { object["redacted"] = true }
        case .toolCall(let call):
            object["type"] = "toolCall"
            object["id"] = .string(call.id)
            object["name"] = .string(call.name)
            object["arguments"] = .object(call.arguments)
            object["argumentsError"] = call.argumentsError.map(JSONValue.string)
            object["thoughtSignature"] = call.thoughtSignature.map(JSONValue.string)
        }
        return .object(object)
    }

    init?(_ json: JSONValue) {
        switch json["type"]?.string {
        case "text":
            guard let text = json["text"]?.string else { return nil }
            self = .text(TextPart(text, signature: json["textSignature"]?.string))
        case "thinking":
            guard let text = json["thinking"]?.string else { return nil }
            self = .thinking(
                ThinkingPart(
                    text, signature: json["thinkingSignature"]?.string,
                    isRedacted: json["redacted"]?.bool ?? false))
        case "toolCall":
            guard let id = json["id"]?.string, let name = json["name"]?.string,
                let arguments = json["arguments"]?.object
            else { return nil }
            self = .toolCall(
                ToolCall(
                    id: id, name: name, arguments: arguments,
                    argumentsError: json["argumentsError"]?.string,
                    thoughtSignature: json["thoughtSignature"]?.string))
        default: return nil
        }
    }
}

extension Usage {
    /// As Pi's sessions have it; a cost that nobody knows says so, as Pi takes no message without one.
    var jsonWithCost: JSONValue {
        var object = json.object ?? JSONObject()
        object["cost"] = cost?.json ?? Cost.unknown
        return .object(object)
    }

    package var json: JSONValue {
        var object = JSONObject()
        object["input"] = .number(JSONNumber(input))
        object["output"] = .number(JSONNumber(output))
        object["cacheRead"] = .number(JSONNumber(cacheRead))
        object["cacheWrite"] = .number(JSONNumber(cacheWrite))
        object["reasoning"] = reasoning.map { .number(JSONNumber($0)) }
        object["totalTokens"] = .number(JSONNumber(total))
        return .object(object)
    }

    init(_ json: JSONValue?) {
        func count(_ name: String) -> Int? { json?[name]?.count }
        self.init(
            input: count("input") ?? 0, output: count("output") ?? 0,
            cacheRead: count("cacheRead") ?? 0, cacheWrite: count("cacheWrite") ?? 0,
            reasoning: count("reasoning"))
        cost = json?["cost"].flatMap(Cost.init)
    }
}

extension Cost {
    /// In dollars.
    var json: JSONValue {
        var object = JSONObject()
        for (name, amount) in [
            ("input", input), ("output", output), ("cacheRead", cacheRead),
            ("cacheWrite", cacheWrite), ("total", total),
        ] {
            object[name] = JSONNumber(text: amount.dollars).map(JSONValue.number)
        }
        return .object(object)
    }

    static let unknown: JSONValue = [
        "input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0, "total": 0, "unknown": true,
    ]

    /// Nil if it is not known, or is none.
    init?(_ json: JSONValue) {
        guard json["unknown"] != true, let input = Money(dollars: json["input"]),
            let output = Money(dollars: json["output"]),
            let cacheRead = Money(dollars: json["cacheRead"]),
            let cacheWrite = Money(dollars: json["cacheWrite"])
        else { return nil }
        self.init(input: input, output: output, cacheRead: cacheRead, cacheWrite: cacheWrite)
    }
}

extension Money {
    /// Pi writes binary fractions: what is read is the nearest of ours.
    fileprivate init?(dollars json: JSONValue?) {
        guard let dollars = json?.number?.double, (0...1_000_000).contains(dollars) else {
            return nil
        }
        self.init(picodollars: Int((dollars * 1e12).rounded()))
    }
}
