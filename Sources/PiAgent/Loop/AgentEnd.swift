package import PiAI

/// How the work of an agent ended.
package enum AgentEnd: Hashable, Sendable {
    /// The model has said its last word.
    case finished
    case budget(BudgetHit)
    case failed(ModelError)
    /// It went round in circles; how is said.
    case stuck(String)
    /// It gave no answer, several times.
    case silent
    /// Its answers were cut off, several times.
    case cutOff
    case aborted
}

/// A message that was given to a running agent.
package enum Steering: Hashable, Sendable {
    /// Behind the calls that are under way.
    case now(Message)
    /// When it would end.
    case later(Message)
}

/// How many of the waiting messages are delivered at a time.
package enum QueueMode: String, CaseIterable, Hashable, Sendable {
    case oneAtATime = "one-at-a-time"
    case all
}
