import PiJSON
import PiSystem

/// `pi-runner gc`: removes what is left of runs that are done with.
enum CollectCommand {
    static let command = Command(
        name: "gc",
        summary: "remove what is left of runs that are done with",
        about: [
            """
            Records of runs that ended long ago, what `undo` would take back of them, and what a killed `apply` or `discard` did not \
            get to. What waits to be \
            looked at is not touched, however old it is, unless its policy says how long it is kept; nor is a run that is \
            under way.
            """
        ],
        operands: [],
        options: [
            .init(
                name: "older-than", short: nil, argument: .required("DAYS", .text),
                summary: "how long ago is long; 30 if it is left out"),
            .init(
                name: "dry-run", short: "n", argument: .none,
                summary: "say what would be removed, and do nothing"),
        ],
        examples: [.init(line: "pi-runner gc --older-than 7", summary: "keep a week")],
        exitCodes: [],
        result: [
            .init(name: "removed", schema: ["type": "array", "items": ["type": "string"]]),
            .init(name: "dry_run", schema: ["type": "boolean"]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let given = arguments.value(of: "older-than")
        guard let days = given.map({ Int64($0.text) }) ?? 30, (0...100_000).contains(days) else {
            throw UsageError(
                .malformed("number of days", given?.description ?? "", "30"),
                command: arguments.command)
        }
        let isTrial = arguments.has("dry-run")
        let state = try StateFolder.find()
        let news = isTrial ? [] : try Upkeep.dropExpired(state)
        let limit = Clock<TimeOfDay>.system.now.nanoseconds - days * 86_400 * 1_000_000_000
        var old = try PastRun.all(in: state).filter { run in
            try run.state != .alive && run.started.nanoseconds <= limit
                && WaitingRun(run.id, in: state) == nil
                && !ApplyJournal.exists(for: run.id, in: state)
        }
        if !isTrial { old = try old.filter { try $0.remove(from: state) } }
        let count = counted(old.count, "run", "runs")
        return Outcome(
            exit: .ok, text: "\(isTrial ? "would remove" : "removed") the records of \(count)\n",
            fields: [
                .init(name: "removed", value: .array(old.map { .string($0.id) })),
                .init(name: "dry_run", value: .bool(isTrial)),
            ], diagnostics: news)
    }
}
