import PiJSON
import PiSandbox
import PiSystem

/// `pi-runner doctor`: whether the walls stand here, tried and not presumed.
enum DoctorCommand {
    static let command = Command(
        name: "doctor",
        summary: "try each wall on this host, and tell what to do where one is missing",
        about: [
            """
            Makes the sandbox that `exec` would use, as the user who asks, and tries in it what each wall forbids. A \
            wall holds, is weaker (with what that means), or is missing (with what has to change). `exec` does the \
            same before its first start after each boot, and starts nothing where a wall is missing.
            """
        ],
        operands: [],
        options: [
            .init(
                name: "policy", short: nil, argument: .required("POLICY", .policy),
                summary: "whose walls; those of `exec` if it is left out")
        ],
        examples: [
            .init(line: "pi-runner doctor", summary: "is it really on?"),
            .init(
                line: "sudo -u ci pi-runner doctor --json", summary: "as another user, for scripts"),
        ],
        exitCodes: [.policyInvalid, .unenforceable],
        result: [
            .init(
                name: "walls",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["name", "state", "detail", "remedy"],
                        "properties": [
                            "name": ["type": "string"],
                            "state": ["enum": ["holds", "weaker", "missing", "untried"]],
                            "detail": ["type": "string"], "remedy": ["type": ["string", "null"]],
                        ],
                    ],
                ])
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let found: HostExamination
        do {
            found = try HostExamination.perform(
                policy: arguments.value(of: "policy") ?? "exec", state: StateFolder.find())
        } catch let error as Exec.Refused {
            return Outcome(
                exit: .unenforceable, text: "", fields: [.init(name: "walls", value: [])],
                diagnostics: error.diagnostics)
        }
        var page = Layout(columns: Console.columns)
        page.rows(
            found.rows.map { row in
                let help = row.remedy.map { ". Remedy: \($0)" } ?? ""
                return (row.name, "\(row.state.rawValue): \(row.detail)\(help)")
            })
        return Outcome(
            exit: found.missing.isEmpty ? .ok : .unenforceable, text: page.text,
            fields: [.init(name: "walls", value: .array(found.rows.map(\.json)))])
    }
}
