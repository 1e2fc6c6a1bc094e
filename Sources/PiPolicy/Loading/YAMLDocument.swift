package import PiJSON

/// A YAML document that is no policy, as a JSON value: of the part of YAML that everybody reads alike, with the same messages.
package enum YAMLDocument {
    /// Nil if it can't be read; the diagnostics say why.
    package static func read(_ source: SourceText) -> (JSONValue?, [Diagnostic]) {
        var findings = Findings()
        guard YAMLText.check(source, &findings) else { return (nil, findings.all) }
        let node = LibYAML.read(source, &findings)
        guard let node, findings.errors == 0 else { return (nil, findings.all) }
        return (value(of: node), findings.all)
    }

    private static func value(of node: YAMLNode) -> JSONValue {
        switch node.content {
        case .scalar(let text, isPlain: true):
            switch PlainScalar(text) {
            case .empty: .null
            case .bool(let flag): .bool(flag)
            case .integer(let number): .number(JSONNumber(number))
            case .decimal(let digits):
                JSONNumber(text: digits).map(JSONValue.number) ?? .string(text)
            case .ambiguous, .text: .string(text)
            }
        case .scalar(let text, isPlain: false): .string(text)
        case .list(let elements): .array(elements.map(value))
        case .map(let members):
            .object(
                JSONObject(
                    members.map { JSONObject.Member(name: $0.name, value: value(of: $0.value)) }))
        case .refused: .null
        }
    }
}
