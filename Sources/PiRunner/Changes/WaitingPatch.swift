import PiJSON
import PiSandbox
import PiSystem

/// What waits as a patch, and what of it a patch can't have.
struct WaitingPatch {
    private(set) var patch = GitPatch()
    private(set) var leftOut = LeftOut()

    /// Nobody reads the lines of larger ones.
    private static let largest = ByteCount.mebibytes(8)

    init(_ changes: [WaitingChange], of run: WaitingRun) throws {
        guard !changes.isEmpty else { return }
        let layer = try run.layer()
        let below = try run.below()
        for waiting in changes {
            let change = waiting.change
            if let reason = waiting.isLeftOut ?? waiting.isDoubtful {
                leftOut.add(change.path, reason)
            } else if try !add(change, layer, below) {
                leftOut.add(change.path, .unsayable)
            }
        }
    }

    private mutating func add(
        _ change: Change, _ layer: borrowing Folder, _ below: borrowing Folder
    ) throws -> Bool {
        // Git takes nothing that lies in a folder of its own.
        guard
            !change.path.names.contains(where: { $0.text.lowercased() == ".git" })
        else { return false }
        let sides = [change.before, change.after].compactMap { $0 }
        guard sides.allSatisfy({ Self.canBeSaid($0) }) else { return false }
        func content(
            _ facts: FileFacts?, _ read: (FileFacts) throws -> [UInt8]
        ) throws -> GitPatch.Content? {
            guard let facts, facts.kind != .folder else { return nil }
            let kind: GitPatch.Content.Kind =
                facts.kind == .link ? .link : facts.mode & 0o100 == 0 ? .text : .program
            return GitPatch.Content(kind: kind, bytes: try read(facts))
        }
        let path = change.path
        let before = try content(change.before) { facts in
            facts.kind == .link
                ? try below.readLink(path).bytes
                : try below.read(path, limit: Self.largest, resolving: [.noLinks, .beneath])
        }
        let after = try content(change.after) { facts in
            facts.kind == .link
                ? try LayerContents.readLink(path, in: layer).bytes
                : try LayerContents.read(path, in: layer, limit: Self.largest)
        }
        // A folder comes and goes with what is in it.
        guard before != nil || after != nil else { return change.before != change.after }
        // What is printed is text.
        guard [before, after].allSatisfy({ Self.isText($0) }), before != after else { return false }
        return patch.add(path, was: before, is: after)
    }

    private static func canBeSaid(_ facts: FileFacts) -> Bool {
        switch facts.kind {
        case .file: facts.size <= largest
        case .link, .folder: true
        case .pipe, .socket, .characterDevice, .blockDevice, .unknown: false
        }
    }

    private static func isText(_ content: GitPatch.Content?) -> Bool {
        content.map { String(validating: $0.bytes, as: UTF8.self) != nil } ?? true
    }
}
