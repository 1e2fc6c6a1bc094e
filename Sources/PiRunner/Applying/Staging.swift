import PiSandbox
import PiSystem

/// Makes what is new in a folder of its own beside what is old, so that it is all there before the first step.
struct Staging: ~Copyable {
    /// In the workspace's own folder: a rename leads from here to any place in it.
    let folder: Folder
    private let keepsTimes: Bool
    private let isPrivileged = UserID.current == .root
    private let made = Made()

    private final class Made {
        /// Names of one file in the layer are names of one file here.
        var firstNames: [UInt64: (folder: FilePath, name: FilePath)] = [:]
    }

    init(_ folder: consuming Folder, keepsTimes: Bool) {
        self.folder = folder
        self.keepsTimes = keepsTimes
    }

    /// Makes the new side of each draft, from the layer; the steps that bring it where it belongs.
    func make(
        _ drafts: [ApplyPlan.Draft], from layer: borrowing Folder, for workspace: borrowing Folder
    ) throws(SystemError) -> [ApplyStep] {
        for (place, draft) in drafts.enumerated() {
            switch draft {
            case .put(let change, let contents), .exchange(let change, _, let contents):
                let group = try sharedGroup(of: change, in: workspace)
                try LayerContents.withHolder(of: change.path, in: layer) {
                    source, name throws(SystemError) in
                    try copy(
                        name, change, contents, from: source, to: folder, at: ".",
                        as: Self.item(place), group)
                }
            case .remove, .changeMode: break
            }
        }
        // Only now: another name of a file is a change of it, too.
        var steps: [ApplyStep] = []
        for (place, draft) in drafts.enumerated() {
            steps.append(try step(draft, Self.item(place)))
        }
        return steps
    }

    private static func item(_ place: Int) -> FilePath { FilePath("\(place)")! }

    private func step(
        _ draft: ApplyPlan.Draft, _ item: FilePath
    ) throws(SystemError) -> ApplyStep {
        switch draft {
        case .changeMode(let path, let from, let to): .changeMode(path, from: from, to: to)
        case .remove(let path, let old): .remove(.init(path: path, item: item), old: old)
        case .put(let change, _):
            .put(.init(path: change.path, item: item), new: try made(item))
        case .exchange(let change, let old, _):
            .exchange(.init(path: change.path, item: item), old: old, new: try made(item))
        }
    }

    private func made(_ item: FilePath) throws(SystemError) -> Mark {
        try Mark(folder.facts(of: item), holding: Mark.contents(of: item, in: folder))
    }

    /// What others may do with a file they may do with the new one, and a folder that passes its group on does so.
    private func sharedGroup(
        of change: Change, in workspace: borrowing Folder
    ) throws(SystemError) -> GroupID? {
        if let before = change.before { return before.group }
        let holder = try workspace.facts(of: change.path.parent)
        return holder.mode & 0o2000 == 0 ? nil : holder.group
    }

    /// Copies what steps bring, as it lies in another folder under the same names; the steps, with what it is now.
    func copy(
        _ steps: [ApplyStep], from source: borrowing Folder
    ) throws(SystemError) -> [ApplyStep] {
        for case .put(let place, _) in steps { try copy(place.item, from: source) }
        for case .exchange(let place, _, _) in steps { try copy(place.item, from: source) }
        var now: [ApplyStep] = []
        for step in steps {
            switch step {
            case .put(let place, _): now.append(.put(place, new: try made(place.item)))
            case .exchange(let place, let old, _):
                now.append(.exchange(place, old: old, new: try made(place.item)))
            case .remove, .changeMode: now.append(step)
            }
        }
        return now
    }

    private func copy(_ item: FilePath, from source: borrowing Folder) throws(SystemError) {
        var all: [Change] = []
        try Self.list(item, at: item, in: source, into: &all)
        try copy(
            item, all[0], all.dropFirst(), from: source, to: folder, at: ".", as: item,
            all[0].after?.group)
    }

