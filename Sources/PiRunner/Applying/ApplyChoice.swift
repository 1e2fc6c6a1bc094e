import PiSandbox
import PiSystem

/// Which of a run's changes are to come into the workspace, which are not, and which stand in the way of all.
struct ApplyChoice {
    let plan: ApplyPlan
    /// They still wait afterwards.
    let leftOut: LeftOut
    /// As long as there is any, nothing is applied.
    let refused: LeftOut

    /// Those that are named, or all; `force` takes what a person would have to look at.
    init(
        from all: [WaitingChange], of run: WaitingRun, only: ChosenPaths? = nil, force: Bool
    ) throws {
        let chosen = Set(all.filter { only?.contain($0) ?? true }.map(\.change.path))
        if only != nil, chosen.isEmpty {
            throw WaitingRun.NotFound.noChange(run.id, at: only?.typed ?? [])
        }
        var (leftOut, refused) = (LeftOut(), LeftOut())
        for change in all where chosen.contains(change.change.path) {
            if let reason = change.isLeftOut {
                leftOut.add(change.change.path, reason)
            } else if let reason = change.isDoubtful, !force {
                refused.add(change.change.path, reason)
            }
        }
        let unfit = Set(all.filter { $0.isLeftOut != nil }.map(\.change.path))
        plan = try ApplyPlan(
            all.map(\.change),
            wanted: { chosen.contains($0.path) && !unfit.contains($0.path) }, in: run.below())
        for path in plan.heldBack { leftOut.add(path, .heldBack) }
        self.leftOut = leftOut
        self.refused = refused
    }

    var applied: [FilePath] { refused.isEmpty ? plan.applied.map(\.path) : [] }
}
