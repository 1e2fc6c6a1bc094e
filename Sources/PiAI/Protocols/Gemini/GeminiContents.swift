import PiJSON

/// A conversation in the contents of Gemini: roles take turns, and all results of a turn stand together.
struct GeminiContents {
    private var turns: [(role: String, parts: [JSONValue])] = []
    private let dialect: Dialect
    /// Of results, for models that take none inside of them.
    private var pictures: [ImagePart] = []

    static func of(_ request: ModelRequest) -> [JSONValue] {
        var contents = GeminiContents(dialect: request.model.dialect)
        for message in request.messages { contents.append(message) }
        contents.showPictures()
        return contents.turns.map { ["role": .string($0.role), "parts": .array($0.parts)] }
    }

    private init(dialect: Dialect) {
        self.dialect = dialect
    }

    private mutating func append(_ message: Message) {
        switch message {
        case .system(let message):
            showPictures()
            append("user", [["text": .string(message.text)]])
        case .user(let message):
            showPictures()
            append("user", message.content.map(Self.part))
        case .assistant(let answer):
            showPictures()
            if turns.isEmpty { append("user", [["text": "(the conversation goes on)"]]) }
            append("model", parts(answer))
        case .toolResult(let result):
            append("user", [response(result)])
            if !dialect.nestsImagesInResults { pictures += result.content.images }
        }
    }

    private mutating func append(_ role: String, _ parts: [JSONValue]) {
        guard !parts.isEmpty else { return }
        if turns.last?.role == role {
            turns[turns.count - 1].parts += parts
        } else {
            turns.append((role, parts))
        }
    }

    private mutating func showPictures() {
        guard !pictures.isEmpty else { return }
        append(
            "user",
            [["text": "Pictures of the results above:"]] + pictures.map { Self.part(.image($0)) })
        pictures = []
    }

    private static func part(_ part: InputPart) -> JSONValue {
        switch part {
        case .text(let text): ["text": .string(text)]
        case .image(let image):
            ["inlineData": ["mimeType": .string(image.mimeType), "data": .string(image.data)]]
        }
    }

    private func response(_ result: ToolResultMessage) -> JSONValue {
        let text = result.content.joinedText
        let shown =
            text.isEmpty && !result.content.images.isEmpty ? "(see the picture)" : text
        var response = JSONObject()
        response["name"] = .string(result.toolName)
        response["response"] = [result.isError ? "error" : "output": .string(shown)]
        if dialect.nestsImagesInResults, !result.content.images.isEmpty {
            response["parts"] = .array(result.content.images.map { Self.part(.image($0)) })
        }
        return ["functionResponse": .object(response)]
    }

    private func parts(_ answer: AssistantMessage) -> [JSONValue] {
        var isFirstCall = true
        return answer.content.map { part in
            var object = JSONObject()
            switch part {
            case .text(let text):
                object["text"] = .string(text.text)
                object["thoughtSignature"] = text.signature.map(JSONValue.string)
            case .thinking(let thinking):
                object["text"] = .string(thinking.text)
                object["thought"] = true
                object["thoughtSignature"] = thinking.signature.map(JSONValue.string)
            case .toolCall(let call):
                object["functionCall"] = [
                    "name": .string(call.name), "args": .object(call.arguments),
                ]
                object["thoughtSignature"] = call.thoughtSignature.map(JSONValue.string)
                if isFirstCall, call.thoughtSignature == nil, dialect.needsThoughtSignatures {
                    // What Google documents for calls that another model made.
                    object["thoughtSignature"] = "skip_thought_signature_validator"
                }
                isFirstCall = false
            }
            return .object(object)
        }
    }
}
