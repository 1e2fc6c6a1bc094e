import PiJSON

/// What network rules and secrets mean together.
struct NetworkMeaning {
    private let network: PolicyValue?
    private let secrets: PolicyValue?
    private let knownSecrets: NameIndex
    private let servers: [PolicyValue.Member]
    private let groups: Groups
    private let isBound: Bool
    private(set) var findings: Findings

    /// More listeners than this would be a port scan of ourselves.
    static let portLimit = 64

    init(_ policy: PolicyValue, _ groups: Groups, isBound: Bool, _ findings: Findings) {
        network = policy["network"]
        secrets = policy["secrets"]
        knownSecrets = NameIndex(policy["secrets"]?.members ?? [])
        servers = policy["mcp"]?["servers"]?.members ?? []
        self.groups = groups
        self.isBound = isBound
        self.findings = findings
    }

    mutating func run() {
        for list in ["allow", "ask", "deny"] {
            for rule in network?[list]?.members ?? [] { check(rule, list) }
        }
        checkNames()
        checkPorts()
        checkHidden()
        checkSecrets()
    }

    // MARK: - One rule

    private mutating func check(_ rule: PolicyValue.Member, _ list: String) {
        let value = rule.value
        if ["hosts", "cidrs"].allSatisfy({ value[$0]?.elements.isEmpty ?? true }) {
            findings.error(
                .noDestination, "the rule `\(rule.name)` names no destination", at: rule.nameOrigin,
                "to where?", help: "add `hosts: [NAME]` or `cidrs: [ADDRESSES]`")
        }
        for name in ["ports", "http"] {
            guard let empty = value[name], empty.elements.isEmpty else { continue }
            refuseEmpty(empty, name)
        }
        for request in value["http"]?.elements ?? [] {
            for name in ["methods", "paths"] {
                guard let empty = request[name], empty.elements.isEmpty else { continue }
                refuseEmpty(empty, name)
            }
        }
        for host in value["hosts"]?.elements ?? [] { check(host: host, list) }
        for range in value["cidrs"]?.elements ?? [] { check(range: range) }
        for port in value["ports"]?.elements ?? [] where PortRange.range(port) == nil {
            findings.error(
                .badRange, "\(quoted(port.text ?? "")) can't be ports", at: port.origin,
                "not ports", help: "write ports from 1 to 65535, the smaller one first: `8000-8010`"
            )
        }
        let tls = value["tls"]?.text ?? "pass"
        if let http = value.member("http"), tls == "pass" {
            findings.error(
                .unseenRequest,
                "this rule can't be enforced: methods and paths are invisible inside TLS",
                at: http.nameOrigin, "needs to see the request",
                also: (value["tls"]?.origin.excerpt("but this passes the connection unread")).map {
                    [$0]
                } ?? [],
                help: "write `tls: intercept`, or drop `http` and allow the whole host")
        }
        if let idempotency = value.member("idempotency"), tls == "pass" {
            findings.error(
                .unseenRequest, "a header can't be added inside TLS", at: idempotency.nameOrigin,
                "needs to see the request", help: "write `tls: intercept`")
        }
        if let secret = value.member("secret") { check(secret: secret, of: value, tls) }
        checkLimits(value, tls)
    }

    /// A list that names nothing would mean that nothing is allowed, or that all is.
    private mutating func refuseEmpty(_ list: PolicyValue, _ name: String) {
        findings.error(
            .contradiction, "an empty `\(name)` allows nothing", at: list.origin, "empty",
            help: "write what is allowed, or drop `\(name)` to allow all")
    }

    private mutating func checkLimits(_ rule: PolicyValue, _ tls: String) {
        if let requests = rule["limits"]?.member("requests"), tls == "pass" {
            findings.error(
                .unseenRequest, "requests can't be counted inside TLS", at: requests.nameOrigin,
                "needs to see the requests", help: "write `connections`, or `tls: intercept`")
        }
        guard let limits = rule.member("limits"), let per = limits.value.member("per"),
            limits.value.members.count == 1
        else { return }
        findings.warning(
            .noEffect, "a time without a limit has no effect", at: per.nameOrigin, "of what?",
            help: "add `requests: 100` or the like, or remove it")
    }

    private mutating func check(host: PolicyValue, _ list: String) {
        guard let text = host.text else { return }
        if text.begins(with: "@") {
            let name = String(text.dropFirst())
            guard groups.find(name)?.hosts.isEmpty ?? true else { return }
            let near = NearestWord.to(name, among: groups.groups.map(\.name))
            findings.error(
                .unknownGroup, "the group \(quoted(text)) has no content on this host",
                at: host.origin, "stands for nothing",
                help: near.map { "did you mean `@\($0)`?" }
                    ?? "`pi-runner policy groups refresh` asks this host's package clients; what they don't know is written into groups.yaml by hand"
            )
            return
        }
        if text == "**" {
            guard list == "allow" else { return }
            findings.error(
                .anyHost, "a bare `**` would allow every host", at: host.origin, "everything",
                help: "name the hosts, or move the rule to `network.ask`, where a person decides")
            return
        }
        guard list != "deny", text.begins(with: "*") else { return }
        let suffix = text.utf8.drop { $0 == Ascii.star || $0 == Ascii.dot }
        let name = String(Substring(suffix))
        guard LibPSL.isPublicSuffix(name) else { return }
        findings.error(
            .publicSuffix,
            name.utf8.contains(Ascii.dot)
                ? "anybody can have a name below `\(name)`"
                : "the wildcard covers the whole top-level domain `\(name)`", at: host.origin,
            "a wildcard under a public suffix",
            help: "name the hosts, such as `example.\(name)` or `*.example.\(name)`")
    }

