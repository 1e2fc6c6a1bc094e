import PiJSON
import PiSystem

/// The folder of one run, written before the run has any effect, and its lock, held as long as it is alive.
struct RunRecord: ~Copyable {
    private let id: RunID
    private let state: StateFolder
    private let folder: Folder
    private let lock: FileLock
    private let beginning: JSONObject
    private let survives: Folder.Survival

    /// What the names of the run's control groups begin with.
    static func groupName(_ id: RunID) -> String { groupName(id.description) }

    private static func groupName(_ id: String) -> String { "pi-runner-\(id)" }

    /// Those of runs that have not ended yet: to look for dead ones costs nothing where there are none.
    private static let alive: FilePath = "alive"

    /// A run that can change nothing of the host's need not wait for the disk: a power cut leaves no effect
    /// of it either.
    init(_ id: RunID, in state: StateFolder, _ beginning: JSONObject, changesHost: Bool) throws {
        let name = FilePath(RawText(id.description)!)
        let runs = try state.folder("runs")
        try runs.makeFolder(name, mode: 0o700)
        let folder = try runs.folder(name, resolving: [.beneath, .noLinks])
        let file = try state.folder(Self.alive).file(
            name, for: .readAndWrite, creating: .always(mode: 0o600),
            resolving: [.beneath, .noLinks])
        let lock = try FileLock(file, .exclusive, waiting: false)
        let survives: Folder.Survival = changesHost ? .powerCuts : .kills
        var record = beginning
        record["id"] = .string(id.description)
        try Self.write(record, in: folder, survives)
        self.id = id
        self.state = state
        self.folder = folder
        self.lock = lock
        self.beginning = record
        self.survives = survives
    }

    /// What became of it.
    borrowing func finish(_ outcome: JSONValue) throws {
        var record = beginning
        record["outcome"] = outcome
        try Self.write(record, in: folder, survives)
        try state.folder(Self.alive).remove(FilePath(RawText(id.description)!), isFolder: false)
    }

    private static func write(
        _ record: JSONObject, in folder: borrowing Folder, _ survives: Folder.Survival
    ) throws(SystemError) {
        try folder.replace(
            "run.json", with: JSONWriter.write(.object(record), layout: .indented), mode: 0o600,
            survives: survives)
    }

    /// Clears away after runs that were killed, and names them: their processes and mounts went with them, and
    /// what is left is empty control groups.
    static func sweep(_ state: StateFolder, groups: (String) -> Void) throws -> [String] {
        var dead: [String] = []
        let alive = try state.folder(Self.alive)
        for name in try alive.names(limit: 100_000) {
            do throws(SystemError) {
                let file = try alive.file(
                    name, for: .readAndWrite, creating: .never, resolving: [.beneath, .noLinks])
                _ = try FileLock(file, .exclusive, waiting: false)
            } catch {
                // Alive, or swept by another start in this moment.
                guard error.errno == .wouldBlock || error.errno == .noSuchFile else { throw error }
                continue
            }
            groups(groupName(name.description))
            try alive.remove(name, isFolder: false)
            dead.append(name.description)
        }
        return dead
    }
}
