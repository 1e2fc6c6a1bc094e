package import PiJSON

/// A policy limited by its bounds: what is in force.
package struct ResolvedPolicy: Sendable {
    package let policy: LoadedPolicy
    package let bounds: [LoadedPolicy]
    /// The policy's values, each the narrower of what it and the bounds say.
    package let value: PolicyValue
    package let groups: [Groups.Group]
    package let diagnostics: [Diagnostic]

    /// How much of a policy is looked at.
    package enum Scrutiny: Hashable, Sendable {
        case everything
        /// All that decides what is in force. The examples of a ready-made policy hold, and it reaches for nothing
        /// private: the tests of this program have seen to that, and it is compiled in.
        case meaning
    }

    /// Nil if anything is wrong; the diagnostics then say what.
    package static func resolve(
        _ policy: LoadedPolicy, bounds: [LoadedPolicy], groups: Groups,
        _ surroundings: Surroundings, _ scrutiny: Scrutiny = .everything
    ) -> (ResolvedPolicy?, [Diagnostic]) {
        var findings = Findings()
        for loaded in [policy] + bounds {
            Meaning.check(loaded, isBound: loaded.reference != policy.reference, groups, &findings)
        }
        var narrowing = Narrowing()
        let value = bounds.reduce(policy.value) { value, bound in
            narrowing.narrow(value, by: bound.value)
        }
        findings.add(narrowing.findings)
        guard findings.errors == 0 else { return (nil, findings.all) }
        let resolved = ResolvedPolicy(
            policy: policy, bounds: bounds, value: value,
            groups: Meaning.groups(named: [policy] + bounds, groups), diagnostics: [])
        guard scrutiny == .everything else {
            return (resolved.with(findings.all), findings.all)
        }
        let evaluator = resolved.evaluator(in: surroundings)
        // Without bounds the two are one.
        let itself = bounds.isEmpty ? evaluator : resolved.evaluatorOfItself(in: surroundings)
        Examples.check(policy, itself, &findings)
        Reach.check(resolved, evaluator, surroundings, &findings)
        guard findings.errors == 0 else { return (nil, findings.all) }
        return (resolved.with(findings.all), findings.all)
    }

    private func with(_ diagnostics: [Diagnostic]) -> ResolvedPolicy {
        ResolvedPolicy(
            policy: policy, bounds: bounds, value: value, groups: groups, diagnostics: diagnostics)
    }

    package func evaluator(in surroundings: Surroundings) -> Evaluator {
        let groups = Groups(groups)
        return Evaluator(
            PolicyRules(withNarrowedCaches, .policy, surroundings, groups: groups),
            bounds: bounds.map { bound in
                (
                    bound.name,
                    PolicyRules(bound.value, .bound(name: bound.name), surroundings, groups: groups)
                )
            })
    }

    /// The policy without its bounds: its examples are its author's, who does not know where it will be used.
    package func evaluatorOfItself(in surroundings: Surroundings) -> Evaluator {
        Evaluator(
            PolicyRules(policy.value, .policy, surroundings, groups: Groups(groups)), bounds: [])
    }

    /// A bound narrows the mode of a cache by its name, wherever it says that the cache is.
    private var withNarrowedCaches: PolicyValue {
        guard let caches = value["files"]?["cache"], let files = policy.value["files"] else {
            return policy.value
        }
        return policy.value.replacing("files", with: files.replacing("cache", with: caches))
    }

    /// What the digest is taken of: the policy and its bounds without what is for people only, and the content
    /// of the groups they name.
    package var canonical: JSONValue {
        [
            "policy": Self.meaning(policy.value),
            "bounds": .array(
                bounds.map { Self.meaning($0.value) }.map { ("\($0)", $0) }
                    .sorted { $0.0 < $1.0 }.map(\.1)),
            "groups": .object(
                JSONObject(
                    groups.map { group in
                        .init(
                            name: group.name,
                            value: .array(group.hosts.sorted().map(JSONValue.string)))
                    })),
        ]
    }

    private static func meaning(_ value: PolicyValue) -> JSONValue {
        var object = value.canonical.object ?? JSONObject()
        for name in ["description", "extends", "tests"] { object[name] = nil }
        return .object(object)
    }
}

/// Makes a policy's values no wider than a bound's.
struct Narrowing {
    private(set) var findings = Findings()
    private var path: [String] = []
    /// Whether the value stands for a map: `bash: allow` has its decision without saying the word.
    private var isInShort = false

    mutating func narrow(_ policy: PolicyValue, by bound: PolicyValue) -> PolicyValue {
        narrow(policy, by: bound, as: .fields(PolicySchema.root))
    }

