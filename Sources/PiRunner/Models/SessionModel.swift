import PiAgent
import PiJSON
import PiSystem

/// The model that a session goes on with when nobody names one.
///
/// It is one that a person has chosen for this very session, by our own record of its run: what a session file says of models may
/// be anybody's word, and would choose who is told all of it, or what is read from the disk.
enum SessionModel {
    /// Nil for a new session, and for one of which no run of ours has a record.
    static func asked(by arguments: Arguments) throws -> String? {
        guard !["model", "base-url", "no-session"].contains(where: arguments.has) else {
            return nil
        }
        let state = try StateFolder.find()
        let store = SessionStore(state)
        let place: SessionStore.Place?
        if let named = arguments.value(of: "session") {
            place = try store.find(named, for: nil)
        } else if arguments.has("continue") {
            place = try store.newest(of: SessionArguments.place(arguments))
        } else {
            place = nil
        }
        guard let place else { return nil }
        let session = try store.open(place, for: .reading)
        var files = [try SessionStore.recorded(place.path)]
        // A fork goes on where the session stood that it was made of.
        if store.isOurs(place), let parent = session.header["parentSession"]?.string {
            files.append(parent)
        }
        var record: JSONValue?
        if let run = try AgentRun.last(of: session) {
            record = try Self.record(of: run, in: state) { record in
                record["session"]?.string.map(files.contains) ?? false
            }
        }
        if record?["asked"] == .null {
            throw ModelChoice.Refused(
                .usage, "this session asked a server that was named by its address",
                help: "name it again with --base-url, or another model with --model")
        }
        let asked = record?["asked"]?.string
        guard asked != nil || !arguments.has("api-key-env") else {
            throw ModelChoice.Refused(
                .usage, "there is no record of whom this session asked, and a key is for one model",
                help: "name the model, too: --model")
        }
        return asked
    }

    /// The newest record that is meant; nil if the run has none, or is no run.
    private static func record(
        of run: String, in state: StateFolder, where isMeant: (JSONValue) -> Bool
    ) throws -> JSONValue? {
        // A whole id: what only begins like one would find another.
        guard run.utf8.count == 36, let id = RawText(run) else { return nil }
        do {
            return try PastRun.find(id, in: "", state).records.last(where: isMeant)
        } catch is PastRun.NotFound {
            return nil
        }
    }
}
