import PiJSON
import PiSandbox
import PiSystem

/// Takes steps, or takes them back.
///
/// All of it can be done again: what is done already is seen and left.
struct StepRunner: ~Copyable {
    private let workspace: Folder
    private let staging: Folder

    init(_ workspace: consuming Folder, staging: consuming Folder) {
        self.workspace = workspace
        self.staging = staging
    }

    /// Somebody else has changed what a step was about to replace: it is as they left it.
    struct Moved: Error {
        let path: FilePath

        var diagnostic: Diagnostic {
            Diagnostic(
                severity: .error,
                message: "\(path) was changed by somebody else in this moment",
                help: "look at `pi-runner diff` again")
        }
    }

    /// A step that can't be taken back without losing what somebody has done since.
    struct Stuck: Error {
        let path: FilePath
        /// What held it is gone.
        var isHomeless = false

        var diagnostic: Diagnostic {
            Diagnostic(
                severity: .error,
                message: isHomeless
                    ? "an apply that was interrupted can't be taken back: the folder of \(path) is gone, or none any more"
                    : "an apply that was interrupted can't be taken back: \(path) was changed since, and that change would be lost",
                help: isHomeless
                    ? "make the folder again, and give the command again"
                    : "move it out of the way, and give the command again")
        }
    }

    // MARK: - Forward

    func take(_ step: ApplyStep) throws {
        switch step {
        case .put(let place, let new): try put(place, new)
        case .exchange(let place, let old, let new): try exchange(place, old, new)
        case .remove(let place, let old): try remove(place, old)
        case .changeMode(let path, _, let to): try changeMode(of: path, to: to)
        }
    }

    private func put(_ place: ApplyStep.Place, _ new: Mark) throws {
        let holder = try workspace.holder(of: place.path)
        if try new.isSame(holder.factsIfPresent(of: place.name)) { return }
        do throws(SystemError) {
            try staging.move(place.item, to: holder, as: place.name)
        } catch {
            guard error.errno == .fileExists else { throw error }
            throw Moved(path: place.path)
        }
    }

    private func exchange(_ place: ApplyStep.Place, _ old: Mark, _ new: Mark) throws {
        let holder = try workspace.holder(of: place.path)
        let found = try holder.factsIfPresent(of: place.name)
        if !new.isSame(found) {
            guard old.isSame(found) else { throw Moved(path: place.path) }
            try holder.exchange(place.name, with: place.item, in: staging)
        }
        // Only what has come out can't change any more behind our back.
        guard try Mark.find(place.item, in: staging) == old else {
            throw Moved(path: place.path)
        }
    }

    private func remove(_ place: ApplyStep.Place, _ old: Mark) throws {
        if try staging.factsIfPresent(of: place.item) == nil {
            let holder = try workspace.holder(of: place.path)
            guard let found = try holder.factsIfPresent(of: place.name) else { return }
            guard old.isSame(found) else { throw Moved(path: place.path) }
            try holder.move(place.name, to: staging, as: place.item)
        }
        guard try Mark.find(place.item, in: staging) == old else {
            throw Moved(path: place.path)
        }
    }

    /// Of one that is still a folder: what another step has put in its place has a mode of its own.
    private func changeMode(of path: FilePath, to mode: UInt32) throws(SystemError) {
        guard try workspace.factsIfPresent(of: path)?.kind == .folder else { return }
        try workspace.changeMode(of: path, to: mode, onlyIfFolder: true)
    }

    // MARK: - Back

    func takeBack(_ step: ApplyStep) throws {
        do {
            try takeBackNow(step)
        } catch let error as SystemError
            where [.noSuchFile, .notAFolder, .tooManyLinks].contains(error.errno)
        {
            throw Stuck(path: step.path, isHomeless: true)
        }
    }

    private func takeBackNow(_ step: ApplyStep) throws {
        switch step {
        case .put(let place, let new): try takeBackPut(place, new)
        case .exchange(let place, _, let new): try takeBackExchange(place, new)
        case .remove(let place, _): try takeBackRemove(place)
        case .changeMode(let path, let from, _): try changeMode(of: path, to: from)
        }
    }

    private func takeBackPut(_ place: ApplyStep.Place, _ new: Mark) throws {
        guard let found = try workspace.factsIfPresent(of: place.path), new.isSame(found) else {
            return
        }
        let holder = try workspace.holder(of: place.path)
        guard try Mark.find(place.name, in: holder) == new else { throw Stuck(path: place.path) }
        try holder.move(place.name, to: staging, as: place.item)
    }

    /// Whatever has come out goes back, also if it is not what was expected.
    private func takeBackExchange(_ place: ApplyStep.Place, _ new: Mark) throws {
        guard let out = try staging.factsIfPresent(of: place.item), !new.isSame(out) else { return }
        let holder = try workspace.holder(of: place.path)
        switch try Mark.find(place.name, in: holder) {
        case nil: try staging.move(place.item, to: holder, as: place.name)
        case new?: try holder.exchange(place.name, with: place.item, in: staging)
        case _?: throw Stuck(path: place.path)
        }
    }

    private func takeBackRemove(_ place: ApplyStep.Place) throws {
        guard try staging.factsIfPresent(of: place.item) != nil else { return }
        let holder = try workspace.holder(of: place.path)
        do throws(SystemError) {
            try staging.move(place.item, to: holder, as: place.name)
        } catch {
            guard error.errno == .fileExists else { throw error }
            throw Stuck(path: place.path)
        }
    }

    // MARK: - The end

    func sync() throws(SystemError) { try workspace.syncFileSystem() }
}
