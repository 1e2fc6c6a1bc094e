import PiGate
import PiJSON
import PiPolicy
import PiSandbox
import PiSystem
import Synchronization

/// The gate of one run, whose rules are those of its policy.
///
/// Its thread begins with the first call that may use it.
final class RunGate: Sendable {
    private let evaluator: Evaluator
    private let grants: [NetworkGrant]
    /// By their names: of the policy, and of each bound.
    private let grantsOfAll: [[String: NetworkGrant]]
    private let ports: [Int]
    private let proxyPort: Int
    private let upstream: UpstreamProxy?
    private let gate = Mutex<Gate?>(nil)

    /// Nil if the policy lets nothing out; refused if the host's proxy can't be asked.
    init?(_ policy: ResolvedPolicy, in surroundings: Surroundings) throws {
        let grants = policy.networkGrants
        guard !grants.isEmpty else { return nil }
        evaluator = policy.evaluator(in: surroundings)
        self.grants = grants
        grantsOfAll = ([grants] + policy.networkGrantsOfBounds).map { list in
            Dictionary(list.map { ($0.rule, $0) }) { first, _ in first }
        }
        ports = policy.openPorts.sorted()
        proxyPort = Self.proxyPort(of: policy)
        upstream = try Self.upstream()
    }

    /// At each of which a call may knock.
    static func ports(of policy: ResolvedPolicy) -> [UInt16] {
        let ports = policy.openPorts
        guard !ports.isEmpty else { return [] }
        return (ports.sorted() + [proxyPort(of: policy)]).compactMap { UInt16(exactly: $0) }
    }

    /// Where a program that insists on a proxy finds one: the usual port, or the next that no rule names.
    static func proxyPort(of policy: ResolvedPolicy) -> Int {
        let ports = policy.openPorts
        return (3128...).first { !ports.contains($0) }!
    }

    /// Where its calls may go, in a few words.
    static func phrase(of policy: ResolvedPolicy) -> String {
        let names = policy.networkGrants.map { $0.rule.dropFirst("network.allow.".utf8.count) }
        guard !names.isEmpty else { return "no network" }
        let shown = names.prefix(3).map { SafeText(String($0), limit: 40).description }
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        return "network for \(shown.joined(separator: ", "))\(more)"
    }

    /// What may be reached, for the model: what it does not know it would try.
    static func places(of policy: ResolvedPolicy) -> String {
        let places = policy.networkGrants.flatMap { grant in
            let ports = grant.portTexts.joined(separator: ",")
            return grant.places.map { "\($0):\(ports)" }
        }
        guard !places.isEmpty else { return "none" }
        let shown = places.prefix(12).map { SafeText($0, limit: 80).description }
        let more = places.count > 12 ? " and \(places.count - 12) more" : ""
        return "\(shown.joined(separator: ", "))\(more); nothing else"
    }

    /// For one call of a tool, or of `exec`; nil if it may use no rule, and so has nobody to ask.
    func call(by tool: String?) throws -> CallGate? {
        let usable = grants.filter { evaluator.mayUse($0.rule, by: tool) }
        guard !usable.isEmpty else { return nil }
        let gate = try gate.withLock { gate in
            let running = try gate ?? Gate(by: upstream)
            gate = running
            return running
        }
        return CallGate(
            gate.call(rules(for: tool)), ports: Set(usable.flatMap { $0.ports.joined() }),
            proxyPort: proxyPort)
    }

    /// As for models: what the person's own variables say.
    private static func upstream() throws -> UpstreamProxy? {
        func variable(_ name: RawText) -> String? {
            let lower = RawText(name.description.lowercased()) ?? name
            return ThisProcess.variable(lower)?.utf8 ?? ThisProcess.variable(name)?.utf8
        }
        guard let address = variable("HTTPS_PROXY") else { return nil }
        return try UpstreamProxy(address, exceptions: variable("NO_PROXY") ?? "")
    }

    /// Cuts what is open; nothing of it is left when this returns.
    func end() {
        gate.withLock { gate in
            gate?.end()
            gate = nil
        }
    }

    // MARK: - The policy's rules as the gate's

    private func rules(for tool: String?) -> GateRules {
        let (answers, ports) = (answers(to:by:), ports)
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

/// One call's share of it, from the sockets that its sandbox makes to what was decided.
final class CallGate: CallNetwork {
    private let call: GateCall
    private let ports: Set<Int>
    private let proxyPort: Int

    init(_ call: GateCall, ports: Set<Int>, proxyPort: Int) {
        self.call = call
        self.ports = ports
        self.proxyPort = proxyPort
    }

    /// The listeners of other tools' rules are closed here, and with that the ports are.
    func serve(_ sockets: GateSockets) {
        call.serve(
            GateCall.Doors(
                questions: sockets.questions, questionStreams: sockets.questionStreams,
                listeners: sockets.listeners.map { .init(port: Int($0.port), socket: $0.socket) }
                    .filter { ports.contains($0.port) || $0.port == proxyPort },
                proxyPort: proxyPort))
    }

    func end() throws -> GateReport { try call.end() }
}
