import PiJSON
import PiSystem

/// What is known of a run, written before it has any effect and once more when it has ended.
struct RunRecord: ~Copyable {
    private let ground: RunGround
    private let beginning: JSONObject
    private let survives: Folder.Survival

    /// A run that can change nothing of the host's need not wait for the disk: a power cut leaves no effect
    /// of it either.
    init(on ground: RunGround, _ beginning: JSONObject, changesHost: Bool) throws {
        var record = beginning
        record["id"] = .string(ground.id.description)
        self.ground = ground
        self.beginning = record
        survives = changesHost ? .powerCuts : .kills
        ground.keep()
        try write(record)
    }

    /// What became of it.
    borrowing func finish(_ outcome: JSONValue) throws {
        var record = beginning
        record["outcome"] = outcome
        try write(record)
        try ground.leave()
    }

    private borrowing func write(_ record: JSONObject) throws(SystemError) {
        try ground.folder.replace(
            ground.record, with: JSONWriter.write(.object(record), layout: .indented), mode: 0o600,
            survives: survives)
    }
}
