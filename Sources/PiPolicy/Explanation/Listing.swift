/// A resolved policy as text, with the place that each value came from.
package enum Listing {
    /// Lines of YAML, and behind each the file and line it comes from.
    package static func lines(_ policy: ResolvedPolicy) -> [(text: String, place: String)] {
        var lines: [(text: String, place: String)] = []
        for field in PolicySchema.root.fields where !["extends", "tests"].contains(field.name) {
            guard let member = policy.value.member(field.name) else { continue }
            append(member, indent: "", &lines)
        }
        return lines
    }

    /// The same of each bound, by which a request must be allowed too.
    package static func bounds(
        _ policy: ResolvedPolicy
    ) -> [(name: String, lines: [(text: String, place: String)])] {
        policy.bounds.map { bound in
            var lines: [(text: String, place: String)] = []
            for field in PolicySchema.root.fields
            where !PolicySchema.keysOfTheFile.contains(field.name) {
                guard let member = bound.value.member(field.name) else { continue }
                append(member, indent: "", &lines)
            }
            return (bound.name, lines)
        }
    }

    private static func append(
        _ member: PolicyValue.Member, indent: String, _ lines: inout [(text: String, place: String)]
    ) {
        let name = Spelling.scalar(member.name, limit: .max)
        switch member.value.content {
        case .map(let members) where !members.isEmpty:
            lines.append(("\(indent)\(name):", ""))
            for member in members { append(member, indent: indent + "  ", &lines) }
        case .list(let elements) where !elements.isEmpty:
            lines.append(("\(indent)\(name):", ""))
            for element in elements {
                lines.append(("\(indent)  - \(flow(element))", element.origin.description))
            }
        default:
            lines.append(
                ("\(indent)\(name): \(flow(member.value))", member.value.origin.description))
        }
    }

    /// On one line; what it prints can be read again.
    private static func flow(_ value: PolicyValue) -> String {
        switch value.content {
        case .list(let elements): "[\(elements.map(flow).joined(separator: ", "))]"
        case .map(let members):
            "{\(members.map { "\(Spelling.scalar($0.name, limit: .max)): \(flow($0.value))" }.joined(separator: ", "))}"
        case .text(let text): Spelling.scalar(text, limit: .max)
        case .flag, .count, .money, .duration, .size: value.shown
        }
    }
}
