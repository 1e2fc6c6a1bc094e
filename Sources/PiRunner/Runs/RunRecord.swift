import PiJSON
import PiSystem

/// The folder of one run: written before the run has any effect, and locked as long as it is alive.
struct RunRecord: ~Copyable {
    let id: RunID
    private let folder: Folder
    private let lock: FileLock
    private let beginning: JSONObject

    /// The name of the run's control groups.
    var groupName: String { Self.groupName(id.description) }

    static func groupName(_ id: String) -> String { "pi-runner-\(id)" }

    init(in state: StateFolder, _ beginning: JSONObject) throws {
        let runs = try state.folder("runs")
        let id = try RunID.make()
        let name = FilePath(RawText(id.description)!)
        try runs.makeFolder(name, mode: 0o700)
        let folder = try runs.folder(name, resolving: [.beneath, .noLinks])
        let file = try folder.file(
            "lock", for: .readAndWrite, creating: .always(mode: 0o600),
            resolving: [.beneath, .noLinks])
        let lock = try FileLock(file, .exclusive, waiting: false)
        var record = beginning
        record["id"] = .string(id.description)
        try Self.write(record, in: folder)
        self.id = id
        self.folder = folder
        self.lock = lock
        self.beginning = record
    }

    /// What became of it.
    borrowing func finish(_ outcome: JSONValue) throws {
        var record = beginning
        record["outcome"] = outcome
        try Self.write(record, in: folder)
    }

    private static func write(
        _ record: JSONObject, in folder: borrowing Folder
    ) throws(SystemError) {
        try folder.replace(
            "run.json", with: JSONWriter.write(.object(record), layout: .indented), mode: 0o600)
    }
}
