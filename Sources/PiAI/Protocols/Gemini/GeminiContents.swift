import PiJSON

/// A conversation in the contents of Gemini: roles take turns, and all results of a turn stand together.
struct GeminiContents {
    private enum Part {
        case text(String)
        case image(ImagePart)
        case answer(TextPart)
        case thinking(ThinkingPart)
        case call(ToolCall, signature: String?)
        case result(ToolResultMessage)
    }

    private var turns: [(role: String, parts: [Part])] = []
    private let dialect: Dialect
    /// Of results, for models that take none inside of them.
    private var pictures: [ImagePart] = []

    static func write(_ request: ModelRequest, to list: inout JSONWriter) {
        var contents = GeminiContents(dialect: request.model.dialect)
        for message in request.messages { contents.append(message) }
        contents.showPictures()
        for turn in contents.turns {
            list.object { object in
                object.member("role", turn.role)
                object.member("parts") { contents.write(turn.parts, to: &$0) }
            }
        }
    }

    private init(dialect: Dialect) {
        self.dialect = dialect
    }

    // MARK: - Turns

    private mutating func append(_ message: Message) {
        switch message {
        case .system(let message):
            showPictures()
            append("user", [.text(message.text)])
        case .user(let message):
            showPictures()
            append("user", message.content.map(Self.part))
        case .assistant(let answer):
            showPictures()
            if turns.isEmpty { append("user", [.text("(the conversation goes on)")]) }
            append("model", parts(answer))
        case .toolResult(let result):
            append("user", [.result(result)])
            if !dialect.nestsImagesInResults { pictures += result.content.images }
        }
    }

    private mutating func append(_ role: String, _ parts: [Part]) {
        guard !parts.isEmpty else { return }
        if turns.last?.role == role {
            turns[turns.count - 1].parts += parts
        } else {
            turns.append((role, parts))
        }
    }

    private mutating func showPictures() {
        guard !pictures.isEmpty else { return }
        append("user", [.text("Pictures of the results above:")] + pictures.map(Part.image))
        pictures = []
    }

    private static func part(_ part: InputPart) -> Part {
        switch part {
        case .text(let text): .text(text)
        case .image(let image): .image(image)
        }
    }

    private func parts(_ answer: AssistantMessage) -> [Part] {
        var isFirstCall = true
        return answer.content.map { part in
            switch part {
            case .text(let text): return .answer(text)
            case .thinking(let thinking): return .thinking(thinking)
            case .toolCall(let call):
                defer { isFirstCall = false }
                // What Google documents for calls that another model made.
                let excuse =
                    isFirstCall && dialect.needsThoughtSignatures
                    ? "skip_thought_signature_validator" : nil
                return .call(call, signature: call.thoughtSignature ?? excuse)
            }
        }
    }

    // MARK: - Writing

    private func write(_ parts: [Part], to place: inout JSONWriter) {
        place.array { list in
            for part in parts {
                list.object { write(part, to: &$0) }
            }
        }
    }

    private func write(_ part: Part, to object: inout JSONWriter) {
        switch part {
        case .text(let text): object.member("text", text)
        case .image(let image):
            object.member(
                "inlineData",
                ["mimeType": .string(image.mimeType), "data": .string(image.data)])
        case .answer(let text):
            object.member("text", text.text)
            sign(text.signature, in: &object)
        case .thinking(let thinking):
            object.member("text", thinking.text)
            object.member("thought", true)
            sign(thinking.signature, in: &object)
        case .call(let call, let signature):
            object.member("functionCall") { member in
                member.object { function in
                    function.member("name", call.name)
                    function.member("args", .object(call.arguments))
                }
            }
            sign(signature, in: &object)
        case .result(let result):
            object.member("functionResponse") { member in
                member.object { write(result, to: &$0) }
            }
        }
    }

    private func sign(_ signature: String?, in object: inout JSONWriter) {
        if let signature { object.member("thoughtSignature", signature) }
    }

    private func write(_ result: ToolResultMessage, to response: inout JSONWriter) {
        let text = result.content.joinedText
        let images = result.content.images
        response.member("name", result.toolName)
        response.member("response") { member in
            member.object { said in
                said.member(
                    result.isError ? "error" : "output",
                    text.isEmpty && !images.isEmpty ? "(see the picture)" : text)
            }
        }
        guard dialect.nestsImagesInResults, !images.isEmpty else { return }
        response.member("parts") { write(images.map(Part.image), to: &$0) }
    }
}
