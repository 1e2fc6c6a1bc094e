import PiJSON
import PiPolicy
import PiSystem

/// What exists of the files that patterns are about, below one folder.
enum PatternHits {
    /// A pattern that can't be kept here, and so nothing starts.
    struct Unmet: Error {
        enum Cause: Hashable {
            case moreThan(Int)
            case tooDeep
            /// A folder that can't be listed is no folder that can't be entered.
            case unreadable
            case notText
        }

        let cause: Cause
        let place: String

        var diagnostic: Diagnostic {
            let place = SafeText(place, limit: 200)
            let (message, help) =
                switch cause {
                case .moreThan(let count):
                    (
                        "a pattern of `hide` or `protect` matches more than \(count) files, of which one is \(place)",
                        "name the folders that hold them instead of each file"
                    )
                case .tooDeep:
                    (
                        "\(place) lies too deep for a pattern of `hide` or `protect` with `**`",
                        "remove what is nested there, or name folders instead of `**`"
                    )
                case .unreadable:
                    (
                        "\(place) can't be listed, and a pattern of `hide` or `protect` may be about what is in it",
                        "chmod u+rx it, or hide the folder itself"
                    )
                case .notText:
                    (
                        "the name of \(place) is no text, and a pattern of `hide` or `protect` matches it",
                        "give it a name in UTF-8, or hide the folder that it is in"
                    )
                }
            return Diagnostic(severity: .error, message: message, help: help)
        }
    }

    /// The topmost matches: what holds for a folder holds for all that is in it.
    ///
    /// With `hidingSockets` every socket on the way is a hit, too; `withAbsent`, what a pattern without a star names and
    /// is not there.
    ///
    /// What is looked at can be a folder that stands in for the one that the patterns are about.
    ///
    /// Only folders that a pattern can reach are opened, and of those that only names can lead on from, no
    /// more than these names are looked at: without `**` the size of the tree makes no difference.
    static func find(
        _ patterns: PathPatterns, below folder: String, standingIn: String? = nil, limit: Int,
        hidingSockets: Bool = false, withAbsent: Bool = false
    ) throws -> [String] {
        let state = patterns.state(at: folder)
        guard !state.isDead else { return [] }
        var walk = Walk(
            patterns: patterns, limit: limit, hidesSockets: hidingSockets, countsAbsent: withAbsent)
        try walk.look(
            Folder.open(FilePath(standingIn ?? folder) ?? "/", resolving: .noLinks), folder, state,
            depth: 0)
        return walk.hits
    }

    private struct Walk {
        let patterns: PathPatterns
        let limit: Int
        let hidesSockets: Bool
        let countsAbsent: Bool
        var hits: [String] = []
        private var sieves: [PathPatterns.State: PathPatterns.Sieve] = [:]

        init(patterns: PathPatterns, limit: Int, hidesSockets: Bool, countsAbsent: Bool) {
            self.patterns = patterns
            self.limit = limit
            self.hidesSockets = hidesSockets
            self.countsAbsent = countsAbsent
        }

        mutating func look(
            _ folder: borrowing Folder, _ path: String, _ state: PathPatterns.State, depth: Int
        ) throws {
            guard depth < 200 else { throw Unmet(cause: .tooDeep, place: path) }
            for (name, next) in try ahead(in: folder, path, state) {
                let below = PatternHits.join(path, name.text)
                let inner: Folder
                do throws(SystemError) {
                    inner = try folder.folder(name, resolving: [.noLinks, .beneath])
                } catch {
                    switch error.errno {
                    // No folder, gone, or a link.
                    case .noSuchFile, .notAFolder, .tooManyLinks: continue
                    case .accessDenied where try !PatternHits.mayBeEntered(name, in: folder):
                        continue
                    case .accessDenied: throw Unmet(cause: .unreadable, place: below)
                    default: throw error
                    }
                }
                try look(inner, below, next, depth: depth + 1)
            }
        }

        /// Notes what is a hit in a folder; what may be a folder on the way to others.
        private mutating func ahead(
            in folder: borrowing Folder, _ path: String, _ state: PathPatterns.State
        ) throws -> [(FilePath, PathPatterns.State)] {
            var ahead: [(FilePath, PathPatterns.State)] = []
            if let names = patterns.names(after: state) {
                for name in names.compactMap({ FilePath($0) }) {
                    try weigh(name, .unknown, in: folder, path, state, &ahead)
                }
                return ahead
            }
            let sieve = sieves[state] ?? patterns.sieve(for: state)
            sieves[state] = sieve
            try folder.forEachName(limit: 1_000_000) { bytes, kind in
                let isFree = !sieve.passes(bytes)
                let isSocket = kind == .socket && hidesSockets
                // Nothing is about it, and it is no folder: by far the most.
                if isFree, !isSocket, kind == .other || sieve.rest.isDead && kind == .folder {
                    return
                }
                guard let name = RawText(bytes).map(FilePath.init) else { return }
                if isFree, kind == .folder {
                    ahead.append((name, sieve.rest))
                } else {
                    try weigh(name, kind, in: folder, path, state, &ahead)
                }
            }
            return ahead
        }

        private mutating func weigh(
            _ name: FilePath, _ kind: Folder.EntryKind, in folder: borrowing Folder,
            _ path: String, _ state: PathPatterns.State,
            _ ahead: inout [(FilePath, PathPatterns.State)]
        ) throws {
            // A name that is no text can't stand in a policy, but stars match it.
            let next = patterns.state(after: state, name.text)
            // Whoever can see a socket can talk to what listens there: a read-only mount is no wall.
            let isHidden =
                try hidesSockets
                && (kind == .unknown
                    ? folder.factsIfPresent(of: name)?.kind == .socket : kind == .socket)
            guard isHidden || patterns.matches(next) else {
                if !next.isDead, kind == .folder || kind == .unknown { ahead.append((name, next)) }
                return
            }
            guard try countsAbsent || folder.factsIfPresent(of: name) != nil else { return }
            let below = PatternHits.join(path, name.text)
            guard name.utf8 != nil else { throw Unmet(cause: .notText, place: below) }
            hits.append(below)
            guard hits.count <= limit else { throw Unmet(cause: .moreThan(limit), place: below) }
        }
    }

    private static func join(_ path: String, _ name: String) -> String {
        path == "/" ? "/\(name)" : "\(path)/\(name)"
    }

    /// Whoever owns a folder can open it to themselves, and in one without leave to list it names still work.
    fileprivate static func mayBeEntered(
        _ name: FilePath, in folder: borrowing Folder
    ) throws(SystemError) -> Bool {
        let facts = try folder.facts(of: name)
        return facts.kind == .folder && (facts.user == .current || facts.mode & 0o011 != 0)
    }
}
