package import PiAI

extension AgentLoop {
    /// Calls of the last answer that have no result: a run that was killed left them so.
    package static func unanswered(in messages: [Message]) -> [ToolCall] {
        guard
            let last = messages.lastIndex(where: {
                if case .assistant = $0 { true } else { false }
            }), case .assistant(let answer) = messages[last], answer.stopReason != .error,
            answer.stopReason != .aborted
        else { return [] }
        var answered: [String: Int] = [:]
        for case .toolResult(let result) in messages[last...] {
            answered[result.callID, default: 0] += 1
        }
        return answer.toolCalls.filter { call in
            guard let count = answered[call.id], count > 0 else { return true }
            answered[call.id] = count - 1
            return false
        }
    }
}
