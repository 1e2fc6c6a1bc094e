import PiAI
public import PiJSON
import PiSystem
import Synchronization

/// A tool of a program of one's own.
public struct AgentTool: Sendable {
    /// What a call works on: calls of one answer run at the same time if they are not in each other's way.
    public enum Touches: Hashable, Sendable {
        case nothing
        /// The file that this argument names.
        case file(argument: String)
        /// Whatever it likes.
        case anything

        var reach: ToolSet.Reach {
            switch self {
            case .nothing: .nothing
            case .file(let argument): .file(argument: argument)
            case .anything: .anything
            }
        }
    }

    public let name: String
    public let description: String
    /// A JSON Schema of an object: only calls that it accepts arrive.
    public let parameters: JSONValue
    public let touches: Touches
    let work: @Sendable (JSONValue) async throws -> String

    /// What `work` throws is told to the model, as a call that has failed.
    public init(
        _ name: String, _ description: String, parameters: JSONValue,
        touches: Touches = .anything,
        work: @escaping @Sendable (_ arguments: JSONValue) async throws -> String
    ) {
        self.name = name
        self.description = description
        self.parameters = parameters
        self.touches = touches
        self.work = work
    }
}

/// Runs calls where the program runs.
struct OwnTools: ToolExecutor {
    private let tools: [String: AgentTool]

    /// As much of a result as a model is told.
    private static let mostBytes = 50 << 10

    init(_ tools: [AgentTool]) {
        self.tools = Dictionary(tools.map { ($0.name, $0) }) { first, _ in first }
    }

    func run(
        _ call: ToolCall, progress: @escaping @Sendable (String) async -> Void
    ) async -> CallOutcome {
        guard let tool = tools[call.name] else {
            return CallOutcome(.unfit, "There is no tool \(call.name).")
        }
        do {
            return CallOutcome(.finished, Self.cut(try await tool.work(.object(call.arguments))))
        } catch is CancellationError {
            return CallOutcome(.interrupted, "It was interrupted.")
        } catch {
            return CallOutcome(.failed, Self.cut("\(error)"))
        }
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > mostBytes else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: mostBytes)
        // Not in the middle of a character.
        while String.Index(end, within: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return text[..<end] + "\n[cut: the first \(mostBytes) bytes of \(text.utf8.count)]"
    }

    func endTurn() async -> JSONValue? { nil }
}

/// Counts turns, calls and tokens.
final class ToolLedger: Ledger {
    private let limits: ToolAgent.Limits
    private struct State: Sendable {
        var used = ToolAgent.Limits(turns: 0, calls: 0, tokens: 0)
        var reserved = 0
    }
    private let state = Mutex(State())

    init(_ limits: ToolAgent.Limits) {
        self.limits = limits
    }

    var used: ToolAgent.Limits { state.withLock(\.used) }

    private static func hit(_ name: String, _ limit: Int, _ used: Int) -> BudgetHit {
        BudgetHit(name: name, limit: "\(limit)", used: "\(used)", origin: "the program's limits")
    }

    func reserve(_ tokens: Int, of model: ModelName, for purpose: RequestPurpose) -> BudgetHit? {
        state.withLock { state in
            if purpose == .turn, state.used.turns >= limits.turns {
                return Self.hit("turns", limits.turns, state.used.turns)
            }
            if state.used.tokens + tokens > limits.tokens {
                return Self.hit("tokens", limits.tokens, state.used.tokens)
            }
            if purpose == .turn { state.used.turns += 1 }
            state.reserved = tokens
            return nil
        }
    }

    func reserveCall(_ call: ToolCall) -> BudgetHit? {
        state.withLock { state in
            guard state.used.calls < limits.calls else {
                return Self.hit("calls", limits.calls, state.used.calls)
            }
            state.used.calls += 1
            return nil
        }
    }

    func settle(_ answer: AssistantMessage) {
        state.withLock { state in
            // A provider that counts nothing, or less than nothing, is no reason to count nothing; where nothing came, nothing was.
            let uncounted = answer.content.isEmpty ? 0 : state.reserved
            let counted = answer.usage.total > 0 ? answer.usage.total : uncounted
            let (sum, isTooMuch) = state.used.tokens.addingReportingOverflow(counted)
            state.used.tokens = isTooMuch ? .max / 2 : min(sum, .max / 2)
            state.reserved = 0
        }
    }

    var longestAnswer: Int? {
        state.withLock { max(1, limits.tokens - $0.used.tokens - $0.reserved) }
    }
}
