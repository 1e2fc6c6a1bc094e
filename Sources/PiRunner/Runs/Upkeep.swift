import PiJSON
import PiSystem

/// What is done before anything else by each command that looks at runs.
enum Upkeep {
    /// Finishes what was killed in a workspace, and drops what has waited for too long; what became of it.
    static func perform(in workspace: String, _ state: StateFolder) throws -> [Diagnostic] {
        try finishKilled(in: workspace, state) + dropExpired(state)
    }

    /// What is under way is let be.
    private static func finishKilled(
        in workspace: String, _ state: StateFolder
    ) throws -> [Diagnostic] {
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

    static func dropExpired(_ state: StateFolder) throws -> [Diagnostic] {
        try WaitingRun.all(in: state).flatMap { run -> [Diagnostic] in
            do {
                guard try run.isOver() else { return [] }
                let held = try HeldRun(run)
                defer { withExtendedLifetime(held) {} }
                // Before it was ours somebody may have gone on with it, or dropped it.
                guard let now = try WaitingRun(run.id, in: state), try now.isOver() else {
                    return held.news
                }
                let hadAny = try now.newestTurn() > 0
                try now.discard()
                return held.news + (hadAny ? [dropped(run)] : [])
            } catch is WaitingRun.NotFound {
                // Another command is at it, or has just dropped it.
                return []
            } catch {
                // One that can't be dropped is in nobody's way.
                return [Failure.diagnostic(of: error).raised(to: .warning)]
            }
        }
    }

    private static func dropped(_ run: WaitingRun) -> Diagnostic {
        Diagnostic(
            severity: .warning,
            message:
                "what run \(run.id) had changed in \(SafeText(run.workspace, limit: 200)) was dropped: it had waited for as long as its policy lets it",
            help: "`workspace.discard` of its policy says how long")
    }
}
