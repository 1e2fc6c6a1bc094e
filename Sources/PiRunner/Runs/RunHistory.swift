import PiSystem

/// What can be taken back of a run, or brought again: its applies and its turns, in the order in which they came.
struct RunHistory {
    enum Direction { case undo, redo }

    enum Step {
        case turn(at: WallInstant)
        case apply(ApplyJournal)

        /// When it was done, or taken back.
        func time(_ direction: Direction) -> WallInstant {
            switch self {
            case .turn(let time): time
            case .apply(let record): direction == .undo ? record.applied : record.done
            }
        }
    }

    private let run: WaitingRun
    private let records: [ApplyJournal]

    init(of run: WaitingRun) throws {
        self.run = run
        records = try UndoStore(of: run).records()
    }

    /// Nil if there is nothing.
    func next(_ direction: Direction) throws -> Step? {
        switch direction {
        case .undo:
            let apply = records.last { $0.kind != .undo }
            guard let turns = try run.turns(), let turn = turns.kept.last, turn > apply?.turn ?? 0
            else { return apply.map(Step.apply) }
            return .turn(at: try turns.start(of: turn))
        case .redo:
            let last = records.map(\.applied).max()
            // What was applied after it takes its place.
            let apply = records.filter { $0.kind == .undo && $0.done > last ?? $0.done }
                .max { $0.done < $1.done }
            guard let turns = try run.turns(), let turn = turns.undone.first,
                turn <= apply?.turn ?? .max
            else { return apply.map(Step.apply) }
            return .turn(at: try turns.whenTakenBack(turn))
        }
    }

    // MARK: - Of all runs

    /// The one that `given` begins, or the one that did something in the workspace last.
    static func find(
        _ given: RawText?, _ direction: Direction, in place: () throws -> String,
        _ state: StateFolder
    ) throws -> WaitingRun {
        let all = try WaitingRun.withHistory(in: state)
        if let given {
            return try WaitingRun.choose(given, of: all).ended()
        }
        let workspace = try place()
        var newest: (run: WaitingRun, time: WallInstant)?
        var lastApplied = WallInstant(nanoseconds: .min)
        for run in all where try run.isAtWork(in: workspace) && !run.isAlive {
            let history = try RunHistory(of: run)
            lastApplied = max(lastApplied, history.records.map(\.applied).max() ?? lastApplied)
            guard let step = try history.next(direction) else { continue }
            let time = step.time(direction)
            if newest.map({ $0.time < time }) ?? true { newest = (run, time) }
        }
        guard let newest, direction == .undo || newest.time > lastApplied else {
            throw WaitingRun.NotFound.nothingDone(in: workspace, direction)
        }
        return try newest.run.ended()
    }
}
