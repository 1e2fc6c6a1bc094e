package import PiJSON

/// An answer of a model, whole or cut off.
package struct AssistantMessage: Hashable, Sendable {
    package var content: [AnswerPart]
    /// Who gave it: signatures and ids mean something to the same model only.
    package var source: AnswerOrigin
    /// What the provider says has answered, if that is another name.
    package var answeredBy: String?
    package var responseID: String?
    package var usage: Usage
    package var stopReason: StopReason
    /// For an answer that ended in an error.
    package var errorMessage: String?
    package var timestamp: Int

    package init(
        content: [AnswerPart], source: AnswerOrigin, answeredBy: String? = nil,
        responseID: String? = nil, usage: Usage = Usage(), stopReason: StopReason,
        errorMessage: String? = nil, timestamp: Int
    ) {
        self.content = content
        self.source = source
        self.answeredBy = answeredBy
        self.responseID = responseID
        self.usage = usage
        self.stopReason = stopReason
        self.errorMessage = errorMessage
        self.timestamp = timestamp
    }

    package var toolCalls: [ToolCall] { content.compactMap(\.toolCall) }
    package var text: String { content.compactMap(\.text?.text).joined() }
}

/// Who gave an answer, in whatever protocol: a session from elsewhere may have one that is not spoken here.
package struct AnswerOrigin: Hashable, Sendable {
    /// By Pi's name.
    package let api: String
    package let provider: String
    package let model: String

    package init(api: String, provider: String, model: String) {
        self.api = api
        self.provider = provider
        self.model = model
    }

    package init(_ name: ModelName) {
        self.init(api: name.api.rawValue, provider: name.provider, model: name.model)
    }

    package static func == (origin: AnswerOrigin, name: ModelName) -> Bool {
        origin.model == name.model && origin.provider == name.provider
            && origin.api == name.api.rawValue
    }
}

/// A model that can be asked.
package struct ModelName: Hashable, Sendable {
    package let api: API
    package let provider: String
    package let model: String

    package init(api: API, provider: String, model: String) {
        self.api = api
        self.provider = provider
        self.model = model
    }

    /// As people and policies write it: `anthropic/claude-opus-5`.
    package var reference: String { "\(provider)/\(model)" }
}

package enum AnswerPart: Hashable, Sendable {
    case text(TextPart)
    case thinking(ThinkingPart)
    case toolCall(ToolCall)

    package enum Kind: Hashable, Sendable { case text, thinking, toolCall }

    package var kind: Kind {
        switch self {
        case .text: .text
        case .thinking: .thinking
        case .toolCall: .toolCall
        }
    }

    package var text: TextPart? {
        if case .text(let part) = self { part } else { nil }
    }

    package var thinking: ThinkingPart? {
        if case .thinking(let part) = self { part } else { nil }
    }

    package var toolCall: ToolCall? {
        if case .toolCall(let call) = self { call } else { nil }
    }
}

package struct TextPart: Hashable, Sendable {
    package var text: String
    /// What its provider wants to have back with it, unread.
    package var signature: String?

    package init(_ text: String, signature: String? = nil) {
        self.text = text
        self.signature = signature
    }
}

package struct ThinkingPart: Hashable, Sendable {
    package var text: String
    package var signature: String?
    /// Only its provider can read it; it is in the signature.
    package var isRedacted: Bool

    package init(_ text: String, signature: String? = nil, isRedacted: Bool = false) {
        self.text = text
        self.signature = signature
        self.isRedacted = isRedacted
    }
}

package struct ToolCall: Hashable, Sendable {
    package var id: String
    package var name: String
    package var arguments: JSONObject
    /// Why what the model wrote for arguments is none; such a call is answered with this and never run.
    package var argumentsError: String?
    package var thoughtSignature: String?

    package init(
        id: String, name: String, arguments: JSONObject, argumentsError: String? = nil,
        thoughtSignature: String? = nil
    ) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.argumentsError = argumentsError
        self.thoughtSignature = thoughtSignature
    }
}

package enum StopReason: String, Hashable, Sendable {
    case stop, length, toolUse, error, aborted
}
