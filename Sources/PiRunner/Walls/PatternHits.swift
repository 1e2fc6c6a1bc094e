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
    /// With `hidingSockets` every socket on the way is a hit, too.
    ///
    /// Only folders that a pattern can reach are opened, and of those that only names can lead on from, no
    /// more than these names are looked at: without `**` the size of the tree makes no difference.
    static func find(
        _ patterns: PathPatterns, below folder: String, limit: Int, hidingSockets: Bool = false
    ) throws -> [String] {
        var hits: [String] = []
        let state = patterns.state(at: folder)
        guard !state.isDead else { return [] }
        try look(
            Folder.open(FilePath(folder) ?? "/", resolving: .noLinks), folder, patterns, state,
            limit, hidingSockets, depth: 0, &hits)
        return hits
    }

    private static func look(
        _ folder: borrowing Folder, _ path: String, _ patterns: PathPatterns,
        _ state: PathPatterns.State, _ limit: Int, _ hidesSockets: Bool, depth: Int,
        _ hits: inout [String]
    ) throws {
        guard depth < 200 else { throw TooMany(count: hits.count, folder: path) }
        let listed: [Folder.Name] =
            try patterns.names(after: state)?.compactMap { name in
                FilePath(name).map { Folder.Name(path: $0, isSocket: false) }
            } ?? folder.namesWithSockets(limit: 1_000_000)
        for entry in listed {
            let name = entry.path
            // A name that is no text can't stand in a policy, but stars match it.
            let text = name.utf8 ?? name.description
            let next = patterns.state(after: state, text)
            guard !next.isDead || entry.isSocket && hidesSockets else { continue }
            let below = path == "/" ? "/\(text)" : "\(path)/\(text)"
            // Whoever can see a socket can talk to what listens there: a read-only mount is no wall.
            if entry.isSocket && hidesSockets || patterns.matches(next) {
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
            try look(inner, below, patterns, next, limit, hidesSockets, depth: depth + 1, &hits)
        }
    }
}
