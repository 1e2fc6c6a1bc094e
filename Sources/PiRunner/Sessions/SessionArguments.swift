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

    /// - Parameter place: which operand names it.
    static func find(_ arguments: Arguments, at place: Int = 0) throws -> SessionStore.Place {
        let store = SessionStore(try StateFolder.find())
        if let named = arguments.operands.dropFirst(place).first {
            return try store.find(named, for: nil)
        }
        let place = try Self.place(arguments)
        guard let newest = try store.newest(of: place) else {
            throw SessionStore.NotFound(
                message: "there is no session in \(SafeText(place, limit: 200))",
                help: "`pi-runner session ls --all` lists those of other folders")
        }
        return newest
    }

    static func open(
        _ arguments: Arguments, at place: Int = 0, for purpose: Session.Purpose = .reading
    ) throws -> Session {
        try SessionStore(StateFolder.find()).open(find(arguments, at: place), for: purpose)
    }

    /// The one entry whose id begins so.
    static func entry(_ typed: String, in session: Session) throws -> String {
        let found = session.links.map(\.id).filter { $0.hasPrefix(typed) }
        guard found.count == 1 else {
            throw SessionStore.NotFound(
                message: "there is no one entry \(SafeText(typed, limit: 40))",
                help: "`pi-runner session tree` lists them")
        }
        return found[0]
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
                    self.name = name.isEmpty ? nil : name
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
