/// The network rules of a policy, for all who look at them.
extension PolicyValue {
    /// The rules under `allow`, `ask` or `deny`.
    func networkRules(_ list: String) -> [Member] { self["network"]?[list]?.members ?? [] }

    /// Those by which something can get out.
    var grants: [Member] { networkRules("allow") + networkRules("ask") }

    /// The names of the groups that its rules name.
    package var groupNames: Set<String> {
        let rules = grants + networkRules("deny")
        let hosts = rules.flatMap { $0.value["hosts"]?.elements.compactMap(\.text) ?? [] }
        return Set(hosts.filter { $0.begins(with: "@") }.map { String($0.dropFirst()) })
    }

    /// Of a rule that grants: its ports, or the one that is meant where none are named.
    var grantedPorts: [ClosedRange<Int>] {
        self["ports"]?.elements.compactMap(PortRange.range) ?? [443...443]
    }
}
