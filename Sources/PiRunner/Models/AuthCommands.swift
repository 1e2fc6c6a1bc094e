import PiAI
import PiJSON
import PiSystem

/// `pi-runner auth`: a person's keys.
enum AuthCommands {
    private static let provider = Command.Operand(
        name: "PROVIDER", count: .one,
        summary: "such as `anthropic`; `pi-runner auth list` has them",
        value: .words(Provider.all.map(\.id)))

    static let set = Command(
        name: "auth set",
        summary: "keep a key for a provider",
        about: [
            """
            Asks for the key, or reads it from standard input; it is never an argument, which everybody on the machine could \
            see. It is kept in `auth.json` in your configuration, for nobody else to read. With --command it is not kept at \
            all: the command is run when the key is needed, so a keyring can hold it.
            """
        ],
        operands: [provider],
        options: [
            .init(
                name: "command", short: nil, argument: .required("COMMAND", .text),
                summary: "a shell command that prints the key, instead of the key"),
            .init(
                name: "env", short: nil, argument: .required("NAME", .text),
                summary: "a variable that holds the key, instead of the key"),
        ],
        examples: [
            .init(line: "pi-runner auth set anthropic", summary: "asks for it"),
            .init(
                line: "pi-runner auth set openai --command 'secret-tool lookup service openai'",
                summary: "from a keyring"),
        ],
        exitCodes: [],
        result: [.init(name: "provider", schema: ["type": "string"])],
        perform: { try set($0) })

