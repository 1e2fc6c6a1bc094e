/// Whether an error says that the conversation is too long: there is no code for it that all providers use.
enum ContextOverflow {
    /// Lower case; `*` stands for anything on the way.
    private static let sentences: [[String]] = [
        ["prompt is too long"],
        ["input is too long for requested model"],
        ["exceeds the context window"],
        ["exceed context limit"],
        ["input token count", "exceeds the maximum"],
        ["maximum prompt length is"],
        ["reduce the length of the messages"],
        ["maximum context length is"],
        ["exceeds the limit of"],
        ["exceeds the available context size"],
        ["greater than the context length"],
        ["context window exceeds limit"],
        ["exceeded model token limit"],
        ["too large for model with", "maximum context length"],
        ["model_context_window_exceeded"],
        ["context_length_exceeded"],
        ["context length exceeded"],
        ["context_window_exceeded"],
        ["exceed the context window"],
        ["too many tokens"],
        ["token limit exceeded"],
        ["request_too_large"],
    ]

    /// Sentences that look like it and mean a rate.
    private static let rates = ["per minute", "per day", "per second", "tpm", "rate limit"]

    static func isMeant(by text: String) -> Bool {
        let text = text.lowercased()
        guard !rates.contains(where: text.contains) else { return false }
        return sentences.contains { pieces in
            var rest = text[...]
            for piece in pieces {
                guard let place = rest.firstRange(of: piece) else { return false }
                rest = rest[place.upperBound...]
            }
            return true
        }
    }
}
