import PiJSON

extension Reach {
    // MARK: - Secrets

    /// Where strangers can have a name, a secret is a gift.
    mutating func checkSecret(_ rule: PolicyValue.Member) {
        guard let secret = rule.value["secret"] else { return }
        for host in rule.value["hosts"]?.elements ?? [] {
            guard let why = whyStrange(host.text ?? "", secret.text ?? "", rule.value) else {
                continue
            }
            warn(secret, host, why)
        }
        for range in rule.value["cidrs"]?.elements ?? [] {
            // What is no range was refused before.
            guard let addresses = try? AddressRange(range.text ?? ""), addresses.isWide else {
                continue
            }
            warn(secret, range, "far more addresses than one owner has")
        }
    }

    private mutating func warn(_ secret: PolicyValue, _ place: PolicyValue, _ why: String) {
        findings.warning(
            .secretReach,
            "the secret `\(secret.shown)` may be sent to a host where strangers can write",
            at: place.origin, why, also: [secret.origin.excerpt("sent by this rule")],
            help: "name the one host that needs it")
    }

    /// Nil for one host that its owner alone writes to.
    private func whyStrange(_ host: String, _ secret: String, _ rule: PolicyValue) -> String? {
        if host.begins(with: "@") { return "a group, whose hosts are many" }
        if host.begins(with: "*") { return "any host of that name" }
        let why = "names of this kind are given to anybody"
        // A signature is no secret.
        if policy["secrets"]?[secret]?["send"]?["sigv4"] != nil { return nil }
        if LibPSL.isHosted(host) { return why }
        guard LibPSL.isPublicSuffix(host) else { return nil }
        // Of a host that has its customers' names in its paths, a path that begins with a name is one customer's.
        let requests = rule["http"]?.elements ?? []
        let areOwn =
            !requests.isEmpty
            && requests.allSatisfy { request in
                let paths = request["paths"]?.elements.compactMap(\.text) ?? []
                return !paths.isEmpty
                    && paths.allSatisfy { path in
                        path.pieces(at: Ascii.slash).first.map { !$0.utf8.contains(Ascii.star) }
                            ?? false
                    }
            }
        return areOwn ? nil : why
    }

    // MARK: - Metadata

    /// Addresses and names at which clouds hand out a machine's credentials.
    private static let metadataAddresses = [
        "169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192",
        "fd00:ec2::254", "fd20:ce::254", "fe80::a9fe:a9fe", "64:ff9b::a9fe:a9fe",
    ].compactMap { text in NetworkAddress(text).map { (text: text, address: $0) } }
    private static let metadataNames = [
        "metadata.google.internal", "metadata.goog", "metadata", "instance-data",
        "instance-data.ec2.internal", "metadata.azure.internal", "metadata.platformequinix.com",
        "metadata.packet.net", "rancher-metadata", "metadata.tencentyun.com",
    ]

    mutating func checkMetadata(_ rule: PolicyValue.Member) {
        let ports = rule.value.grantedPorts
        for range in rule.value["cidrs"]?.elements ?? [] {
            // What is no range was refused before.
            guard let addresses = try? AddressRange(range.text ?? "") else { continue }
            let reachable = Self.metadataAddresses.filter {
                addresses.contains($0.address) && isReachable($0.text, ports)
            }.map(\.text)
            warnMetadata(range, reachable, key: "cidrs")
        }
        // A bare `**` asks a person, and the gate refuses such addresses unless a rule names them.
        for host in rule.value["hosts"]?.elements ?? [] where host.text != "**" {
            let patterns = groups.expand(host.text ?? "")
            let reachable = Self.metadataNames.filter { name in
                patterns.contains { HostIndex.names($0, name) } && isReachable(name, ports)
            }
            warnMetadata(host, reachable, key: "hosts")
        }
    }

    private func isReachable(_ host: String, _ ports: [ClosedRange<Int>]) -> Bool {
        ports.contains { range in
            // No rule has more ports than this.
            range.prefix(NetworkMeaning.portLimit).contains { port in
                let connection = Request.Connection(host: host, port: port)
                return evaluator.decide(Request(connect: connection)).verdict != .deny
            }
        }
    }

    private mutating func warnMetadata(_ value: PolicyValue, _ objects: [String], key: String) {
        guard let first = objects.first else { return }
        let list = objects.map { $0.utf8.contains(Ascii.colon) ? "\"\($0)\"" : $0 }
            .joined(separator: ", ")
        findings.warning(
            .metadataReach, "`\(first)` can be reached, where a cloud hands out credentials",
            at: value.origin, "covers it",
            help:
                "name fewer, or add under `network`: `deny: {cloud-metadata: {\(key): [\(list)]}}`")
    }
}

extension AddressRange {
    /// Whether it holds public addresses of many owners.
    var isWide: Bool {
        if base.bytes.count == 16 { return length < 32 && base.bytes[0] & 0xFE != 0xFC }
        let isPrivate =
            base.bytes[0] == 10 || base.bytes[0] == 127
            || base.bytes[0] == 172 && base.bytes[1] & 0xF0 == 16 && length >= 12
            || base.bytes[0] == 192 && base.bytes[1] == 168 && length >= 16
        return length < 16 && !isPrivate
    }
}
