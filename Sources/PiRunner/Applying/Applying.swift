import PiJSON
import PiSandbox
import PiSystem

/// Brings changes that wait into the workspace, or takes them out again: all of a plan, or nothing of it.
///
/// A killed one is finished, or taken back if somebody has changed the workspace since, by the next command that
/// looks at the run.
struct Applying {
    private let run: WaitingRun
    private let store: UndoStore
    private var state: StateFolder { run.state }

    init(_ run: WaitingRun) {
        self.run = run
        store = UndoStore(of: run)
    }

    /// Nothing has changed, or nothing but what the person has changed since.
    struct TakenBack: Error {
        let kind: ApplyJournal.Kind
        let cause: any Error

        var diagnostic: Diagnostic {
            let reason = Failure.diagnostic(of: cause)
            return Diagnostic(
                severity: .error, message: "\(kind.failure): \(reason.message)",
                help: reason.help, notes: reason.notes)
        }
    }

    /// A person sees it only while an apply is under way.
    private static func stagingName() throws -> FilePath {
        FilePath(".pi-apply-\(try RandomBytes.name(bytes: 8))")!
    }

    // MARK: - There

    /// What is replaced is kept, to be taken back; why it is not, if it is not.
    func perform(
        _ plan: ApplyPlan, keepingTimes: Bool, keepingOld: Bool = true
    ) throws -> [Diagnostic] {
        try withStaging { staging in
            let now = Clock<TimeOfDay>.system.now
            var journal = ApplyJournal(
                kind: .apply, staging: staging, isKept: keepingOld, applied: now, done: now,
                turn: try run.newestTurn())
            try prepare(&journal) { folder, workspace in
                let staging = Staging(folder, keepsTimes: keepingTimes)
                return try staging.make(plan.drafts, from: run.layer(), for: workspace)
            }
            return try goOn(&journal)
        }
    }

    /// Where things are kept, if a rename leads from there to the workspace; else in the workspace.
    private func withStaging(
        _ act: (ApplyJournal.Staging) throws -> [Diagnostic]
    ) throws -> [Diagnostic] {
        let isOneFileSystem =
            try run.below().facts(of: ".").device == run.runFolder().facts(of: ".").device
        if isOneFileSystem {
            do {
                return try act(.init(number: store.begin(), name: nil))
            } catch let error as TakenBack
                where (error.cause as? SystemError)?.errno == .crossDevice
            {
                // One file system, and two mounts of it.
            }
        }
        return try act(.init(number: store.begin(), name: Self.stagingName()))
    }

    /// Everything that is to come is made and on disk before the first step.
    private func prepare(
        _ journal: inout ApplyJournal,
        _ make: (consuming Folder, borrowing Folder) throws -> [ApplyStep]
    ) throws {
        try journal.write(for: run.id, in: state)
        do {
            let workspace = try run.below()
            if let name = journal.staging.name {
                try workspace.makeFolder(name, mode: 0o700)
            } else {
                try store.makeFolder(journal.staging.number)
            }
            journal.steps = try make(folder(of: journal), workspace)
            try folder(of: journal).syncFileSystem()
            journal.phase = .forward
            try journal.write(for: run.id, in: state)
        } catch {
            try clearAway(journal)
            throw TakenBack(kind: journal.kind, cause: error)
        }
    }

    // MARK: - And back

    /// Somebody has changed what an apply left there.
    struct Changed: Error {
        let kind: ApplyJournal.Kind
        let paths: [FilePath]

        var diagnostic: Diagnostic {
            let verb = kind == .undo ? "`redo`" : "`undo`"
            return Diagnostic(
                severity: .error,
                message:
                    "\(kind.failure): \(LeftOut.shown(paths)) changed in the workspace since",
                help:
                    "--force replaces what is there now and keeps it: \(verb) brings it back")
        }
    }

    /// Takes an apply back, or brings again what was taken back; where something was done, and why there is no way back.
    func reverse(
        _ record: ApplyJournal, as kind: ApplyJournal.Kind, force: Bool
    ) throws -> (paths: [FilePath], remarks: [Diagnostic]) {
        let way = try Reversal(of: record.steps, in: run.below())
        guard force || way.changed.isEmpty else { throw Changed(kind: kind, paths: way.changed) }
        var journal = ApplyJournal(
            kind: kind, staging: record.staging, isKept: true, applied: record.applied,
            done: Clock<TimeOfDay>.system.now, turn: record.turn, steps: way.steps)
        if record.staging.name == nil {
            journal.phase = .forward
            try journal.write(for: run.id, in: state)
        } else {
            journal.staging = try .init(number: record.staging.number, name: Self.stagingName())
            let kept = try store.folder(record.staging.number)
            try prepare(&journal) { folder, _ in
                let staging = Staging(folder, keepsTimes: true)
                return try staging.copy(way.steps, from: kept)
            }
        }
        return (way.paths, try goOn(&journal))
    }

