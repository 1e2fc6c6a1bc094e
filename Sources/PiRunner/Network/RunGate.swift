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
    /// Taken inside of each sandbox when it's made, and no others later.
    private let ports: Set<Int>
    private let proxyPort: Int
    private let upstream: UpstreamProxy?
    private let state: Mutex<State>

    private struct State {
        var terms: NetworkTerms
        /// What was in force before the run itself could have changed it, and must allow it, too.
        var bounds: [NetworkTerms] = []
        var isShut = false
        var gate: Gate?
        var calls: [ObjectIdentifier: (call: GateCall, tool: String?)] = [:]

        func rules(for tool: String?) -> GateRules {
            guard !isShut else { return Self.nothing }
            return bounds.reduce(terms.rules(for: tool)) { $0.and($1.rules(for: tool)) }
        }

        private static let nothing: GateRules = {
            let no = GateDecision.denied(
                rule: "network", reason: "the policy was changed too often from within the run")
            return GateRules(name: { _ in no }, connection: { _ in no }, named: { _, _ in no })
        }()

        func tell() {
            for (call, tool) in calls.values { call.change(to: rules(for: tool)) }
        }
    }

    /// Nil if the policy lets nothing out; refused if the host's proxy can't be asked.
    init?(_ policy: ResolvedPolicy, in surroundings: Surroundings) throws {
        guard !policy.networkGrants.isEmpty else { return nil }
        state = Mutex(State(terms: NetworkTerms(policy, in: surroundings)))
        ports = policy.openPorts
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
        try state.withLock { state in
            let usable = state.terms.grants(for: tool)
            guard !usable.isEmpty else { return nil }
            let gate = try state.gate ?? Gate(by: upstream)
            state.gate = gate
            let call = gate.call(state.rules(for: tool))
            state.calls[ObjectIdentifier(call)] = (call, tool)
            return CallGate(
                call, ports: Set(usable.flatMap { $0.ports.joined() }), proxyPort: proxyPort
            ) { [self] in
                self.state.withLock { $0.calls[ObjectIdentifier(call)] = nil }
            }
        }
    }

    /// From now on another reading of the policy holds, for calls that go on as well; of one that the run itself could have
    /// written only what it takes away.
    func change(to policy: ResolvedPolicy, in surroundings: Surroundings, onlyNarrows: Bool) {
        state.withLock { state in
            if onlyNarrows { state.bounds.append(state.terms) }
            state.terms = NetworkTerms(policy, in: surroundings)
            state.tell()
        }
    }

    /// Nothing leads out any more.
    func shut() {
        state.withLock { state in
            state.isShut = true
            state.tell()
        }
    }

    /// Of those ports, the ones at which nobody listens in the sandboxes of this run.
    func closed(_ ports: Set<Int>) -> [Int] { ports.subtracting(self.ports).sorted() }

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
        state.withLock { state in
            state.gate?.end()
            state.gate = nil
        }
    }
}

/// One call's share of it, from the sockets that its sandbox makes to what was decided.
final class CallGate: CallNetwork {
    private let call: GateCall
    private let ports: Set<Int>
    private let proxyPort: Int
    private let ended: @Sendable () -> Void

    init(
        _ call: GateCall, ports: Set<Int>, proxyPort: Int, ended: @escaping @Sendable () -> Void
    ) {
        self.call = call
        self.ports = ports
        self.proxyPort = proxyPort
        self.ended = ended
    }

    /// Whoever could not wait for its end leaves it to the gate's.
    deinit { ended() }

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
