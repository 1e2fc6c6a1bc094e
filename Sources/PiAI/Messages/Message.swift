package import PiJSON

/// One entry of a conversation, in the shape that Pi's sessions have.
package enum Message: Hashable, Sendable {
    /// What is said to the model in the middle of a conversation, by whoever runs it.
    case system(SystemMessage)
    case user(UserMessage)
    case assistant(AssistantMessage)
    case toolResult(ToolResultMessage)
}

package struct SystemMessage: Hashable, Sendable {
    package var text: String
    /// Milliseconds since 1970, as in every message.
    package var timestamp: Int

    package init(_ text: String, timestamp: Int) {
        self.text = text
        self.timestamp = timestamp
    }
}

package struct UserMessage: Hashable, Sendable {
    package var content: [InputPart]
    package var timestamp: Int

    package init(_ content: [InputPart], timestamp: Int) {
        self.content = content
        self.timestamp = timestamp
    }
}

package struct ToolResultMessage: Hashable, Sendable {
    package var callID: String
    package var toolName: String
    package var content: [InputPart]
    /// For those who show it; no model sees it.
    package var details: JSONValue?
    package var isError: Bool
    package var timestamp: Int

    package init(
        callID: String, toolName: String, content: [InputPart], details: JSONValue? = nil,
        isError: Bool, timestamp: Int
    ) {
        self.callID = callID
        self.toolName = toolName
        self.content = content
        self.details = details
        self.isError = isError
        self.timestamp = timestamp
    }
}

/// What goes to a model: text or a picture.
package enum InputPart: Hashable, Sendable {
    case text(String)
    case image(ImagePart)

    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    package var image: ImagePart? {
        if case .image(let image) = self { image } else { nil }
    }
}

package struct ImagePart: Hashable, Sendable {
    /// In base64, as sessions keep it and every protocol sends it.
    package let data: String
    package let mimeType: String

    package init(data: String, mimeType: String) {
        self.data = data
        self.mimeType = mimeType
    }

    package var dataURL: String { "data:\(mimeType);base64,\(data)" }
}

extension [InputPart] {
    /// The texts alone, a line between them.
    package var joinedText: String { compactMap(\.text).joined(separator: "\n") }
    package var images: [ImagePart] { compactMap(\.image) }
}
