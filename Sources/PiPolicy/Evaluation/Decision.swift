package import PiJSON

/// What a policy says to a request.
package enum Verdict: String, CaseIterable, Comparable, Sendable {
    case deny, ask, allow

    /// The stricter one is the smaller one.
    package static func < (one: Verdict, other: Verdict) -> Bool { one.rank < other.rank }

    private var rank: Int {
        switch self {
        case .deny: 0
        case .ask: 1
        case .allow: 2
        }
    }
}

/// The rule that decides: its name, where it stands, and what its author says about it.
package struct Rule: Hashable, Sendable {
    /// As a path of keys: `network.allow.packages`.
    package let name: String
    package let origin: Origin?
    package let reason: String?

    init(_ name: String, _ origin: Origin?, reason: String? = nil) {
        self.name = name
        self.origin = origin
        self.reason = reason
    }

    /// For the terminal: `network.allow.packages (ci-fix.yaml:24:5)`.
    package var place: String {
        let name = SafeText(name, limit: 120).description
        return origin.map { "\(name) (\($0.description))" } ?? name
    }
}

/// The answer to a request, with what it rests on.
package struct Decision: Sendable {
    package enum Ground: Hashable, Sendable {
        /// A rule names what was asked for.
        case named
        /// No rule speaks; this is the default.
        case notNamed
        /// A rule names the host, and not this port, method or path.
        case namedOtherwise
        /// The tool may not use the rules that would allow it.
        case notForTheTool(String)
        /// The command may hold more than can be known from its text.
        case notSure
        /// What was asked for has no form that could be compared.
        case malformed(String)
        /// It lies in the workspace, whose mode says so.
        case mode(String)
    }

    package let verdict: Verdict
    package let rule: Rule
    package let ground: Ground
    /// What was asked for, in words: "connect to example.org:443".
    package let subject: Subject
    /// The bound that decides, if it is not the policy itself.
    package let bound: String?

    init(
        _ verdict: Verdict, _ rule: Rule, _ ground: Ground, _ subject: Subject,
        bound: String? = nil
    ) {
        self.verdict = verdict
        self.rule = rule
        self.ground = ground
        self.subject = subject
        self.bound = bound
    }

    func by(_ bound: String) -> Decision {
        Decision(verdict, rule, ground, subject, bound: bound)
    }

    /// The stricter of two; of equals the first.
    func and(_ other: Decision) -> Decision {
        other.verdict < verdict ? other : self
    }

    /// Why, in one sentence without its full stop.
    package var reason: String {
        let by = bound.map { " of the bound `\(SafeText($0, limit: 80))`" } ?? ""
        let name = SafeText(rule.name, limit: 120).description
        let why =
            switch ground {
            case .named: "`\(name)`\(by) names it"
            case .notNamed: "no rule\(by) names it, and the default is \(verdict.rawValue)"
            case .namedOtherwise: "`\(name)`\(by) names the host, and not this port, method or path"
            case .notForTheTool(let tool):
                "the tool `\(SafeText(tool, limit: 80))` may not use a rule\(by) that allows it"
            case .notSure:
                "what this command runs can't be known for sure, so `\(name)`\(by) counts as naming it"
            case .malformed(let what): "\(what)"
            case .mode(let mode): "the workspace is \(mode)"
            }
        return rule.reason.map { "\(why): \(SafeText($0, limit: 200))" } ?? why
    }

    /// What the model is told; it names the rule and no file of the host.
    package var sentence: String {
        let verb =
            switch verdict {
            case .deny: "is denied"
            case .ask: "needs a person's approval"
            case .allow: "is allowed"
            }
        return "\(subject.description) \(verb): \(reason)."
    }

    package var json: JSONValue {
        [
            "decision": .string(verdict.rawValue), "rule": .string(rule.name),
            "at": rule.origin?.json ?? .null, "reason": .string(reason),
            "sentence": .string(sentence), "bound": bound.map(JSONValue.string) ?? .null,
        ]
    }
}

/// What a request is about, told when it is needed and not before: most answers are never read.
package enum Subject: Hashable, Sendable {
    case tool(String)
    case command(String)
    case read(String)
    case write(String)
    case connect(String, method: String?, path: String?)

    package var description: String {
        switch self {
        case .tool(let name): "calling `\(SafeText(name, limit: 80))`"
        case .command(let text): "running `\(SafeText(text, limit: 200))`"
        case .read(let path): "reading `\(SafeText(path, limit: 200))`"
        case .write(let path): "writing `\(SafeText(path, limit: 200))`"
        case .connect(let place, nil, _): "connecting to `\(SafeText(place, limit: 200))`"
        case .connect(let place, let method?, let path):
            "`\(SafeText(method, limit: 20)) \(SafeText(path ?? "/", limit: 200))` on `\(SafeText(place, limit: 200))`"
        }
    }
}
