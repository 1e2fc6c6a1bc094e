import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// A run whose changes wait: what it wrote lies in its layer, and the workspace is as it was.
///
/// There is a note of each in the state folder, written before the layer is made and removed after it.
struct WaitingRun {
    let id: String
    let workspace: String
    /// Whatever changed in the workspace since then, somebody else has changed.
    let since: WallInstant
    /// The patterns of `workspace.protect`.
    let protected: [String]
    private let state: StateFolder

    private static let notes: FilePath = "waiting"

    struct NotFound: Error {
        let diagnostic: Diagnostic

        static func none(in workspace: String) -> NotFound {
            NotFound(
                diagnostic: Diagnostic(
                    severity: .error,
                    message: "no changes wait for \(SafeText(workspace, limit: 200))",
                    help:
                        "changes wait when a run's policy has `workspace: {mode: overlay}`; go to its workspace, or name it by --workspace"
                ))
        }

        static func noSuch(_ given: RawText, _ known: [String]) -> NotFound {
            NotFound(
                diagnostic: Diagnostic(
                    severity: .error,
                    message: "there is no one run \(given.description) whose changes wait here",
                    help: "give the beginning of one: \(known.prefix(5).joined(separator: ", "))"))
        }

        static func alive(_ id: String) -> NotFound {
            NotFound(
                diagnostic: Diagnostic(
                    severity: .error, message: "run \(id) is still under way",
                    help: "wait until it has ended"))
        }
    }

    // MARK: - Made by a run

    static func note(
        _ id: RunID, _ workspace: String, protected: [String], in state: StateFolder
    ) throws {
        // The kernel stamps files with a clock that may be a tick behind.
        let since = Clock<TimeOfDay>.system.now.nanoseconds - 10_000_000
        let note: JSONValue = [
            "version": 1, "workspace": .string(workspace),
            "since_ns": .string("\(since)"),
            "protected": .array(protected.map(JSONValue.string)),
        ]
        try state.folder(notes).replace(
            id.name, with: JSONWriter.write(note, layout: .indented), mode: 0o600)
    }

    init?(_ id: String, in state: StateFolder) throws {
        guard let name = FilePath(id) else { return nil }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try state.folder(Self.notes).read(
                name, limit: .mebibytes(1), resolving: [.beneath, .noLinks])
        } catch {
            guard error.errno == .noSuchFile else { throw error }
            return nil
        }
        let note = try JSONReader.read(
            String(decoding: bytes, as: UTF8.self), .exact(sizeLimit: 1 << 20)
        ).value
        guard note["version"]?.number?.int == 1, let workspace = note["workspace"]?.string,
            let since = note["since_ns"]?.string.flatMap({ Int64($0) }),
            let protected = note["protected"]?.array
        else {
            throw NotFound(
                diagnostic: Diagnostic(
                    severity: .error, message: "the note of run \(id) can't be understood",
                    help: "use the version of pi-runner that made the run"))
        }
        self.id = id
        self.workspace = workspace
        self.since = WallInstant(nanoseconds: since)
        self.protected = protected.compactMap(\.string)
        self.state = state
    }

    // MARK: - Found by a person

    /// The newest of a workspace, or the one that `given` begins.
    static func find(
        _ given: RawText?, in workspace: String, _ state: StateFolder
    ) throws -> WaitingRun {
        let waiting = try all(in: workspace, state)
        guard let newest = waiting.last else { throw NotFound.none(in: workspace) }
        let found: WaitingRun
        if let given {
            let fitting = waiting.filter { run in
                given.utf8.map { !$0.isEmpty && run.id.hasPrefix($0) } ?? false
            }
            guard fitting.count == 1 else { throw NotFound.noSuch(given, waiting.map(\.id)) }
            found = fitting[0]
        } else {
            found = newest
        }
        guard try !found.isAlive else { throw NotFound.alive(found.id) }
        return found
    }

    /// Those of a workspace, for whoever begins another there; none where nothing has ever waited.
    static func names(in workspace: String, _ state: StateFolder) throws -> [String] {
        guard try state.folder().factsIfPresent(of: notes) != nil else { return [] }
        return try all(in: workspace, state).filter { try !$0.isAlive }.map(\.id)
    }

    /// The oldest first: names of runs sort by their time.
    private static func all(in workspace: String, _ state: StateFolder) throws -> [WaitingRun] {
        try state.folder(notes).names(limit: 100_000).compactMap { name in
            guard let id = name.utf8, !id.hasPrefix(".") else { return nil }
            return try WaitingRun(id, in: state)
        }.filter { workspace == $0.workspace || workspace.hasPrefix("\($0.workspace)/") }
    }

    private var isAlive: Bool { get throws { try RunGround.isAlive(id, in: state) } }

    // MARK: - What waits

    private var folder: FilePath { FilePath("runs/\(id)")! }

    func layer() throws(SystemError) -> Folder {
        try state.folder().folder(
            folder.appending("layer/upper"), resolving: [.beneath, .noLinks])
    }

    func below() throws -> Folder {
        try Folder.open(FilePath(workspace) ?? "/", resolving: .noLinks)
    }

    /// Nested so deep, or so many, that nobody would look at them: refused.
    func changes() throws -> [Change] {
        // It was killed before it had a layer.
        guard try state.folder().factsIfPresent(of: folder.appending("layer")) != nil else {
            return []
        }
        return try LayerDifference.find(
            layer: layer(), below: below(), limits: .init(entries: 1_000_000, depth: 200))
    }

    /// Without changes there is nothing to ask about later.
    func discardIfEmpty() throws {
        if try changes().isEmpty { try discard() }
    }

    /// Drops all that waits.
    func discard() throws {
        let runs = try state.folder().folder(folder, resolving: [.beneath, .noLinks])
        if try runs.factsIfPresent(of: "layer") != nil {
            try LayerFolder.empty(runs.folder("layer", resolving: [.beneath, .noLinks]))
            try runs.remove("layer", isFolder: true)
        }
        try state.folder(Self.notes).remove(FilePath(id)!, isFolder: false)
    }
}
