import PiAI
import PiAgent
import PiJSON
import PiSystem
import PiTools

/// What a person asked `run` to do, read from the command line and the files that it names.
struct RunRequest {
    enum SessionChoice: Hashable {
        case new
        /// The newest of the workspace.
        case last
        case named(RawText)
        /// Kept nowhere.
        case none
    }

    enum Format: String, CaseIterable, Hashable {
        case text, json
        case streamJSON = "stream-json"
    }

    let policy: RawText
    let workspace: FilePath?
    /// `NAME=VALUE`, the person's own grants.
    let variables: [RawText]
    /// The revision whose policy and instructions are believed, if one was typed.
    let trust: String?
    let session: SessionChoice
    let content: [InputPart]
    let tools: String?
    let mostTurns: Int?
    let format: Format
    let color: ColorChoice
    /// What the last answer has to be.
    let schema: JSONSchema?
    let schemaText: String?
    /// Where what goes over the wire is kept.
    let record: FilePath?

    private static let largest = ByteCount.mebibytes(16)

    init(_ arguments: Arguments, _ choice: ModelChoice) throws {
        policy = arguments.value(of: "policy") ?? "default"
        workspace = arguments.value(of: "workspace").map(FilePath.init)
        variables = arguments.values(of: "env")
        for variable in variables where ExecRequest.name(of: variable) == nil {
            throw UsageError(
                .malformed("variable", variable.description, "NAME=VALUE"),
                command: arguments.command)
        }
        trust = try ExecRequest.revision(arguments)
        let chosen = ["continue", "session", "no-session"].filter(arguments.has)
        if chosen.count > 1 {
            throw UsageError(
                .contradiction("--\(chosen[0])", "--\(chosen[1])"), command: arguments.command)
        }
        if let named = arguments.value(of: "session") {
            session = .named(named)
        } else if arguments.has("continue") {
            session = .last
        } else {
            session = arguments.has("no-session") ? .none : .new
        }
        tools = arguments.value(of: "tools").map { $0.text.filter { $0 != " " } }
        mostTurns = try arguments.value(of: "max-turns").map { typed in
            guard let count = typed.utf8.flatMap(Int.init), count > 0 else {
                throw UsageError(
                    .malformed("number of turns", typed.description, "20"),
                    command: arguments.command)
            }
            return count
        }
        color = arguments.value(of: "color")?.utf8.flatMap(ColorChoice.init(rawValue:)) ?? .auto
        let json = arguments.value(of: "json")
        let isBareJSON = arguments.has("json") && (json == nil || json == "-")
        let named = arguments.value(of: "output-format")
        if arguments.has("json"), let named, named != "json" {
            throw UsageError(
                .contradiction("--json", "--output-format \(named)"), command: arguments.command)
        }
        format =
            isBareJSON
            ? .json
            : named?.utf8.flatMap(Format.init(rawValue:)) ?? .text
        if arguments.has("plan"), format == .streamJSON {
            throw UsageError(
                .contradiction("--plan", "--output-format stream-json"),
                command: arguments.command)
        }
        record = try WireRecord.place(arguments, choice)
        (schema, schemaText) = try Self.schema(arguments.value(of: "output-schema"))
        content = arguments.has("plan") ? [] : try Self.content(arguments, choice, schemaText)
    }

