import PiJSON

/// Which rules are covered by one that denies, found by their hosts and addresses.
struct HiddenRules {
    private let denies: [PolicyValue.Member]
    private let groups: Groups
    private var hosts = HostIndex()
    private var addresses = AddressIndex()

    /// It is a warning only: where thousands of rules deny one host, the first are looked at.
    private static let candidateLimit = 16

    init(_ denies: [PolicyValue.Member], _ groups: Groups) {
        self.denies = denies
        self.groups = groups
        for (number, deny) in denies.enumerated() {
            for pattern in Self.hosts(of: deny.value, groups) {
                hosts.insert(pattern, number: number)
            }
            for range in Self.ranges(of: deny.value) { addresses.insert(range, number: number) }
        }
    }

    private static func hosts(of rule: PolicyValue, _ groups: Groups) -> [String] {
        (rule["hosts"]?.elements ?? []).flatMap { groups.expand($0.text ?? "") }
    }

    private static func ranges(of rule: PolicyValue) -> [AddressRange] {
        // What is no range has its own error.
        (rule["cidrs"]?.elements ?? []).compactMap { try? AddressRange($0.text ?? "") }
    }

    /// The rule that denies all that this one allows.
    func cover(of rule: PolicyValue) -> PolicyValue.Member? {
        let wanted = Self.hosts(of: rule, groups)
        let ranges = Self.ranges(of: rule)
        let ports = rule.grantedPorts
        let candidates =
            wanted.first.map { hosts.numbers(of: Self.place(of: $0)) }
            ?? ranges.first.map { addresses.numbers(of: $0.base) } ?? []
        let cover = candidates.prefix(Self.candidateLimit).first { number in
            let deny = denies[number].value
            return covers(deny, ports) && wanted.allSatisfy { covers(deny, host: $0) }
                && ranges.allSatisfy { range in
                    Self.ranges(of: deny).contains {
                        $0.length <= range.length && $0.contains(range.base)
                    }
                }
        }
        return cover.map { denies[$0] }
    }

    /// A host that whatever covers the pattern names too.
    private static func place(of pattern: String) -> String {
        pattern.begins(with: "**.") ? String(pattern.dropFirst(3)) : pattern
    }

    private func covers(_ deny: PolicyValue, _ ports: [ClosedRange<Int>]) -> Bool {
        guard let denied = deny["ports"]?.elements.compactMap(PortRange.range) else { return true }
        return ports.allSatisfy { range in
            denied.contains {
                $0.lowerBound <= range.lowerBound && $0.upperBound >= range.upperBound
            }
        }
    }

    private func covers(_ deny: PolicyValue, host: String) -> Bool {
        Self.hosts(of: deny, groups).contains { pattern in
            if pattern.lowercased().isExactly(host.lowercased()) || pattern == "**" { return true }
            if pattern.begins(with: "**.") {
                let suffix = String(pattern.dropFirst(2))
                return host.ends(with: suffix) || ".\(host)".isExactly(suffix)
            }
            return !host.begins(with: "*") && HostIndex.names(pattern, host)
        }
    }
}
