import PiPolicy
import PiSystem

/// What exists of the files that patterns are about, below one folder.
enum PatternHits {
    struct TooMany: Error {
        let count: Int
        let folder: String
    }

    /// The topmost matches: what holds for a folder holds for all that is in it.
    ///
    /// Only folders that a pattern can reach are opened, and of those that only names can lead on from, no
    /// more than these names are looked at: without `**` the size of the tree makes no difference.
    static func find(
        _ patterns: PathPatterns, below folder: String, limit: Int
    ) throws -> [String] {
        var hits: [String] = []
        let state = patterns.state(at: folder)
        guard !state.isDead else { return [] }
        try look(
            Folder.open(FilePath(folder) ?? "/", resolving: .noLinks), folder, patterns, state,
            limit, depth: 0, &hits)
        return hits
    }

    private static func look(
        _ folder: borrowing Folder, _ path: String, _ patterns: PathPatterns,
        _ state: PathPatterns.State, _ limit: Int, depth: Int, _ hits: inout [String]
    ) throws {
        guard depth < 200 else { throw TooMany(count: hits.count, folder: path) }
        let names: [FilePath] =
            try patterns.names(after: state)?.compactMap { FilePath($0) }
            ?? folder.names(limit: 1_000_000)
        for name in names {
            // A name that is no text can't stand in a policy, but stars match it.
            let text = name.utf8 ?? name.description
            let next = patterns.state(after: state, text)
            guard !next.isDead else { continue }
            let below = path == "/" ? "/\(text)" : "\(path)/\(text)"
            if patterns.matches(next) {
                guard try folder.factsIfPresent(of: name) != nil else { continue }
                hits.append(below)
                guard hits.count <= limit else { throw TooMany(count: hits.count, folder: path) }
                continue
            }
            let inner: Folder
            do throws(SystemError) {
                inner = try folder.folder(name, resolving: [.noLinks, .beneath, .noMounts])
            } catch {
                switch error.errno {
                // No folder, gone, a link, mounted over, or closed to us and so to the sandbox.
                case .noSuchFile, .notAFolder, .tooManyLinks, .crossDevice, .accessDenied: continue
                default: throw error
                }
            }
            try look(inner, below, patterns, next, limit, depth: depth + 1, &hits)
        }
    }
}
