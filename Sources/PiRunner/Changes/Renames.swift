import PiSandbox
import PiSystem

/// Which of what was added is what was removed elsewhere: byte for byte, or a text that is much the same.
struct Renames {
    /// The old name by the new one, and the other way round.
    private(set) var from: [FilePath: FilePath] = [:]
    private(set) var to: [FilePath: FilePath] = [:]
    /// By the new name, in hundredths, of those that are not the same with the same mode.
    private(set) var likeness: [FilePath: Int] = [:]

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
        try findLike(changes, contents)
    }

    // MARK: - Much the same

    /// Each is held against each: of more on either side only those that are the same are found.
    private static let most = 200
    /// What larger ones have in common is not looked for.
    private static let largest = ByteCount.kibibytes(512)

    private struct Candidate {
        let change: Change
        let text: Likeness
    }

    private mutating func findLike(
        _ changes: [Change], _ contents: borrowing ChangeContents
    ) throws {
        let gone = changes.filter { to[$0.path] == nil && Self.isText($0.before, no: $0.after) }
        let new = changes.filter { from[$0.path] == nil && Self.isText($0.after, no: $0.before) }
        guard !gone.isEmpty, !new.isEmpty, gone.count <= Self.most, new.count <= Self.most else {
            return
        }
        var olds: [Candidate] = []
        for change in gone {
            if let text = try Self.text(contents.before(change)) {
                olds.append(Candidate(change: change, text: text))
            }
        }
        var pairs: [(hundredths: Int, isSameName: Bool, old: FilePath, new: FilePath)] = []
        for change in new where !olds.isEmpty {
            guard let text = try Self.text(contents.after(change)) else { continue }
            for old in olds {
                let hundredths = text.hundredths(of: old.text)
                guard hundredths >= Likeness.least else { continue }
                pairs.append(
                    (
                        hundredths, old.change.path.name == change.path.name, old.change.path,
                        change.path
                    ))
            }
        }
        // The likest first; of equals one that has kept its name.
        pairs.sort {
            ($0.hundredths, $0.isSameName ? 1 : 0) > ($1.hundredths, $1.isSameName ? 1 : 0)
        }
        for pair in pairs where to[pair.old] == nil && from[pair.new] == nil {
            from[pair.new] = pair.old
            to[pair.old] = pair.new
            likeness[pair.new] = pair.hundredths
        }
    }

    private static func isText(_ one: FileFacts?, no other: FileFacts?) -> Bool {
        guard other == nil, let one, one.kind == .file else { return false }
        return one.size > ByteCount(0) && one.size <= largest
    }

    private static func text(_ bytes: [UInt8]?) -> Likeness? {
        guard let bytes, !ChangeContents.isBinary(bytes),
            String(validating: bytes, as: UTF8.self) != nil
        else { return nil }
        return Likeness(bytes)
    }

    // MARK: - The same

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
