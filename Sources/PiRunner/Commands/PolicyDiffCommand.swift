import PiJSON
import PiPolicy
import PiSystem

/// `pi-runner policy diff A B`: what got wider, and what narrower.
enum PolicyDiffCommand {
    static let command = Command(
        name: "policy diff",
        summary: "say what got wider, and what narrower",
        about: [
            """
            Compares the policies as they are in force here, value by value, whatever their files look like. What \
            can't be said to be either is listed as other.
            """
        ],
        operands: [
            .init(
                name: "OLD", count: .one, summary: PolicyArguments.policy.summary, value: .policy),
            .init(name: "NEW", count: .one, summary: "the other", value: .policy),
        ],
        options: [PolicyArguments.bound],
        examples: [
            .init(
                line: "pi-runner policy diff exec default",
                summary: "what does a run allow more?"),
            .init(
                line: "pi-runner policy diff --json old.yaml new.yaml", summary: "for a check in CI"
            ),
        ],
        exitCodes: [.policyInvalid],
        result: [
            .init(
                name: "differences",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["direction", "key", "change", "was", "now"],
                        "properties": [
                            "direction": ["enum": ["wider", "narrower", "other"]],
                            "key": ["type": "string"], "change": ["type": "string"],
                            "was": PolicyArguments.placeSchema, "now": PolicyArguments.placeSchema,
                        ],
                    ],
                ])
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let policies = try arguments.operands.map { try PolicyArguments.load($0, arguments) }
        let errors = policies.flatMap(\.diagnostics).filter { $0.severity == .error }
        guard let old = policies[0].resolved, let new = policies[1].resolved else {
            return Outcome(exit: .policyInvalid, text: "", fields: [], diagnostics: errors)
        }
        let differences = Difference.between(old, new)
        var page = Layout(columns: Console.columns)
        if differences.isEmpty { page.line("the two allow the same") }
        for direction in [Difference.Direction.wider, .narrower, .other] {
            let rows = differences.filter { $0.direction == direction }
            guard !rows.isEmpty else { continue }
            page.line("\(direction.rawValue):")
            for row in rows {
                let place = (row.now ?? row.was).map { " (\($0.description))" } ?? ""
                page.paragraph("\(row.key): \(row.change)\(place)", indent: 2)
            }
        }
        return Outcome(
            exit: .ok, text: page.text,
            fields: [.init(name: "differences", value: .array(differences.map(\.json)))])
    }
}
