import PiJSON
import PiSandbox
import PiSystem

/// `pi-runner apply [RUN]`: takes what a run has changed over into the workspace.
enum ApplyCommand {
    static let command = Command(
        name: "apply",
        summary: "take the changes of a run over into the workspace",
        about: [
            """
            All that is chosen, or nothing: what was killed half way is finished or taken back by the next command. What \
            the policy protects is left out and still waits. If somebody else has changed the same names since the run \
            began, or a link leads out of the workspace, nothing is applied until you say which: by --only, or by --force, \
            which replaces what they have written.
            """
        ],
        operands: [RunArguments.run],
        options: [
            .init(
                name: "only", short: nil, argument: .required("PATH", .file),
                summary: "this file or folder and nothing else; can be given more than once",
                repeats: true),
            .init(
                name: "dry-run", short: "n", argument: .none,
                summary: "say what would be done, and do nothing"),
            .init(
                name: "force", short: nil, argument: .none,
                summary: "replace what was changed meanwhile, and take links that lead out"),
            .init(
                name: "keep-times", short: nil, argument: .none,
                summary: "give files the times at which the run wrote them, not the present one"),
            RunArguments.workspace,
        ],
        examples: [
            .init(line: "pi-runner apply", summary: "all of it, please"),
            .init(line: "pi-runner apply --only src --dry-run", summary: "what would that be?"),
        ],
        exitCodes: [.refused],
        result: [
            .init(name: "run", schema: ["type": ["string", "null"]]),
            .init(name: "workspace", schema: ["type": "string"]),
            .init(name: "dry_run", schema: ["type": "boolean"]),
            .init(name: "applied", schema: ["type": "array", "items": ["type": "string"]]),
            .init(name: "left_out", schema: rows),
            .init(name: "refused", schema: rows),
        ],
        perform: { try outcome($0) })

    private static let rows: JSONValue = [
        "type": "array",
        "items": [
            "type": "object", "required": ["path", "reason"],
            "properties": [
                "path": ["type": "string"],
                "reason": ["type": "string"],
            ],
        ],
    ]

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let found: HeldRun
        do {
            found = try RunArguments.find(arguments)
        } catch let error as WaitingRun.NotFound
            where error.meansNone && arguments.operands.isEmpty
        {
            return try nothing(in: RunArguments.place(arguments), arguments, error.news)
        }
        let run = found.run
        let surroundings = try PolicyStore.here().at(run.workspace).surroundings
        let all = try WaitingChange.all(of: run, in: surroundings)
        let only = try ChosenPaths.read(arguments.values(of: "only"), in: run.workspace)
        let choice = try ApplyChoice(from: all, of: run, only: only, force: arguments.has("force"))
        let (plan, leftOut, refused) = (choice.plan, choice.leftOut, choice.refused)

        let isTrial = arguments.has("dry-run")
        var remarks: [Diagnostic] = []
        if refused.isEmpty, !isTrial {
            // What was killed after the last step has nothing left to do but this.
            if !plan.drafts.isEmpty {
                remarks = try Applying(run).perform(plan, keepingTimes: arguments.has("keep-times"))
            }
            // Nothing is left if all was taken.
            if plan.applied.count == all.count, try run.turns()?.undone.isEmpty ?? true {
                try run.discard()
            } else {
                _ = try run.discardIfEmpty()
            }
        }
        return Outcome(
            exit: !refused.isEmpty ? .refused : leftOut.isEmpty ? .ok : .failed,
            text: refused.isEmpty ? text(plan, run, isTrial: isTrial) : "",
            fields: fields(
                run.id, run.workspace, isTrial, choice.applied, leftOut, refused),
            diagnostics: found.news + remarks + leftOut.diagnostics(.warning, saying: "left out")
                + refused.diagnostics(
                    .error, saying: "nothing was applied",
                    help:
                        "look at it with `pi-runner diff --force PATH`, then take the rest by --only, or this too by --force"
                ))
    }

    private static func nothing(
        in workspace: String, _ arguments: Arguments, _ news: [Diagnostic]
    ) throws -> Outcome {
        Outcome(
            exit: .ok, text: RunArguments.nothingWaits,
            fields: fields(
                nil, workspace, arguments.has("dry-run"), [], LeftOut(), LeftOut()),
            diagnostics: news)
    }

    private static func fields(
        _ run: String?, _ workspace: String, _ isTrial: Bool, _ applied: [FilePath],
        _ leftOut: LeftOut, _ refused: LeftOut
    ) -> [JSONObject.Member] {
        [
            .init(name: "run", value: run.map(JSONValue.string) ?? .null),
            .init(name: "workspace", value: .string(workspace)),
            .init(name: "dry_run", value: .bool(isTrial)),
            .init(name: "applied", value: .array(applied.map { .string($0.text) })),
            .init(name: "left_out", value: leftOut.json),
            .init(name: "refused", value: refused.json),
        ]
    }

    private static func text(_ plan: ApplyPlan, _ run: WaitingRun, isTrial: Bool) -> String {
        let count = plan.applied.count
        var page = Layout(columns: Console.columns)
        page.paragraph(
            "\(isTrial ? "would apply" : "applied") \(counted(count, "change", "changes")) of run \(run.id) to \(SafeText(run.workspace, limit: 200))"
        )
        guard isTrial else { return page.text }
        page.rows(plan.applied.map { ($0.path.description, $0.verb) })
        return page.text
    }
}
