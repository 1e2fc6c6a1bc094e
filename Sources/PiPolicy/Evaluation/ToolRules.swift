import PiJSON

/// What a policy says of the tools that are called.
struct ToolRules: Sendable {
    /// What is said of one name, or of all names that begin alike.
    struct Entry: Sendable {
        let name: String
        let decision: (verdict: Verdict, rule: Rule)?
        let allow: CommandRules
        let ask: CommandRules
        let deny: CommandRules
        /// Patterns of files, each list looked up by itself.
        let paths: [(verdict: Verdict, rules: PathRules)]
        let allowList: Origin?
        let network: Scope?
    }

    /// The network rules that a tool's calls may use.
    enum Scope: Hashable, Sendable {
        case none
        case all
        case rules(Set<String>)
    }

    private let standing: Standing
    private let surroundings: Surroundings
    private let fallback: (verdict: Verdict, rule: Rule)
    private var exact: [ExactText: Entry] = [:]
    /// Those whose name ends in a star, by what stands before it, and the lengths that occur.
    private var patterns: [ExactText: Entry] = [:]
    private var lengths: [Int] = []

    init(_ policy: PolicyValue, _ standing: Standing, _ surroundings: Surroundings) {
        self.standing = standing
        self.surroundings = surroundings
        let tools = policy["tools"]
        if let given = tools?["default"], let verdict = given.text.flatMap(Verdict.init(rawValue:))
        {
            fallback = (verdict, Rule("tools.default", given.origin))
        } else {
            fallback = (standing.isPolicy ? .deny : .allow, Rule("tools.default", nil))
        }
        for member in tools?.members ?? [] where member.name != "default" {
            let entry = Self.entry(member, surroundings)
            if member.name.ends(with: "*") {
                let beginning = String(member.name.dropLast())
                patterns[ExactText(beginning)] = entry
                if !lengths.contains(beginning.utf8.count) { lengths.append(beginning.utf8.count) }
            } else {
                exact[ExactText(member.name)] = entry
            }
        }
        lengths.sort()
    }

    private static func entry(_ member: PolicyValue.Member, _ surroundings: Surroundings) -> Entry {
        let path = "tools.\(member.name)"
        let value = member.value
        let lists = ["allow", "ask", "deny"].map { (name: $0, matchers: value[$0]?.elements ?? []) }
        return Entry(
            name: member.name,
            decision: value["decision"].flatMap { given in
                given.text.flatMap(Verdict.init(rawValue:)).map { ($0, Rule(path, given.origin)) }
            },
            allow: CommandRules(lists[0].matchers, named: "\(path).allow"),
            ask: CommandRules(lists[1].matchers, named: "\(path).ask"),
            deny: CommandRules(lists[2].matchers, named: "\(path).deny"),
            paths: lists.map { list in
                let items = list.matchers.compactMap { matcher in
                    matcher["path"]?.text.map { text in
                        let name = "\(path).\(list.name)[\(text)]"
                        let rule = Rule(name, matcher.origin, reason: matcher["reason"]?.text)
                        return (text, "", rule)
                    }
                }
                return (Verdict(rawValue: list.name)!, PathRules(items, surroundings))
            },
            allowList: value["allow"]?.origin,
            network: value["network"].map { given in
                switch given.text {
                case "none": .none
                case "inherit": .all
                default: .rules(Set(given.elements.compactMap(\.text)))
                }
            })
    }

    /// All that is said of a tool: by its own name and by patterns.
    private func entries(for tool: String) -> [Entry] {
        let named = exact[ExactText(tool)].map { [$0] } ?? []
        // Names are short, so there are few lengths, however many patterns there are.
        return named
            + lengths.prefix { $0 <= tool.utf8.count }.compactMap { length in
                patterns[ExactText(String(decoding: tool.utf8.prefix(length), as: UTF8.self))]
            }
    }

    func decide(_ tool: String, _ script: ShellScript?, path: String?, _ subject: Subject)
        -> Decision
    {
        let isAboutFile = PolicySchema.fileTools.contains { $0.isExactly(tool) }
        let segments = isAboutFile ? path.flatMap(surroundings.resolve) : nil
        let entries = entries(for: tool)
        guard let first = entries.first else {
            return Decision(fallback.verdict, fallback.rule, .notNamed, subject)
        }
        // The strictest of what is said; a pattern can't loosen what a name says, nor the other way round.
        return entries.dropFirst().reduce(decide(first, script, segments, subject)) {
            $0.and(decide($1, script, segments, subject))
        }
    }

    private func decide(
        _ entry: Entry, _ script: ShellScript?, _ segments: [String]?, _ subject: Subject
    ) -> Decision {
        for (verdict, list) in [(Verdict.deny, entry.deny), (.ask, entry.ask)] where !list.isEmpty {
            guard let script, let match = list.touches(script) else { continue }
            switch match {
            case .sure(let rule): return Decision(verdict, rule, .named, subject)
            case .maybe(let rule): return Decision(verdict, rule, .notSure, subject)
            }
        }
        for verdict in [Verdict.deny, .ask, .allow] {
            for list in entry.paths where list.verdict == verdict {
                guard let segments, let rule = list.rules.find(segments) else { continue }
                return Decision(verdict, rule, .named, subject)
            }
        }
        if let script, let rule = entry.allow.coversAll(of: script) {
            return Decision(.allow, rule, .named, subject)
        }
        if let decision = entry.decision {
            return Decision(decision.verdict, decision.rule, .named, subject)
        }
        if !standing.isPolicy, let list = entry.allowList {
            return Decision(.deny, Rule("tools.\(entry.name).allow", list), .notNamed, subject)
        }
        return Decision(fallback.verdict, fallback.rule, .notNamed, subject)
    }

    /// The network rules that a tool may use: nil for all of them.
    func scope(of tool: String) -> Scope {
        let scopes = entries(for: tool).compactMap(\.network)
        guard let first = scopes.first else {
            // `bash` is what `exec` is: it has what the policy has. A bound that says nothing restricts nothing.
            return tool == "bash" || !standing.isPolicy ? .all : .none
        }
        return scopes.dropFirst().reduce(first) { $0.intersection($1) }
    }
}

extension ToolRules.Scope {
    func allows(_ rule: String) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .rules(let names): names.contains(rule)
        }
    }

    fileprivate func intersection(_ other: Self) -> Self {
        switch (self, other) {
        case (.none, _), (_, .none): .none
        case (.all, let other): other
        case (let own, .all): own
        case (.rules(let one), .rules(let two)): .rules(one.intersection(two))
        }
    }
}
