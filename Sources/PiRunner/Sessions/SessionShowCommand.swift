import PiAI
import PiAgent
import PiJSON
import PiSystem

/// `pi-runner session show` and `session tree`.
enum SessionShowCommand {
    private static let entries: JSONValue = [
        "type": "array",
        "items": [
            "type": "object", "required": ["id", "parent", "type", "who", "text"],
            "properties": [
                "id": ["type": "string"], "parent": ["type": ["string", "null"]],
                "type": ["type": "string"], "who": ["type": ["string", "null"]],
                "text": ["type": "string"],
            ],
        ],
    ]

    static let command = Command(
        name: "session show",
        summary: "read a conversation",
        about: [
            "From its beginning to where it stands; results of tools are cut unless --full is given."
        ],
        operands: [SessionArguments.session],
        options: [
            .init(name: "full", short: nil, argument: .none, summary: "show everything whole"),
            SessionArguments.workspace,
        ],
        examples: [.init(line: "pi-runner session show", summary: "what was said last here")],
        exitCodes: [.corrupt],
        result: [
            .init(name: "id", schema: ["type": "string"]),
            .init(name: "entries", schema: entries),
        ],
        perform: { try show($0) })

    static let tree = Command(
        name: "session tree",
        summary: "show the branches of a conversation",
        about: ["A line for each thing that was said; `*` stands where the conversation goes on."],
        operands: [SessionArguments.session],
        options: [SessionArguments.workspace],
        examples: [.init(line: "pi-runner session tree", summary: "where did it branch?")],
        exitCodes: [.corrupt],
        result: [
            .init(name: "id", schema: ["type": "string"]),
            .init(name: "leaf", schema: ["type": ["string", "null"]]),
            .init(name: "entries", schema: entries),
        ],
        perform: { try tree($0) })

    private static func row(_ entry: SessionEntry, _ text: String) -> JSONValue {
        [
            "id": .string(entry.id), "parent": entry.parent.map(JSONValue.string) ?? .null,
            "type": entry.json["type"] ?? "unknown",
            "who": entry.told.map { .string($0.who) } ?? .null, "text": .string(text),
        ]
    }

    private static let cutAt = 600

    private static func show(_ arguments: Arguments) throws -> Outcome {
        let session = try SessionArguments.open(arguments)
        var page = Layout(columns: Console.columns)
        var rows: [JSONValue] = []
        page.line("\(session.id), in \(SafeText(session.workspace, limit: 200))")
        for id in session.way() {
            guard let entry = try session.entry(id) else { continue }
            let told = entry.told
            rows.append(row(entry, told?.text ?? ""))
            guard let told else { continue }
            let isResult = if case .message(.toolResult) = entry.content { true } else { false }
            let limit = isResult && !arguments.has("full") ? cutAt : Int.max
            page.blank()
            page.line("\(SafeText(told.who, limit: 60)):")
            page.line(SafeText(told.text, as: .block, limit: limit).description)
        }
        return Outcome(
            exit: .ok, text: page.text,
            fields: [
                .init(name: "id", value: .string(session.id)),
                .init(name: "entries", value: .array(rows)),
            ], isPaged: true)
    }

    private static func tree(_ arguments: Arguments) throws -> Outcome {
        let session = try SessionArguments.open(arguments)
        var labels: [String: String] = [:]
        var children: [String?: [String]] = [:]
        for link in session.links {
            children[link.parent, default: []].append(link.id)
            if link.type == "label",
                case .label(let target, let label)? = try session.entry(link.id)?.content
            {
                labels[target] = label?.isEmpty == true ? nil : label
            }
        }
        let way = Set(session.way())
        var text = ""
        var rows: [JSONValue] = []
        // Deeper only where it branches, so that a long conversation is a column.
        var waiting: [(id: String, depth: Int)] = (children[nil] ?? []).reversed().map { ($0, 0) }
        var seen: Set<String> = []
        while let (id, depth) = waiting.popLast() {
            guard seen.insert(id).inserted, let entry = try session.entry(id) else { continue }
            let line = entry.told?.text.split(whereSeparator: \.isNewline).first.map(String.init)
            rows.append(row(entry, line ?? ""))
            if let told = entry.told {
                let mark =
                    id == session.leaf || way.contains(id) ? (id == session.leaf ? "*" : "│") : " "
                let label = labels[id].map { " [\(SafeText($0, limit: 60))]" } ?? ""
                text +=
                    String(repeating: "  ", count: depth)
                    + "\(mark) \(id) \(SafeText(told.who, limit: 30)): \(SafeText(line ?? "", limit: 80))\(label)\n"
            }
            let next = children[id] ?? []
            for (place, child) in next.enumerated().reversed() {
                waiting.append((child, next.count > 1 && place > 0 ? depth + 1 : depth))
            }
        }
        return Outcome(
            exit: .ok, text: text,
            fields: [
                .init(name: "id", value: .string(session.id)),
                .init(name: "leaf", value: session.leaf.map(JSONValue.string) ?? .null),
                .init(name: "entries", value: .array(rows)),
            ], isPaged: true)
    }
}
