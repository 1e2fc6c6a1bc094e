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
        operands: [
            RunArguments.run,
            .init(
                name: "PATH", count: .any,
                summary: "only this file or folder; the first may stand without a run", value: .file
            ),
        ],
        options: [
            .init(
                name: "patch", short: "p", argument: .none,
                summary: "print a patch, as `git apply` takes it"),
            .init(
                name: "stat", short: nil, argument: .none,
                summary: "print how many lines have changed in each file"),
            .init(name: "name-only", short: nil, argument: .none, summary: "print paths only"),
            .init(
                name: "force", short: nil, argument: .none,
                summary:
                    "print a patch that has what somebody else has changed since, too, as `apply --force` would make it"
            ),
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
            .init(name: "run", schema: ["type": ["string", "null"]]),
            .init(name: "workspace", schema: ["type": "string"]),
            .init(
                name: "changes",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "required": [
                            "path", "change", "before", "after", "renamed_from",
                            "similarity", "protected",
                            "hidden",
                            "moved", "leads_out", "mounted",
                        ],
                        "properties": [
                            "path": ["type": "string"],
                            "change": ["enum": ["added", "changed", "removed"]],
                            "before": ["type": ["object", "null"]],
                            "after": ["type": ["object", "null"]],
                            "renamed_from": ["type": ["string", "null"]],
                            // In hundredths of the larger; null unless it was renamed and is another.
                            "similarity": ["type": ["integer", "null"]],
                            "protected": ["type": "boolean"], "hidden": ["type": "boolean"],
                            "moved": ["type": "boolean"],
                            "leads_out": ["type": "boolean"],
                            "mounted": ["type": "boolean"],
                        ],
                    ],
                ]),
        ],
        perform: { try outcome($0) })

    private static let forms = ["patch", "stat", "name-only"]

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        var form = forms.filter { arguments.has($0) }
        if form.count > 1 {
            throw UsageError(
                .contradiction("--\(form[0])", "--\(form[1])"), command: arguments.command)
        }
        if arguments.has("force") {
            if let other = form.first, other != "patch" {
                throw UsageError(
                    .contradiction("--force", "--\(other)"), command: arguments.command)
            }
            form = ["patch"]
        }
        let first = try runNamed(in: arguments)
        let held: HeldRun
        do {
            held = try RunArguments.held(first, arguments) { place, state in
                try WaitingRun.find(first, in: place(), state)
            }
        } catch let error as WaitingRun.NotFound
            where error.meansNone && arguments.operands.isEmpty
        {
            return nothing(
                in: try RunArguments.place(arguments), saying: form.isEmpty, error.news)
        }
        let run = held.run
        let paths = Array(arguments.operands.dropFirst(first == nil ? 0 : 1))
        let surroundings = try PolicyStore.here().at(run.workspace).surroundings
        let only = try ChosenPaths.read(paths, in: run.workspace)
        let changes = try WaitingChange.all(of: run, in: surroundings)
            .filter { only?.contain($0) ?? true }
        if only != nil, changes.isEmpty {
            throw WaitingRun.NotFound.noChange(run.id, at: only?.typed ?? [])
        }

        let wantsDigests = arguments.has("json")
        var rows: [JSONValue] = []
        var warnings = held.news
        var renames = Renames.none
        var text = ""
        if changes.isEmpty {
            text = listing(changes, run, renames)
        } else {
            let contents = try ChangeContents(of: run)
            renames = try Renames(changes.map(\.change), contents)
            rows = try changes.map { change in
                // To read all of it is for those who want to hear of it.
                let digests = wantsDigests ? try contents.digests(change.change) : (nil, nil)
                return change.json(
                    renames.from[change.change.path], digests,
                    likeness: renames.likeness[change.change.path])
            }
            switch form.first {
            case "patch":
                let patch = try WaitingPatch(
                    changes, renames, contents, force: arguments.has("force"))
                warnings += patch.leftOut.diagnostics(.warning, saying: "left out")
                text = shown(patch, arguments)
            case "stat":
                let counts = try ChangeCounts(changes.map(\.change), renames, contents)
                text = counts.text(columns: Console.columns)
            case "name-only": text = changes.map { "\($0.change.path)\n" }.joined()
            default: text = listing(changes, run, renames)
            }
        }
        return Outcome(
            exit: .ok, text: text,
            fields: [
                .init(name: "run", value: .string(run.id)),
                .init(name: "workspace", value: .string(run.workspace)),
                .init(name: "changes", value: .array(rows)),
            ], diagnostics: warnings, isPaged: true)
    }

    /// To whoever wants a patch, nothing is an empty one.
    private static func nothing(
        in workspace: String, saying: Bool, _ news: [Diagnostic]
    ) -> Outcome {
        Outcome(
            exit: .ok, text: saying ? RunArguments.nothingWaits : "",
            fields: [
                .init(name: "run", value: .null),
                .init(name: "workspace", value: .string(workspace)),
                .init(name: "changes", value: .array([])),
            ], diagnostics: news)
    }

    /// The first operand is a run if one whose changes wait begins so, and else a path.
    private static func runNamed(in arguments: Arguments) throws -> RawText? {
        guard let first = arguments.operands.first, !first.text.isEmpty,
            try WaitingRun.isKnown(first.text, StateFolder.find())
        else { return nil }
        return first
    }

    /// A patch is taken byte by byte; on a terminal it is only looked at.
    private static func shown(_ patch: WaitingPatch, _ arguments: Arguments) -> String {
        let text = String(decoding: patch.patch.bytes, as: UTF8.self)
        guard StandardStream.output.isTerminal else { return text }
        let choice = arguments.value(of: "color")?.utf8.flatMap(ColorChoice.init(rawValue:))
        return Styles(color: choice ?? .auto, stream: .output)
            .render(patch: SafeText(text, as: .block, limit: .max).description)
    }

    private static func listing(
        _ changes: [WaitingChange], _ run: WaitingRun, _ renames: Renames
    ) -> String {
        var page = Layout(columns: Console.columns)
        page.paragraph("Run \(run.id), in \(SafeText(run.workspace, limit: 200))")
        if changes.isEmpty { page.line("nothing has changed") }
        page.section(
            "Renamed",
            changes.compactMap { change in
                renames.from[change.change.path].map {
                    (
                        "\($0)",
                        (["to \(change.change.path)"]
                            + (renames.likeness[change.change.path].map { ["\($0) % the same"] }
                                ?? []) + change.doubts).joined(separator: "; ")
                    )
                }
            })
        let rest = changes.filter {
            renames.from[$0.change.path] == nil && renames.to[$0.change.path] == nil
        }
        for verb in ["added", "changed", "removed"] {
            page.section(
                verb.prefix(1).uppercased() + verb.dropFirst(),
                rest.filter { $0.change.verb == verb }.map {
                    ($0.change.path.description, $0.remarks.joined(separator: "; "))
                })
        }
        return page.text
    }
}
