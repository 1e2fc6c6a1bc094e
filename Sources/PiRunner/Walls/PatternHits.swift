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
        guard depth < 200 else { throw Unmet(cause: .tooDeep, place: path) }
        let listed: [Folder.Name] =
            try patterns.names(after: state)?.compactMap { name in
                FilePath(name).map { Folder.Name(path: $0, isSocket: false) }
            } ?? folder.namesWithSockets(limit: 1_000_000)
        for entry in listed {
            let name = entry.path
            // A name that is no text can't stand in a policy, but stars match it.
            let text = name.text
            let next = patterns.state(after: state, text)
            guard !next.isDead || entry.isSocket && hidesSockets else { continue }
            let below = path == "/" ? "/\(text)" : "\(path)/\(text)"
            // Whoever can see a socket can talk to what listens there: a read-only mount is no wall.
            if entry.isSocket && hidesSockets || patterns.matches(next) {
                guard try folder.factsIfPresent(of: name) != nil else { continue }
                guard name.utf8 != nil else { throw Unmet(cause: .notText, place: below) }
                hits.append(below)
                guard hits.count <= limit else {
                    throw Unmet(cause: .moreThan(limit), place: below)
                }
                continue
            }
            let inner: Folder
            do throws(SystemError) {
                inner = try folder.folder(name, resolving: [.noLinks, .beneath])
            } catch {
                switch error.errno {
                // No folder, gone, or a link.
                case .noSuchFile, .notAFolder, .tooManyLinks: continue
                case .accessDenied where try !mayBeEntered(name, in: folder): continue
                case .accessDenied: throw Unmet(cause: .unreadable, place: below)
                default: throw error
                }
            }
            try look(inner, below, patterns, next, limit, hidesSockets, depth: depth + 1, &hits)
        }
    }

    /// Whoever owns a folder can open it to themselves, and in one without leave to list it names still work.
    private static func mayBeEntered(
        _ name: FilePath, in folder: borrowing Folder
    ) throws(SystemError) -> Bool {
        let facts = try folder.facts(of: name)
        return facts.kind == .folder && (facts.user == .current || facts.mode & 0o011 != 0)
    }
}
