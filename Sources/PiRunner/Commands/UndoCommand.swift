import PiJSON
import PiSystem

/// `pi-runner undo [N]`, and `redo`: takes the last turns of a run back, and brings them again.
enum UndoCommand {
    static let command = make(
        .undo, name: "undo", summary: "take back what the last turns of a run have written",
        about:
            "Each `exec` on a run is a turn, and what it wrote is kept apart. What is taken back can be brought again by `redo` until something new is written.",
        example: .init(line: "pi-runner undo 2", summary: "the last two turns never were"))

    static let opposite = make(
        .redo, name: "redo", summary: "bring again what `undo` took back",
        about: "Until something new is written.",
        example: .init(line: "pi-runner redo", summary: "after all"))

    private enum Direction { case undo, redo }

    private static let turns = Command.Operand(
        name: "N", count: .optional, summary: "how many turns; one if it is left out", value: .text)

    private static func make(
        _ direction: Direction, name: String, summary: String, about: String,
        example: Command.Example
    ) -> Command {
        Command(
            name: name, summary: summary, about: [about], operands: [turns],
            options: [
                .init(
                    name: "run", short: nil, argument: .required("RUN", .text),
                    summary:
                        "the beginning of its name; the newest whose changes wait here if it is left out"
                ),
                RunArguments.workspace,
            ],
            examples: [example], exitCodes: [],
            result: [
                .init(name: "run", schema: ["type": "string"]),
                .init(name: "turns", schema: ["type": "integer"]),
                .init(name: "left", schema: ["type": "integer"]),
                .init(name: "changes", schema: ["type": "integer"]),
            ], perform: { try outcome($0, direction) })
    }

    private static func outcome(
        _ arguments: Arguments, _ direction: Direction
    ) throws -> Outcome {
        let given = arguments.operands.first
        guard let wanted = given.map({ Int($0.text) }) ?? 1, wanted > 0 else {
            throw UsageError(
                .malformed("number of turns", given?.description ?? "", "1"),
                command: arguments.command)
        }
        let held = try HeldRun(
            WaitingRun.find(
                arguments.value(of: "run"), in: RunArguments.place(arguments), StateFolder.find()))
        let run = held.run
        guard var turns = try run.turns() else { throw WaitingRun.NotFound.noTurn(run.id) }
        var done = 0
        while done < wanted,
            try direction == .undo ? turns.undo() : turns.redo()
        {
            done += 1
        }
        guard done > 0 else { throw WaitingRun.NotFound.noTurn(run.id) }
        let (left, changes) = (turns.kept.count, try run.changes().count)
        let did = direction == .undo ? "took back" : "brought again"
        let count = "\(done) \(done == 1 ? "turn" : "turns")"
        let now = "\(changes) \(changes == 1 ? "change waits" : "changes wait") now"
        return Outcome(
            exit: .ok, text: "\(did) \(count) of run \(run.id): \(left) left, \(now)\n",
            fields: [
                .init(name: "run", value: .string(run.id)),
                .init(name: "turns", value: .number(JSONNumber(done))),
                .init(name: "left", value: .number(JSONNumber(left))),
                .init(name: "changes", value: .number(JSONNumber(changes))),
            ], diagnostics: held.news)
    }
}
