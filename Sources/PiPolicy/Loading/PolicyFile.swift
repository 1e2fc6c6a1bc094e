import PiJSON

/// One file, read by itself: its values are checked, what it extends is not yet looked at.
struct PolicyFile: Sendable {
    let source: SourceText
    let value: PolicyValue

    /// Nil if there is nothing that could be looked at any further; then `findings` say why.
    static func read(
        _ source: SourceText, as fields: Fields, _ variables: Variables,
        _ findings: inout Findings
    ) -> PolicyFile? {
        guard YAMLText.check(source, &findings) else { return nil }
        let before = findings.errors
        let node = LibYAML.read(source, &findings)
        guard let node, !node.isEmpty else {
            if findings.errors == before {
                findings.error(
                    .missingKey, "the policy is empty",
                    at: node?.origin ?? Origin(source, bytes: 0..<0), "nothing here",
                    help: "`pi-runner policy new` writes one to begin with")
            }
            return nil
        }
        var reader = ShapeReader(findings, variables)
        let value = reader.read(node, as: .fields(fields))
        findings = reader.findings
        return value.map { PolicyFile(source: source, value: $0) }
    }
}
