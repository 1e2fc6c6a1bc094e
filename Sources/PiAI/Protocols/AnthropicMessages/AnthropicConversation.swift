import PiJSON

/// A conversation in the messages of Anthropic: roles take turns, and results come first in theirs.
struct AnthropicConversation {
    private enum Role: String { case user, assistant, system }

    private var turns: [(role: Role, blocks: [JSONValue])] = []
    private let mark: JSONValue?
    private let takesSystem: Bool

    static func of(_ request: ModelRequest, _ mark: JSONValue?) -> [JSONValue] {
        var conversation = AnthropicConversation(
            mark: mark, takesSystem: request.model.dialect.anthropicVersion == .v2026)
        for message in request.messages { conversation.append(message) }
        conversation.markEnd()
        return conversation.turns.map { turn in
            ["role": .string(turn.role.rawValue), "content": .array(turn.blocks)]
        }
    }

    private init(mark: JSONValue?, takesSystem: Bool) {
        self.mark = mark
        self.takesSystem = takesSystem
    }

    private mutating func append(_ message: Message) {
        switch message {
        case .system(let message):
            // The older version knows it only at the very beginning.
            append(
                takesSystem && !turns.isEmpty ? .system : .user,
                [AnthropicMessages.text(message.text, nil)])
        case .user(let message):
            append(.user, message.content.compactMap(Self.block))
        case .assistant(let answer):
            if turns.isEmpty {
                append(.user, [AnthropicMessages.text("(the conversation goes on)", nil)])
            }
            append(.assistant, answer.content.compactMap(Self.block))
        case .toolResult(let result):
            append(
                .user,
                [
                    [
                        "type": "tool_result", "tool_use_id": .string(result.callID),
                        "content": .array(result.content.compactMap(Self.block)),
                        "is_error": .bool(result.isError),
                    ]
                ])
        }
    }

    private mutating func append(_ role: Role, _ blocks: [JSONValue]) {
        guard !blocks.isEmpty else { return }
        if turns.last?.role == role {
            turns[turns.count - 1].blocks += blocks
        } else {
            turns.append((role, blocks))
        }
    }

    /// Up to here the provider may remember what it has read.
    private mutating func markEnd() {
        guard let mark, let place = turns.lastIndex(where: { $0.role == .user }),
            var block = turns[place].blocks.last?.object
        else { return }
        block["cache_control"] = mark
        turns[place].blocks[turns[place].blocks.count - 1] = .object(block)
    }

    /// Nil for what says nothing, which the provider refuses.
    private static func block(_ part: InputPart) -> JSONValue? {
        switch part {
        case .text(let text):
            Handover.isBlank(text) ? nil : AnthropicMessages.text(text, nil)
        case .image(let image):
            [
                "type": "image",
                "source": [
                    "type": "base64", "media_type": .string(image.mimeType),
                    "data": .string(image.data),
                ],
            ]
        }
    }

    private static func block(_ part: AnswerPart) -> JSONValue? {
        switch part {
        case .text(let text):
            return Handover.isBlank(text.text) ? nil : AnthropicMessages.text(text.text, nil)
        case .thinking(let thinking):
            guard let signature = thinking.signature, !signature.isEmpty else {
                // Unsigned it would be refused; as a text it is still known.
                return Handover.isBlank(thinking.text)
                    ? nil : AnthropicMessages.text(thinking.text, nil)
            }
            if thinking.isRedacted {
                return ["type": "redacted_thinking", "data": .string(signature)]
            }
            return [
                "type": "thinking", "thinking": .string(thinking.text),
                "signature": .string(signature),
            ]
        case .toolCall(let call):
            return [
                "type": "tool_use", "id": .string(call.id), "name": .string(call.name),
                "input": .object(call.arguments),
            ]
        }
    }
}
