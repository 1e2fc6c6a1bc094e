import PiJSON
import PiSandbox
import PiSystem

/// Brings changes that wait into the workspace: all of a plan, or nothing of it.
///
/// A killed one is finished, or taken back if somebody has changed the workspace since, by the next command that
/// looks at the run.
struct Applying {
    private let run: WaitingRun
    private var state: StateFolder { run.state }

    init(_ run: WaitingRun) {
        self.run = run
    }

    /// Nothing has changed, or nothing but what the person has changed since.
    struct TakenBack: Error {
        let cause: any Error

        var diagnostic: Diagnostic {
            let reason = Failure.diagnostic(of: cause)
            return Diagnostic(
                severity: .error, message: "nothing was applied: \(reason.message)",
                help: reason.help, notes: reason.notes)
        }
    }

    /// The staging folder's names begin so; a person sees one only while an apply is under way.
    private static let stagingPrefix = ".pi-apply-"

    func perform(_ plan: ApplyPlan, keepingTimes: Bool) throws {
        let name = FilePath("\(Self.stagingPrefix)\(try RandomBytes.name(bytes: 8))")!
        var journal = ApplyJournal(staging: name, phase: .preparing, steps: [])
        try journal.write(for: run.id, in: state)
        do {
            let workspace = try run.below()
            try workspace.makeFolder(name, mode: 0o700)
            let staging = try Staging(
                workspace.folder(name, resolving: .inHostileTree), keepsTimes: keepingTimes)
            journal.steps = try staging.make(plan.drafts, from: run.layer(), for: workspace)
            try staging.folder.syncFileSystem()
            journal.phase = .forward
            try journal.write(for: run.id, in: state)
        } catch {
            journal.phase = .preparing
            try clearAway(journal)
            throw TakenBack(cause: error)
        }
        try goOn(&journal)
    }

    /// What became of an apply that was killed; nil if there was none.
    func recover() throws -> Recovered? {
        guard var journal = try ApplyJournal.read(for: run.id, in: state) else { return nil }
        switch journal.phase {
        case .preparing: break
        case .forward where try run.below().factsIfPresent(of: journal.staging) == nil:
            // The last step was to give it another name.
            try clearAway(journal)
            return .finished
        case .forward:
            do {
                try goOn(&journal)
                return .finished
            } catch is TakenBack {
                return .takenBack
            }
        case .back: try takeBack(&journal)
        }
        try clearAway(journal)
        return .takenBack
    }

    enum Recovered {
        case finished, takenBack

        func diagnostic(_ run: String) -> Diagnostic {
            let what =
                switch self {
                case .finished: "it is finished now"
                case .takenBack: "it was taken back, and the workspace is as it was"
                }
            return Diagnostic(
                severity: .warning,
                message: "the apply of run \(run) had been interrupted: \(what)",
                help: nil)
        }
    }

    private func goOn(_ journal: inout ApplyJournal) throws {
        do {
            let runner = try runner(for: journal)
            for step in journal.steps { try runner.take(step) }
            try runner.sync()
        } catch {
            try takeBack(&journal)
            try clearAway(journal)
            throw TakenBack(cause: error)
        }
        try run.below().rename(journal.staging, to: journal.finished, replacing: .refused)
        try clearAway(journal)
    }

    private func takeBack(_ journal: inout ApplyJournal) throws {
        journal.phase = .back
        try journal.write(for: run.id, in: state)
        // Without it nothing is left to take back.
        guard try run.below().factsIfPresent(of: journal.staging) != nil else { return }
        let runner = try runner(for: journal)
        for step in journal.steps.reversed() { try runner.takeBack(step) }
        try runner.sync()
    }

    private func runner(for journal: ApplyJournal) throws -> StepRunner {
        let workspace = try run.below()
        let staging = try workspace.folder(journal.staging, resolving: .inHostileTree)
        return StepRunner(workspace, staging: staging)
    }

    /// The staging folder with what is in it, and then the journal.
    private func clearAway(_ journal: ApplyJournal) throws {
        let workspace = try run.below()
        for name in [journal.staging, journal.finished]
        where try workspace.factsIfPresent(of: name) != nil {
            try LayerFolder.empty(workspace.folder(name, resolving: .inHostileTree))
            try workspace.remove(name, isFolder: true)
        }
        try ApplyJournal.remove(for: run.id, in: state)
    }
}
