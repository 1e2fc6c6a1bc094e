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
        var gone: [Int: [Change]] = [:]
        for change in changes where change.after == nil && change.before?.kind == .file {
            gone[change.before?.size.bytes ?? 0, default: []].append(change)
        }
        guard !gone.isEmpty else { return }
        for change in changes where change.before == nil && change.after?.kind == .file {
            // An empty file is every empty file.
            let size = change.after?.size.bytes ?? 0
            guard size > 0, let candidates = gone[size], let bytes = try contents.after(change)
            else { continue }
            // One of the same name in another folder is the likeliest.
            let likely = candidates.sorted { first, _ in first.path.name == change.path.name }
            for old in likely where try to[old.path] == nil && contents.before(old) == bytes {
                from[change.path] = old.path
                to[old.path] = change.path
                break
            }
        }
    }
}
