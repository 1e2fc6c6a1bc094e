import PiJSON

/// A conversation in the messages of Chat Completions.
struct ChatMessages {
    private let dialect: Dialect
    private var messages: [JSONValue] = []
    private var lastWasResult = false
    /// Of results, which can't hold them: they follow in a message of the user.
    private var pictures: [ImagePart] = []

    static func of(_ request: ModelRequest) -> [JSONValue] {
        var list = ChatMessages(dialect: request.model.dialect)
        let instructs =
            request.model.dialect.supportsDeveloperRole && request.model.reasoning != nil
            ? "developer" : "system"
        if let prompt = request.systemPrompt, !prompt.isEmpty {
            list.messages.append(["role": .string(instructs), "content": .string(prompt)])
        }
        for message in request.messages { list.append(message, instructs) }
        list.showPictures()
        return list.messages
    }

    private init(dialect: Dialect) {
        self.dialect = dialect
    }

    private mutating func append(_ message: Message, _ instructs: String) {
        switch message {
        case .system(let message):
            beginOther()
            messages.append(["role": .string(instructs), "content": .string(message.text)])
        case .user(let message):
            beginOther()
            messages.append(["role": "user", "content": Self.content(message.content)])
        case .assistant(let answer):
            showPictures()
            lastWasResult = false
            if let message = assistant(answer) { messages.append(message) }
        case .toolResult(let answer):
            messages.append(result(answer))
            pictures += answer.content.images
            lastWasResult = true
        }
    }

    /// Some servers want to hear the model between a result and the user.
    private mutating func beginOther() {
        showPictures()
        if lastWasResult, dialect.requiresAssistantAfterToolResult {
            messages.append(["role": "assistant", "content": "I have seen the results."])
        }
        lastWasResult = false
    }

    private mutating func showPictures() {
        guard !pictures.isEmpty else { return }
        let shown = pictures
        pictures = []
        beginOther()
        messages.append([
            "role": "user",
            "content": Self.content(
                [.text("Pictures of the results above:")] + shown.map(InputPart.image)),
        ])
    }

    private static func content(_ parts: [InputPart]) -> JSONValue {
        if parts.images.isEmpty { return .string(parts.joinedText) }
        return .array(
            parts.map { part in
                switch part {
                case .text(let text): ["type": "text", "text": .string(text)]
                case .image(let image):
                    ["type": "image_url", "image_url": ["url": .string(image.dataURL)]]
                }
            })
    }

    private func result(_ answer: ToolResultMessage) -> JSONValue {
        var object = JSONObject()
        object["role"] = "tool"
        object["tool_call_id"] = .string(answer.callID)
        if dialect.requiresToolResultName { object["name"] = .string(answer.toolName) }
        let text = answer.content.joinedText
        object["content"] = .string(
            text.isEmpty && !answer.content.images.isEmpty ? "(see the picture below)" : text)
        return .object(object)
    }

    /// Nil for an answer that has neither a text nor a call: servers refuse it.
    private func assistant(_ answer: AssistantMessage) -> JSONValue? {
        var object = JSONObject()
        object["role"] = "assistant"
        var text = answer.text
        var thoughts: [String: String] = [:]
        for thinking in answer.content.compactMap(\.thinking) {
            if dialect.requiresThinkingAsText {
                text = "\(thinking.text)\n\n\(text)"
            } else if let field = thinking.signature, ChatReader.thoughtFields.contains(field) {
                thoughts[field, default: ""] += thinking.text
            }
        }
        let calls = answer.toolCalls
        guard !text.isEmpty || !calls.isEmpty else { return nil }
        object["content"] = text.isEmpty && !calls.isEmpty ? .null : .string(text)
        for (field, thought) in thoughts { object[field] = .string(thought) }
        if !calls.isEmpty {
            object["tool_calls"] = .array(
                calls.map { call in
                    [
                        "id": .string(call.id), "type": "function",
                        "function": [
                            "name": .string(call.name),
                            // Always an object: servers' templates fall over anything else.
                            "arguments": .string(call.arguments.compact),
                        ],
                    ]
                })
        }
        let details = calls.compactMap { call in
            call.thoughtSignature.flatMap(Self.detail)
        }
        if !details.isEmpty { object["reasoning_details"] = .array(details) }
        return .object(object)
    }

    private static func detail(_ signature: String) -> JSONValue? {
        // One that is none is of no use to anybody.
        let value = try? JSONReader.read(signature, .interchange(sizeLimit: 4 << 20)).value
        return value?.object.map(JSONValue.object)
    }
}
