import PiJSON
import PiSystem

/// `pi-runner ls`: the runs of a workspace, and what waits in them.
enum ListCommand {
    static let command = Command(
        name: "ls",
        summary: "list runs, and what waits in them",
        about: ["Those of the folder you are in, the newest first."],
        operands: [],
        options: [
            .init(
                name: "all", short: "a", argument: .none,
                summary: "those of every folder"),
            .init(
                name: "limit", short: "n", argument: .required("N", .text),
                summary: "no more than so many; 20 if it is left out"),
            RunArguments.workspace,
        ],
        examples: [.init(line: "pi-runner ls", summary: "what happened here?")],
        exitCodes: [],
        result: [
            .init(
                name: "runs",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "required": [
                            "id", "workspace", "program", "task", "started", "state", "waiting",
                        ],
                        "properties": [
                            "id": ["type": "string"], "workspace": ["type": ["string", "null"]],
                            "program": ["type": "string"], "task": ["type": ["string", "null"]],
                            "started": ["type": "integer"],
                            "state": ["enum": ["running", "ended", "killed"]],
                            "code": ["type": ["integer", "null"]],
                            "waiting": ["type": ["integer", "null"]],
                            "turns": ["type": ["integer", "null"]],
                        ],
                    ],
                ])
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let given = arguments.value(of: "limit")
        guard let limit = given.map({ Int($0.text) }) ?? 20, limit > 0 else {
            throw UsageError(
                .malformed("number of runs", given?.description ?? "", "20"),
                command: arguments.command)
        }
        let state = try StateFolder.find()
        let place = try RunArguments.place(arguments)
        let all = try PastRun.all(in: state).filter { arguments.has("all") || $0.isOf(place) }
        // A line each for whoever reads on: only a person's terminal is too narrow.
        var page = Layout(columns: StandardStream.output.isTerminal ? Console.columns : .max)
        var rows: [JSONValue] = []
        var lines: [(String, String)] = []
        var news = try Upkeep.perform(in: place, state)
        for run in all.prefix(limit) {
            let waiting = try run.waiting(in: state)
            news += waiting?.news ?? []
            let wheres = arguments.has("all") ? ", in \(run.workspace ?? "?")" : ""
            lines.append(
                (
                    run.shortID,
                    "\(run.started.age)\(wheres): \(run.program)\(run.task.map { ": \($0)" } ?? ""), \(run.stateSentence)"
                        + (waiting.map { "; \($0.phrase)" } ?? "")
                ))
            rows.append(row(run, waiting))
        }
        page.rows(lines)
        if all.isEmpty { page.line("there was no run here") }
        if all.count > limit { page.line("and \(all.count - limit) more: --limit") }
        return Outcome(
            exit: .ok, text: page.text, fields: [.init(name: "runs", value: .array(rows))],
            diagnostics: news)
    }

    private static func row(_ run: PastRun, _ waiting: PastRun.Waiting?) -> JSONValue {
        func number(_ value: Int?) -> JSONValue {
            value.map { .number(JSONNumber($0)) } ?? .null
        }
        return [
            "id": .string(run.id),
            "workspace": run.workspace.map(JSONValue.string) ?? .null,
            "program": .string(run.program), "task": run.task.map(JSONValue.string) ?? .null,
            "started": .number(JSONNumber(run.started.nanoseconds / 1_000_000)),
            "state": .string(run.state.rawValue), "code": number(run.code),
            "waiting": number(waiting?.changes), "turns": number(waiting?.turns),
        ]
    }
}
