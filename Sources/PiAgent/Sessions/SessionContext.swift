import PiAI

/// What of a conversation the model is told: the last summary, and what came after what it is about.
enum SessionContext {
    static func make(
        way: [String], entry: (String) throws -> SessionEntry?
    ) throws -> Session.Context {
        var messages: [Message] = []
        var ids: [String] = []
        // Backwards until a summary: what it stands for is not read.
        var kept: [SessionEntry] = []
        var summary: (entry: SessionEntry, text: String, first: String)?
        for id in way.reversed() {
            guard let found = try entry(id) else { continue }
            if let summary {
                kept.append(found)
                if found.id == summary.first { break }
                continue
            }
            if case .compaction(let text, let first, _) = found.content {
                summary = (found, text, first)
                // The entries that it kept lie before it.
                guard way.contains(first), first != found.id else { break }
                continue
            }
            kept.append(found)
        }
        if let summary {
            messages.append(told(Self.summaryIntroduction + summary.text, summary.entry))
            ids.append(summary.entry.id)
        }
        for entry in kept.reversed() {
            guard let message = message(entry) else { continue }
            messages.append(message)
            ids.append(entry.id)
        }
        return Session.Context(messages: messages, ids: ids)
    }

    static let summaryIntroduction =
        "What was said before this point is not shown any more. This is its summary:\n\n"

    private static func told(_ text: String, _ entry: SessionEntry) -> Message {
        .user(UserMessage([.text(text)], timestamp: 0))
    }

    /// Nil for what the model is not told.
    private static func message(_ entry: SessionEntry) -> Message? {
        switch entry.content {
        case .message(let message): return message
        case .note(_, let parts): return .user(UserMessage(parts, timestamp: 0))
        case .branchSummary(let text):
            return told(
                "Of another attempt, which was left, this is the summary:\n\n" + text, entry)
        case .shell(let command, let output, let code, let isExcluded):
            guard !isExcluded else { return nil }
            let end = code.map { $0 == 0 ? "" : "\n(exit code \($0))" } ?? ""
            return told("I ran `\(command)`:\n```\n\(output)\n```\(end)", entry)
        case .modelChange, .thinkingLevel, .compaction, .custom, .label, .name, .unknown: return nil
        }
    }
}
