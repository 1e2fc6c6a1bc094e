import PiSandbox
import PiSystem

/// What is to be done to a workspace for the chosen changes to be in it, and no others.
///
/// As few steps as there are places that change: a new folder comes as a whole, with all that is wanted of it, and
/// one that goes, goes as a whole, unless something in it has to stay.
struct ApplyPlan {
    /// A step whose new side has yet to be made.
    enum Draft {
        /// With those of the changes in it that are wanted.
        case put(Change, contents: ArraySlice<Change>)
        case exchange(Change, old: Mark, contents: ArraySlice<Change>)
        case remove(FilePath, old: Mark)
        case changeMode(FilePath, from: UInt32, to: UInt32)
    }

    private(set) var drafts: [Draft] = []
    private(set) var applied: [Change] = []
    /// They would go with the folder that they are in, if it went.
    private(set) var heldBack: [FilePath] = []

    /// Of all changes, in the order of a difference; `workspace` tells of folders that don't let anybody write.
    init(
        _ changes: [Change], wanted: (Change) -> Bool, in workspace: borrowing Folder
    ) throws(SystemError) {
        var isWanted: [Bool] = []
        for change in changes { isWanted.append(wanted(change)) }
        let all = Changes(list: changes, isWanted: isWanted)
        var finalModes: [(FilePath, UInt32, UInt32)] = []
        add(all, changes.indices, &finalModes)
        try openFolders(in: workspace, finalModes)
    }

    private struct Changes {
        let list: [Change]
        let isWanted: [Bool]

        /// Behind the last one that lies in the folder that this one is.
        func end(of place: Int, before end: Int) -> Int {
            let folder = list[place].path
            return list[(place + 1)..<end].firstIndex { !$0.path.isBelow(folder) } ?? end
        }
    }

    // MARK: - Which

    private mutating func add(
        _ all: Changes, _ range: Range<Int>, _ finalModes: inout [(FilePath, UInt32, UInt32)]
    ) {
        var place = range.lowerBound
        while place < range.upperBound {
            let change = all.list[place]
            let inside = (place + 1)..<all.end(of: place, before: range.upperBound)
            let isWanted = all.isWanted[place]
            let isWhole = isWanted && inside.allSatisfy { all.isWanted[$0] }
            place = inside.upperBound
            switch (change.before, change.after) {
            case (let before?, let after?) where before.kind == .folder && after.kind == .folder:
                if isWanted {
                    finalModes.append((change.path, before.mode, after.mode & 0o3777))
                    applied.append(change)
                }
                add(all, inside, &finalModes)
            case (nil, _?):
                guard isWanted else { continue }
                let contents = wanted(all, inside)
                drafts.append(.put(change, contents: contents[...]))
                applied += [change] + contents
            case (let before?, let after):
                guard before.kind != .folder || isWhole else {
                    // What can go goes, and the folder stays for the rest.
                    if isWanted { heldBack.append(change.path) }
                    if after == nil { add(all, inside, &finalModes) }
                    continue
                }
                guard isWanted else { continue }
                let contents = wanted(all, inside)
                let old = Mark(before, holding: contents.compactMap(\.before))
                drafts.append(
                    after == nil
                        ? .remove(change.path, old: old)
                        : .exchange(
                            change, old: old, contents: contents.filter { $0.after != nil }[...]))
                applied += [change] + contents
            case (nil, nil): continue
            }
        }
    }

    private func wanted(_ all: Changes, _ range: Range<Int>) -> [Change] {
        range.filter { all.isWanted[$0] }.map { all.list[$0] }
    }

    // MARK: - Folders that let nobody in

    /// Whoever owns a folder may always give themselves leave: before the steps, and back after them.
    private mutating func openFolders(
        in workspace: borrowing Folder, _ finalModes: [(FilePath, UInt32, UInt32)]
    ) throws(SystemError) {
        var final = Dictionary(
            uniqueKeysWithValues: finalModes.map { ($0.0, (from: $0.1, to: $0.2)) })
        var opening: [FilePath: UInt32] = [:]
        /// It can't be moved otherwise.
        func shutLater(_ change: Change) {
            guard let after = change.after, after.kind == .folder, after.mode & 0o700 != 0o700
            else { return }
            final[change.path] = (after.mode & 0o3777 | 0o700, after.mode & 0o3777)
        }
        for draft in drafts {
            var path: FilePath
            switch draft {
            case .put(let change, _):
                path = change.path
                shutLater(change)
            case .exchange(let change, _, _):
                path = change.path
                shutLater(change)
                if let before = change.before, before.kind == .folder {
                    opening[path] = before.mode
                }
            case .remove(let gone, _):
                path = gone
                if let facts = try workspace.factsIfPresent(of: path), facts.kind == .folder {
                    opening[path] = facts.mode
                }
            case .changeMode: continue
            }
            while path.parent != "." {
                path = path.parent
                guard opening[path] == nil else { break }
                opening[path] = try workspace.facts(of: path).mode
            }
        }
        var first: [Draft] = []
        let shut = opening.filter { $0.value & 0o700 != 0o700 }
        for (path, mode) in shut.sorted(by: { $0.key.bytes.count < $1.key.bytes.count }) {
            first.append(.changeMode(path, from: mode, to: mode | 0o700))
            // One that goes stays open where it goes.
            if !isMoved(path) { final[path] = (mode | 0o700, final[path]?.to ?? mode) }
        }
        drafts = first + drafts
        // What is in a folder before the folder itself.
        for (path, mode) in final.sorted(by: { $0.key.bytes.count > $1.key.bytes.count }) {
            drafts.append(.changeMode(path, from: mode.from, to: mode.to))
        }
    }

    private func isMoved(_ path: FilePath) -> Bool {
        drafts.contains { draft in
            switch draft {
            case .remove(path, _): true
            case .exchange(let change, _, _): change.path == path
            case .remove, .put, .changeMode: false
            }
        }
    }
}
