import PiAI
import PiJSON
import PiSystem
import PiTools

/// What a person asks, read from the command line and the files that it names.
struct AskRequest {
    let request: ModelRequest

    private static let largestPrompt = ByteCount.mebibytes(16)
    private static let largestImage = ByteCount.mebibytes(20)
    private static let largestTool = ByteCount.mebibytes(1)

    init(_ arguments: Arguments, _ choice: ModelChoice) throws {
        var options = ModelRequest.Options()
        options.cacheRetention = .none
        options.reasoning = choice.level
        if let level = arguments.value(of: "thinking")?.utf8 {
            options.reasoning = ReasoningLevel(rawValue: level)
        }
        if let typed = arguments.value(of: "max-tokens") {
            guard let count = typed.utf8.flatMap(Int.init), (1...10_000_000).contains(count) else {
                throw UsageError(
                    .malformed("number of tokens", typed.description, "--max-tokens 500"),
                    command: arguments.command)
            }
            options.maxTokens = count
        }
        var content: [InputPart] = [.text(try Self.prompt(arguments))]
        content += try arguments.values(of: "image").map { try Self.image(FilePath($0)) }
        guard content.count == 1 || choice.model.inputs.contains(.image) else {
            throw ModelChoice.Refused(
                .usage, "\(choice.model.name.model) takes no pictures",
                help: "`pi-runner models` says which do")
        }
        let now = Clock<TimeOfDay>.system.now.nanoseconds / 1_000_000
        request = ModelRequest(
            model: choice.model, systemPrompt: arguments.value(of: "system")?.text,
            messages: [.user(UserMessage(content, timestamp: Int(now)))],
            tools: try arguments.values(of: "tool").map { try Self.tool(FilePath($0)) },
            options: options)
    }

    private static func prompt(_ arguments: Arguments) throws -> String {
        let typed = arguments.operands[0]
        let bytes =
            typed == "-"
            ? try StandardStream.input.contents(limit: largestPrompt) : typed.bytes
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ModelChoice.Refused(.usage, "the prompt is not UTF-8 text", help: nil)
        }
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw ModelChoice.Refused(.usage, "the prompt is empty", help: "write what to ask")
        }
        return text
    }

    private static func read(_ path: FilePath, limit: ByteCount) throws -> [UInt8] {
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

    /// By what it begins with, not by its name.
    private static func image(_ path: FilePath) throws -> InputPart {
        let bytes = try read(path, limit: largestImage)
        guard let type = ImageType.of(bytes) else {
            throw ModelChoice.Refused(
                .usage, "\(path) is no picture that models take",
                help: "PNG, JPEG, GIF and WebP are")
        }
        let data = String(decoding: Base64.encode(bytes, .standard), as: UTF8.self)
        return .image(ImagePart(data: data, mimeType: type))
    }

    private static func tool(_ path: FilePath) throws -> ToolDeclaration {
        func refused(_ reason: String) -> ModelChoice.Refused {
            ModelChoice.Refused(
                .usage, "\(path) is no tool: \(reason)",
                help:
                    "write it like {\"name\": \"read\", \"description\": \"…\", \"parameters\": {\"type\": \"object\", …}}"
            )
        }
        let json: JSONValue
        do {
            json = try JSONReader.read(
                try read(path, limit: largestTool), .exact(sizeLimit: largestTool.bytes)
            ).value
        } catch let error as JSONError {
            throw refused("\(error)")
        }
        guard let name = json["name"]?.string, !name.isEmpty else {
            throw refused("it has no name")
        }
        guard let parameters = (json["parameters"] ?? json["input_schema"])?.object else {
            throw refused("it has no parameters")
        }
        do {
            _ = try JSONSchema(.object(parameters))
        } catch {
            throw refused("its parameters are no schema: \(error)")
        }
        return ToolDeclaration(
            name: name, description: json["description"]?.string ?? "", parameters: parameters)
    }
}
