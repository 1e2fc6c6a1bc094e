/// How many tokens a request will be, before a provider has counted them.
///
/// There is no tokenizer that fits all models: what is known is how many the last answers were found to be, and that is what later
/// messages are measured by.
package struct TokenEstimate: Hashable, Sendable {
    /// Bytes of text that make a token, for a model of which nothing was counted yet; English prose has about so many.
    private static let usualBytes = 4.0
    /// Of a picture, about what most models take for one.
    private static let picture = 1_200
    /// What a message takes besides its text.
    private static let frame = 4

    package let tokens: Int
    /// Whether a provider has counted a part of it.
    package let isCalibrated: Bool

    /// From the last whole answer of this model in the conversation on, whose count says what all before it was.
    package init(_ request: ModelRequest) {
        let counted = request.messages.lastIndex { message in
            guard case .assistant(let answer) = message else { return false }
            return answer.source == request.model.name && answer.usage.total > 0
                && answer.stopReason != .error && answer.stopReason != .aborted
        }
        guard let counted, case .assistant(let answer) = request.messages[counted] else {
            let weight = Self.weight(request.messages) + Self.head(request)
            tokens = Self.tokens(weight, bytesPerToken: Self.usualBytes)
            isCalibrated = false
            return
        }
        let before = Self.weight(request.messages[...counted]) + Self.head(request)
        // Within reason: a count that is far off was of something else.
        let found = Double(before.bytes) / Double(max(1, answer.usage.total - before.fixed))
        let bytes = before.bytes > 200 ? min(max(found, 1.5), 8) : Self.usualBytes
        let after = Self.weight(request.messages[(counted + 1)...])
        tokens = answer.usage.total + Self.tokens(after, bytesPerToken: bytes)
        isCalibrated = true
    }

    private struct Weight {
        var bytes = 0
        /// Tokens that no text makes.
        var fixed = 0

        static func + (one: Weight, other: Weight) -> Weight {
            Weight(bytes: one.bytes + other.bytes, fixed: one.fixed + other.fixed)
        }
    }

    private static func tokens(_ weight: Weight, bytesPerToken: Double) -> Int {
        weight.fixed + Int((Double(weight.bytes) / bytesPerToken).rounded(.up))
    }

    private static func head(_ request: ModelRequest) -> Weight {
        var weight = Weight(bytes: request.systemPrompt?.utf8.count ?? 0, fixed: 0)
        for tool in request.tools {
            weight.bytes += tool.name.utf8.count + tool.description.utf8.count
            weight.bytes += tool.parameters.compact.utf8.count
            weight.fixed += frame
        }
        return weight
    }

    private static func weight(_ messages: some Sequence<Message>) -> Weight {
        var weight = Weight()
        for message in messages {
            weight.fixed += frame
            switch message {
            case .system(let message): weight.bytes += message.text.utf8.count
            case .user(let message): add(message.content, to: &weight)
            case .toolResult(let result): add(result.content, to: &weight)
            case .assistant(let answer):
                for part in answer.content {
                    switch part {
                    case .text(let text): weight.bytes += text.text.utf8.count
                    case .thinking(let thinking): weight.bytes += thinking.text.utf8.count
                    case .toolCall(let call):
                        weight.bytes += call.name.utf8.count + call.arguments.compact.utf8.count
                    }
                }
            }
        }
        return weight
    }

    private static func add(_ content: [InputPart], to weight: inout Weight) {
        for part in content {
            switch part {
            case .text(let text): weight.bytes += text.utf8.count
            case .image: weight.fixed += picture
            }
        }
    }
}
