import PiJSON
import PiPolicy
import PiSystem

/// `pi-runner help [TOPIC]`: everything that can be looked up without leaving the terminal.
enum HelpCommand {
    static let command = Command(
        name: "help",
        summary: "show help on a command or another topic",
        about: [
            """
            Without a topic: the list of commands. With the name of a command: how it is used. \
            `exit-codes` is the table of exit codes. The code of a message, such as `P0304`, is a topic too.
            """,
            """
            With `--man` the page comes in the form of a man page, with `--schema` as the JSON Schema \
            (2020-12) of what the command's `--json` prints; `stream-json` is that of the lines of \
            `run --output-format stream-json`.
            """,
        ],
        operands: [
            .init(
                name: "TOPIC", count: .any,
                summary: "a command, `exit-codes`, `stream-json`, or the code of a message",
                value: .topic)
        ],
        options: [
            .init(name: "man", short: nil, argument: .none, summary: "print the man page's source"),
            .init(
                name: "schema", short: nil, argument: .none,
                summary: "print the JSON Schema of the command's `--json`"),
        ],
        examples: [
            .init(line: "pi-runner help", summary: "the list of commands"),
            .init(line: "pi-runner help exit-codes", summary: "what each exit code means"),
            .init(line: "pi-runner help P0304", summary: "what a message is about"),
            .init(
                line: "pi-runner help --man help | man -l -", summary: "the man page of a command"),
        ],
        exitCodes: [],
        result: [
            .init(name: "topic", schema: ["type": "string"]),
            .init(name: "text", schema: ["type": "string"]),
            .init(
                name: "commands",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["name", "summary"],
                        "properties": ["name": ["type": "string"], "summary": ["type": "string"]],
                    ],
                ]),
        ],
        perform: { try outcome($0) })

    /// What can be asked for by name, besides commands.
    static let exitCodesTopic = "exit-codes"
    private static let streamTopic = "stream-json"

    static var topics: [String] {
        CommandTable.names + [exitCodesTopic, streamTopic] + DiagnosticCode.allCases.map(\.rawValue)
    }

    /// What can be typed first to ask for one of them.
    static var firstWords: [String] {
        var words: [String] = []
        for topic in topics {
            let word = String(topic.prefix { $0 != " " })
            if !words.contains(word) { words.append(word) }
        }
        return words
    }

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let topic = arguments.operands.map(\.description).joined(separator: " ")
        let page = try page(on: topic, arguments)
        return Outcome(
            exit: .ok,
            text: page,
            fields: [
                .init(name: "topic", value: .string(topic)),
                .init(name: "text", value: .string(page)),
                .init(
                    name: "commands",
                    value: .array(
                        CommandTable.commands.map {
                            ["name": .string($0.name), "summary": .string($0.summary)]
                        })),
            ])
    }

    private static func page(on topic: String, _ arguments: Arguments) throws -> String {
        let columns = Console.columns
        let command = CommandTable.find(topic)
        if arguments.has("schema"), arguments.has("man") {
            throw UsageError(.contradiction("--man", "--schema"), command: arguments.command)
        }
        if topic == streamTopic, !arguments.has("man") {
            return arguments.has("schema")
                ? written(StreamSchema.json) : HelpPage.stream(columns: columns)
        }
        let code = DiagnosticCode(rawValue: topic.uppercased())
        let family = CommandTable.commands.filter { $0.name.hasPrefix(topic + " ") }
        if command == nil, !family.isEmpty, !arguments.has("schema"), !arguments.has("man") {
            return HelpPage.family(topic, family, columns: columns)
        }
        if !arguments.operands.isEmpty, command == nil, topic != exitCodesTopic, code == nil {
            throw UsageError(.unknownTopic(topic, topics), command: arguments.command)
        }
        if arguments.has("schema") {
            guard let command else {
                throw UsageError(.needsCommand("--schema"), command: arguments.command)
            }
            return written(command.schema)
        }
        if arguments.has("man") {
            guard topic != exitCodesTopic, code == nil else {
                throw UsageError(.needsCommand("--man"), command: arguments.command)
            }
            return ManPage.source(of: command)
        }
        if let code { return HelpPage.code(code, columns: columns) }
        if topic == exitCodesTopic { return HelpPage.exitCodes(columns: columns) }
        return command.map { HelpPage.command($0, columns: columns) }
            ?? HelpPage.program(columns: columns)
    }

    private static func written(_ schema: JSONValue) -> String {
        String(decoding: JSONWriter.write(schema, layout: .indented), as: UTF8.self) + "\n"
    }
}
