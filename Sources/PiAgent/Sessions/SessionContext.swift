import PiAI
import PiJSON

/// What of a conversation the model is told: the last summary, and what came after what it is about.
enum SessionContext {
    static func make(
        way: [String], entry: (String) throws -> SessionEntry?
    ) throws -> Session.Context {
        // Backwards until a summary: what it stands for is not read.
        var kept: [SessionEntry] = []
        var summary: (entry: SessionEntry, text: String, first: String?, tail: [JSONValue])?
        /// How many of those came after the last entry that has made the conversation another one.
        var later = 0
        var isLater = true
        for id in way.reversed() {
            guard let found = try entry(id) else { continue }
            if let summary {
                kept.append(found)
                if found.id == summary.first { break }
                continue
            }
            if case .compaction(let text, let first, _, let tail) = found.content {
                summary = (found, text, first, tail)
                isLater = false
                // The entries that it kept lie before it, if it does not hold them itself.
                guard let first, way.contains(first), first != found.id else { break }
                continue
            }
            kept.append(found)
            if case .contextEdit = found.content { isLater = false }
            if isLater { later += 1 }
        }
        var messages: [Message] = []
        var ids: [String] = []
        func tell(_ content: Content, of entry: SessionEntry) {
            guard let message = message(content) else { return }
            messages.append(message)
            ids.append(entry.id)
        }
        if let summary {
            messages.append(told(Self.summaryIntroduction + summary.text))
            ids.append(summary.entry.id)
            for message in summary.tail {
                SessionEntry.message(message).map { tell($0, of: summary.entry) }
            }
        }
        // Of several the last holds: they are met from the end.
        var edits: [String: JSONValue?] = [:]
        for case .contextEdit(let target, let content) in kept.map(\.content)
        where edits[target] == nil {
            edits[target] = .some(content)
        }
        func tellEdited(_ entry: SessionEntry) {
            guard let edit = edits[entry.id] else {
                tell(entry.content, of: entry)
                return
            }
            // Whoever took something out, in a way that can't be followed, wanted it out.
            if let edited = edit.flatMap({ entry.replacing($0) }) {
                tell(edited.content, of: edited)
            } else if case .message(.toolResult(var result)) = entry.content {
                // Its call stays, and has had it: without any it would seem never to have been run.
                result.content = [.text("(left out)")]
                tell(.message(.toolResult(result)), of: entry)
            }
        }
        for entry in kept[later...].reversed() { tellEdited(entry) }
        let counted = messages.count
        for entry in kept[..<later].reversed() { tellEdited(entry) }
        return Session.Context(messages: messages, ids: ids, counted: counted)
    }

    private typealias Content = SessionEntry.Content

    static let summaryIntroduction =
        "What was said before this point is not shown any more. This is its summary:\n\n"

    private static func told(_ text: String) -> Message {
        .user(UserMessage([.text(text)], timestamp: 0))
    }

    /// Nil for what the model is not told.
    private static func message(_ content: Content) -> Message? {
        switch content {
        case .message(let message): return message
        case .note(_, let parts): return .user(UserMessage(parts, timestamp: 0))
        case .branchSummary(let text):
            return told("Of another attempt, which was left, this is the summary:\n\n" + text)
        case .shell(let command, let output, let code, let isExcluded):
            guard !isExcluded else { return nil }
            let end = code.map { $0 == 0 ? "" : "\n(exit code \($0))" } ?? ""
            return told("I ran `\(command)`:\n```\n\(output)\n```\(end)")
        case .modelChange, .thinkingLevel, .compaction, .custom, .label, .name, .contextEdit,
            .bookkeeping, .unknown:
            return nil
        }
    }
}
