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

    /// The staging folder's names begin so; a person sees one only while an apply is under way.
    private static let stagingPrefix = ".pi-apply-"

    // MARK: - There

    /// What is replaced is kept to be taken back, if the run's folder lies where a rename leads to it.
    func perform(_ plan: ApplyPlan, keepingTimes: Bool, keepingOld: Bool = true) throws {
        let isOneFileSystem =
            try run.below().facts(of: ".").device == run.runFolder().facts(of: ".").device
        if isOneFileSystem {
            do {
                return try perform(
                    plan, keepingTimes, in: .store(store.begin()), keepingOld: keepingOld)
            } catch let error as TakenBack
                where (error.cause as? SystemError)?.errno == .crossDevice
            {
                // One file system, and two mounts of it.
            }
        }
        let name = FilePath("\(Self.stagingPrefix)\(try RandomBytes.name(bytes: 8))")!
        try perform(plan, keepingTimes, in: .workspace(name), keepingOld: false)
    }

    private func perform(
        _ plan: ApplyPlan, _ keepingTimes: Bool, in place: ApplyJournal.Staging, keepingOld: Bool
    ) throws {
        let now = Clock<TimeOfDay>.system.now
        var journal = ApplyJournal(
            kind: .apply, staging: place, isKept: keepingOld, applied: now, done: now,
            turn: try run.newestTurn())
        try journal.write(for: run.id, in: state)
        do {
            let workspace = try run.below()
            if case .workspace(let name) = place { try workspace.makeFolder(name, mode: 0o700) }
            let staging = try Staging(folder(of: journal), keepsTimes: keepingTimes)
            journal.steps = try staging.make(plan.drafts, from: run.layer(), for: workspace)
            try staging.folder.syncFileSystem()
            journal.phase = .forward
            try journal.write(for: run.id, in: state)
        } catch {
            try clearAway(journal)
            throw TakenBack(kind: .apply, cause: error)
        }
        try goOn(&journal)
    }

    // MARK: - And back

    /// Somebody has changed what an apply left there.
    struct Changed: Error {
        let kind: ApplyJournal.Kind
        let paths: [FilePath]

        var diagnostic: Diagnostic {
            let shown = paths.prefix(5).map { SafeText(bytes: $0.bytes, limit: 200).description }
            let more = paths.count > 5 ? " and \(paths.count - 5) more" : ""
            let verb = kind == .undo ? "`redo`" : "`undo`"
            return Diagnostic(
                severity: .error,
                message:
                    "\(kind.failure): \(shown.joined(separator: ", "))\(more) changed in the workspace since",
                help:
                    "--force replaces what is there now and keeps it: \(verb) brings it back")
        }
    }

    /// Takes an apply back, or brings again what was taken back; the paths at which something was done.
    func reverse(_ record: ApplyJournal, as kind: ApplyJournal.Kind, force: Bool) throws -> [FilePath]
    {
        let way = try Reversal(of: record.steps, in: run.below())
        guard force || way.changed.isEmpty else { throw Changed(kind: kind, paths: way.changed) }
        var journal = ApplyJournal(
            kind: kind, staging: record.staging, isKept: true, applied: record.applied,
            done: Clock<TimeOfDay>.system.now, turn: record.turn, phase: .forward, steps: way.steps)
        try journal.write(for: run.id, in: state)
        try goOn(&journal)
        return way.paths
    }

    // MARK: - After a killed one

    /// What became of an apply that was killed; nil if there was none.
    func recover() throws -> Recovered? {
        guard var journal = try ApplyJournal.read(for: run.id, in: state) else { return nil }
        switch (journal.phase, journal.staging) {
        case (.preparing, _): break
        case (.forward, .workspace(let name))
        where try run.below().factsIfPresent(of: name) == nil:
            // The last step was to give it another name.
            try clearAway(journal)
            return Recovered(kind: journal.kind, isFinished: true)
        case (.forward, _):
            do {
                try goOn(&journal)
                return Recovered(kind: journal.kind, isFinished: true)
            } catch is TakenBack {
                return Recovered(kind: journal.kind, isFinished: false)
            }
        case (.back, _): try takeBack(&journal)
        }
        try clearAway(journal)
        return Recovered(kind: journal.kind, isFinished: false)
    }

    /// Whatever was killed in a workspace, and what became of it; what is under way is let be.
    static func recoverAll(in workspace: String, _ state: StateFolder) throws -> [Diagnostic] {
        let unfinished = Set(try ApplyJournal.runs(in: state))
        guard !unfinished.isEmpty else { return [] }
        var news: [Diagnostic] = []
        for run in try WaitingRun.withHistory(in: state)
        where try unfinished.contains(run.id) && run.isAtWork(in: workspace) && !run.isAlive {
            let held = try HeldRun(run)
            news += held.news
            // Nothing is left if all was taken.
            if try WaitingRun(run.id, in: state) != nil { _ = try run.discardIfEmpty() }
        }
        return news
    }

    struct Recovered {
        let kind: ApplyJournal.Kind
        let isFinished: Bool

        func diagnostic(_ run: String) -> Diagnostic {
            Diagnostic(
                severity: .warning,
                message:
                    "the \(kind.noun) of run \(run) had been interrupted: \(isFinished ? "it is finished now" : "it was taken back, and the workspace is as it was")",
                help: nil)
        }
    }

    // MARK: - Steps

    private func folder(of journal: ApplyJournal) throws -> Folder {
        switch journal.staging {
        case .store(let number): try store.staging(number)
        case .workspace(let name): try run.below().folder(name, resolving: .inHostileTree)
        }
    }

    private func goOn(_ journal: inout ApplyJournal) throws {
        do {
            let runner = try StepRunner(run.below(), staging: folder(of: journal))
            for step in journal.steps { try runner.take(step) }
            try runner.sync()
        } catch {
            try takeBack(&journal)
            try clearAway(journal)
            throw TakenBack(kind: journal.kind, cause: error)
        }
        try finish(journal)
    }

    private func finish(_ journal: ApplyJournal) throws {
        switch journal.staging {
        case .store(let number):
            if journal.kind != .apply { try run.settle(journal.steps.map(\.path)) }
            try store.keep(number)
            if !journal.isKept { try store.drop(number) }
        case .workspace(let name):
            try run.below().rename(name, to: ApplyJournal.Staging.finished(name), replacing: .refused)
            try clearAway(journal)
        }
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
        switch journal.staging {
        case .store(let number) where journal.kind == .apply:
            try store.drop(number)
        case .store: break
        case .workspace(let name):
            let workspace = try run.below()
            for name in [name, ApplyJournal.Staging.finished(name)]
            where try workspace.factsIfPresent(of: name) != nil {
                try LayerFolder.empty(workspace.folder(name, resolving: .inHostileTree))
                try workspace.remove(name, isFolder: true)
            }
        }
        try ApplyJournal.remove(for: run.id, in: state)
    }
}
