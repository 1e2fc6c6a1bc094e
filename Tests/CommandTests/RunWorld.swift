import PiJSON
import PiSystem
import PiTesting

/// A person with a project, and a model that is a script.
struct RunWorld {
    let person: ExecWorld
    private let script: FilePath

    init(in world: borrowing World, turns: String) throws {
        person = try ExecWorld(in: world)
        script = world.path.appending("script.yaml")
        try ExecWorld.write("version: 1\nturns:\n\(turns)", to: script)
    }

    /// `pi-runner run OPTIONS -m SCRIPT PROMPT`, in the folder of work.
    func run(_ options: [RawText] = [], _ prompt: [RawText] = ["go"]) throws -> Program {
        var run = try person.exec([], ["x"])
        run.arguments = ["run"] + options + ["-m", RawText("scripted/\(script)")!] + prompt
        return run
    }

    /// Another command of the same person.
    func command(_ arguments: [RawText]) throws -> Program {
        var run = try person.exec([], ["x"])
        run.arguments = arguments
        return run
    }

    func write(turns: String) throws {
        try ExecWorld.write("version: 1\nturns:\n\(turns)", to: script)
    }

    /// The newest session.
    func sessionFile() throws -> FilePath {
        let place = person.home.appending("state/pi-runner/sessions")
        let all = try Folder.open(place, resolving: .noLinks)
        var newest: (name: String, path: FilePath)?
        for folder in try all.names(limit: 100) {
            for name in try all.folder(folder, resolving: .noLinks).names(limit: 100)
            where name.text > newest?.name ?? "" {
                newest = (name.text, place.appending(folder).appending(name))
            }
        }
        guard let newest else { throw NoSession() }
        return newest.path
    }

    struct NoSession: Error {}

    /// The lines of the newest session, its header first.
    func session() throws -> [JSONValue] {
        let path = try sessionFile()
        let bytes = try Folder.open(path.parent, resolving: .noLinks)
            .read(path.name!, limit: .mebibytes(64), resolving: .noLinks)
        return try bytes.split(separator: 0x0A).map {
            try JSONReader.read(Array($0), .exact(sizeLimit: 64 << 20)).value
        }
    }

    /// Each result of a call: the tool, whether it failed, and what the model was told.
    func results() throws -> [(tool: String, isError: Bool, text: String)] {
        try session().compactMap { $0["message"] }.filter { $0["role"] == "toolResult" }.map {
            (
                $0["toolName"]?.string ?? "", $0["isError"]?.bool ?? false,
                ($0["content"]?.array ?? []).compactMap { $0["text"]?.string }.joined()
            )
        }
    }
}
