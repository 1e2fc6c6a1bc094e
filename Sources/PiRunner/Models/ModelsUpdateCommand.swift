import PiAI
import PiJSON
import PiSystem

/// `pi-runner models update`: a newer list of models.
enum ModelsUpdateCommand {
    static let command = Command(
        name: "models update",
        summary: "take over a newer list of models",
        about: [
            """
            SOURCE is a file or an address in the shape of models.dev. What would be another is shown; nothing is written without \
            --write. The list is kept in your configuration, and counts instead of that in the program.
            """
        ],
        operands: [
            .init(name: "SOURCE", count: .one, summary: "a file, or an https address", value: .file)
        ],
        options: [
            .init(name: "write", short: nil, argument: .none, summary: "keep it")
        ],
        examples: [
            .init(line: "pi-runner models update models.json", summary: "what is new?"),
            .init(line: "pi-runner models update --write models.json", summary: "take it over"),
        ],
        exitCodes: [.provider],
        result: [
            .init(name: "added", schema: names), .init(name: "removed", schema: names),
            .init(
                name: "changed",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "properties": ["model": ["type": "string"], "what": names],
                    ],
                ]),
            .init(name: "written", schema: ["type": "boolean"]),
        ],
        perform: { try outcome($0) })

    private static let names: JSONValue = ["type": "array", "items": ["type": "string"]]
    private static let limit = ByteCount.mebibytes(64)
    private static let mostShown = 30

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let source = arguments.operands[0]
        let text: String
        do {
            let json = try JSONReader.read(
                try bytes(of: source), .interchange(sizeLimit: limit.bytes)
            ).value
            text = try ModelsDev.lines(of: json)
        } catch let error as JSONError {
            return refused(source, "\(error)")
        } catch let error as ModelsDev.Wrong {
            return refused(source, error.reason)
        } catch let error as ModelError {
            return Outcome(failure: Failure.diagnostic(of: error), exit: .provider)
        }
        let difference = try KnownModels.load().list.difference(to: Catalogue(text: text))
        let writes = arguments.has("write") && !difference.isEmpty
        var page = Layout(columns: Console.columns)
        show("New", difference.added.map { ($0, "") }, &page)
        show("Gone", difference.removed.map { ($0, "") }, &page)
        show(
            "Another", difference.changed.map { ($0.reference, $0.what.joined(separator: ", ")) },
            &page)
        if difference.isEmpty { page.line("Nothing is another.") }
        if writes {
            guard let folder = try PolicyStore.here().userFolder else {
                throw ModelChoice.Refused(
                    .failed, "there is no home to keep it in", help: "set HOME")
            }
            try Folder.make(folder, mode: 0o700)
                .replace(KnownModels.name, with: Array(text.utf8), mode: 0o644)
            page.line("Kept in \(folder.appending(KnownModels.name)).")
        } else if !difference.isEmpty {
            page.line("Nothing was written; --write keeps it.")
        }
        return Outcome(
            exit: .ok, text: page.text,
            fields: [
                .init(name: "added", value: .array(difference.added.map(JSONValue.string))),
                .init(name: "removed", value: .array(difference.removed.map(JSONValue.string))),
                .init(
                    name: "changed",
                    value: .array(
                        difference.changed.map {
                            [
                                "model": .string($0.reference),
                                "what": .array($0.what.map(JSONValue.string)),
                            ]
                        })),
                .init(name: "written", value: .bool(writes)),
            ], isPaged: true)
    }

    private static func refused(_ source: RawText, _ reason: String) -> Outcome {
        Outcome(
            failure: Diagnostic(
                severity: .error,
                message: "\(source) is no list of models: \(SafeText(reason, limit: 200))",
                help: "it has the shape of models.dev: an object of providers, each with its models"
            ),
            exit: .failed)
    }

    private static func bytes(of source: RawText) throws -> [UInt8] {
        if let address = source.utf8, address.hasPrefix("https://") || address.hasPrefix("http://")
        {
            return try waitForTask {
                try await HTTPClient.with { http in
                    try await ModelClient(
                        http, retries: .none, limits: .usual,
                        certificates: ThisProcess.variable("SSL_CERT_FILE")?.utf8
                    ).fetch(address, limit: limit.bytes)
                }
            }
        }
        let path = FilePath(source)
        guard let name = path.name else {
            throw ModelChoice.Refused(.usage, "\(path) is a folder", help: "name a file")
        }
        do {
            return try Folder.open(path.parent, resolving: .anything)
                .read(name, limit: limit, resolving: .anything)
        } catch {
            throw error.about(path, doing: .open)
        }
    }

    private static func show(_ heading: String, _ rows: [(String, String)], _ page: inout Layout) {
        guard !rows.isEmpty else { return }
        let more = rows.count - mostShown
        page.section(
            "\(heading), \(rows.count)",
            rows.prefix(mostShown) + (more > 0 ? [("and \(more) more", "")] : []))
        page.blank()
    }
}
