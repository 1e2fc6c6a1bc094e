package import PiAI

/// What happens while an agent works, for whoever watches.
package enum AgentEvent: Sendable {
    case agentStart
    case turnStart(number: Int)
    case messageStart(Message)
    /// Of the answer under way.
    case messageDelta(AnswerEvent)
    case messageEnd(Message)
    case toolStart(ToolCall)
    /// The end of what it has printed so far.
    case toolProgress(ToolCall, String)
    case toolEnd(ToolCall, CallOutcome)
    case turnEnd(number: Int)
    case compactionStart(CompactionReason)
    /// How many tokens it was about; nil if there is no summary.
    case compactionEnd(tokensBefore: Int?)
    /// No part of an answer has come, and the same is asked once more; a message that has begun goes on.
    case retry(ModelName, ModelError, after: Duration)
    case modelChange(ModelName, because: String)
    case notice(String)
    case agentEnd(AgentEnd)
}