    // MARK: - After a killed one

    /// What became of an apply that was killed; nil if there was none.
    func recover() throws -> Recovered? {
        guard var journal = try ApplyJournal.read(for: run.id, in: state) else { return nil }
        switch journal.phase {
        case .preparing: break
        case .forward:
            do {
                // The last step was to give the folder another name.
                if try isStanding(journal) {
                    try leave(journal)
                } else {
                    _ = try goOn(&journal)
                }
                return Recovered(kind: journal.kind, isFinished: true)
            } catch is TakenBack {
                return Recovered(kind: journal.kind, isFinished: false)
            }
        case .back: try takeBack(&journal)
        }
        try clearAway(journal)
        return Recovered(kind: journal.kind, isFinished: false)
    }

    private func isStanding(_ journal: ApplyJournal) throws -> Bool {
        guard let name = journal.staging.name else { return false }
        return try run.below().factsIfPresent(of: name) == nil
    }

    struct Recovered {
        let kind: ApplyJournal.Kind
        let isFinished: Bool

        func diagnostic(_ run: String) -> Diagnostic {
            Diagnostic(
                severity: .warning,
                message:
                    "the \(kind.rawValue) of run \(run) had been interrupted: \(isFinished ? "it is finished now" : "it was taken back, and the workspace is as it was")",
                help: nil)
        }
    }

    // MARK: - Steps

    private func folder(of journal: ApplyJournal) throws -> Folder {
        guard let name = journal.staging.name else {
            return try store.folder(journal.staging.number)
        }
        return try run.below().folder(name, resolving: .inHostileTree)
    }

    private func goOn(_ journal: inout ApplyJournal) throws -> [Diagnostic] {
        do {
            let runner = try StepRunner(run.below(), staging: folder(of: journal))
            for step in journal.steps { try runner.take(step) }
            try runner.sync()
        } catch {
            try takeBack(&journal)
            try clearAway(journal)
            throw TakenBack(kind: journal.kind, cause: error)
        }
        return try finish(&journal)
    }

    private func finish(_ journal: inout ApplyJournal) throws -> [Diagnostic] {
        var remarks: [Diagnostic] = []
        try run.settle(journal.steps.compactMap(\.movedPath))
        if let name = journal.staging.name {
            do {
                if journal.isKept { try keepCopy(of: journal) }
            } catch let error as SystemError {
                // What was asked for is done, and is not undone for this.
                journal.isKept = false
                try journal.write(for: run.id, in: state)
                remarks = [Self.notKept(error, journal.kind)]
            }
            try run.below().rename(
                name, to: ApplyJournal.Staging.finished(name), replacing: .refused)
        }
        try leave(journal)
        return remarks
    }

    private static func notKept(_ error: SystemError, _ kind: ApplyJournal.Kind) -> Diagnostic {
        let reason = Failure.diagnostic(of: error)
        let way = kind == .undo ? "redo" : "undo"
        return Diagnostic(
            severity: .warning,
            message: "`\(way)` will have nothing to go back to: \(reason.message)",
            help: reason.help, notes: reason.notes)
    }

    /// The new tree stands: the journal becomes the record, and what has no use any more goes.
    private func leave(_ journal: ApplyJournal) throws {
        try store.takeCopy(journal.staging.number)
        try removeStaging(journal)
        try store.keep(journal.staging.number)
        if !journal.isKept { try store.drop(journal.staging.number) }
    }

    /// What has come out of the workspace, where no rename leads.
    private func keepCopy(of journal: ApplyJournal) throws {
        let staging = try folder(of: journal)
        let kept = try Staging(store.makeCopy(journal.staging.number), keepsTimes: true)
        _ = try kept.copy(journal.steps.map(\.reversed), from: staging)
        try kept.folder.syncFileSystem()
    }

    private func takeBack(_ journal: inout ApplyJournal) throws {
        journal.phase = .back
        try journal.write(for: run.id, in: state)
        let staging: Folder
        do {
            staging = try folder(of: journal)
        } catch let error as SystemError where error.errno == .noSuchFile {
            // Without it nothing is left to take back.
            return
        }
        let runner = try StepRunner(run.below(), staging: staging)
        for step in journal.steps.reversed() { try runner.takeBack(step) }
        try runner.sync()
    }

    /// The staging folder with what is in it, and then the journal; what an earlier apply replaced stays.
    private func clearAway(_ journal: ApplyJournal) throws {
        try removeStaging(journal)
        try store.dropCopy(journal.staging.number)
        if journal.kind == .apply { try store.drop(journal.staging.number) }
        try ApplyJournal.remove(for: run.id, in: state)
    }

    /// That of the workspace.
    private func removeStaging(_ journal: ApplyJournal) throws {
        guard let name = journal.staging.name else { return }
        let workspace = try run.below()
        for name in [name, ApplyJournal.Staging.finished(name)] {
            try LayerFolder.remove(name, from: workspace)
        }
    }
}
