/// How many tokens a request will be, before a provider has counted them.
///
/// There is no tokenizer that fits all models: what is known is how many the last answers were found to be, and that is what later
/// messages are measured by.
package struct TokenEstimate: Hashable, Sendable {
    /// Bytes of text that make a token, for a model of which nothing was counted yet; English prose has about so many.
    private static let usualBytes = 4.0

    package let tokens: Int
    /// What of it the provider has counted; nil if nothing.
    package let counted: Int?
    package var isCalibrated: Bool { counted != nil }

    /// From the last whole answer of this model in the conversation on, whose count says what all before it was.
    package init(_ request: ModelRequest) {
        self.init(
            request, conversation: ConversationWeight(request.messages),
            head: .ofHead(request.systemPrompt, request.tools))
    }

    /// Of a conversation that was weighed as it grew, so that a long one takes no longer than a short one.
    ///
    /// - Parameter counted: the message from which on counts are of this conversation; those before were of a longer one.
    package init(
        _ request: ModelRequest, conversation: ConversationWeight, head: TokenWeight,
        counted first: Int = 0
    ) {
        precondition(conversation.count == request.messages.count, "each message is weighed")
        let counted = request.messages[first...].lastIndex { message in
            guard case .assistant(let answer) = message else { return false }
            return answer.source == request.model.name && answer.usage.total > 0
                && answer.stopReason != .error && answer.stopReason != .aborted
        }
        guard let counted, case .assistant(let answer) = request.messages[counted] else {
            tokens = Self.tokens(conversation.total + head, bytesPerToken: Self.usualBytes)
            self.counted = nil
            return
        }
        let before = conversation.upTo(counted) + head
        // What was thought in secret is counted, and not sent again.
        let isSecret = !answer.content.contains { $0.kind == .thinking }
        let secret = isSecret ? min(answer.usage.reasoning ?? 0, answer.usage.output) : 0
        let total = answer.usage.total - secret
        // Within reason: a count that is far off was of something else.
        let found = Double(before.bytes) / Double(max(1, total - before.fixed))
        let bytes = before.bytes > 200 ? min(max(found, 1.5), 8) : Self.usualBytes
        let after = conversation.behind(counted)
        tokens = total + Self.tokens(after, bytesPerToken: bytes)
        self.counted = total
    }

    private static func tokens(_ weight: TokenWeight, bytesPerToken: Double) -> Int {
        weight.fixed + Int((Double(weight.bytes) / bytesPerToken).rounded(.up))
    }

}