    /// What was asked, in a line.
    var title: String {
        let text =
            content.lazy.compactMap { part in
                if case .text(let text) = part { text } else { nil }
            }.first ?? ""
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init)
        return SafeText(line ?? "", limit: 100).description
    }

    // MARK: - The prompt

    private static func content(
        _ arguments: Arguments, _ choice: ModelChoice, _ schema: String?
    ) throws -> [InputPart] {
        var typed: [String] = []
        // What is read from elsewhere is no argument of a template.
        var texts: [String] = []
        var parts: [InputPart] = []
        for operand in arguments.operands {
            if operand == "-" {
                texts.append(
                    try text(StandardStream.input.contents(limit: largest), "standard input"))
            } else if operand.bytes.first == UInt8(ascii: "@"), operand.bytes.count > 1,
                let named = RawText(operand.bytes.dropFirst())
            {
                let path = FilePath(named)
                let bytes = try read(path)
                if let type = ImageType.of(bytes) {
                    guard choice.model.inputs.contains(.image) else {
                        throw ModelChoice.Refused(
                            .usage, "\(choice.model.name.model) takes no pictures",
                            help: "`pi-runner models` says which do")
                    }
                    let data = String(decoding: Base64.encode(bytes, .standard), as: UTF8.self)
                    parts.append(.image(ImagePart(data: data, mimeType: type)))
                } else if !bytes.isEmpty {
                    let content = try text(bytes, "\(path)")
                    texts.append("<file name=\"\(path)\">\n\(content)\n</file>")
                }
            } else {
                typed.append(try text(operand.bytes, "the prompt"))
            }
        }
        let said = try expanded(typed)
        var prompt = ((said.isEmpty ? [] : [said]) + texts).joined(separator: "\n\n")
        guard prompt.utf8.contains(where: { $0 > 0x20 }) || !parts.isEmpty else {
            throw ModelChoice.Refused(
                .usage, "the prompt is empty", help: "write what the agent shall do")
        }
        if let schema {
            prompt +=
                "\n\nYour last answer has to be one JSON value and nothing else, and it has to match this JSON Schema:\n\(schema)"
        }
        return [.text(prompt)] + parts
    }

    private static func text(_ bytes: [UInt8], _ name: String) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ModelChoice.Refused(.usage, "\(name) is not UTF-8 text", help: nil)
        }
        return text
    }

    private static func read(_ path: FilePath) throws -> [UInt8] {
        guard let name = path.name else {
            throw ModelChoice.Refused(.usage, "\(path) is a folder", help: "name a file")
        }
        do {
            return try Folder.open(path.parent, resolving: .anything)
                .read(name, limit: largest, resolving: .anything)
        } catch {
            throw error.about(path, doing: .open)
        }
    }

    /// `/fix the login` is what the template `fix` says; of several arguments each is one.
    private static func expanded(_ typed: [String]) throws -> String {
        guard let first = typed.first, first.first == "/" else {
            return typed.joined(separator: " ")
        }
        let name = String(first.dropFirst().prefix { !$0.isWhitespace })
        // A path is said as it stands.
        guard !name.isEmpty, !name.contains("/") else { return typed.joined(separator: " ") }
        guard let template = try OwnFiles.find().template(name) else {
            if let near = NearestWord.to(name, among: PromptTemplate.shipped.map(\.name)) {
                throw ModelChoice.Refused(
                    .usage, "there is no prompt `/\(SafeText(name, limit: 40))`",
                    help: "did you mean `/\(near)`?")
            }
            return typed.joined(separator: " ")
        }
        let rest = String(first.dropFirst(name.count + 1))
        let arguments = PromptTemplate.words(of: rest) + typed.dropFirst()
        guard !arguments.isEmpty || !template.needsArguments else {
            throw ModelChoice.Refused(
                .usage, "`/\(name)` needs to know what", help: "write it behind: /\(name) …")
        }
        return template.text(with: arguments)
    }

    private static func schema(_ file: RawText?) throws -> (JSONSchema?, String?) {
        guard let file else { return (nil, nil) }
        let path = FilePath(file)
        do {
            let json = try JSONReader.read(try read(path), .exact(sizeLimit: largest.bytes)).value
            return (
                try JSONSchema(json),
                String(decoding: JSONWriter.write(json, layout: .compact), as: UTF8.self)
            )
        } catch let error as JSONError {
            throw ModelChoice.Refused(.usage, "\(path) is no JSON: \(error)", help: nil)
        } catch let error as JSONSchema.Wrong {
            throw ModelChoice.Refused(.usage, "\(path) is no JSON Schema: \(error)", help: nil)
        }
    }
}

/// What a person has written for all their agents, in their configuration folder: nobody else's word counts there.
struct OwnFiles {
    private let folder: FilePath?

    static func find() throws -> OwnFiles {
        OwnFiles(folder: try PolicyStore.here().userFolder)
    }

    private static let largest = ByteCount.kibibytes(256)

    private func read(_ name: FilePath) throws -> String? {
        guard let folder else { return nil }
        do {
            let place = folder.appending(name)
            let bytes = try Folder.open(place.parent, resolving: .anything)
                .read(place.name ?? ".", limit: Self.largest, resolving: .anything)
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            guard error.errno == .noSuchFile || error.errno == .notAFolder else { throw error }
            return nil
        }
    }

    /// In the place of our own words to the model.
    func systemPrompt() throws -> String? { try read("SYSTEM.md") }
    func appendedPrompt() throws -> String? { try read("APPEND_SYSTEM.md") }
    func notes() throws -> String? { try read("AGENTS.md") ?? read("CLAUDE.md") }

    /// Their own of that name, or one that is always there.
    func template(_ name: String) throws -> PromptTemplate? {
        if let file = FilePath("prompts/\(name).md"), let text = try read(file) {
            return PromptTemplate(name: name, text: text)
        }
        return PromptTemplate.shipped.first { $0.name == name }
    }

    /// The folder of their skills, without a link in it; nil if there is none.
    func skills() throws -> String? {
        guard let folder else { return nil }
        do {
            return try Folder.open(folder.appending("skills"), resolving: .anything).realPath().utf8
        } catch {
            guard error.errno == .noSuchFile || error.errno == .notAFolder else { throw error }
            return nil
        }
    }
}
