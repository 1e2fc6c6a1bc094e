package import PiAI
package import PiJSON

/// Runs calls: the side of the agent that it knows nothing of.
///
/// The runner fills it in with sandboxes; a test, or another program, with what it likes.
package protocol ToolExecutor: Sendable {
    /// Returns when nothing of the call runs any more, also when the task is cancelled.
    ///
    /// `progress` takes the end of what the call has printed so far.
    func run(
        _ call: ToolCall, progress: @escaping @Sendable (String) async -> Void
    ) async -> CallOutcome

    /// All calls of a turn have ended: what they changed belongs together.
    ///
    /// Returns what has to be known to take it back, which the session keeps; nil if nothing was changed.
    func endTurn() async -> JSONValue?
}

/// What became of a call, as the model is told.
package struct CallOutcome: Hashable, Sendable {
    package enum Way: String, CaseIterable, Hashable, Sendable {
        case finished
        /// The tool says that it did not work.
        case failed
        /// A rule forbids it: nothing was started.
        case denied
        /// It was ended by a limit.
        case limited
        /// It was ended from outside, or never begun; what it may have done stays done.
        case interrupted
        /// What was asked for is no call that could be made.
        case unfit
    }

    package let way: Way
    package let content: [InputPart]
    /// For those who show it, and for records; no model sees it.
    package let details: JSONValue?

    package init(_ way: Way, _ content: [InputPart], details: JSONValue? = nil) {
        self.way = way
        self.content = content
        self.details = details
    }

    package init(_ way: Way, _ text: String, details: JSONValue? = nil) {
        self.init(way, [.text(text)], details: details)
    }

    package var isError: Bool { way != .finished }
}

/// Knows how much may still be used; what it refuses ends the run.
package protocol Ledger: Sendable {
    /// Before a request of about so many tokens.
    func reserve(_ tokens: Int, of model: ModelName, for purpose: RequestPurpose) -> BudgetHit?
    func reserveCall(_ call: ToolCall) -> BudgetHit?
    /// Behind a request, whatever became of it.
    func settle(_ answer: AssistantMessage)
    /// Nil if nobody knows the prices.
    func cost(of answer: AssistantMessage) -> Cost?
    /// How many tokens an answer may have; nil if nobody says.
    var longestAnswer: Int? { get }
}

extension Ledger {
    package func cost(of answer: AssistantMessage) -> Cost? { nil }
}

/// What a model is asked for.
package enum RequestPurpose: Hashable, Sendable {
    case turn
    /// Once more for a turn that failed.
    case retry
    case summary
}

/// A budget that is used up.
package struct BudgetHit: Error, Hashable, Sendable {
    /// As policies call it: `turns`, `cost_usd`.
    package let name: String
    package let limit: String
    package let used: String
    /// Where the limit stands.
    package let origin: String

    package init(name: String, limit: String, used: String, origin: String) {
        self.name = name
        self.limit = limit
        self.used = used
        self.origin = origin
    }

    package var sentence: String {
        "the budget `\(name)` is used up: \(used) of \(limit) (\(origin))"
    }
}
