import PiJSON
import PiPolicy
import PiSystem

/// What the policy commands have in common on the command line and in their results.
enum PolicyArguments {
    static let policy = Command.Operand(
        name: "POLICY", count: .one,
        summary:
            "a ready-made policy such as `ci-fix`, a file that ends in `.yaml`, `user:NAME` or `host:NAME`",
        value: .policy)

    static let morePolicies = Command.Operand(
        name: "POLICY", count: .any, summary: "more of them", value: .policy)

    static let bound = Command.Option(
        name: "bound", short: nil, argument: .required("POLICY", .policy),
        summary: "a further bound, besides those of the host and of the workspace")

    static let strict = Command.Option(
        name: "strict", short: nil, argument: .none,
        summary: "take warnings for errors, as with CI=true in the environment")

    static func isStrict(_ arguments: Arguments) -> Bool {
        arguments.has("strict") || ThisProcess.variable("CI") == "true"
    }

    static func load(
        _ typed: RawText, _ arguments: Arguments, strict: Bool = false
    ) throws -> PolicyInForce {
        let bounds = arguments.value(of: "bound").map { [$0] } ?? []
        return try PolicyStore.here().load(typed, bounds: bounds, strict: strict)
    }

    /// A policy that can't be looked at, as one that is wrong.
    static func unreadable(_ typed: RawText, _ error: any Error) -> PolicyInForce {
        let diagnostic =
            switch error {
            case let error as PolicyNotFound: error.diagnostic
            case let error as PolicyUnreadable: error.diagnostic
            default: Failure.diagnostic(of: error)
            }
        return PolicyInForce(
            typed: typed, resolved: nil, diagnostics: [diagnostic],
            surroundings: Surroundings(workspace: "/workspace", home: "/nonexistent"))
    }

    /// For a policy that is wrong: why, and nothing else.
    static func invalid(_ policy: PolicyInForce, fields: [JSONObject.Member] = []) -> Outcome {
        Outcome(
            exit: .policyInvalid, text: "", fields: fields,
            diagnostics: policy.diagnostics)
    }

    static let digestSchema: JSONValue = ["type": ["string", "null"]]

    static let placeSchema: JSONValue = [
        "type": ["object", "null"], "required": ["file", "line", "column"],
        "properties": [
            "file": ["type": "string"], "line": ["type": "integer"], "column": ["type": "integer"],
        ],
    ]
}

extension PolicyArguments {
    static let summarySchema: JSONValue = [
        "type": ["object", "null"], "required": ["digest", "files"],
        "properties": [
            "digest": digestSchema, "files": ["type": "array", "items": ["type": "string"]],
        ],
    ]

    static func summary(_ policy: PolicyInForce) -> JSONValue {
        [
            "digest": policy.digest.map(JSONValue.string) ?? .null,
            "files": .array(policy.files.map(JSONValue.string)),
        ]
    }

    static let groupsSchema: JSONValue = [
        "type": "array",
        "items": [
            "type": "object", "required": ["name", "hosts", "from", "at", "file"],
            "properties": [
                "name": ["type": "string"],
                "hosts": ["type": "array", "items": ["type": "string"]],
                "from": ["type": ["string", "null"]], "at": ["type": ["string", "null"]],
                "file": ["type": "string"],
            ],
        ],
    ]

    static func json(_ groups: [Groups.Group]) -> JSONValue {
        .array(
            groups.map { group in
                [
                    "name": .string(group.name), "hosts": .array(group.hosts.map(JSONValue.string)),
                    "from": group.from.map(JSONValue.string) ?? .null,
                    "at": group.at.map(JSONValue.string) ?? .null,
                    "file": .string(group.origin.source.name),
                ]
            })
    }

    static func list(_ groups: [Groups.Group]) -> String {
        var page = Layout(columns: Console.columns)
        for group in groups {
            let source = [group.from, group.at].compactMap { $0 }.joined(separator: ", ")
            page.line("@\(group.name)\(source.isEmpty ? "" : " (\(SafeText(source, limit: 120)))")")
            page.line("  \(group.origin.description)")
            for host in group.hosts { page.line("    \(host)") }
        }
        return page.text
    }
}
