import PiJSON
import PiSystem
import Synchronization

/// What is known of a run, written before it has any effect, when something is to be added, and when it has ended.
final class RunRecord: Sendable {
    private let ground: RunGround
    private let survives: Folder.Survival
    private let state: Mutex<JSONObject>

    /// A run that can change nothing of the host's need not wait for the disk: a power cut leaves no effect
    /// of it either.
    init(on ground: RunGround, _ beginning: JSONObject, changesHost: Bool) throws {
        var record = beginning
        record["id"] = .string(ground.id.description)
        self.ground = ground
        state = Mutex(record)
        survives = changesHost ? .powerCuts : .kills
        ground.keep()
        try write(record)
    }

    /// What has come to be known while it goes on; of one that has ended nothing does.
    func add(_ name: String, _ value: JSONValue) throws {
        try state.withLock { record in
            guard record["outcome"] == nil else { return }
            // What could not be written is not part of what is written later.
            var longer = record
            longer[name] = value
            try write(longer)
            record = longer
        }
    }

    /// What became of it.
    func finish(_ outcome: JSONValue) throws {
        try state.withLock { record in
            record["outcome"] = outcome
            try write(record)
        }
        try ground.leave()
    }

    private func write(_ record: JSONObject) throws(SystemError) {
        try ground.folder.replace(
            ground.record, with: JSONWriter.write(.object(record), layout: .indented), mode: 0o600,
            survives: survives)
    }
}
