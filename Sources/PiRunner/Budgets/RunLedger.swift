import PiAI
import PiAgent
import PiJSON
import PiPolicy
import PiSystem
import Synchronization

/// How much of its budgets a run has used: what is asked for is reserved before, and settled when it is known.
final class RunLedger: Ledger {
    struct Limits: Sendable {
        struct Limit<Value: Sendable>: Sendable {
            let value: Value
            let origin: String
        }

        var wall: Limit<Duration>?
        var turns: Limit<Int>?
        var calls: Limit<Int>?
        var tokens: Limit<Int>?
        var cost: Limit<Money>?
    }

    /// What was used until now.
    struct Used: Sendable {
        var turns = 0
        var calls = 0
        var usage = Usage()
        var cost = Money(picodollars: 0)
        /// Of a model whose price nobody knows.
        var hasUnknownCost = false
        /// Of a model the price of whose cache nobody knows, or of answers whose tokens nobody has counted.
        var isEstimated = false

        /// For a person: `$0.0123`.
        var shownCost: String {
            hasUnknownCost ? "cost unknown" : "\(isEstimated ? "about " : "")$\(cost.dollars)"
        }
    }

    let limits: Limits
    private let prices: @Sendable (AnswerOrigin) -> Prices?
    private struct State: Sendable {
        var used = Used()
        /// Tokens that the request under way will have, as was estimated.
        var reserved = 0
        var reservedCost = Money(picodollars: 0)
        var model: ModelName?
    }
    private let state = Mutex(State())

    init(_ limits: Limits, prices: @escaping @Sendable (AnswerOrigin) -> Prices?) {
        self.limits = limits
        self.prices = prices
    }

    var used: Used { state.withLock { $0.used } }

    private func hit<Value>(_ name: String, _ limit: Limits.Limit<Value>, _ used: String)
        -> BudgetHit
    {
        let shown = (limit.value as? Money).map { "$\($0.dollars)" } ?? "\(limit.value)"
        return BudgetHit(name: name, limit: shown, used: used, origin: limit.origin)
    }

    func reserve(_ tokens: Int, of model: ModelName, for purpose: RequestPurpose) -> BudgetHit? {
        let prices = prices(AnswerOrigin(model))
        let cost = prices?.cost(of: Usage(input: tokens))?.total
        let whole = prices?.cost(of: Usage(input: tokens, output: Self.shortestAnswer))?.total
        return state.withLock { state in
            let used = state.used
            if purpose == .turn, let limit = limits.turns, used.turns + 1 > limit.value {
                return hit("turns", limit, "\(used.turns)")
            }
            if let limit = limits.tokens,
                used.usage.total + tokens + Self.shortestAnswer > limit.value
            {
                return hit(
                    "tokens", limit,
                    "\(used.usage.total), and about \(tokens) more for the next request and \(Self.shortestAnswer) for an answer"
                )
            }
            if let limit = limits.cost {
                let next = used.cost + (whole ?? Money(picodollars: 0))
                let isFree = whole == Money(picodollars: 0)
                if !isFree, used.cost >= limit.value || next > limit.value {
                    return hit(
                        "cost_usd", limit, "$\(used.cost.dollars), and the next request costs more")
                }
            }
            if purpose == .turn { state.used.turns += 1 }
            state.reserved = tokens
            state.reservedCost = cost ?? Money(picodollars: 0)
            state.model = model
            return nil
        }
    }

    func reserveCall(_ call: ToolCall) -> BudgetHit? {
        state.withLock { state in
            if let limit = limits.calls, state.used.calls + 1 > limit.value {
                return hit("tool_calls", limit, "\(state.used.calls)")
            }
            state.used.calls += 1
            return nil
        }
    }

