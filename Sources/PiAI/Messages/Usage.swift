/// What an answer took, in tokens.
///
/// The four classes add up to the whole: what was read from a cache is not in `input`, and what a model thought
/// is in `output`, however its provider counts.
package struct Usage: Hashable, Sendable {
    package var input: Int
    package var output: Int
    package var cacheRead: Int
    package var cacheWrite: Int
    /// Of `output`, where the provider tells.
    package var reasoning: Int?
    /// Nil if nobody has reckoned it, or knows the prices.
    package var cost: Cost?

    package init(
        input: Int = 0, output: Int = 0, cacheRead: Int = 0, cacheWrite: Int = 0,
        reasoning: Int? = nil
    ) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.reasoning = reasoning
    }

    package var total: Int { input + output + cacheRead + cacheWrite }
}
