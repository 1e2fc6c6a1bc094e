import PiJSON
import PiSandbox
import PiSystem

/// `pi-runner diff [RUN]`: what a run has changed, while it waits.
enum DiffCommand {
    static let command = Command(
        name: "diff",
        summary: "show the changes of a run that wait",
        about: [
            """
            With `workspace: {mode: overlay}` what a program writes waits in a layer, and the workspace stays as it \
            was. This lists it. A patch leaves out what the policy protects, what somebody else has changed in the \
            workspace since the run began, and what no patch can say; it tells of each.
            """
        ],
        operands: [RunArguments.run],
        options: [
            .init(
                name: "patch", short: "p", argument: .none,
                summary: "print a patch, as `git apply` takes it"),
            .init(name: "name-only", short: nil, argument: .none, summary: "print paths only"),
            RunArguments.workspace,
        ],
        examples: [
            .init(line: "pi-runner diff", summary: "what has changed?"),
            .init(
                line: "pi-runner diff --patch | git apply --index",
                summary: "what a patch can say of it"),
        ],
        exitCodes: [],
        result: [
            .init(name: "run", schema: ["type": "string"]),
            .init(name: "workspace", schema: ["type": "string"]),
            .init(
                name: "changes",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "required": [
                            "path", "change", "before", "after", "protected", "moved", "leads_out",
                        ],
                        "properties": [
                            "path": ["type": "string"],
                            "change": ["enum": ["added", "changed", "removed"]],
                            "before": ["type": ["object", "null"]],
                            "after": ["type": ["object", "null"]],
                            "protected": ["type": "boolean"], "moved": ["type": "boolean"],
                            "leads_out": ["type": "boolean"],
                        ],
                    ],
                ]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        if arguments.has("patch"), arguments.has("name-only") {
            throw UsageError(
                .contradiction("--patch", "--name-only"), command: arguments.command)
        }
        let found = try RunArguments.find(arguments)
        let run = found.run
        let surroundings = try PolicyStore.here().at(run.workspace).surroundings
        let changes = try WaitingChange.all(of: run, in: surroundings)
        var warnings = found.news
        var text: String
        if arguments.has("patch") {
            let patch = try WaitingPatch(changes, of: run)
            warnings += patch.leftOut.diagnostics(.warning, saying: "left out")
            text = String(decoding: patch.patch.bytes, as: UTF8.self)
            // A patch is taken byte by byte; on a terminal it is only looked at.
            if StandardStream.output.isTerminal {
                text = SafeText(text, as: .block, limit: .max).description
            }
        } else if arguments.has("name-only") {
            text = changes.map { "\($0.change.path)\n" }.joined()
        } else {
            text = listing(changes, run)
        }
        return Outcome(
            exit: .ok, text: text,
            fields: [
                .init(name: "run", value: .string(run.id)),
                .init(name: "workspace", value: .string(run.workspace)),
                .init(name: "changes", value: .array(changes.map(\.json))),
            ], diagnostics: warnings)
    }

    private static func listing(_ changes: [WaitingChange], _ run: WaitingRun) -> String {
        var page = Layout(columns: Console.columns)
        page.paragraph("Run \(run.id), in \(SafeText(run.workspace, limit: 200))")
        if changes.isEmpty { page.line("nothing has changed") }
        for verb in ["added", "changed", "removed"] {
            page.section(
                verb.prefix(1).uppercased() + verb.dropFirst(),
                changes.filter { $0.change.verb == verb }.map {
                    ($0.change.path.description, $0.remarks.joined(separator: "; "))
                })
        }
        return page.text
    }
}
