import PiJSON
import PiSandbox
import PiSystem

/// What waits as a patch, and what of it a patch can't have.
struct WaitingPatch {
    private(set) var patch = GitPatch()
    private(set) var leftOut = LeftOut()

    init(
        _ changes: [WaitingChange], _ renames: Renames, _ contents: borrowing ChangeContents
    ) throws {
        let fit = Set(
            changes.filter { $0.isLeftOut == nil && $0.isDoubtful == nil }.map(\.change.path))
        for waiting in changes {
            let change = waiting.change
            if let reason = waiting.isLeftOut ?? waiting.isDoubtful {
                leftOut.add(change.path, reason)
            } else if let old = renames.from[change.path], fit.contains(old) {
                patch.addRename(from: old, to: change.path)
            } else if let new = renames.to[change.path], fit.contains(new) {
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
        // Git takes nothing that lies in a folder of its own.
        guard
            !change.path.names.contains(where: { $0.text.lowercased() == ".git" })
        else { return false }
        let sides = [change.before, change.after].compactMap { $0 }
        guard sides.allSatisfy({ Self.canBeSaid($0) }) else { return false }
        func content(_ facts: FileFacts?, _ bytes: [UInt8]?) -> GitPatch.Content? {
            guard let facts, let bytes else { return nil }
            let kind: GitPatch.Content.Kind =
                facts.kind == .link ? .link : facts.mode & 0o100 == 0 ? .text : .program
            return GitPatch.Content(kind: kind, bytes: bytes)
        }
        let path = change.path
        let before = content(change.before, try contents.before(change))
        let after = content(change.after, try contents.after(change))
        // A folder comes and goes with what is in it.
        guard before != nil || after != nil else { return change.before != change.after }
        // What is printed is text.
        guard [before, after].allSatisfy({ Self.isText($0) }), before != after else { return false }
        return patch.add(path, was: before, is: after)
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
