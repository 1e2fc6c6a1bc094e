import PiJSON
import PiSandbox
import PiSystem

/// What waits as a patch, and what of it a patch can't have.
struct WaitingPatch {
    private(set) var patch = GitPatch()
    private(set) var leftOut = LeftOut()

    init(
        _ changes: [WaitingChange], _ renames: Renames, _ contents: borrowing ChangeContents,
        force: Bool
    ) throws {
        func reason(_ waiting: WaitingChange) -> LeftOut.Reason? {
            waiting.isLeftOut ?? (force ? nil : waiting.isDoubtful)
        }
        let fit = Set(changes.filter { reason($0) == nil }.map(\.change.path))
        for waiting in changes {
            let change = waiting.change
            if let reason = reason(waiting) {
                leftOut.add(change.path, reason)
            } else if let old = renames.from[change.path], fit.contains(old),
                Self.canBeNamed(change.path), Self.canBeNamed(old)
            {
                guard let likeness = renames.likeness[change.path],
                    let removed = changes.first(where: { $0.change.path == old })?.change,
                    let before = Self.content(removed.before, try contents.before(removed)),
                    let after = Self.content(change.after, try contents.after(change))
                else {
                    patch.addRename(from: old, to: change.path)
                    continue
                }
                patch.addRename(
                    from: old, to: change.path, was: before, is: after, likeness: likeness)
            } else if let new = renames.to[change.path], fit.contains(new),
                Self.canBeNamed(change.path), Self.canBeNamed(new)
            {
                // It went with that.
                continue
            } else if try !add(change, contents) {
                leftOut.add(change.path, .unsayable)
            }
        }
    }

    private mutating func add(
        _ change: Change, _ contents: borrowing ChangeContents
    ) throws -> Bool {
        guard Self.canBeNamed(change.path) else { return false }
        let sides = [change.before, change.after].compactMap { $0 }
        guard sides.allSatisfy({ Self.canBeSaid($0) }) else { return false }
        let path = change.path
        let before = Self.content(change.before, try contents.before(change))
        let after = Self.content(change.after, try contents.after(change))
        // A folder comes and goes with what is in it.
        guard before != nil || after != nil else { return change.before != change.after }
        // What is printed is text.
        guard [before, after].allSatisfy({ Self.isText($0) }), before != after else { return false }
        return patch.add(path, was: before, is: after)
    }

    private static func content(_ facts: FileFacts?, _ bytes: [UInt8]?) -> GitPatch.Content? {
        guard let facts, let bytes else { return nil }
        let kind: GitPatch.Content.Kind =
            facts.kind == .link ? .link : facts.mode & 0o100 == 0 ? .text : .program
        return GitPatch.Content(kind: kind, bytes: bytes)
    }

    /// Git takes nothing that lies in a folder of its own.
    private static func canBeNamed(_ path: FilePath) -> Bool {
        !path.names.contains { $0.text.lowercased() == ".git" }
    }

    private static func canBeSaid(_ facts: FileFacts) -> Bool {
        switch facts.kind {
        case .file: facts.size <= ChangeContents.largest
        case .link, .folder: true
        case .pipe, .socket, .characterDevice, .blockDevice, .unknown: false
        }
    }

    private static func isText(_ content: GitPatch.Content?) -> Bool {
        content.map { String(validating: $0.bytes, as: UTF8.self) != nil } ?? true
    }
}
