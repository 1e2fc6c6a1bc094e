package import PiJSON

/// The rule that comes nearest to allowing what was refused, and what is missing.
package struct Nearest: Sendable {
    package let rule: Rule
    /// What would have to be different, as a phrase.
    package let difference: String

    package var json: JSONValue {
        [
            "rule": .string(rule.name), "at": rule.origin?.json ?? .null,
            "difference": .string(difference),
        ]
    }

    /// Nil where the answer is `allow`, where a rule denies by name, and where no rule of that kind allows anything.
    package static func find(
        _ request: Request, _ decision: Decision, in policy: ResolvedPolicy
    ) -> Nearest? {
        // What a rule denies or asks for by name, another rule can't allow.
        switch decision.ground {
        case .notNamed, .namedOtherwise, .notForTheTool: break
        case .named, .notSure, .malformed, .mode: return nil
        }
        guard decision.verdict != .allow else { return nil }
        let bound = policy.bounds.first { $0.name == decision.bound }
        let value = (bound ?? policy.policy).value
        switch decision.subject {
        case .connect:
            return request.connect.flatMap {
                connection($0, request.tool, value, Groups(policy.groups))
            }
        case .read(let path): return file(path, ["read", "write"], value)
        case .write(let path): return file(path, ["write"], value)
        case .command: return command(request, value)
        case .tool(let name): return tool(name, value)
        }
    }

    // MARK: - Connections

    private static func connection(
        _ connection: Request.Connection, _ tool: String?, _ policy: PolicyValue, _ groups: Groups
    ) -> Nearest? {
        var best: (score: Int, nearest: Nearest)?
        for list in ["allow", "ask"] {
            for rule in policy.networkRules(list) {
                let hosts = rule.value["hosts"]?.elements.compactMap(\.text) ?? []
                let ranges = rule.value["cidrs"]?.elements.compactMap(\.text) ?? []
                let score =
                    hosts.flatMap(groups.expand).map { alike($0, connection.host) }.max() ?? 0
                let names = (hosts + ranges).map { "`\(SafeText($0, limit: 60))`" }.joined(
                    separator: ", ")
                let difference =
                    difference(connection, tool, rule, policy, groups) ?? "it is for \(names)"
                let nearest = Nearest(
                    rule: Rule("network.\(list).\(rule.name)", rule.nameOrigin),
                    difference: difference)
                if best.map({ score > $0.score }) ?? true { best = (score, nearest) }
            }
        }
        return best?.nearest
    }

    /// What keeps a rule that names the host from allowing the connection; nil if it does not name it.
    private static func difference(
        _ connection: Request.Connection, _ tool: String?, _ rule: PolicyValue.Member,
        _ policy: PolicyValue, _ groups: Groups
    ) -> String? {
        var index = HostIndex()
        for host in rule.value["hosts"]?.elements.compactMap(\.text) ?? [] {
            for pattern in groups.expand(host) { index.insert(pattern, number: 0) }
        }
        let address = NetworkAddress(connection.host)
        let isNamed =
            address.map { address in
                (rule.value["cidrs"]?.elements ?? []).contains { range in
                    // What is no range was refused when the policy was checked.
                    (try? AddressRange(range.text ?? ""))?.contains(address) ?? false
                }
            } ?? !index.numbers(of: connection.host).isEmpty
        guard isNamed else { return nil }
        let ports = rule.value.grantedPorts
        if !ports.contains(where: { $0.contains(connection.port) }) {
            let list = ports.map {
                $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
            }
            return
                "it is for \(ports.count == 1 && ports[0].count == 1 ? "port" : "ports") \(list.joined(separator: ", "))"
        }
        if let tool, let network = policy["tools"]?[tool]?["network"] {
            return
                "`tools.\(SafeText(tool, limit: 60)).network` is \(network.shown) (\(network.origin.description))"
        }
        if let http = rule.value["http"] { return "it is for \(http.shown)" }
        return "the tool may not use it: add `network: [\(rule.name)]` to the tool"
    }

    /// How many labels are the same, from the last to the first.
    private static func alike(_ pattern: String, _ host: String) -> Int {
        let one = pattern.lowercased().pieces(at: Ascii.dot).reversed()
        let other = host.lowercased().pieces(at: Ascii.dot).reversed()
        return zip(one, other).prefix { $0 == $1 }.count
    }

    // MARK: - Files

    private static func file(_ path: String, _ lists: [String], _ policy: PolicyValue) -> Nearest? {
        var best: (score: Int, nearest: Nearest)?
        let segments = path.pieces(at: Ascii.slash)
        for list in lists {
            for pattern in policy["files"]?[list]?.elements ?? [] {
                guard let text = pattern.text, text.begins(with: "/") == path.begins(with: "/")
                else { continue }
                let score = zip(text.pieces(at: Ascii.slash), segments).prefix { $0 == $1 }.count
                let nearest = Nearest(
                    rule: Rule("files.\(list)", pattern.origin),
                    difference: "it is for `\(pattern.shown)`")
                if best.map({ score > $0.score }) ?? true { best = (score, nearest) }
            }
        }
        return best?.nearest
    }

    // MARK: - Tools

    private static func tool(_ name: String, _ policy: PolicyValue) -> Nearest? {
        let allowed = (policy["tools"]?.members ?? []).filter {
            $0.value["decision"]?.text == "allow"
        }
        guard let near = NearestWord.to(name, among: allowed.map(\.name)),
            let member = policy["tools"]?.member(near)
        else { return nil }
        return Nearest(
            rule: Rule("tools.\(near)", member.nameOrigin), difference: "it is for `\(near)`")
    }

    private static func command(_ request: Request, _ policy: PolicyValue) -> Nearest? {
        let name = request.tool ?? "bash"
        guard let tool = policy["tools"]?[name], let allow = tool["allow"] else {
            return self.tool(name, policy)
        }
        let words: [String] =
            switch request.command {
            case .words(let words): words
            case .script(let text): text.pieces(at: UInt8(ascii: " "))
            case .unknown, nil: []
            }
        var best: (score: Int, nearest: Nearest)?
        for matcher in allow.elements {
            let pattern = matcher["command"]?.elements.compactMap(\.text) ?? []
            let score = zip(pattern, words).prefix { $0 == $1 || $0 == "*" }.count
            let nearest = Nearest(
                rule: Rule("tools.\(name).allow", matcher.origin),
                difference: "it is for `\(SafeText(pattern.joined(separator: " "), limit: 80))`")
            if best.map({ score > $0.score }) ?? true { best = (score, nearest) }
        }
        return best?.nearest
    }
}
