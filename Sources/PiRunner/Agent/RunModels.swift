import PiAI
import PiJSON
import PiPolicy
import PiSystem

/// The models that a run may ask: the one that was chosen, those that take over when it fails, one that is asked when it is stuck,
/// and one for summaries.
struct RunModels: Sendable {
    let chosen: ModelChoice
    let stronger: ModelChoice?
    let fallbacks: [ModelChoice]
    let summarizer: ModelChoice?
    /// What the policy names for that and is not asked all the same, with the reason.
    let notAsked: [(name: String, reason: String)]

    /// Throws if the policy does not allow them, or wants to know a price that nobody knows.
    init(
        _ chosen: ModelChoice, _ policy: ResolvedPolicy,
        named find: (String) throws -> ModelChoice
    ) throws {
        self.chosen = chosen
        try Self.check(chosen, policy)
        var notAsked: [(String, String)] = []
        func named(_ key: String) -> [String] {
            let names = policy.value.value(at: ["model", key])?.elements.compactMap(\.text) ?? []
            return names.filter { name in
                // A pattern is many models; one that is named is one.
                guard !name.contains("*") else {
                    notAsked.append(
                        (name, "it stands for many models, and `\(key)` takes one by its name"))
                    return false
                }
                let bound = policy.bounds.lazy.compactMap { $0.value.value(at: ["model", key]) }
                    .first { bound in
                        !bound.elements.compactMap(\.text)
                            .contains { ModelChoice.matches(name, $0) }
                    }
                if let bound {
                    notAsked.append((name, "model.\(key), \(bound.origin.description)"))
                }
                return bound == nil
            }
        }
        stronger = try named("stronger").first.map(find)
        fallbacks = try named("fallback").map(find)
        summarizer = try named("summarizer").first.map(find)
        self.notAsked = notAsked
        for choice in all.dropFirst() { try Self.check(choice, policy) }
    }

    private static func check(_ choice: ModelChoice, _ policy: ResolvedPolicy) throws {
        // A script asks nobody, and costs nothing.
        guard choice.script == nil else { return }
        let reference = choice.model.name.reference
        for value in [policy.value] + policy.bounds.map(\.value) {
            guard let allowed = value.value(at: ["model", "allow"]) else { continue }
            let patterns = allowed.elements.compactMap(\.text)
            guard !patterns.contains(where: { ModelChoice.matches(reference, $0) }) else {
                continue
            }
            throw ModelChoice.Refused(
                .denied,
                "the policy does not allow the model \(SafeText(reference, limit: 100)) (model.allow, \(allowed.origin.description))",
                help: "it allows \(patterns.joined(separator: ", "))")
        }
        let cost = policy.inForce(["budgets", "cost_usd"])
        let isRefused = policy.inForce(["budgets", "unknown_price"])?.text != "count_as_zero"
        guard let cost, isRefused, choice.prices == nil, !choice.model.isOnLoopback else { return }
        throw ModelChoice.Refused(
            .budget,
            "nobody knows what \(SafeText(reference, limit: 100)) costs, and there is a budget for that (budgets.cost_usd, \(cost.origin.description))",
            help:
                "write `budgets: {unknown_price: count_as_zero}` into the policy, or its price into models.json"
        )
    }

    private var all: [ModelChoice] {
        [chosen] + fallbacks + [stronger, summarizer].compactMap(\.self)
    }

    func choice(_ name: ModelName) -> ModelChoice { all.first { $0.model.name == name } ?? chosen }

    func prices(_ origin: AnswerOrigin) -> Prices? {
        let choice = all.first { origin == $0.model.name } ?? chosen
        let isFree = choice.script != nil || choice.prices == nil && choice.model.isOnLoopback
        return isFree ? Prices.nothing : choice.prices
    }

    var secrets: [Secret] { all.flatMap(\.secrets) }

    /// Whether a server is asked at all.
    var needsNetwork: Bool { all.contains { $0.script == nil } }
}

extension Prices {
    static let nothing = Prices(
        base: Price(
            input: Money(picodollars: 0), output: Money(picodollars: 0),
            cacheRead: Money(picodollars: 0), cacheWrite: Money(picodollars: 0)))
}