    private mutating func narrow(
        _ policy: PolicyValue, by bound: PolicyValue, as shape: Shape
    ) -> PolicyValue {
        var members = policy.members
        let places = Dictionary(
            members.enumerated().map { (ExactText($0.element.name), $0.offset) },
            uniquingKeysWith: { first, _ in first })
        for limit in bound.members {
            let (inner, field) = Composition.step(into: shape, limit.name, limit.value)
            path.append(limit.name)
            defer { path.removeLast() }
            if path == ["tools", limit.name], limit.name.ends(with: "*") {
                // What a bound says of all tools that begin alike holds for each of them.
                let beginning = String(limit.name.dropLast())
                for (place, own) in members.enumerated()
                where own.name.begins(with: beginning) && !own.name.isExactly(limit.name) {
                    members[place] = PolicyValue.Member(
                        name: own.name, nameOrigin: own.nameOrigin,
                        value: narrow(own.value, by: limit.value, as: inner))
                }
            }
            guard let place = places[ExactText(limit.name)] else {
                if let field, let added = added(limit, field, inner) { members.append(added) }
                continue
            }
            let own = members[place]
            isInShort = own.nameOrigin == own.value.origin
            guard let value = narrower(own.value, limit.value, inner, field) else { continue }
            members[place] = PolicyValue.Member(
                name: own.name, nameOrigin: own.nameOrigin, value: value)
        }
        return PolicyValue(.map(members), policy.origin)
    }

    /// What is in force of something that only the bound says: numbers, words and lists that narrow are; a rule
    /// that allows something is not.
    private mutating func added(
        _ limit: PolicyValue.Member, _ field: Field, _ shape: Shape
    ) -> PolicyValue.Member? {
        switch field.bound {
        case .union: return limit
        case .smaller, .larger, .earlier, .later:
            // What is left out is in force as its default is, and the bound may be wider than that.
            guard let standard = field.standard, let own = Self.order(written: standard, shape),
                let theirs = Self.order(limit.value, shape)
            else { return limit }
            let isDownwards = field.bound == .smaller || field.bound == .earlier
            return (isDownwards ? theirs < own : theirs > own) ? limit : nil
        case .both, .operatorsOnly: return nil
        case .none:
            // A map of limits is in force as far as they narrow; a map of grants is not.
            guard case .fields = shape, field.part == nil,
                !["tools", "mcp", "network"].contains(field.name)
            else { return nil }
            let value = narrow(
                PolicyValue(.map([]), limit.value.origin), by: limit.value, as: shape)
            guard !value.members.isEmpty else { return nil }
            return PolicyValue.Member(
                name: limit.name, nameOrigin: limit.nameOrigin, value: value)
        }
    }

    /// Nil if what the policy says stays as it is.
    private mutating func narrower(
        _ own: PolicyValue, _ limit: PolicyValue, _ shape: Shape, _ field: Field?
    ) -> PolicyValue? {
        if case .map = own.content, case .map = limit.content {
            return narrow(own, by: limit, as: shape)
        }
        guard let field else { return nil }
        switch field.bound {
        case .none, .both, .operatorsOnly: return nil
        case .union:
            guard case .list = own.content else { return nil }
            return PolicyValue(.list(own.elements + limit.elements), own.origin)
        case .smaller, .larger, .earlier, .later:
            guard let ours = Self.order(own, shape), let theirs = Self.order(limit, shape),
                field.bound == .smaller || field.bound == .earlier ? ours > theirs : ours < theirs
            else { return nil }
            report(own, limit)
            return limit
        }
    }

    private mutating func report(_ own: PolicyValue, _ limit: PolicyValue) {
        let key = isInShort ? path[path.count - 2] : path.last ?? ""
        let name = SafeText(path.joined(separator: "."), limit: 120)
        findings.warning(
            .wider,
            "`\(name): \(own.shown)` is wider than a bound allows; `\(limit.shown)` is in force",
            at: own.origin, "wanted here",
            also: [limit.origin.excerpt("at most this is allowed")],
            help: "write `\(key): \(limit.shown)`, or ask whoever set the bound")
    }

    /// Where a value stands among those of its kind; nil for what has no order.
    static func order(_ value: PolicyValue, _ shape: Shape) -> Int? {
        switch value.content {
        case .count(let number), .money(let number), .duration(let number), .size(let number):
            // Behind all words of an `either`: `landlock: 4` is stronger than `any`.
            if case .either = shape { return 1_000 + number }
            return number
        case .flag(let flag): return flag ? 1 : 0
        case .text(let text):
            return words(shape)?.firstIndex { $0.isExactly(text) }
        case .list, .map: return nil
        }
    }

    /// The same of a text that a policy would have, such as a default.
    static func order(written text: String, _ shape: Shape) -> Int? {
        switch shape {
        case .flag: text == "true" ? 1 : 0
        case .count: Int(text)
        case .duration: Quantity.duration(text)
        case .size: Quantity.size(text)
        case .money: Quantity.money(text)
        default: words(shape)?.firstIndex(of: text)
        }
    }

    private static func words(_ shape: Shape) -> [String]? {
        switch shape {
        case .word(let words): words
        case .either(let shapes): shapes.lazy.compactMap(words).first
        default: nil
        }
    }
}
