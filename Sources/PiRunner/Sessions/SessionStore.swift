import PiAgent
import PiJSON
import PiSystem

/// The sessions of this user, a folder for each workspace, as Pi keeps them.
struct SessionStore {
    private let state: StateFolder

    init(_ state: StateFolder) {
        self.state = state
    }

    private static let all: FilePath = "sessions"

    struct Place: Hashable {
        let folder: FilePath
        let name: FilePath
        var path: FilePath { folder.appending(name) }
    }

    struct NotFound: Error {
        let message: String
        let help: String

        var diagnostic: Diagnostic { Diagnostic(severity: .error, message: message, help: help) }
    }

    /// How a record names the file of a session, wherever it is looked at from.
    static func recorded(_ path: FilePath) throws -> String {
        try Folder.open(path.parent, resolving: .anything).realPath()
            .appending(path.name ?? ".").description
    }

    /// Whether it lies where we keep them.
    func isOurs(_ place: Place) -> Bool {
        place.path.description.hasPrefix("\(state.path.appending(Self.all))/")
    }

    func make(for workspace: String, parent: String? = nil) throws -> Session {
        let folder = try state.folder(Self.all.appending(SessionName.folder(of: workspace)))
        return try Session.make(
            id: RunID.make().description, for: workspace, in: folder, parent: parent)
    }

    /// Those of a workspace, or of all, the newest first.
    func list(_ workspace: String?) throws -> [Place] {
        guard try state.folder().factsIfPresent(of: Self.all) != nil else { return [] }
        let all = try state.folder(Self.all)
        let folders =
            try workspace.map { [SessionName.folder(of: $0)] } ?? all.names(limit: 100_000)
        var places: [(Place, WallInstant)] = []
        for name in folders where try all.factsIfPresent(of: name)?.kind == .folder {
            let folder = try all.folder(name, resolving: [.beneath, .noLinks])
            for file in try folder.names(limit: 1_000_000) where SessionName.id(of: file) != nil {
                // One that has gone meanwhile is none.
                guard let facts = try folder.factsIfPresent(of: file), facts.kind == .file else {
                    continue
                }
                places.append((Place(folder: folder.path, name: file), facts.modified))
            }
        }
        return places.sorted { $0.1 > $1.1 }.map(\.0)
    }

    /// Two folders can have one name here: what counts is what the session itself says.
    func newest(of workspace: String) throws -> Place? {
        try list(workspace).first { place in
            // One that can't be read is not the one that is meant.
            let session = try? open(place, for: .reading)
            return session?.workspace == workspace
        }
    }

    /// By a path, or by the beginning of its id.
    func find(_ typed: RawText, for workspace: String?) throws -> Place {
        let text = typed.text
        if text.contains("/") || text.hasSuffix(".jsonl") {
            let path = FilePath(typed)
            guard let name = path.name else {
                throw NotFound(message: "\(path) is no file", help: "name a session")
            }
            return Place(folder: path.parent, name: name)
        }
        let found = try list(nil).filter { SessionName.id(of: $0.name)?.hasPrefix(text) == true }
        guard found.count == 1 else {
            throw NotFound(
                message: found.isEmpty
                    ? "there is no session \(SafeText(text, limit: 60))"
                    : "\(found.count) sessions begin with \(SafeText(text, limit: 60))",
                help: "`pi-runner session ls --all` lists them")
        }
        return found[0]
    }

    func open(_ place: Place, for purpose: Session.Purpose) throws -> Session {
        do {
            return try Session.open(
                place.name, in: Folder.open(place.folder, resolving: .anything), for: purpose)
        } catch let error as SystemError where error.errno == .wouldBlock {
            let holder = FileHolder.find(of: place.path)
            throw NotFound(
                message: "another program writes to the session \(place.path)\(holder)",
                help: "wait until it has ended, or begin another session")
        }
    }
}

/// Who has a lock on a file, by the kernel's own list.
enum FileHolder {
    /// ` (process 123)`, or nothing if nobody knows.
    static func find(of path: FilePath) -> String {
        // It is only told if it can be found out.
        let facts = try? FileFacts.of(path)
        // As above.
        let locks = try? Folder.open("/proc", resolving: .anything)
            .read("locks", limit: .mebibytes(4), resolving: .anything)
        guard let facts, let bytes = locks else { return "" }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            // proc_locks(5): number, kind, way, access, process, device and inode.
            let words = line.split(separator: " ")
            guard words.count >= 6, words[1] == "FLOCK",
                words[5].split(separator: ":").last.map(String.init) == "\(facts.inode)"
            else { continue }
            return " (process \(words[4]))"
        }
        return ""
    }
}
