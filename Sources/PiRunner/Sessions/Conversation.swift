import PiAgent
import PiJSON
import PiSystem

/// The conversation of a run, which goes back and forth with its files.
enum Conversation {
    private static let undone = "pi-runner.undone"

    /// Moves the leaf of the run's session to before a turn, or to where it was.
    ///
    /// What can't be moved is told: the files are as they were asked for all the same.
    static func move(
        _ direction: RunHistory.Direction, turn: Int, of run: WaitingRun
    ) -> [Diagnostic] {
        do {
            guard let session = try session(of: run) else { return [] }
            switch direction {
            case .undo: try goBack(before: turn, of: run, in: session)
            case .redo: try goForth(to: turn, of: run, in: session)
            }
            return []
        } catch {
            let told = Failure.diagnostic(of: error)
            return [
                Diagnostic(
                    severity: .warning,
                    message: "the conversation of the run is where it was: \(told.message)",
                    help: told.help)
            ]
        }
    }

    /// Nil for a run without one.
    private static func session(of run: WaitingRun) throws -> Session? {
        let state = try StateFolder.find()
        let past = try PastRun.find(RawText(run.id), in: run.workspace, state)
        guard let path = past.records.last?["session"]?.string.flatMap({ FilePath($0) }),
            let name = path.name
        else { return nil }
        return try SessionStore(state).open(
            SessionStore.Place(folder: path.parent, name: name), for: .writing)
    }

    private static func goBack(before turn: Int, of run: WaitingRun, in session: Session) throws {
        var note: TurnNote?
        try forEachCustom(in: session) { entry in
            guard let found = TurnNote(entry), found.change["run"]?.string == run.id,
                found.change["layer"]?.number?.int == turn
            else { return }
            note = found
        }
        guard let note else { return }
        let leaf = session.leaf
        try session.append(
            .custom(
                type: undone,
                data: [
                    "run": .string(run.id), "layer": .number(JSONNumber(turn)),
                    "from": leaf.map(JSONValue.string) ?? .null,
                ]), behind: note.before)
    }

    private static func goForth(to turn: Int, of run: WaitingRun, in session: Session) throws {
        var from: String?
        try forEachCustom(in: session) { entry in
            guard case .custom(undone, let data?) = entry.content,
                data["run"]?.string == run.id, data["layer"]?.number?.int == turn
            else { return }
            from = data["from"]?.string
        }
        guard let from else { return }
        try session.append(
            .custom(type: "pi-runner.redone", data: ["run": .string(run.id)]), behind: from)
    }

    private static func forEachCustom(
        in session: Session, _ visit: (SessionEntry) throws -> Void
    ) throws {
        for link in session.links where link.type == "custom" {
            if let entry = try session.entry(link.id) { try visit(entry) }
        }
    }
}
