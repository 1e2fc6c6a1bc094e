package import PiJSON

/// What a person, or the host, has set once for all runs: read like a policy, with the same messages.
package struct Settings: Sendable {
    private let value: PolicyValue

    private static let root = Fields([
        Field(
            "ids",
            .fields(
                Fields([
                    Field(
                        "from", .count(1...4_000_000_000), "the first of them", required: true),
                    Field("count", .count(1...65_536), "how many there are", required: true),
                ])), "ids of the host that belong to nobody, of which each run of root's gets one"),
        Field("model", .text(.modelPattern), "the model that is asked if none is named"),
        Field(
            "aliases", .named(.name, .text(.modelPattern)), "short names for models"),
    ])

    /// Nil if it can't be understood; the diagnostics say why.
    package static func read(_ source: SourceText) -> (Settings?, [Diagnostic]) {
        var findings = Findings()
        let file = PolicyFile.read(source, as: root, .refused, &findings)
        guard let file, findings.errors == 0 else { return (nil, findings.all) }
        return (Settings(value: file.value), findings.all)
    }

    /// The host's ids that runs of root's may have.
    package var ids: Range<UInt32>? {
        guard let from = value.value(at: ["ids", "from"])?.count,
            let count = value.value(at: ["ids", "count"])?.count
        else { return nil }
        return UInt32(from)..<UInt32(from + count)
    }

    /// The model that is asked if none is named.
    package var model: String? { value["model"]?.text }

    /// What a short name stands for.
    package func alias(_ name: String) -> String? { value.value(at: ["aliases", name])?.text }
}