    func settle(_ answer: AssistantMessage) {
        state.withLock { state in
            let usage =
                answer.usage.total > 0 ? answer.usage : Self.estimate(answer, state.reserved)
            let prices = prices(answer.source)
            let exact = prices?.cost(of: usage)?.total
            let cost = exact ?? prices?.estimate(of: usage)?.total
            state.reserved = 0
            state.reservedCost = Money(picodollars: 0)
            func add(_ count: Int, to sum: inout Int) {
                // Whatever a provider says: what was used does not become less, and has no end to trap at.
                let (total, isTooMuch) = sum.addingReportingOverflow(max(0, count))
                sum = isTooMuch ? Self.most : min(total, Self.most)
            }
            add(usage.input, to: &state.used.usage.input)
            add(usage.output, to: &state.used.usage.output)
            add(usage.cacheRead, to: &state.used.usage.cacheRead)
            add(usage.cacheWrite, to: &state.used.usage.cacheWrite)
            if let cost {
                state.used.cost = state.used.cost + cost
                let isGuessed = exact == nil || answer.usage.total == 0 && usage.total > 0
                if isGuessed, cost.picodollars > 0 { state.used.isEstimated = true }
            } else if usage.total > 0 {
                state.used.hasUnknownCost = true
            }
        }
    }

    func cost(of answer: AssistantMessage) -> Cost? {
        let prices = prices(answer.source)
        // What nobody has counted has no cost that is known, unless nothing costs anything.
        let isKnown = answer.usage.total > 0 || answer.content.isEmpty || prices == .nothing
        return isKnown ? prices?.cost(of: answer.usage) : nil
    }

    private static let most = Int.max / 8

    /// In tokens; what has no room for it is paid for and says nothing.
    private static let shortestAnswer = 256

    /// Of an answer whose provider has counted nothing: what was sent, and what came.
    private static func estimate(_ answer: AssistantMessage, _ reserved: Int) -> Usage {
        guard !answer.content.isEmpty else { return Usage() }
        let bytes = answer.content.reduce(0) { sum, part in
            switch part {
            case .text(let text): sum + text.text.utf8.count
            case .thinking(let thinking): sum + thinking.text.utf8.count
            case .toolCall(let call):
                sum + JSONWriter.write(.object(call.arguments), layout: .compact).count
            }
        }
        return Usage(input: reserved, output: bytes / 4)
    }

    /// No answer can take more than what is left.
    var longestAnswer: Int? {
        state.withLock { state in
            var longest: Int?
            if let limit = limits.tokens {
                longest = max(1, limit.value - state.used.usage.total - state.reserved)
            }
            if let limit = limits.cost, let model = state.model,
                let prices = prices(AnswerOrigin(model)),
                let each = prices.cost(of: Usage(output: 1_000))?.total, each.picodollars > 0
            {
                let left =
                    limit.value.picodollars - (state.used.cost + state.reservedCost).picodollars
                longest = min(longest ?? .max, max(1, left / max(1, each.picodollars / 1_000)))
            }
            return longest
        }
    }
}

extension RunLedger.Limits {
    /// What the policy says, and what was typed to be less.
    init(_ policy: ResolvedPolicy, turns typed: Int?) {
        func found(_ name: String) -> (PolicyValue, String)? {
            policy.inForce(["budgets", name]).map { value in
                (value, "budgets.\(name), \(value.origin.description)")
            }
        }
        wall = found("wall").flatMap { value, origin in
            value.seconds.map { .init(value: .seconds($0), origin: origin) }
        }
        turns = found("turns").flatMap { value, origin in
            value.count.map { .init(value: $0, origin: origin) }
        }
        if let typed, typed < turns?.value ?? .max {
            turns = .init(value: typed, origin: "--max-turns")
        }
        calls = found("tool_calls").flatMap { value, origin in
            value.count.map { .init(value: $0, origin: origin) }
        }
        tokens = found("tokens").flatMap { value, origin in
            value.count.map { .init(value: $0, origin: origin) }
        }
        cost = found("cost_usd").flatMap { value, origin in
            guard case .money(let millionths) = value.content else { return nil }
            let (amount, isTooMuch) = millionths.multipliedReportingOverflow(by: 1_000_000)
            return .init(
                value: Money(picodollars: isTooMuch ? Int.max / 2 : amount), origin: origin)
        }
    }

    /// In one line: `at most 1 h, 100 turns, 500 calls, 5000000 tokens, $5.00`.
    var phrase: String {
        let parts = [
            wall.map(\.value.shown), turns.map { "\($0.value) turns" },
            calls.map { "\($0.value) calls" }, tokens.map { "\($0.value) tokens" },
            cost.map { "$\($0.value.dollars)" },
        ].compactMap(\.self)
        return parts.isEmpty ? "no budget" : "at most \(parts.joined(separator: ", "))"
    }
}
