import PiSandbox
import PiSystem

/// What a run has changed that saw other files than those of the workspace.
///
/// It has changed what differs from what it saw. Where the workspace has what it saw, or neither has anything, this can be
/// taken over, and where it has what an earlier turn put there; everywhere else the workspace's file is one that the run knows nothing of.
enum SourceDifference {
    /// `changes` is the difference between the layer and the workspace.
    static func find(
        _ changes: [Change], layer: borrowing Folder, source: borrowing Folder,
        workspace: borrowing Folder, noted base: WaitingBase
    ) throws(SystemError) -> WaitingRun.Noted {
        let touched = Set(
            try LayerDifference.find(layer: layer, below: source, limits: Mark.limits).map(\.path))
        var (kept, moved): ([Change], Set<FilePath>) = ([], [])
        /// A folder that goes, with all that is in it.
        var going: FilePath?
        for change in changes {
            let isGoing = going.map { change.path.isBelow($0) } ?? false
            guard touched.contains(change.path) else {
                if isGoing {
                    // The run has never seen it.
                    kept.append(change)
                    moved.insert(change.path)
                } else if change.before == nil, change.after?.kind == .folder {
                    kept.append(change)
                }
                continue
            }
            kept.append(change)
            if !base.isPut(change), try !isAsSeen(change, source: source, workspace: workspace) {
                moved.insert(change.path)
            }
            if !isGoing, change.before?.kind == .folder, change.after?.kind != .folder {
                going = change.path
            }
        }
        return WaitingRun.Noted(changes: withoutEmpty(kept, touched), moved: moved)
    }

    /// A folder that the run has not made is there for what it has made in it.
    private static func withoutEmpty(_ changes: [Change], _ touched: Set<FilePath>) -> [Change] {
        var kept: [Change] = []
        for change in changes.reversed()
        where touched.contains(change.path) || change.after?.kind != .folder
            || kept.last?.path.isBelow(change.path) == true
        {
            kept.append(change)
        }
        return kept.reversed()
    }

    private static func isAsSeen(
        _ change: Change, source: borrowing Folder, workspace: borrowing Folder
    ) throws(SystemError) -> Bool {
        let seen = try facts(of: change.path, in: source)
        guard let seen, let now = change.before else {
            // A folder there is one that takes more.
            return seen == nil
                && (change.before == nil
                    || change.before?.kind == .folder && change.after?.kind == .folder)
        }
        guard seen.kind == now.kind, seen.mode == now.mode, let name = change.path.name
        else { return false }
        return try LayerContents.areSame(
            name, seen, in: source.holder(of: change.path), now,
            in: workspace.holder(of: change.path))
    }

    /// Nil also if what would hold it is no folder.
    private static func facts(
        of path: FilePath, in folder: borrowing Folder
    ) throws(SystemError) -> FileFacts? {
        do {
            return try folder.holder(of: path).factsIfPresent(of: path.name ?? path)
        } catch {
            guard error.errno == .noSuchFile || error.errno == .notAFolder else { throw error }
            return nil
        }
    }
}