    /// As if all of it were new.
    private static func list(
        _ name: FilePath, at path: FilePath, in folder: borrowing Folder, into all: inout [Change]
    ) throws(SystemError) {
        let facts = try folder.facts(of: name)
        all.append(Change(path: path, before: nil, after: facts))
        guard facts.kind == .folder else { return }
        let inner = try LayerContents.withFolder(name, in: folder) {
            inner throws(SystemError) in try inner.names(limit: Mark.limits.entries)
        }
        guard path.names.count < Mark.limits.depth else {
            throw SystemError(deeperThan: Mark.limits.depth, in: folder.path)
        }
        for entry in inner {
            try LayerContents.withFolder(name, in: folder) { opened throws(SystemError) in
                try list(entry, at: path.appending(entry), in: opened, into: &all)
            }
        }
    }

    // MARK: - Copying

    private func copy(
        _ name: FilePath, _ change: Change, _ contents: ArraySlice<Change>,
        from source: borrowing Folder, to target: borrowing Folder, at place: FilePath,
        as item: FilePath, _ group: GroupID?
    ) throws(SystemError) {
        guard let facts = change.after else { return }
        switch facts.kind {
        case .file:
            if try link(facts, to: target, as: item) { return }
            let old = try LayerContents.file(name, in: source)
            let new = try target.file(
                item, for: .readAndWrite, creating: .always(mode: 0o600),
                resolving: .inHostileTree)
            try new.copy(from: old)
            if facts.links > 1 { made.firstNames[facts.inode] = (place, item) }
        case .link: try target.makeLink(item, to: source.readLink(name))
        case .folder:
            try target.makeFolder(item, mode: 0o700)
            let new = try target.folder(item, resolving: .inHostileTree)
            try LayerContents.withFolder(name, in: source) { old throws(SystemError) in
                try fill(new, at: place.appending(item), contents, from: old, group)
            }
        case .pipe, .socket, .characterDevice, .blockDevice, .unknown:
            throw SystemError(wrong: facts.kind, at: change.path)
        }
        try finish(name, facts, from: source, in: target, as: item, group)
    }

    private func fill(
        _ target: borrowing Folder, at place: FilePath, _ changes: ArraySlice<Change>,
        from source: borrowing Folder, _ group: GroupID?
    ) throws(SystemError) {
        var next = changes.startIndex
        while next < changes.endIndex {
            let change = changes[next]
            let start = next + 1
            next =
                changes[start...].firstIndex { !$0.path.isBelow(change.path) } ?? changes.endIndex
            guard let name = change.path.name else { continue }
            try copy(
                name, change, changes[start..<next], from: source, to: target, at: place, as: name,
                group)
        }
    }

    /// False if it has to be copied: it is the first name, or the other can't be reached any more.
    private func link(
        _ facts: FileFacts, to target: borrowing Folder, as item: FilePath
    ) throws(SystemError) -> Bool {
        guard facts.links > 1, let first = made.firstNames[facts.inode] else { return false }
        do {
            try folder.folder(first.folder, resolving: .inHostileTree)
                .link(first.name, to: target, as: item)
            return true
        } catch {
            guard error.errno == .notPermitted || error.errno == .accessDenied else { throw error }
            return false
        }
    }

    /// Owner, mode and notes; nothing that gives whoever starts a file somebody else's rights.
    private func finish(
        _ name: FilePath, _ facts: FileFacts, from source: borrowing Folder,
        in target: borrowing Folder, as item: FilePath, _ group: GroupID?
    ) throws(SystemError) {
        if isPrivileged {
            try target.changeOwner(of: item, to: facts.user, group ?? facts.group)
        } else if let group, group != .current {
            do {
                try target.changeOwner(of: item, to: .current, group)
            } catch {
                // As with an editor that writes a file anew: who is not of the group can't give it away.
                guard error.errno == .notPermitted else { throw error }
            }
        }
        if facts.kind != .link {
            let isFolder = facts.kind == .folder
            for (attribute, value) in try LayerContents.attributes(of: name, in: source) {
                try target.setAttribute(attribute, of: item, to: value)
            }
            // To be moved, a folder has to let its owner in; its own mode is the last step then.
            let mode = isFolder ? facts.mode & 0o3777 : facts.mode & 0o777
            let isTop = target.path == folder.path
            try target.changeMode(of: item, to: isFolder && isTop ? mode | 0o700 : mode)
        }
        if keepsTimes { try target.changeModified(of: item, to: facts.modified) }
    }
}
