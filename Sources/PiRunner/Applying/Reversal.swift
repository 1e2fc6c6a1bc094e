import PiSystem

/// The way back from an apply: the same steps, each the other way round, from the last to the first.
struct Reversal {
    /// As it has to go from what is there now.
    private(set) var steps: [ApplyStep] = []
    /// Where somebody has changed what the apply left.
    private(set) var changed: [FilePath] = []
    /// Where something else is afterwards: a folder that is only opened for the steps and shut again is none.
    var paths: [FilePath] {
        var paths: [FilePath] = []
        var modes: [FilePath: (first: UInt32, last: UInt32)] = [:]
        for step in steps {
            guard case .changeMode(let path, let from, let to) = step else {
                paths.append(step.path)
                continue
            }
            modes[path] = (modes[path]?.first ?? from, to)
        }
        let known = Set(paths)
        return paths
            + modes.filter { $0.value.first != $0.value.last && !known.contains($0.key) }.keys
    }

    init(of steps: [ApplyStep], in workspace: borrowing Folder) throws(SystemError) {
        var seen: Set<FilePath> = []
        for step in steps.reversed().map(\.reversed) {
            let path = step.path
            let found: ApplyStep?
            do throws(SystemError) {
                found = try step.fitting(to: workspace, isFirst: seen.insert(path).inserted)
            } catch {
                switch error.errno {
                // What lies in a folder that has yet to be opened is looked at when it is its turn.
                case .accessDenied: found = step
                case .noSuchFile, .notAFolder:
                    changed.append(path)
                    found = step
                default: throw error
                }
            }
            if !step.isLike(found) { changed.append(path) }
            if let found { self.steps.append(found) }
        }
    }
}

extension ApplyStep {
    /// Whether another apply that was taken back since is all that lies between the two.
    fileprivate func isLike(_ found: ApplyStep?) -> Bool {
        switch (self, found) {
        case (.exchange(_, let old, _), .exchange(_, let now, _)?),
            (.remove(_, let old), .remove(_, let now)?):
            old.hasSameContents(as: now)
        default: self == found
        }
    }

    /// With what is there now, whatever it is, as the old side; nil if nothing is left to do.
    ///
    /// Only the first step at a path finds there what the apply has left.
    fileprivate func fitting(
        to workspace: borrowing Folder, isFirst: Bool
    ) throws(SystemError) -> ApplyStep? {
        guard isFirst else { return self }
        switch self {
        case .put(let place, let new):
            let now = try Mark.find(place.name, in: workspace.holder(of: place.path))
            return now.map { .exchange(place, old: $0, new: new) } ?? self
        case .exchange(let place, _, let new):
            let now = try Mark.find(place.name, in: workspace.holder(of: place.path))
            return now.map { .exchange(place, old: $0, new: new) } ?? .put(place, new: new)
        case .remove(let place, _):
            let now = try Mark.find(place.name, in: workspace.holder(of: place.path))
            return now.map { .remove(place, old: $0) }
        case .changeMode(let path, _, let to):
            guard let facts = try workspace.factsIfPresent(of: path), facts.kind == .folder
            else { return self }
            return .changeMode(path, from: facts.mode, to: to)
        }
    }
}

extension Folder {
    /// The folder in a hostile tree that something lies in.
    borrowing func holder(of path: FilePath) throws(SystemError) -> Folder {
        try folder(path.parent, resolving: .inHostileTree)
    }
}
