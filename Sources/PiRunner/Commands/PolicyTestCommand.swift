import PiJSON
import PiPolicy
import PiSystem

/// `pi-runner policy test`: every example of a policy, and what it comes to.
enum PolicyTestCommand {
    static let command = Command(
        name: "policy test",
        summary: "try the examples of policies",
        about: [
            """
            The examples under `tests` are tried whenever a policy is loaded, and one that does not hold is an error. \
            This shows all of them, with the rule that decides each.
            """
        ],
        operands: [PolicyArguments.policy, PolicyArguments.morePolicies],
        options: [PolicyArguments.bound],
        examples: [
            .init(
                line: "pi-runner policy test review-only",
                summary: "the examples of a ready-made policy"
            ),
            .init(line: "pi-runner policy test policies/*.yaml", summary: "those of many files"),
        ],
        exitCodes: [.policyInvalid],
        result: [
            .init(
                name: "examples",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "required": ["policy", "holds", "expected", "decision", "rule", "at"],
                        "properties": [
                            "policy": ["type": "string"], "holds": ["type": "boolean"],
                            "expected": ["enum": ["allow", "ask", "deny"]],
                            "decision": ["enum": ["allow", "ask", "deny"]],
                            "subject": ["type": "string"], "rule": ["type": "string"],
                            "at": PolicyArguments.placeSchema,
                        ],
                    ],
                ])
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        var page = Layout(columns: Console.columns)
        var rows: [JSONValue] = []
        var diagnostics: [Diagnostic] = []
        for (place, typed) in arguments.operands.enumerated() {
            let policy = try PolicyArguments.load(typed, arguments)
            diagnostics += policy.diagnostics.filter {
                $0.severity == .error && !diagnostics.contains($0)
            }
            guard policy.resolved != nil else { continue }
            if place > 0 { page.blank() }
            let outcomes = policy.examples
            page.line(
                "\(typed): \(outcomes.isEmpty ? "has no examples" : "\(outcomes.count) hold")")
            page.rows(
                outcomes.map { outcome in
                    let decision = outcome.decision
                    return (
                        decision.verdict.rawValue,
                        "\(decision.subject.description): \(decision.rule.place)"
                    )
                })
            for outcome in outcomes {
                let decision = outcome.decision
                rows.append([
                    "policy": .string(typed.description), "holds": .bool(outcome.holds),
                    "expected": .string(outcome.expected.rawValue),
                    "decision": .string(decision.verdict.rawValue),
                    "subject": .string(decision.subject.description),
                    "rule": .string(decision.rule.name), "at": outcome.origin.json,
                ])
            }
        }
        return Outcome(
            exit: diagnostics.isEmpty ? .ok : .policyInvalid, text: page.text,
            fields: [.init(name: "examples", value: .array(rows))], diagnostics: diagnostics)
    }
}
