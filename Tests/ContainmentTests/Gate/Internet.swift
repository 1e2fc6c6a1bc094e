import PiGate
import PiSandbox
import PiSystem
import PiTesting
import Synchronization

/// What stands for the Internet in a test: servers on loopback, and whoever knows where hosts are.
final class Internet {
    let ports: [String: UInt16]
    let folder: FilePath
    private let witness: Witness

    /// In a folder of the test's own, which holds the pages.
    init(in folder: FilePath) throws {
        self.folder = folder
        let pages = folder.appending("pages")
        try Folder.open(folder, resolving: .noLinks).makeFolder("pages", mode: 0o755)
        let open = try Folder.open(pages, resolving: .noLinks)
        try open.replace("nonce", with: Array("NONCE of a page\n".utf8), mode: 0o644)
        try open.replace("empty", with: Array("nothing\n".utf8), mode: 0o644)
        try Self.makeCertificate(in: folder.text)
        witness = try Witness(
            "/usr/bin/python3",
            [
                Repository.root.appending("Tests/ContainmentTests/Gate/internet.py").text,
                "\(folder)/certificate.pem", "\(folder)/key.pem", pages.text,
            ])
        var ports: [String: UInt16] = [:]
        for line in witness.beginning {
            let words = line.split(separator: " ")
            ports[String(words[0])] = UInt16(words[1])
        }
        self.ports = ports
    }

    /// For all names of these tests; it is its own authority.
    private static func makeCertificate(in folder: String) throws {
        _ = try Helper.ask(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", "\(folder)/key.pem", "-out", "\(folder)/certificate.pem", "-days",
                "3650",
                "-subj", "/CN=pi-runner test", "-addext",
                "subjectAltName=DNS:good.example,DNS:*.wild.example,DNS:moving.example",
            ])
    }

    func port(_ server: String) -> Int { Int(ports[server] ?? 0) }

    /// What has reached the servers since the last time.
    func seen() throws -> [String] { try witness.tell() }

    /// The same, once such a line is among it; whatever there is, if none comes for a minute.
    func seen(_ isWanted: (String) -> Bool) throws -> [String] {
        var seen = try seen()
        let latest = Clock<Monotonic>.system.now + .seconds(60)
        while !seen.contains(where: isWanted), Clock<Monotonic>.system.now < latest {
            _ = try Readiness().wait(atMost: .milliseconds(10))
            seen += try self.seen()
        }
        return seen
    }
}

/// Knows where hosts are by a table, and remembers who was asked for.
final class Table: NameResolver {
    private let addresses: [String: [[IPAddress]]]
    private let state = Mutex<[String: Int]>([:])

    /// A name has its answers one after another, the last one for good.
    init(_ addresses: [String: [[IPAddress]]]) {
        self.addresses = addresses
    }

    var asked: Set<String> { Set(state.withLock { $0.keys }) }

    struct Silent: Error {}

    func addresses(of name: HostName) throws -> [IPAddress] {
        if name.text.hasPrefix("slow.") { _ = try Readiness().wait(atMost: .milliseconds(400)) }
        let times = state.withLock { asked in
            asked[name.text, default: 0] += 1
            return asked[name.text]!
        }
        guard let answers = addresses[name.text] else { return [] }
        guard !answers.isEmpty else { throw Silent() }
        return answers[min(times, answers.count) - 1]
    }
}

/// The rules of a call, as a test writes them.
struct Rules: Sendable {
    struct Rule: Sendable {
        let terms: GateTerms
        /// `*.` stands for one label.
        let hosts: [String]
        let ports: [Int]
    }

    var rules: [Rule] = []
    /// Addresses that a rule names, literally asked for.
    var addresses: [IPAddress: GateTerms] = [:]
    /// Addresses that stand for the Internet here, though they are loopback.
    var theInternet: [IPAddress] = []
    var denied: [IPAddress] = []

    mutating func allow(
        _ name: String, _ hosts: [String], at ports: [Int],
        _ contents: GateTerms.Contents = .encrypted, upload: Int? = nil, download: Int? = nil,
        connections: Int? = nil
    ) {
        rules.append(
            Rule(
                terms: GateTerms(
                    rule: name, contents: contents,
                    limits: [
                        GateLimit(
                            name, upload: upload, download: download, connections: connections)
                    ]), hosts: hosts, ports: ports))
    }

    private func find(_ name: HostName, _ port: Int?) -> GateDecision {
        for rule in rules where port.map(rule.ports.contains) ?? true {
            let covers = rule.hosts.contains { host in
                host.hasPrefix("*.")
                    ? name.labels.dropFirst().joined(separator: ".") == host.dropFirst(2)
                    : name.text == host
            }
            if covers { return .allowed(rule.terms) }
        }
        return .denied(rule: "network.default", reason: "no rule names it")
    }

    var gate: GateRules {
        let all = self
        return GateRules(
            name: { all.find($0, nil) },
            connection: { destination in
                switch destination {
                case .name(let name, let port): return all.find(name, port)
                case .address(let address, _):
                    return all.addresses[address].map(GateDecision.allowed)
                        ?? .denied(rule: "network.default", reason: "no rule names it")
                }
            },
            named: { address, _ in
                if all.denied.contains(address) {
                    return .denied(rule: "network.deny.it", reason: "a rule denies it")
                }
                guard all.theInternet.contains(address) else { return nil }
                return .allowed(GateTerms(rule: "the Internet", contents: .encrypted))
            })
    }
}

/// Hands a call's sockets to a gate.
final class Doorkeeper: CallNetwork {
    let call: GateCall

    init(_ call: GateCall) {
        self.call = call
    }

    func serve(_ sockets: GateSockets) {
        call.serve(
            .init(
                questions: sockets.questions, questionStreams: sockets.questionStreams,
                listeners: sockets.listeners.map { .init(port: Int($0.port), socket: $0.socket) },
                proxyPort: Int(SmallSandbox.proxyPort)))
    }
}
