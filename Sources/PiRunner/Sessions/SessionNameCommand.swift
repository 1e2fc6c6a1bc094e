import PiAgent
import PiJSON
import PiSystem

/// `pi-runner session name` and `session label`: words of a person by which they find things again.
enum SessionNameCommand {
    static let command = Command(
        name: "session name",
        summary: "give a session a name",
        about: [
            "Lists show it in place of how the conversation began. An empty one takes the name away. The model is told nothing of it. The session is the newest of its folder then, with which `run -c` goes on."
        ],
        operands: [
            .init(name: "NAME", count: .one, summary: "a line of text", value: .text),
            SessionArguments.session,
        ],
        options: [SessionArguments.workspace],
        examples: [
            .init(line: "pi-runner session name 'the parser' 0199", summary: "of that session")
        ],
        exitCodes: [.corrupt],
        result: [.init(name: "id", schema: ["type": "string"])],
        perform: { try name($0) })

    static let label = Command(
        name: "session label",
        summary: "mark an entry of a session",
        about: [
            "`session tree` shows the label beside the entry. An empty one takes it away. The model is told nothing of it. The session is the newest of its folder then, with which `run -c` goes on."
        ],
        operands: [
            .init(
                name: "ENTRY", count: .one, summary: "the beginning of an entry's id", value: .text),
            .init(name: "LABEL", count: .one, summary: "a line of text", value: .text),
            SessionArguments.session,
        ],
        options: [SessionArguments.workspace],
        examples: [
            .init(line: "pi-runner session label 4f1a22c0 works", summary: "to come back to")
        ],
        exitCodes: [.corrupt],
        result: [
            .init(name: "id", schema: ["type": "string"]),
            .init(name: "entry", schema: ["type": "string"]),
        ],
        perform: { try label($0) })

    private static let longest = 200

    private static func line(_ typed: RawText) throws -> String {
        let text = typed.text
        guard text.utf8.count <= longest,
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw SessionStore.NotFound(
                message: "that is no line of at most \(longest) bytes",
                help: "write fewer words, without line ends")
        }
        return text
    }

    private static func name(_ arguments: Arguments) throws -> Outcome {
        let name = try line(arguments.operands[0])
        let session = try SessionArguments.open(arguments, at: 1, for: .writing)
        try session.append(.name(name))
        let shown = SafeText(name, limit: longest)
        return Outcome(
            exit: .ok,
            text: name.isEmpty
                ? "session \(session.id) has no name now\n" : "session \(session.id): \(shown)\n",
            fields: [.init(name: "id", value: .string(session.id))])
    }

    private static func label(_ arguments: Arguments) throws -> Outcome {
        let label = try line(arguments.operands[1])
        let session = try SessionArguments.open(arguments, at: 2, for: .writing)
        let entry = try SessionArguments.entry(arguments.operands[0].text, in: session)
        try session.append(.label(target: entry, label.isEmpty ? nil : label))
        let shown = SafeText(label, limit: longest)
        return Outcome(
            exit: .ok,
            text: label.isEmpty ? "\(entry) has no label now\n" : "\(entry): \(shown)\n",
            fields: [
                .init(name: "id", value: .string(session.id)),
                .init(name: "entry", value: .string(entry)),
            ])
    }
}
