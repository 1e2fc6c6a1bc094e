import PiJSON
import PiPolicy
import PiSystem

/// `pi-runner policy show`: a policy as it was written, or as it is in force.
enum PolicyShowCommand {
    static let command = Command(
        name: "policy show",
        summary: "print a policy as written, or as it is in force",
        about: [
            """
            As it was written, it is the text of the file. With `--resolved` it is what is in force on this host \
            and in this workspace: with all that it extends, limited by its bounds, each value with the file and \
            the line it comes from.
            """
        ],
        operands: [PolicyArguments.policy],
        options: [
            .init(
                name: "resolved", short: nil, argument: .none,
                summary: "what is in force, and where each value comes from"),
            .init(
                name: "groups", short: nil, argument: .none,
                summary: "what the groups that it names stand for on this host"),
            PolicyArguments.bound,
        ],
        examples: [
            .init(line: "pi-runner policy show ci-fix", summary: "the text of a ready-made policy"),
            .init(
                line: "pi-runner policy show --resolved laptop | less",
                summary: "all that is in force"),
        ],
        exitCodes: [.policyInvalid],
        result: [
            .init(name: "text", schema: ["type": "string"]),
            .init(name: "policy", schema: PolicyArguments.summarySchema),
            .init(name: "canonical", schema: ["type": ["object", "null"]]),
            .init(name: "groups", schema: PolicyArguments.groupsSchema),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let typed = arguments.operands[0]
        guard arguments.has("resolved") || arguments.has("groups") else {
            let source = try PolicyStore.here().find(typed).source
            let text = SafeText(bytes: source.bytes, as: .block, limit: .max).description
            return Outcome(
                exit: .ok, text: text, fields: [.init(name: "text", value: .string(text))])
        }
        let policy = try PolicyArguments.load(typed, arguments)
        guard let resolved = policy.resolved else { return PolicyArguments.invalid(policy) }
        var text = ""
        if arguments.has("resolved") { text += listing(resolved, policy) }
        if arguments.has("groups") { text += PolicyArguments.list(resolved.groups) }
        return Outcome(
            exit: .ok, text: text,
            fields: [
                .init(name: "text", value: .string(text)),
                .init(name: "policy", value: PolicyArguments.summary(policy)),
                .init(name: "canonical", value: resolved.canonical),
                .init(name: "groups", value: PolicyArguments.json(resolved.groups)),
            ])
    }

    /// Lines of YAML with their origins as comments, which stand below each other as far as lines allow.
    private static func listing(_ resolved: ResolvedPolicy, _ policy: PolicyInForce) -> String {
        let lines = Listing.lines(resolved)
        var text = "# \(policy.digest ?? "")\n" + columns(lines)
        // As comments: together they are no one policy, since a request must be allowed by each.
        for bound in Listing.bounds(resolved) {
            text += "\n# the bound `\(SafeText(bound.name, limit: 80))` must allow it too:\n"
            text += columns(bound.lines).split(separator: "\n").map { "#   \($0)\n" }.joined()
        }
        return text
    }

    private static func columns(_ lines: [(text: String, place: String)]) -> String {
        let column = min(lines.map(\.text.count).max() ?? 0, 50)
        return lines.map { line in
            let gap = String(repeating: " ", count: max(2, column + 2 - line.text.count))
            return (line.place.isEmpty ? line.text : "\(line.text)\(gap)# \(line.place)") + "\n"
        }.joined()
    }
}