    static let list = Command(
        name: "auth list",
        summary: "list providers and where their keys come from",
        about: ["No key is shown, and none is sent anywhere."],
        operands: [], options: [],
        examples: [.init(line: "pi-runner auth list", summary: "which keys have I?")],
        exitCodes: [],
        result: [
            .init(
                name: "providers",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["id", "key", "variables"],
                        "properties": [
                            "id": ["type": "string"], "key": ["type": ["string", "null"]],
                            "variables": ["type": "array", "items": ["type": "string"]],
                        ],
                    ],
                ])
        ],
        perform: { try list($0) })

    static let remove = Command(
        name: "auth remove",
        summary: "forget the key of a provider",
        about: ["Takes it out of `auth.json`; a key in a variable stays where it is."],
        operands: [provider], options: [],
        examples: [.init(line: "pi-runner auth remove openai", summary: "forget it")],
        exitCodes: [],
        result: [
            .init(name: "provider", schema: ["type": "string"]),
            .init(name: "removed", schema: ["type": "boolean"]),
        ],
        perform: { try remove($0) })

    static let check = Command(
        name: "auth check",
        summary: "try whether keys are taken",
        about: ["Asks each provider which models there are, which costs nothing."],
        operands: [
            .init(
                name: "PROVIDER", count: .any, summary: "those with a key if it is left out",
                value: .words(Provider.all.map(\.id)))
        ],
        options: [],
        examples: [.init(line: "pi-runner auth check", summary: "do they all work?")],
        exitCodes: [.provider],
        result: [
            .init(
                name: "providers",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["id", "ok", "message"],
                        "properties": [
                            "id": ["type": "string"], "ok": ["type": "boolean"],
                            "message": ["type": "string"],
                        ],
                    ],
                ])
        ],
        perform: { try check($0) })

    // MARK: -

    private static func find(_ typed: RawText) throws -> Provider {
        let name = typed.text
        let known = try KnownModels.load()
        if let provider = known.providers.first(where: { $0.id == name }) ?? Provider.named(name) {
            return provider
        }
        throw ModelChoice.Refused(
            .usage, "there is no provider `\(SafeText(name, limit: 60))`",
            help: NearestWord.to(name, among: Provider.all.map(\.id)).map {
                "did you mean `\($0)`?"
            }
                ?? "`pi-runner auth list` has them all")
    }

    private static func folder() throws -> FilePath {
        guard let folder = try PolicyStore.here().userFolder else {
            throw ModelChoice.Refused(.failed, "there is no home to keep keys in", help: "set HOME")
        }
        return folder
    }

    private static func set(_ arguments: Arguments) throws -> Outcome {
        let provider = try find(arguments.operands[0])
        if arguments.has("command"), arguments.has("env") {
            throw UsageError(.contradiction("--command", "--env"), command: arguments.command)
        }
        let folder = try folder()
        var file = try AuthFile.read(folder)
        if let command = arguments.value(of: "command") {
            file.set("!\(command.text)", for: provider.id)
        } else if let name = arguments.value(of: "env") {
            file.set("${\(name.text)}", for: provider.id)
        } else {
            let bytes = try TypedKey.read(for: provider.id)
            let key = try KeyStore.key(bytes, "for \(provider.id)")
            guard let text = Self.escaped(key.secret) else {
                throw ModelChoice.Refused(
                    .usage, "what was typed is a command and no key: it begins with `command:`",
                    help: "`pi-runner auth set \(provider.id) --command COMMAND` keeps a command")
            }
            file.set(text, for: provider.id)
        }
        try file.write()
        return Outcome(
            exit: .ok,
            text: "kept in \(file.path); `pi-runner auth check \(provider.id)` tries it\n",
            fields: [.init(name: "provider", value: .string(provider.id))])
    }

    /// As itself, even if it begins with `!`; nil for what can't be written so.
    private static func escaped(_ key: Secret) -> String? {
        key.withBytes { bytes in
            var escaped: [UInt8] = []
            for place in 0..<bytes.count {
                let byte = bytes[place]
                if byte == UInt8(ascii: "$") || (place == 0 && byte == UInt8(ascii: "!")) {
                    escaped.append(UInt8(ascii: "$"))
                }
                escaped.append(byte)
            }
            let text = String(decoding: escaped, as: UTF8.self)
            if case .command = KeyText(ofKey: text) { return nil }
            return text
        }
    }

    private static func list(_ arguments: Arguments) throws -> Outcome {
        let known = try KnownModels.load()
        let keys = try KeyStore.open(known)
        let rows = known.providers.map { ($0, keys.origin(of: $0)) }
        var page = Layout(columns: Console.columns)
        page.section(
            "With a key", rows.compactMap { provider, origin in origin.map { (provider.id, $0) } })
        page.section(
            "Without",
            rows.filter { $0.1 == nil }.map { provider, _ in
                (
                    provider.id,
                    provider.needsKey
                        ? provider.keyVariables.joined(separator: " or ") : "needs none"
                )
            })
        return Outcome(
            exit: .ok, text: page.text,
            fields: [
                .init(
                    name: "providers",
                    value: .array(
                        rows.map { provider, origin in
                            [
                                "id": .string(provider.id),
                                "key": origin.map(JSONValue.string) ?? .null,
                                "variables": .array(provider.keyVariables.map(JSONValue.string)),
                            ]
                        }))
            ], isPaged: true)
    }

    private static func remove(_ arguments: Arguments) throws -> Outcome {
        let provider = try find(arguments.operands[0])
        var file = try AuthFile.read(try folder())
        let wasThere = file.remove(provider.id)
        if wasThere { try file.write() }
        let left = try KeyStore.open(KnownModels.load()).origin(of: provider)
        let more = left.map { "; there is still one in \($0)" } ?? ""
        return Outcome(
            exit: .ok,
            text: (wasThere ? "forgotten" : "there was none in \(file.path)") + "\(more)\n",
            fields: [
                .init(name: "provider", value: .string(provider.id)),
                .init(name: "removed", value: .bool(wasThere)),
            ])
    }

    private static func check(_ arguments: Arguments) throws -> Outcome {
        let known = try KnownModels.load()
        let keys = try KeyStore.open(known)
        let named = try arguments.operands.map { try find($0) }
        let chosen = named.isEmpty ? known.providers.filter { keys.has($0) } : named
        let rows = try waitForTask { () async throws -> [(Provider, (any Error)?)] in
            try await HTTPClient.with { http in
                let limits = TransportLimits(
                    connect: .seconds(10), firstByte: .seconds(20), idle: .seconds(20),
                    total: .seconds(30))
                let client = ModelClient(
                    http, retries: .none, limits: limits,
                    certificates: ThisProcess.variable("SSL_CERT_FILE")?.utf8)
                var rows: [(Provider, (any Error)?)] = []
                for provider in chosen {
                    do {
                        let key = try keys.key(of: provider)
                        if key == nil, provider.needsKey {
                            throw ModelError(.authentication, "there is no key")
                        }
                        try await client.check(provider, by: known.added(provider), key?.secret)
                        rows.append((provider, nil))
                    } catch {
                        rows.append((provider, error))
                    }
                }
                return rows
            }
        }
        var page = Layout(columns: Console.columns)
        let told = rows.map { provider, error in
            (
                provider.id, error == nil,
                error.map { Failure.diagnostic(of: $0).message } ?? "taken"
            )
        }
        page.rows(told.map { ($0.0, $0.2) })
        if told.isEmpty { page.line("There is no key for any provider.") }
        return Outcome(
            exit: told.allSatisfy(\.1) ? .ok : .provider, text: page.text,
            fields: [
                .init(
                    name: "providers",
                    value: .array(
                        told.map {
                            ["id": .string($0.0), "ok": .bool($0.1), "message": .string($0.2)]
                        }))
            ])
    }
}

/// A key that a person types, which nobody sees, or that is on standard input.
enum TypedKey {
    private static let limit = ByteCount.kibibytes(32)

    static func read(for provider: String) throws -> [UInt8] {
        guard StandardStream.input.isTerminal else {
            return try StandardStream.input.contents(limit: limit)
        }
        try StandardStream.error.write(Array("Key for \(provider) (it is not shown): ".utf8))
        let typed = try typed()
        try StandardStream.error.write([0x0A])
        guard let typed else {
            throw ModelChoice.Refused(.interrupted, "nothing was kept", help: nil)
        }
        return typed
    }

    /// Nil if the person wants to stop.
    private static func typed() throws -> [UInt8]? {
        let raw = try RawTerminal(.input)
        defer { withExtendedLifetime(raw) {} }
        var key: [UInt8] = []
        while true {
            guard let piece = try StandardStream.input.borrowed.read(upTo: limit) else { continue }
            guard !piece.isEmpty else { return nil }
            for byte in piece {
                switch byte {
                case 0x0A, 0x0D: return key
                case 0x03, 0x04, 0x1A, 0x1C: return nil
                case 0x7F, 0x08: _ = key.popLast()
                case 0x15: Secret.clear(&key); key = []
                default: key.append(byte)
                }
            }
        }
    }
}
