import PiAI
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

    /// What is asked about, of which the index knows what has not changed.
    fileprivate struct Asked {
        let store: SessionStore
        let index: SessionIndex
        let places: [SessionStore.Place]

        init(_ arguments: Arguments) throws {
            let state = try StateFolder.find()
            store = SessionStore(state)
            index = SessionIndex(in: state)
            let workspace = try arguments.has("all") ? nil : SessionArguments.place(arguments)
            places = try store.list(workspace)
        }

        func each(_ most: Int, _ work: (SessionStore.Place) throws -> Bool) -> [Diagnostic] {
            index.together {
                index.forgetLost()
                var broken: [Diagnostic] = []
                for place in places.prefix(most) {
                    do {
                        guard try work(place) else { break }
                    } catch {
                        broken.append(Failure.diagnostic(of: error).raised(to: .warning))
                    }
                }
                return broken
            }
        }
    }

    private static func list(_ arguments: Arguments) throws -> Outcome {
        let asked = try Asked(arguments)
        let limit = try limit(arguments)
        var page = Layout(columns: Console.columns)
        var found: [SessionSummary] = []
        let broken = asked.each(limit) { place in
            let facts = try FileFacts.of(place.path)
            if let known = asked.index.summary(place, facts) {
                found.append(known)
            } else {
                let summary = try SessionSummary(place, asked.store, facts)
                asked.index.keep(summary, place, facts)
                found.append(summary)
            }
            return true
        }
        page.rows(
            found.map { session in
                let wheres = arguments.has("all") ? ", in \(session.workspace)" : ""
                return (
                    String(session.id.prefix(13)),
                    "\(session.modified.age)\(wheres): \(session.title) (\(counted(session.messages, "message", "messages")))"
                )
            })
        if asked.places.isEmpty { page.line("there is no session here") }
        if asked.places.count > limit {
            page.line("and \(asked.places.count - limit) more: --limit")
        }
        return Outcome(
            exit: .ok, text: page.text,
            fields: [.init(name: "sessions", value: .array(found.map(\.json)))],
            diagnostics: broken, isPaged: true)
    }

    fileprivate struct Hit {
        let session: String
        let entry: String
        let role: String
        let text: String
    }

    private static func find(_ arguments: Arguments) throws -> Outcome {
        let asked = try Asked(arguments)
        let words = arguments.operands.map { $0.text.lowercased() }
        let limit = try limit(arguments)
        var hits: [Hit] = []
        let broken = asked.each(.max) { place in
            hits += try asked.hits(words, in: place, most: limit - hits.count)
            return hits.count < limit
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
    fileprivate static func around(_ word: String, in text: String) -> String {
        let line =
            text.split(whereSeparator: \.isNewline)
            .first { $0.lowercased().contains(word) } ?? text.prefix(120)
        return SafeText(line, limit: 160).description
    }
}

extension SessionListCommand.Asked {
    /// The index says where to look; what is found there is read from the session.
    fileprivate func hits(
        _ words: [String], in place: SessionStore.Place, most: Int
    ) throws -> [SessionListCommand.Hit] {
        let facts = try FileFacts.of(place.path)
        var found = index.places(of: words, in: place, facts, most: most)
        if found == [] { return [] }
        let session = try store.open(place, for: .reading)
        let links = session.links
        func message(_ number: Int) throws -> (entry: String, message: Message)? {
            guard links[number].type == "message", let entry = try session.entry(at: number),
                case .message(let message) = entry.content
            else { return nil }
            return (entry.id, message)
        }
        if found == nil {
            index.learn(session, place, facts) { try message($0)?.message.plainText.lowercased() }
            found = index.places(of: words, in: place, facts, most: most)
        }
        var hits: [SessionListCommand.Hit] = []
        for number in found ?? Array(0..<session.count) where hits.count < most {
            guard let (entry, message) = try message(number) else { continue }
            let text = message.plainText
            let folded = Array(text.lowercased().utf8)
            guard words.allSatisfy({ folded.firstRange(of: Array($0.utf8)) != nil }) else {
                continue
            }
            hits.append(
                SessionListCommand.Hit(
                    session: session.id, entry: entry, role: message.roleName,
                    text: SessionListCommand.around(words[0], in: text)))
        }
        return hits
    }
}
