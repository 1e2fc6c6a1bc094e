import PiAI
import PiAgent
import PiJSON

extension Message {
    /// What it says, in words alone.
    var plainText: String {
        switch self {
        case .system(let message): message.text
        case .user(let message): message.content.joinedText
        case .toolResult(let result): result.content.joinedText
        case .assistant(let answer):
            answer.content.map { part in
                switch part {
                case .text(let text): text.text
                case .thinking(let thinking): thinking.text
                case .toolCall(let call):
                    "\(call.name) \(JSONValue.object(call.arguments).description)"
                }
            }.joined(separator: "\n")
        }
    }

    /// For people.
    var roleName: String {
        switch self {
        case .system: "runner"
        case .user: "you"
        case .assistant: "agent"
        case .toolResult(let result):
            result.isError ? "\(result.toolName), failed" : result.toolName
        }
    }
}

extension SessionEntry {
    /// Who says something, and what; nil for what is nothing to read.
    var told: (who: String, text: String)? {
        switch content {
        case .message(let message): return (message.roleName, message.plainText)
        case .shell(let command, let output, let code, _):
            let end = code.map { $0 == 0 ? "" : "\n(exit code \($0))" } ?? ""
            return ("you ran", "\(command)\n\(output)\(end)")
        case .compaction(let summary, _, let tokens, _):
            return ("summary of \(tokens) tokens", summary)
        case .branchSummary(let summary): return ("summary of another branch", summary)
        case .note(let type, let parts): return (type, parts.joinedText)
        case .modelChange(let provider, let model): return ("model", "\(provider)/\(model)")
        case .unknown(let type):
            return ("not understood", "an entry of the type \(type): the model is not told of it")
        case .contextEdit(let target, let content):
            return (
                "edit",
                "the model is told \(content == nil ? "nothing" : "something else") in place of \(target)"
            )
        case .custom: return EndNote(self).map { ("no answer", $0.message) }
        case .thinkingLevel, .label, .name, .bookkeeping: return nil
        }
    }
}
