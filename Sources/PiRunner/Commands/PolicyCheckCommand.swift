import PiJSON
import PiPolicy
import PiSystem

/// `pi-runner policy check`: whether a policy is right, and what it rests on.
enum PolicyCheckCommand {
    static let command = Command(
        name: "policy check",
        summary: "check policies, and tell what is wrong at its place",
        about: [
            """
            Reads each policy as a run would: with the policies that it extends, with the bounds of this host \
            and of this workspace, and with its examples, which must hold. All mistakes are told at once, each \
            at its place; `pi-runner help CODE` has more on each.
            """,
            """
            What a policy asks for and nothing in this version enforces is listed: `run` and `exec` refuse \
            to start with it.
            """,
        ],
        operands: [PolicyArguments.policy, PolicyArguments.morePolicies],
        options: [PolicyArguments.strict, PolicyArguments.bound],
        examples: [
            .init(
                line: "pi-runner policy check default", summary: "a ready-made policy, on this host"
            ),
            .init(
                line: "pi-runner policy check --strict policies/*.yaml",
                summary: "files, as CI should look at them"),
        ],
        exitCodes: [.policyInvalid],
        result: [
            .init(
                name: "policies",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "required": [
                            "policy", "valid", "digest", "files", "examples", "unenforced",
                        ],
                        "properties": [
                            "policy": ["type": "string"], "valid": ["type": "boolean"],
                            "digest": PolicyArguments.digestSchema,
                            "files": ["type": "array", "items": ["type": "string"]],
                            "examples": ["type": "integer"],
                            "unenforced": [
                                "type": "array",
                                "items": [
                                    "type": "object", "required": ["key", "part", "at"],
                                    "properties": [
                                        "key": ["type": "string"], "part": ["type": "string"],
                                        "at": PolicyArguments.placeSchema,
                                    ],
                                ],
                            ],
                        ],
                    ],
                ])
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let strict = PolicyArguments.isStrict(arguments)
        var page = Layout(columns: Console.columns)
        var rows: [JSONValue] = []
        var diagnostics: [Diagnostic] = []
        for (place, typed) in arguments.operands.enumerated() {
            let policy: PolicyInForce
            do {
                policy = try PolicyArguments.load(typed, arguments, strict: strict)
            } catch {
                // The others are looked at all the same.
                policy = PolicyArguments.unreadable(typed, error)
            }
            if place > 0 { page.blank() }
            describe(policy, on: &page)
            rows.append(row(policy))
            // A mistake in what several extend, or in a bound, is told once.
            diagnostics += policy.diagnostics.filter { !diagnostics.contains($0) }
        }
        let isWrong = diagnostics.contains { $0.severity == .error }
        return Outcome(
            exit: isWrong ? .policyInvalid : .ok, text: page.text,
            fields: [.init(name: "policies", value: .array(rows))], diagnostics: diagnostics)
    }

    private static func describe(_ policy: PolicyInForce, on page: inout Layout) {
        guard let resolved = policy.resolved else {
            let warnings = policy.diagnostics.count - policy.errors
            page.line(
                "\(policy.typed): " + counted(policy.errors, "error", "errors")
                    + (warnings > 0 ? ", " + counted(warnings, "warning", "warnings") : ""))
            return
        }
        page.line("\(policy.typed): valid")
        let examples = policy.examples.count
        let parents = resolved.policy.files.dropFirst().map(\.name)
        page.rows(
            [
                ("digest", policy.digest ?? ""),
                ("extends", parents.joined(separator: ", ")),
                ("bounds", resolved.bounds.map { $0.files[0].name }.joined(separator: ", ")),
                (
                    "examples",
                    examples == 0 ? "" : counted(examples, "holds", "hold")
                ),
                ("not yet", notYet(resolved)),
            ].filter { !$0.1.isEmpty })
    }

    /// By the sections of the policy: a list of each value is in the JSON.
    private static func notYet(_ policy: ResolvedPolicy) -> String {
        let missing = Enforcement.missing(in: policy, for: .run)
        guard !missing.isEmpty else { return "" }
        var sections: [String] = []
        for demand in missing {
            let section = String(demand.key.prefix { $0 != "." })
            if !sections.contains(section) { sections.append(section) }
        }
        return """
            nothing in this version enforces \(sections.map { "`\($0)`" }.joined(separator: ", ")): \
            `run` refuses to start with \(counted(missing.count, "value", "values")) (P0701), \(forExec(policy))
            """
    }

    /// It has no tools, no model and no budgets.
    private static func forExec(_ policy: ResolvedPolicy) -> String {
        let missing = Enforcement.missing(in: policy, for: .exec)
        guard let first = missing.first else { return "`exec` does not need them" }
        return "`exec` with \(counted(missing.count, "value", "values")), such as `\(first.key)`"
    }

    private static func row(_ policy: PolicyInForce) -> JSONValue {
        let resolved = policy.resolved
        let missing = resolved.map { Enforcement.missing(in: $0, for: .run) } ?? []
        return [
            "policy": .string(policy.typed.description), "valid": .bool(resolved != nil),
            "digest": policy.digest.map(JSONValue.string) ?? .null,
            "files": .array(policy.files.map(JSONValue.string)),
            "examples": .number(JSONNumber(policy.examples.count)),
            "unenforced": .array(
                missing.map {
                    [
                        "key": .string($0.key), "part": .string($0.part.rawValue),
                        "at": $0.origin.json,
                    ]
                }),
        ]
    }
}
