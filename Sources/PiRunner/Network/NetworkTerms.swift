import PiGate
import PiPolicy
import PiSystem

/// What one reading of a policy says of the network, as the gate's rules.
struct NetworkTerms: Sendable {
    private let evaluator: Evaluator
    private let grants: [NetworkGrant]
    /// By their names: of the policy, and of each bound.
    private let grantsOfAll: [[String: NetworkGrant]]

    init(_ policy: ResolvedPolicy, in surroundings: Surroundings) {
        evaluator = policy.evaluator(in: surroundings)
        grants = policy.networkGrants
        grantsOfAll = ([grants] + policy.networkGrantsOfBounds).map { list in
            Dictionary(list.map { ($0.rule, $0) }) { first, _ in first }
        }
    }

    /// Those that a tool's calls may use, or `exec` if it is none.
    func grants(for tool: String?) -> [NetworkGrant] {
        grants.filter { evaluator.mayUse($0.rule, by: tool) }
    }

    func rules(for tool: String?) -> GateRules {
        let (answers, ports) = (answers(to:by:), Set(grants.flatMap { $0.ports.joined() }).sorted())
        return GateRules(
            name: { name in
                var first: GateDecision?
                for port in ports {
                    let decision = answers(.name(name, port: port), tool).decision
                    if case .allowed = decision { return decision }
                    first = first ?? decision
                }
                return first ?? .denied(rule: "network", reason: "no port is open")
            },
            connection: { answers($0, tool).decision },
            named: { address, port in answers(.address(address, port: port), tool).named(address) })
    }

    /// What the policy and its bounds say, each by itself.
    private struct Answers {
        let decisions: [Decision]
        let grants: [NetworkGrant?]

        /// The strictest holds, and of those that allow it all limits do.
        var decision: GateDecision {
            if let refusal = decisions.first(where: { $0.verdict != .allow }) {
                return Self.denied(refusal)
            }
            guard let grant = grants.first ?? nil else {
                return .denied(
                    rule: decisions[0].rule.name, reason: "it is no rule that lets anything out")
            }
            let limits = zip(decisions, grants).compactMap { decision, grant -> GateLimit? in
                guard let grant else { return nil }
                let whose = decision.bound.map { "\($0): " } ?? ""
                return GateLimit(
                    "\(whose)\(grant.rule)", upload: grant.upload, download: grant.download,
                    connections: grant.connections, per: grant.per.map { .seconds($0) })
            }
            return .allowed(
                GateTerms(
                    rule: grant.rule, contents: grant.isPlain ? .plain : .encrypted, limits: limits)
            )
        }

        /// What is said of the address itself; nil if nobody means it.
        func named(_ address: IPAddress) -> GateDecision? {
            if let refusal = decisions.first(where: { $0.ground == .named && $0.verdict != .allow })
            {
                return Self.denied(refusal)
            }
            guard decisions[0].ground == .named, decisions.allSatisfy({ $0.verdict == .allow }),
                let length = (grants.first ?? nil)?.narrowestRange(around: address.bytes),
                SpecialAddress.isMeant(address, byLength: length)
            else { return nil }
            return decision
        }

        private static func denied(_ decision: Decision) -> GateDecision {
            let asks =
                decision.verdict == .ask ? "; it needs a person, and nobody can be asked" : ""
            return .denied(rule: decision.rule.name, reason: decision.reason + asks)
        }
    }

    private func answers(to destination: Destination, by tool: String?) -> Answers {
        let decisions = evaluator.answers(
            to: .init(host: destination.host, port: destination.port), by: tool)
        let grants = zip(decisions, grantsOfAll).map { $1[$0.rule.name] }
        return Answers(decisions: decisions, grants: grants)
    }
}
