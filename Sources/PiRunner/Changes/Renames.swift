import PiSandbox
import PiSystem

/// Which of what was added is what was removed elsewhere, byte for byte.
struct Renames {
    /// The old name by the new one, and the other way round.
    private(set) var from: [FilePath: FilePath] = [:]
    private(set) var to: [FilePath: FilePath] = [:]

    static let none = Renames()

    private init() {}

    init(_ changes: [Change], _ contents: borrowing ChangeContents) throws {
        // Only of sizes on both sides are contents read, and each once: they can be as many as a program likes.
        let gone = Dictionary(
            grouping: changes.filter { $0.after == nil && $0.before?.kind == .file }
        ) { $0.before?.size ?? ByteCount(0) }
        guard !gone.isEmpty else { return }
        var known: [ByteCount: [String: [Change]]] = [:]
        for change in changes where change.before == nil && change.after?.kind == .file {
            // An empty file is every empty file.
            guard let size = change.after?.size, size > ByteCount(0), let olds = gone[size],
                let bytes = try contents.after(change)
            else { continue }
            var digests = try known[size] ?? Self.byDigest(olds, contents)
            let digest = LibCrypto.sha256(bytes)
            if let old = Self.take(like: change, from: &digests[digest, default: []]) {
                from[change.path] = old.path
                to[old.path] = change.path
            }
            known[size] = digests
        }
    }

    private static func byDigest(
        _ olds: [Change], _ contents: borrowing ChangeContents
    ) throws -> [String: [Change]] {
        var byDigest: [String: [Change]] = [:]
        for old in olds {
            guard let bytes = try contents.before(old) else { continue }
            byDigest[LibCrypto.sha256(bytes), default: []].append(old)
        }
        return byDigest
    }

    /// One of the same name in another folder is the likeliest; a patch with a rename says nothing of modes.
    private static func take(like new: Change, from olds: inout [Change]) -> Change? {
        // Of a thousand that are the same, any will do.
        let fitting = olds.indices.prefix(64).filter { olds[$0].before?.mode == new.after?.mode }
        guard
            let place = fitting.first(where: { olds[$0].path.name == new.path.name })
                ?? fitting.first
        else { return nil }
        return olds.remove(at: place)
    }
}