    private mutating func check(range: PolicyValue) {
        let text = range.text ?? ""
        do throws(AddressRange.Fault) {
            _ = try AddressRange(text)
        } catch {
            let (label, help) =
                switch error {
                case .noAddress:
                    ("not an address", "write addresses such as `10.0.0.0/8` or `fd00::/8`")
                case .tooLong(let bits): ("too long", "write a length from 0 to \(bits)")
                case .bitsBehind(let range):
                    (
                        "there are bits behind the length",
                        "write `\(range.base)/\(range.length)`, or the address alone"
                    )
                }
            findings.error(
                .badRange, "\(quoted(text)) is no range of addresses", at: range.origin, label,
                help: help)
        }
    }

    private mutating func check(secret: PolicyValue.Member, of rule: PolicyValue, _ tls: String) {
        guard let name = secret.value.text, let found = knownSecrets.find(name) else {
            return Self.refuseSecret(secret.value, secrets, &findings)
        }
        if found.value["send"] == nil {
            findings.error(
                .unplacedSecret, "nothing says where the secret `\(name)` goes",
                at: secret.value.origin, "is to be sent here",
                also: [found.nameOrigin.excerpt("has no `send`")],
                help:
                    "add `send: {header: Authorization, format: \"Bearer ${secret}\"}` to the secret"
            )
        }
        guard tls != "intercept" else { return }
        findings.error(
            .exposedSecret,
            tls == "pass"
                ? "a secret can't be put into a connection that passes unread"
                : "a secret would be sent without encryption",
            at: secret.nameOrigin, "needs `tls: intercept`",
            also: (rule["tls"]?.origin.excerpt("this is \(tls)")).map { [$0] } ?? [],
            help: "write `tls: intercept`")
    }

    /// For a name of a secret that stands elsewhere than in a rule.
    static func checkSecretName(
        _ value: PolicyValue, _ policy: PolicyValue, _ findings: inout Findings
    ) {
        guard policy["secrets"]?.member(value.text ?? "") == nil else { return }
        refuseSecret(value, policy["secrets"], &findings)
    }

    private static func refuseSecret(
        _ value: PolicyValue, _ secrets: PolicyValue?, _ findings: inout Findings
    ) {
        let name = value.text ?? ""
        findings.error(
            .unknownSecret, "there is no secret \(quoted(name))", at: value.origin, "names nothing",
            help: NearestWord.to(name, among: secrets?.members.map(\.name) ?? [])
                .map { "did you mean `\($0)`?" }
                ?? "add `\(SafeText(name, limit: 64))` under `secrets`")
    }

    // MARK: - Rules together

    /// `tools.NAME.network` names rules of both lists, so a name has one meaning.
    private mutating func checkNames() {
        let allowed = NameIndex(network?["allow"]?.members ?? [])
        for rule in network?["ask"]?.members ?? [] {
            guard let other = allowed.find(rule.name) else { continue }
            findings.error(
                .contradiction, "two rules are called `\(rule.name)`", at: rule.nameOrigin,
                "under `ask`", also: [other.nameOrigin.excerpt("under `allow`")],
                help: "give one of them another name")
        }
    }

    private mutating func checkPorts() {
        var ports: Set<Int> = []
        for list in ["allow", "ask"] {
            for rule in network?[list]?.members ?? [] {
                if rule.value["ports"] == nil { ports.insert(443) }
                for port in rule.value["ports"]?.elements ?? [] {
                    guard let range = PortRange.range(port) else { continue }
                    if range.count <= Self.portLimit { ports.formUnion(range) }
                    guard range.count > Self.portLimit || ports.count > Self.portLimit else {
                        continue
                    }
                    findings.error(
                        .tooManyPorts, "the rules name more than \(Self.portLimit) ports",
                        at: port.origin,
                        range.count > Self.portLimit
                            ? "\(range.count) ports" : "the last of \(ports.count)",
                        help: "name the ports that are needed; each has a listener of its own")
                    return
                }
            }
        }
    }

    /// A rule that allows nothing because a `deny` covers each of its hosts on all its ports.
    private mutating func checkHidden() {
        let denies = network?["deny"]?.members ?? []
        guard !denies.isEmpty else { return }
        let hidden = HiddenRules(denies, groups)
        for list in ["allow", "ask"] {
            for rule in network?[list]?.members ?? [] {
                guard let cover = hidden.cover(of: rule.value) else { continue }
                findings.warning(
                    .hiddenRule, "the rule `\(rule.name)` never takes effect", at: rule.nameOrigin,
                    "all of it is denied", also: [cover.nameOrigin.excerpt("by this")],
                    help: "remove one of the two")
            }
        }
    }

    private mutating func checkSecrets() {
        guard !isBound else { return }
        let used = Set(
            ["allow", "ask"].flatMap { network?[$0]?.members ?? [] }
                .compactMap { $0.value["secret"]?.text }
                + servers.flatMap { $0.value["secrets"]?.elements.compactMap(\.text) ?? [] })
        for secret in secrets?.members ?? [] where !used.contains(secret.name) {
            findings.warning(
                .unusedSecret, "no rule sends the secret `\(secret.name)`", at: secret.nameOrigin,
                "fetched for nothing", help: "add `secret: \(secret.name)` to a rule, or remove it")
        }
    }
}
