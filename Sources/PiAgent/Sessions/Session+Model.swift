import PiAI

extension Session {
    /// Who was asked last on the way to where it stands; nil if nobody was.
    package func lastModel() throws -> (provider: String, model: String)? {
        for id in way().reversed() {
            switch try entry(id)?.content {
            case .modelChange(let provider, let model)?: return (provider, model)
            case .message(.assistant(let answer))?:
                return (answer.source.provider, answer.source.model)
            case .message, .note, .branchSummary, .shell, .thinkingLevel, .compaction, .custom,
                .label, .name, .contextEdit, .bookkeeping, .unknown, nil:
                continue
            }
        }
        return nil
    }
}
