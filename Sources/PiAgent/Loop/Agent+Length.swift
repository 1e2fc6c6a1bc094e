import PiAI

/// How long a conversation is for its model, and what follows from that.
extension Agent {
    /// No more than is left; of a model whose limit nobody knows, nothing is asked unless that is little.
    func longestAnswer(_ wanted: Int?, of model: Model) -> Int? {
        guard let left = ledger.longestAnswer else { return wanted }
        guard let wanted = wanted ?? model.outputLimit else {
            return left < Self.littleLeft ? left : nil
        }
        return min(wanted, left)
    }

    private static let littleLeft = 16_384

    /// Servers add both up, and refuse what is more than they can hold; less than what a summary keeps free is not asked for.
    func roomForAnswer(_ tokens: Int, _ model: Model) -> Int {
        guard let window = model.contextWindow else { return .max }
        return max(window - min(tokens, window) - 256, min(setup.compaction.reserve, window / 4), 1)
    }

    /// Of the next request.
    func estimate(_ model: Model, _ session: Session) throws -> TokenEstimate {
        let context = try session.modelContext()
        return TokenEstimate(
            try request(model, session), conversation: context.weight, head: head,
            counted: context.counted)
    }

    /// Whether there is sense in a summary of what is too long: none where the last one left too much, until there is much more.
    func shortens(_ estimate: TokenEstimate, _ work: inout Work) -> Bool {
        let window = work.model.contextWindow ?? .max
        switch work.shortened {
        case .never, .made: return true
        case .asked(let length):
            // What the model counted of the request behind it; what came since is no fault of the summary.
            guard isTooLong(estimate.counted ?? length, for: work.model) else {
                work.shortened = .never
                return true
            }
            work.shortened = .inVain(until: estimate.tokens + window / 10)
            return false
        case .inVain(let until):
            guard estimate.tokens >= until else { return false }
            work.shortened = .never
            return true
        }
    }

    func isTooLong(_ tokens: Int, for model: Model) -> Bool {
        guard let window = model.contextWindow else { return false }
        return tokens > window - setup.compaction.reserve(in: window)
    }
}
