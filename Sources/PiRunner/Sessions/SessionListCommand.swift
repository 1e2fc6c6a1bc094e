import PiAgent
import PiJSON
import PiSystem

/// `pi-runner session ls` and `session search`.
enum SessionListCommand {
    private static let schema: JSONValue = [
        "type": "array",
        "items": [
            "type": "object", "required": ["id", "path", "workspace", "messages"],
            "properties": [
                "id": ["type": "string"], "path": ["type": "string"],
                "workspace": ["type": "string"], "name": ["type": ["string", "null"]],
                "first": ["type": "string"], "messages": ["type": "integer"],
                "modified": ["type": "integer"],
            ],
        ],
    ]

    static let command = Command(
        name: "session ls",
        summary: "list sessions, the newest first",
        about: ["Those of the folder you are in."],
        operands: [],
        options: [
            .init(name: "all", short: "a", argument: .none, summary: "those of every folder"),
            .init(
                name: "limit", short: "n", argument: .required("N", .text),
                summary: "no more than so many; 20 if it is left out"),
            SessionArguments.workspace,
        ],
        examples: [.init(line: "pi-runner session ls", summary: "what was said here?")],
        exitCodes: [],
        result: [.init(name: "sessions", schema: schema)],
        perform: { try list($0) })

    static let search = Command(
        name: "session search",
        summary: "find sessions by what was said in them",
        about: [
            "Capital letters and small ones are the same; all words must stand in one message."
        ],
        operands: [
            .init(name: "WORD", count: .one, summary: "what to look for", value: .text),
            .init(name: "MORE", count: .any, summary: "more words", value: .text),
        ],
        options: [
            .init(name: "all", short: "a", argument: .none, summary: "those of every folder"),
            .init(
                name: "limit", short: "n", argument: .required("N", .text),
                summary: "no more hits than this; 20 if it is left out"),
            SessionArguments.workspace,
        ],
        examples: [
            .init(line: "pi-runner session search -a login token", summary: "when was that?")
        ],
        exitCodes: [],
        result: [
            .init(
                name: "hits",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["session", "entry", "role", "text"],
                        "properties": [
                            "session": ["type": "string"], "entry": ["type": "string"],
                            "role": ["type": "string"], "text": ["type": "string"],
                        ],
                    ],
                ])
        ],
        perform: { try find($0) })

    private static func limit(_ arguments: Arguments) throws -> Int {
        let given = arguments.value(of: "limit")
        guard let limit = given.map({ Int($0.text) }) ?? 20, limit > 0 else {
            throw UsageError(
                .malformed("number", given?.description ?? "", "20"), command: arguments.command)
        }
        return limit
    }

    private static func places(_ arguments: Arguments, _ store: SessionStore) throws
        -> [SessionStore.Place]
    {
        try store.list(arguments.has("all") ? nil : SessionArguments.place(arguments))
    }

    private static func list(_ arguments: Arguments) throws -> Outcome {
        let store = SessionStore(try StateFolder.find())
        let places = try places(arguments, store)
        let limit = try limit(arguments)
        var page = Layout(columns: Console.columns)
        var found: [SessionSummary] = []
        var broken: [Diagnostic] = []
        for place in places.prefix(limit) {
            do {
                found.append(try SessionSummary(place, store))
            } catch {
                broken.append(Failure.diagnostic(of: error).raised(to: .warning))
            }
        }
        page.rows(
            found.map { session in
                let wheres = arguments.has("all") ? ", in \(session.workspace)" : ""
                return (
                    String(session.id.prefix(13)),
                    "\(session.modified.age)\(wheres): \(session.title) (\(counted(session.messages, "message", "messages")))"
                )
            })
        if places.isEmpty { page.line("there is no session here") }
        if places.count > limit { page.line("and \(places.count - limit) more: --limit") }
        return Outcome(
            exit: .ok, text: page.text,
            fields: [.init(name: "sessions", value: .array(found.map(\.json)))],
            diagnostics: broken, isPaged: true)
    }

    private struct Hit {
        let session: String
        let entry: String
        let role: String
        let text: String
    }

    private static func find(_ arguments: Arguments) throws -> Outcome {
        let store = SessionStore(try StateFolder.find())
        let words = arguments.operands.map { $0.text.lowercased() }
        let limit = try limit(arguments)
        var hits: [Hit] = []
        var broken: [Diagnostic] = []
        search: for place in try places(arguments, store) {
            do {
                let session = try store.open(place, for: .reading)
                for (number, link) in session.links.enumerated() where link.type == "message" {
                    guard let entry = try session.entry(at: number),
                        case .message(let message) = entry.content
                    else { continue }
                    let text = message.plainText
                    let lower = text.lowercased()
                    guard words.allSatisfy(lower.contains) else { continue }
                    hits.append(
                        Hit(
                            session: session.id, entry: entry.id, role: message.roleName,
                            text: Self.around(words[0], in: text)))
                    if hits.count == limit { break search }
                }
            } catch {
                broken.append(Failure.diagnostic(of: error).raised(to: .warning))
            }
        }
        var page = Layout(columns: Console.columns)
        page.rows(
            hits.map { ("\($0.session.prefix(13)) \($0.entry)", "\($0.role): \($0.text)") })
        if hits.isEmpty { page.line("nothing was found") }
        return Outcome(
            exit: .ok, text: page.text,
            fields: [
                .init(
                    name: "hits",
                    value: .array(
                        hits.map {
                            [
                                "session": .string($0.session), "entry": .string($0.entry),
                                "role": .string($0.role), "text": .string($0.text),
                            ]
                        }))
            ], diagnostics: broken, isPaged: true)
    }

    /// What stands around a word, in one line.
    private static func around(_ word: String, in text: String) -> String {
        let line =
            text.split(whereSeparator: \.isNewline)
            .first { $0.lowercased().contains(word) } ?? text.prefix(120)
        return SafeText(line, limit: 160).description
    }
}
