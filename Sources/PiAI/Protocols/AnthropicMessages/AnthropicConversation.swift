import PiJSON

/// A conversation in the messages of Anthropic: roles take turns, and results come first in theirs.
struct AnthropicConversation {
    private enum Role: String { case user, assistant, system }

    private enum Block {
        case text(String)
        case image(ImagePart)
        case thinking(String, signature: String)
        case sealedThinking(String)
        case call(ToolCall)
        case result(ToolResultMessage)
    }

    private var turns: [(role: Role, blocks: [Block])] = []
    private let takesSystem: Bool

    /// Up to `mark` the provider may remember what it has read.
    static func write(_ request: ModelRequest, _ mark: JSONValue?, to list: inout JSONWriter) {
        var conversation = AnthropicConversation(
            takesSystem: request.model.dialect.anthropicVersion == .v2026)
        for message in request.messages { conversation.append(message) }
        let turns = conversation.turns
        let marked = turns.lastIndex { $0.role == .user }
        for (place, turn) in turns.enumerated() {
            write(turn.blocks, of: turn.role, place == marked ? mark : nil, to: &list)
        }
    }

    private init(takesSystem: Bool) {
        self.takesSystem = takesSystem
    }

    // MARK: - Turns

    private mutating func append(_ message: Message) {
        switch message {
        case .system(let message):
            // The older version knows it only at the very beginning.
            append(takesSystem && !turns.isEmpty ? .system : .user, [.text(message.text)])
        case .user(let message): append(.user, message.content.compactMap(Self.block))
        case .assistant(let answer):
            if turns.isEmpty { append(.user, [.text("(the conversation goes on)")]) }
            append(.assistant, answer.content.compactMap(Self.block))
        case .toolResult(let result): append(.user, [.result(result)])
        }
    }

    private mutating func append(_ role: Role, _ blocks: [Block]) {
        guard !blocks.isEmpty else { return }
        if turns.last?.role == role {
            turns[turns.count - 1].blocks += blocks
        } else {
            turns.append((role, blocks))
        }
    }

    /// Nil for what says nothing, which the provider refuses.
    private static func block(_ part: InputPart) -> Block? {
        switch part {
        case .text(let text): Handover.isBlank(text) ? nil : .text(text)
        case .image(let image): .image(image)
        }
    }

    private static func block(_ part: AnswerPart) -> Block? {
        switch part {
        case .text(let text): return Handover.isBlank(text.text) ? nil : .text(text.text)
        case .thinking(let thinking):
            guard let signature = thinking.signature, !signature.isEmpty else {
                // Unsigned it would be refused; as a text it is still known.
                return Handover.isBlank(thinking.text) ? nil : .text(thinking.text)
            }
            return thinking.isRedacted
                ? .sealedThinking(signature) : .thinking(thinking.text, signature: signature)
        case .toolCall(let call): return .call(call)
        }
    }

    // MARK: - Writing

    private static func write(
        _ blocks: [Block], of role: Role, _ mark: JSONValue?, to list: inout JSONWriter
    ) {
        list.object { turn in
            turn.member("role", role.rawValue)
            turn.member("content") { content in
                content.array { list in
                    for block in blocks.dropLast() { write(block, nil, to: &list) }
                    if let last = blocks.last { write(last, mark, to: &list) }
                }
            }
        }
    }

    private static func write(_ block: Block, _ mark: JSONValue?, to list: inout JSONWriter) {
        list.object { object in
            write(block, to: &object)
            if let mark { object.member("cache_control", mark) }
        }
    }

    private static func write(_ block: Block, to object: inout JSONWriter) {
        switch block {
        case .text(let text):
            object.member("type", "text")
            object.member("text", text)
        case .image(let image):
            object.member("type", "image")
            object.member("source") { member in
                member.object { source in
                    source.member("type", "base64")
                    source.member("media_type", image.mimeType)
                    source.member("data", image.data)
                }
            }
        case .thinking(let text, let signature):
            object.member("type", "thinking")
            object.member("thinking", text)
            object.member("signature", signature)
        case .sealedThinking(let seal):
            object.member("type", "redacted_thinking")
            object.member("data", seal)
        case .call(let call):
            object.member("type", "tool_use")
            object.member("id", call.id)
            object.member("name", call.name)
            object.member("input", .object(call.arguments))
        case .result(let result):
            object.member("type", "tool_result")
            object.member("tool_use_id", result.callID)
            object.member("content") { member in
                member.array { list in
                    for block in result.content.compactMap(Self.block) {
                        write(block, nil, to: &list)
                    }
                }
            }
            object.member("is_error", .bool(result.isError))
        }
    }
}
