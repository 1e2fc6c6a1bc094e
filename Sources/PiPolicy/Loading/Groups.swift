package import PiJSON

/// What `@python` and the like stand for on this host.
package struct Groups: Sendable {
    package struct Group: Sendable {
        package let name: String
        package let hosts: [String]
        /// Who said so, and when.
        package let from: String?
        package let at: String?
        package let origin: Origin
    }

    package let groups: [Group]
    private let byName: [String: Int]

    package static let none = Groups([])

    init(_ groups: [Group]) {
        self.groups = groups
        byName = Dictionary(
            groups.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The first file that names a group has the word: the person's own before the host's.
    package static func load(_ sources: [SourceText]) -> (Groups, [Diagnostic]) {
        var findings = Findings()
        var groups: [Group] = []
        for source in sources {
            guard let file = PolicyFile.read(source, as: GroupSchema.root, .refused, &findings)
            else {
                continue
            }
            for member in file.value["groups"]?.members ?? [] {
                let hosts = member.value["hosts"]?.elements ?? []
                for host in hosts where host.text?.hasPrefix("@") == true || host.text == "**" {
                    findings.error(
                        .malformed, "\(quoted(host.text ?? "")) can't stand in a group",
                        at: host.origin,
                        "not a host", help: "write the names of hosts")
                }
                groups.append(
                    Group(
                        name: member.name, hosts: hosts.compactMap(\.text),
                        from: member.value["from"]?.text, at: member.value["at"]?.text,
                        origin: member.nameOrigin))
            }
        }
        return (Groups(groups), findings.all)
    }

    package func find(_ name: String) -> Group? { byName[name].map { groups[$0] } }

    /// The hosts that a word of `hosts` stands for.
    func expand(_ word: String) -> [String] {
        guard word.hasPrefix("@") else { return [word] }
        return find(String(word.dropFirst()))?.hosts ?? []
    }
}
