/// How much a conversation is, message by message: each is weighed once.
package struct ConversationWeight: Hashable, Sendable {
    /// Of all messages up to each.
    private var sums: [TokenWeight] = []

    package init(_ messages: some Sequence<Message> = []) {
        for message in messages { append(message) }
    }

    package mutating func append(_ message: Message) {
        sums.append(total + TokenWeight(message))
    }

    package var approximateTokens: Int { total.approximateTokens }

    var count: Int { sums.count }
    var total: TokenWeight { sums.last ?? TokenWeight() }
    func upTo(_ place: Int) -> TokenWeight { sums[place] }
    func behind(_ place: Int) -> TokenWeight { total - sums[place] }
}

/// What tokens are estimated by.
package struct TokenWeight: Hashable, Sendable {
    package private(set) var bytes = 0
    /// Tokens that no text makes.
    package private(set) var fixed = 0

    /// Of a picture, about what most models take for one.
    private static let picture = 1_200
    /// What a message takes besides its text.
    private static let frame = 4

    init() {}

    /// By its bytes alone, of which four make a token.
    package var approximateTokens: Int { fixed + bytes / 4 }

    init(_ message: Message) {
        fixed = Self.frame
        switch message {
        case .system(let message): bytes = message.text.utf8.count
        case .user(let message): add(message.content)
        case .toolResult(let result): add(result.content)
        case .assistant(let answer):
            for part in answer.content {
                switch part {
                case .text(let text): bytes += text.text.utf8.count
                case .thinking(let thinking): bytes += thinking.text.utf8.count
                case .toolCall(let call):
                    bytes += call.name.utf8.count + call.arguments.compact.utf8.count
                }
            }
        }
    }

    /// Of what stands before every conversation.
    package static func ofHead(_ systemPrompt: String?, _ tools: [ToolDeclaration]) -> Self {
        var weight = Self()
        weight.bytes = systemPrompt?.utf8.count ?? 0
        for tool in tools {
            weight.bytes += tool.name.utf8.count + tool.description.utf8.count
            weight.bytes += tool.parameters.compact.utf8.count
            weight.fixed += frame
        }
        return weight
    }

    private mutating func add(_ content: [InputPart]) {
        for part in content {
            switch part {
            case .text(let text): bytes += text.utf8.count
            case .image: fixed += Self.picture
            }
        }
    }

    static func + (one: Self, other: Self) -> Self {
        var sum = one
        sum.bytes += other.bytes
        sum.fixed += other.fixed
        return sum
    }

    static func - (one: Self, other: Self) -> Self {
        var rest = one
        rest.bytes -= other.bytes
        rest.fixed -= other.fixed
        return rest
    }
}
