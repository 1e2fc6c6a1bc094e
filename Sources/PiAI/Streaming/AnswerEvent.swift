/// What comes of a request, piece by piece.
///
/// One `start`, then parts, each opened once, grown and closed once, several at a time where a provider does so; then one
/// `done` or one `failed`, and nothing after it. A request that fails before anything came has `failed` alone.
package enum AnswerEvent: Hashable, Sendable {
    case start
    case partStart(Int, Opening)
    /// More of a text, of a thought, or of the written arguments of a call.
    case partDelta(Int, AnswerPart.Kind, String)
    case partEnd(Int, AnswerPart)
    case done(AssistantMessage)
    /// With what was received until then, which is no answer.
    case failed(ModelError, AssistantMessage)

    package enum Opening: Hashable, Sendable {
        case text, thinking
        case toolCall(id: String, name: String)

        package var kind: AnswerPart.Kind {
            switch self {
            case .text: .text
            case .thinking: .thinking
            case .toolCall: .toolCall
            }
        }
    }

    package var isLast: Bool {
        switch self {
        case .done, .failed: true
        case .start, .partStart, .partDelta, .partEnd: false
        }
    }
}

/// Says what is wrong with the order of events.
package struct EventOrder: Sendable {
    private var hasStarted = false
    private var hasEnded = false
    private var open: [Int: AnswerPart.Kind] = [:]
    private var opened = 0

    package init() {}

    /// Nil if the event can stand here.
    package mutating func check(_ event: AnswerEvent) -> String? {
        guard !hasEnded else { return "something came after the end" }
        switch event {
        case .start:
            guard !hasStarted else { return "a second start" }
            hasStarted = true
        case .partStart(let index, let opening):
            guard hasStarted else { return "a part before the start" }
            guard index == opened else { return "part \(index) opened where \(opened) is next" }
            opened += 1
            open[index] = opening.kind
        case .partDelta(let index, let kind, let text):
            guard open[index] == kind else { return "more of part \(index), which is not open" }
            guard !text.isEmpty else { return "nothing more of part \(index)" }
        case .partEnd(let index, let part):
            guard open.removeValue(forKey: index) == part.kind else {
                return "the end of part \(index), which is not open"
            }
        case .done(let message):
            guard hasStarted, open.isEmpty else { return "an end with parts still open" }
            guard message.content.count == opened else { return "an answer without all its parts" }
            guard message.stopReason != .error, message.stopReason != .aborted else {
                return "an answer that says it is none"
            }
            hasEnded = true
        case .failed(_, let message):
            guard open.isEmpty else { return "a failure with parts still open" }
            guard message.stopReason == .error || message.stopReason == .aborted else {
                return "a failure that says it is an answer"
            }
            hasEnded = true
        }
        return nil
    }
}
