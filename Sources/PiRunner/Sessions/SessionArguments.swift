import PiAI
import PiAgent
import PiJSON
import PiSystem

/// What the session commands have in common on the command line.
enum SessionArguments {
    static let session = Command.Operand(
        name: "S", count: .optional,
        summary: "a file, or the beginning of an id; the newest of this folder if it is left out",
        value: .text)

    static let workspace = Command.Option(
        name: "workspace", short: nil, argument: .required("DIR", .file),
        summary: "the folder that was worked on, if not this one")

    /// The folder whose sessions are meant.
    static func place(_ arguments: Arguments) throws -> String {
        try RunArguments.place(arguments)
    }

    static func find(_ arguments: Arguments) throws -> SessionStore.Place {
        let store = SessionStore(try StateFolder.find())
        if let named = arguments.operands.first { return try store.find(named, for: nil) }
        let place = try place(arguments)
        guard let newest = try store.newest(of: place) else {
            throw SessionStore.NotFound(
                message: "there is no session in \(SafeText(place, limit: 200))",
                help: "`pi-runner session ls --all` lists those of other folders")
        }
        return newest
    }

    static func open(_ arguments: Arguments) throws -> Session {
        try SessionStore(StateFolder.find()).open(find(arguments), for: .reading)
    }
}

/// What a list tells of a session.
struct SessionSummary: Hashable {
    let id: String
    let path: FilePath
    let workspace: String
    private(set) var name: String?
    /// How it began.
    private(set) var firstPrompt = ""
    private(set) var messages = 0
    let modified: WallInstant
}

extension SessionSummary {
    private static let mostOfPrompt = 500

    init(_ place: SessionStore.Place, _ store: SessionStore, _ facts: FileFacts) throws {
        let session = try store.open(place, for: .reading)
        self.init(
            id: session.id, path: place.path, workspace: session.workspace,
            modified: facts.modified)
        for (number, link) in session.links.enumerated() {
            switch link.type {
            case "message":
                messages += 1
                guard firstPrompt.isEmpty else { continue }
                guard case .message(let message)? = try session.entry(at: number)?.content,
                    case .user(let user) = message
                else { continue }
                firstPrompt = String(user.content.joinedText.prefix(Self.mostOfPrompt))
            case "session_info":
                if case .name(let name)? = try session.entry(at: number)?.content {
                    self.name = name
                }
            default: break
            }
        }
    }

    /// In a line: its name, else how it began.
    var title: String {
        let text = name ?? firstPrompt.split(whereSeparator: \.isNewline).first.map(String.init)
        return SafeText(text ?? "(nothing was said)", limit: 100).description
    }

    var json: JSONValue {
        [
            "id": .string(id), "path": .string(path.description),
            "workspace": .string(workspace), "name": name.map(JSONValue.string) ?? .null,
            "first": .string(firstPrompt),
            "messages": .number(JSONNumber(messages)),
            "modified": .number(JSONNumber(modified.milliseconds)),
        ]
    }
}
