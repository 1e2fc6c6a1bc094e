import PiAgent
import PiJSON
import PiSystem

/// `pi-runner session fork` and `session import`: a new file of what another holds.
enum SessionForkCommand {
    static let command = Command(
        name: "session fork",
        summary: "go on from an entry of a session in a new one",
        about: [
            "The way to the entry is copied, the old session stays as it is. `run --session ID` goes on with the new one."
        ],
        operands: [SessionArguments.session],
        options: [
            .init(
                name: "at", short: nil, argument: .required("ENTRY", .text),
                summary: "the last entry that is taken; where the session stands if left out"),
            SessionArguments.workspace,
        ],
        examples: [
            .init(line: "pi-runner session fork 0199 --at 4f1a22c0", summary: "another attempt")
        ],
        exitCodes: [.corrupt],
        result: [
            .init(name: "id", schema: ["type": "string"]),
            .init(name: "path", schema: ["type": "string"]),
            .init(name: "entries", schema: ["type": "integer"]),
        ],
        perform: { try branch($0) })

    static let importing = Command(
        name: "session import",
        summary: "take a session of Pi's, or an old one, over",
        about: [
            "The file stays as it is. One of an older version becomes one of version 3; of one of version 3 every entry is copied to the byte."
        ],
        operands: [.init(name: "FILE", count: .one, summary: "the session", value: .file)],
        options: [],
        examples: [.init(line: "pi-runner session import old.jsonl", summary: "of version 1 or 2")],
        exitCodes: [.corrupt],
        result: [
            .init(name: "id", schema: ["type": "string"]),
            .init(name: "path", schema: ["type": "string"]),
            .init(name: "entries", schema: ["type": "integer"]),
        ],
        perform: { try importFile($0) })

    private static func outcome(_ session: Session, _ count: Int, _ verb: String) -> Outcome {
        let path = session.path?.description ?? ""
        return Outcome(
            exit: .ok,
            text: "\(verb) \(counted(count, "entry", "entries")) to session \(session.id)\n",
            fields: [
                .init(name: "id", value: .string(session.id)),
                .init(name: "path", value: .string(path)),
                .init(name: "entries", value: .number(JSONNumber(count))),
            ])
    }

    private static func branch(_ arguments: Arguments) throws -> Outcome {
        let store = SessionStore(try StateFolder.find())
        let place = try SessionArguments.find(arguments)
        let old = try store.open(place, for: .reading)
        var end = old.leaf
        if let typed = arguments.value(of: "at")?.text {
            end = try SessionArguments.entry(typed, in: old)
        }
        let new = try store.make(for: old.workspace, parent: place.path.description)
        let way = old.way(to: end)
        try new.copy(way, of: old)
        return outcome(new, way.count, "copied")
    }

    private static func importFile(_ arguments: Arguments) throws -> Outcome {
        let store = SessionStore(try StateFolder.find())
        let place = try store.find(
            arguments.operands[0].bytes.contains(UInt8(ascii: "/"))
                ? arguments.operands[0] : RawText("./\(arguments.operands[0].text)") ?? "", for: nil
        )
        let bytes = try Folder.open(place.folder, resolving: .anything)
            .read(place.name, limit: .mebibytes(512), resolving: .anything)
        let old = try OldSession(bytes, from: place.path)
        let new = try store.make(for: old.workspace, parent: place.path.description)
        for entry in old.entries { try new.append(copy: entry) }
        return outcome(new, old.entries.count, "took over")
    }
}
