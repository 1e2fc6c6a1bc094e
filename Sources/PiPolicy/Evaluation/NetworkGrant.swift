import PiJSON

/// What a rule under `network.allow` says of the connections that it lets out.
package struct NetworkGrant: Hashable, Sendable {
    /// The rule's name as decisions have it: `network.allow.packages`.
    package let rule: String
    /// Names and ranges of addresses, as they are written.
    package let places: [String]
    private let ranges: [AddressRange]
    package let ports: [ClosedRange<Int>]
    /// HTTP that is not encrypted, instead of TLS.
    package let isPlain: Bool
    package let upload: Int?
    package let download: Int?
    package let connections: Int?
    /// What the limits are for, in seconds; nil if for the whole run.
    package let per: Int?

    fileprivate init(_ member: PolicyValue.Member) {
        let limits = member.value["limits"]
        rule = "network.allow.\(member.name)"
        places = ["hosts", "cidrs"].flatMap { key in
            member.value[key]?.elements.compactMap(\.text) ?? []
        }
        ranges = (member.value["cidrs"]?.elements ?? []).compactMap { range in
            // What is no range was refused when the policy was checked.
            try? AddressRange(range.text ?? "")
        }
        ports = member.value.grantedPorts
        isPlain = member.value["tls"]?.text == "plain"
        upload = limits?["upload"]?.bytes
        download = limits?["download"]?.bytes
        connections = limits?["connections"]?.count
        per = limits?["per"]?.seconds
    }
}

extension NetworkGrant {
    /// As a policy has them: `443`, `8000-8010`.
    package var portTexts: [String] {
        ports.map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
        }
    }

    /// How many bits of an address its narrowest range has that holds it; nil if none does.
    package func narrowestRange(around address: [UInt8]) -> Int? {
        ranges.filter { $0.contains(NetworkAddress(bytes: address)) }.map(\.length).max()
    }
}

extension ResolvedPolicy {
    /// The rules that let something out, each the narrower of what the policy and its bounds say.
    package var networkGrants: [NetworkGrant] {
        value.networkRules("allow").map(NetworkGrant.init)
    }

    /// At each of which something can get out.
    package var openPorts: Set<Int> { Set(networkGrants.flatMap { $0.ports.joined() }) }

    /// The same of each bound by itself, in the order of their answers.
    package var networkGrantsOfBounds: [[NetworkGrant]] {
        bounds.map { $0.value.networkRules("allow").map(NetworkGrant.init) }
    }
}

extension Evaluator {
    /// What the policy and then each bound says of a connection by the calls of a tool, or of `exec` if there is none.
    ///
    /// Whether the tool may be called is another question, and was asked before.
    package func answers(to connection: Request.Connection, by tool: String?) -> [Decision] {
        [policy.decide(connection, by: tool)]
            + bounds.map { $0.rules.decide(connection, by: tool).by($0.name) }
    }

    /// Whether a tool's calls, or `exec` if it is none, may use a rule under `network.allow`.
    package func mayUse(_ rule: String, by tool: String?) -> Bool {
        guard let tool else { return true }
        let name = String(rule.dropFirst("network.allow.".utf8.count))
        return policy.tools.scope(of: tool).allows(name)
    }
}

extension PolicyRules {
    fileprivate func decide(_ connection: Request.Connection, by tool: String?) -> Decision {
        network.decide(connection, for: tool, scope: tool.map(tools.scope) ?? .all)
    }
}
