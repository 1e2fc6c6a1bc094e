import PiJSON

/// A conversation in the messages of Chat Completions.
struct ChatMessages {
    private let dialect: Dialect
    private var lastWasResult = false
    /// Of results, which can't hold them: they follow in a message of the user.
    private var pictures: [ImagePart] = []
    /// Of the message that is written: what stands at its text, if anything does.
    private var mark: JSONValue?

    static func write(_ request: ModelRequest, to list: inout JSONWriter) {
        var messages = ChatMessages(dialect: request.model.dialect)
        let instructs =
            request.model.dialect.supportsDeveloperRole && request.model.reasoning != nil
            ? "developer" : "system"
        let mark = request.model.dialect.marksCache ? request.cacheMark : nil
        if let prompt = request.systemPrompt, !prompt.isEmpty {
            write(prompt, as: instructs, mark, to: &list)
        }
        let marked = mark == nil ? nil : request.messages.lastIndex(where: \.hasTextOfItsOwn)
        for (place, message) in request.messages.enumerated() {
            messages.mark = place == marked ? mark : nil
            messages.write(message, instructs, to: &list)
        }
        messages.mark = nil
        messages.showPictures(in: &list)
    }

    private init(dialect: Dialect) {
        self.dialect = dialect
    }

    private mutating func write(
        _ message: Message, _ instructs: String, to list: inout JSONWriter
    ) {
        switch message {
        case .system(let message):
            beginOther(in: &list)
            Self.write(message.text, as: instructs, to: &list)
        case .user(let message):
            beginOther(in: &list)
            Self.write(message.content, mark, to: &list)
        case .assistant(let answer):
            showPictures(in: &list)
            lastWasResult = false
            write(answer, to: &list)
        case .toolResult(let answer):
            write(answer, to: &list)
            pictures += answer.content.images
            lastWasResult = true
        }
    }

    /// Some servers want to hear the model between a result and the user.
    private mutating func beginOther(in list: inout JSONWriter) {
        showPictures(in: &list)
        if lastWasResult, dialect.requiresAssistantAfterToolResult {
            Self.write("I have seen the results.", as: "assistant", to: &list)
        }
        lastWasResult = false
    }

    private mutating func showPictures(in list: inout JSONWriter) {
        guard !pictures.isEmpty else { return }
        let shown = pictures
        pictures = []
        beginOther(in: &list)
        Self.write(
            [.text("Pictures of the results above:")] + shown.map(InputPart.image), to: &list)
    }

    // MARK: - One message

    private static func write(
        _ text: String, as role: String, _ mark: JSONValue? = nil, to list: inout JSONWriter
    ) {
        list.object { message in
            message.member("role", role)
            write(content: text, mark, to: &message)
        }
    }

    /// A mark can stand at a part only.
    private static func write(
        content text: String, _ mark: JSONValue?, to message: inout JSONWriter
    ) {
        guard mark != nil, !text.isEmpty else {
            message.member("content", text)
            return
        }
        message.member("content") { content in
            content.array { write(.text(text), mark, to: &$0) }
        }
    }

    private static func write(
        _ parts: [InputPart], _ mark: JSONValue? = nil, to list: inout JSONWriter
    ) {
        guard !parts.images.isEmpty else {
            write(parts.joinedText, as: "user", mark, to: &list)
            return
        }
        let marked = parts.lastIndex { !Handover.isBlank($0.text ?? "") }
        list.object { message in
            message.member("role", "user")
            message.member("content") { content in
                content.array { list in
                    for (place, part) in parts.enumerated() {
                        write(part, place == marked ? mark : nil, to: &list)
                    }
                }
            }
        }
    }

    private static func write(_ part: InputPart, _ mark: JSONValue?, to list: inout JSONWriter) {
        list.object { object in
            switch part {
            case .text(let text):
                object.member("type", "text")
                object.member("text", text)
                if let mark { object.member("cache_control", mark) }
            case .image(let image):
                object.member("type", "image_url")
                object.member("image_url", ["url": .string(image.dataURL)])
            }
        }
    }

    private func write(_ answer: ToolResultMessage, to list: inout JSONWriter) {
        list.object { message in
            message.member("role", "tool")
            message.member("tool_call_id", answer.callID)
            if dialect.requiresToolResultName { message.member("name", answer.toolName) }
            let text = answer.content.joinedText
            Self.write(
                content: text.isEmpty && !answer.content.images.isEmpty
                    ? "(see the picture below)" : text, mark, to: &message)
        }
    }

    /// Nothing for an answer that has neither a text nor a call: servers refuse it.
    private func write(_ answer: AssistantMessage, to list: inout JSONWriter) {
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
        guard !text.isEmpty || !calls.isEmpty else { return }
        list.object { message in
            message.member("role", "assistant")
            if text.isEmpty {
                message.member("content", dialect.saysNothingAsText ? "" : .null)
            } else {
                Self.write(content: text, mark, to: &message)
            }
            for field in ChatReader.thoughtFields {
                if let thought = thoughts[field] { message.member(field, thought) }
            }
            guard !calls.isEmpty else { return }
            message.member("tool_calls") { member in
                member.array { list in
                    for call in calls { Self.write(call, to: &list) }
                }
            }
            let details = calls.compactMap { $0.thoughtSignature.flatMap(Self.detail) }
            if !details.isEmpty { message.member("reasoning_details", .array(details)) }
        }
    }

    private static func write(_ call: ToolCall, to list: inout JSONWriter) {
        list.object { object in
            object.member("id", call.id)
            object.member("type", "function")
            object.member("function") { member in
                member.object { function in
                    function.member("name", call.name)
                    // Always an object: servers' templates fall over anything else.
                    function.member("arguments", call.arguments.compact)
                }
            }
        }
    }

    private static func detail(_ signature: String) -> JSONValue? {
        // One that is none is of no use to anybody.
        let value = try? JSONReader.read(signature, .interchange(sizeLimit: 4 << 20)).value
        return value?.object.map(JSONValue.object)
    }
}

extension Message {
    fileprivate var hasTextOfItsOwn: Bool {
        switch self {
        case .system: false
        case .user(let user): user.content.contains { !Handover.isBlank($0.text ?? "") }
        case .toolResult(let result):
            result.content.contains { !Handover.isBlank($0.text ?? "") }
        case .assistant(let answer): !Handover.isBlank(answer.text)
        }
    }
}
