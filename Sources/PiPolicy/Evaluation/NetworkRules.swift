import PiJSON

/// What a policy says of connections.
struct NetworkRules: Sendable {
    /// A rule under `allow`, `ask` or `deny`, with what it needs besides host and address.
    struct Connect: Sendable {
        let name: String
        let verdict: Verdict
        let ports: [ClosedRange<Int>]?
        let requests: [RequestRule]?
        let rule: Rule

        func covers(_ port: Int) -> Bool {
            guard let ports else { return true }
            return ports.contains { $0.contains(port) }
        }
    }

    private let standing: Standing
    private let fallback: (verdict: Verdict, rule: Rule)
    private var rules: [Connect] = []
    private var hosts = HostIndex()
    private var addresses = AddressIndex()
    /// Rules for `**`: every host that no other rule names.
    private var others: [Int] = []

    init(_ policy: PolicyValue, _ standing: Standing, groups: Groups) {
        self.standing = standing
        let network = policy["network"]
        if let given = network?["default"],
            let verdict = given.text.flatMap(Verdict.init(rawValue:))
        {
            fallback = (verdict, Rule("network.default", given.origin))
        } else if standing.isPolicy {
            fallback = (.deny, Rule("network.default", nil))
        } else {
            // A bound that lists what may be reached means that nothing else may.
            let list = network?["allow"]
            fallback = (list == nil ? .allow : .deny, Rule("network.allow", list?.origin))
        }
        let items = ["allow", "ask", "deny"].flatMap { list in
            (network?[list]?.members ?? []).map { (list: list, member: $0) }
        }
        for item in RuleOrder.numbered(items, by: { "\($0.member.name)\0\($0.list)" }) {
            insert(item.member, verdict: Verdict(rawValue: item.list)!, groups)
        }
    }

    private mutating func insert(_ member: PolicyValue.Member, verdict: Verdict, _ groups: Groups) {
        let number = rules.count
        let value = member.value
        rules.append(
            Connect(
                name: member.name, verdict: verdict,
                ports: value["ports"]?.elements.compactMap(PortRange.range)
                    ?? (verdict == .deny ? nil : [443...443]),
                requests: value["http"]?.elements.map(RequestRule.init),
                rule: Rule(
                    "network.\(verdict.rawValue).\(member.name)", member.nameOrigin,
                    reason: value["reason"]?.text)))
        for host in value["hosts"]?.elements ?? [] {
            if host.text == "**", verdict != .deny {
                others.append(number)
                continue
            }
            for pattern in groups.expand(host.text ?? "") { hosts.insert(pattern, number: number) }
        }
        for range in value["cidrs"]?.elements ?? [] {
            // What is no range was refused when the policy was checked.
            guard let range = try? AddressRange(range.text ?? "") else { continue }
            addresses.insert(range, number: number)
        }
    }

    func decide(_ connection: Request.Connection, for tool: String?, scope: ToolRules.Scope)
        -> Decision
    {
        let subject = Subject.connect(
            connection.place, method: connection.method, path: connection.path)
        var path: RequestPath?
        if let text = connection.path {
            do throws(RequestPath.Fault) {
                path = try RequestPath(text)
            } catch {
                return Decision(
                    .deny, Rule("network", nil), .malformed(error.description), subject)
            }
        }
        // Without both it is the connection alone; what its requests may be is asked when they are made.
        let request =
            connection.method == nil && path == nil ? nil : (method: connection.method, path: path)
        let address = NetworkAddress(connection.host)
        guard address != nil || HostIndex.isName(connection.host) else {
            return Decision(
                .deny, Rule("network", nil),
                .malformed("the host is neither a name nor an address as it is usually written"),
                subject)
        }
        let named = address.map(addresses.numbers) ?? hosts.numbers(of: connection.host)

        if let rule = strictest(of: named, connection.port, request, scope) {
            return Decision(rule.verdict, rule.rule, .named, subject)
        }
        if let other = named.first(where: { rules[$0].verdict != .deny }).map({ rules[$0] }) {
            // A host with rules of its own is reached by these rules or not at all.
            let ground: Decision.Ground =
                scope.allows(other.name) ? .namedOtherwise : .notForTheTool(tool ?? "bash")
            return Decision(.deny, other.rule, ground, subject)
        }
        if address == nil, let rule = strictest(of: others, connection.port, request, scope) {
            return Decision(rule.verdict, rule.rule, .named, subject)
        }
        guard scope == .all else {
            // A tool that may use some rules may use no default.
            return Decision(.deny, fallback.rule, .notForTheTool(tool ?? "bash"), subject)
        }
        return Decision(fallback.verdict, fallback.rule, .notNamed, subject)
    }

    /// The strictest of the rules that cover all of the request; of equals the one of the smallest number.
    private func strictest(
        of numbers: [Int], _ port: Int, _ request: (method: String?, path: RequestPath?)?,
        _ scope: ToolRules.Scope
    ) -> Connect? {
        var found: Connect?
        for number in numbers {
            let rule = rules[number]
            guard rule.covers(port), found.map({ rule.verdict < $0.verdict }) ?? true else {
                continue
            }
            if rule.verdict != .deny {
                guard scope.allows(rule.name) else { continue }
                if let request, let allowed = rule.requests,
                    !allowed.contains(where: { $0.allows(request.method, request.path) })
                {
                    continue
                }
            }
            found = rule
        }
        return found
    }
}
