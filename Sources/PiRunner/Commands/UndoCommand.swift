import PiJSON
import PiSystem

/// `pi-runner undo [N]`, and `redo`: takes back what a run did last, and brings it again.
enum UndoCommand {
    static let command = make(
        .undo, name: "undo", summary: "take back what a run has applied or written last",
        about:
            """
            What came into the workspace by `apply`, or by itself under `mode: direct`, goes again, and what was there comes \
            back, the very same files. What still waits goes turn by turn: each `exec` on a run is one. If somebody has changed \
            what was applied since, nothing is taken back. `redo` brings all of it again, until something new is written.
            """,
        example: .init(line: "pi-runner undo 2", summary: "the last two turns never were"))

    static let opposite = make(
        .redo, name: "redo", summary: "bring again what `undo` took back",
        about: "Until something new is written.",
        example: .init(line: "pi-runner redo", summary: "after all"))

    private static let turns = Command.Operand(
        name: "N", count: .optional, summary: "how many applies or turns; one if it is left out",
        value: .text)

    private static func make(
        _ direction: RunHistory.Direction, name: String, summary: String, about: String,
        example: Command.Example
    ) -> Command {
        Command(
            name: name, summary: summary, about: [about], operands: [turns],
            options: [
                .init(
                    name: "run", short: nil, argument: .required("RUN", .text),
                    summary:
                        "the beginning of its name; the one that did something here last if it is left out"
                ),
                .init(
                    name: "force", short: nil, argument: .none,
                    summary: "also what was changed since; it is kept, and comes back the other way"
                ),
                RunArguments.workspace,
            ],
            examples: [example], exitCodes: [.refused],
            result: [
                .init(name: "run", schema: ["type": "string"]),
                .init(name: "applies", schema: ["type": "integer"]),
                .init(name: "names", schema: ["type": "array", "items": ["type": "string"]]),
                .init(name: "turns", schema: ["type": "integer"]),
                .init(name: "left", schema: ["type": "integer"]),
                .init(name: "changes", schema: ["type": "integer"]),
            ], perform: { try outcome($0, direction) })
    }

    private static func outcome(
        _ arguments: Arguments, _ direction: RunHistory.Direction
    ) throws -> Outcome {
        let given = arguments.operands.first
        guard let wanted = given.map({ Int($0.text) }) ?? 1, wanted > 0 else {
            throw UsageError(
                .malformed("number of turns", given?.description ?? "", "1"),
                command: arguments.command)
        }
        let named = arguments.value(of: "run")
        var told = Told()
        repeat {
            do {
                let held = try RunArguments.held(named, arguments) { place, state in
                    try RunHistory.find(named, direction, in: place, state)
                }
                try take(
                    wanted - told.count, of: held.run, direction, arguments.has("force"), &told,
                    held.news)
            } catch  where error is WaitingRun.NotFound && told.count > 0 {
                // There were fewer than that.
                break
            }
        } while told.exit == .ok && told.count < wanted && named == nil
        if told.exit == .ok, told.count < wanted { told.thatWasAll() }
        return told.outcome
    }

    /// As many as there are of one run.
    private static func take(
        _ wanted: Int, of run: WaitingRun, _ direction: RunHistory.Direction, _ force: Bool,
        _ told: inout Told, _ news: [Diagnostic]
    ) throws {
        var done = Done()
        var failure: Diagnostic?
        do {
            while done.count < wanted, let step = try RunHistory(of: run).next(direction) {
                switch step {
                case .turn:
                    guard var turns = try run.turns(),
                        let turn = direction == .undo ? turns.kept.last : turns.undone.first,
                        try direction == .undo ? turns.undo() : turns.redo()
                    else { throw WaitingRun.NotFound.noTurn(run.id) }
                    done.turns += 1
                    done.remarks += Conversation.move(direction, turn: turn, of: run)
                case .apply(let record):
                    let (paths, remarks) = try Applying(run).reverse(
                        record, as: direction == .undo ? .undo : .redo, force: force)
                    done.names += paths
                    done.remarks += remarks
                    done.applies += 1
                }
            }
        } catch let error as Applying.TakenBack where done.count + told.count > 0 {
            failure = error.diagnostic
            told.exit = .failed
        } catch let error as Applying.Changed {
            failure = error.diagnostic
            told.exit = .refused
        }
        guard done.count > 0 || failure != nil else { throw WaitingRun.NotFound.noTurn(run.id) }
        try told.add(done, of: run, direction, left(of: run), news + [failure].compactMap { $0 })
    }

    private struct Done {
        var (turns, applies) = (0, 0)
        var names: [FilePath] = []
        var remarks: [Diagnostic] = []
        var count: Int { turns + applies }
    }

    private struct Left {
        let turns: Int
        let changes: Int
    }

    private static func left(of run: WaitingRun) throws -> Left {
        guard let turns = try run.turns() else { return Left(turns: 0, changes: 0) }
        return Left(turns: turns.kept.count, changes: try run.changes().count)
    }

    /// What was done, of one run after the other.
    private struct Told {
        var exit = ExitCode.ok
        private var text = ""
        private var run = ""
        private var done = Done()
        private var left = Left(turns: 0, changes: 0)
        private var diagnostics: [Diagnostic] = []
        var count: Int { done.count }

        /// More was asked for.
        mutating func thatWasAll() {
            diagnostics.append(
                Diagnostic(
                    severity: .warning,
                    message: "there was no more: \(count) and not as many as were asked for",
                    help: nil))
        }

        mutating func add(
            _ more: Done, of run: WaitingRun, _ direction: RunHistory.Direction, _ left: Left,
            _ diagnostics: [Diagnostic]
        ) {
            let did = direction == .undo ? "took back" : "brought again"
            var page = Layout(columns: Console.columns)
            if more.applies > 0 {
                let names = counted(more.names.count, "name", "names")
                page.paragraph(
                    "\(did) \(counted(more.applies, "apply", "applies")) of run \(run.id): \(names) in \(SafeText(run.workspace, limit: 200))"
                )
            }
            if more.turns > 0 {
                page.paragraph(
                    "\(did) \(counted(more.turns, "turn", "turns")) of run \(run.id): \(left.turns) left, \(counted(left.changes, "change waits", "changes wait")) now"
                )
            }
            text += page.text
            done.turns += more.turns
            done.applies += more.applies
            done.names += more.names
            self.run = run.id
            self.left = left
            self.diagnostics += more.remarks + diagnostics
        }

        var outcome: Outcome {
            Outcome(
                exit: exit, text: text,
                fields: [
                    .init(name: "run", value: .string(run)),
                    .init(name: "applies", value: .number(JSONNumber(done.applies))),
                    .init(name: "names", value: .array(done.names.map { .string($0.text) })),
                    .init(name: "turns", value: .number(JSONNumber(done.turns))),
                    .init(name: "left", value: .number(JSONNumber(left.turns))),
                    .init(name: "changes", value: .number(JSONNumber(left.changes))),
                ], diagnostics: diagnostics)
        }
    }
}
