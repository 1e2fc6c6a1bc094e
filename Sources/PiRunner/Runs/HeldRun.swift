import PiJSON
import PiSystem

/// A run whose changes wait, for one command alone until it is let go of.
struct HeldRun: ~Copyable {
    let run: WaitingRun
    /// What became of applies that were killed.
    let news: [Diagnostic]
    private let lock: FileLock

    init(_ run: WaitingRun, news heard: [Diagnostic] = []) throws {
        let lock = try run.lock()
        // While it was waited for somebody may have dropped it.
        guard try run.isKnown else { throw WaitingRun.NotFound.none(in: run.workspace) }
        news = try heard + (Applying(run).recover().map { [$0.diagnostic(run.id)] } ?? [])
        self.run = run
        self.lock = lock
    }
}
