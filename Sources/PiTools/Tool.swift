package import PiJSON

/// A tool as the program knows it: what it takes, and what it does with it inside the sandbox.
package struct Tool: Sendable {
    package let name: String
    /// For the model, as short as it can be: it is paid for with every request.
    package let summary: String
    let parameters: [Parameter]
    /// Nil for what another program does: `bash` is the shell itself.
    let run: (@Sendable (ToolArguments) throws -> ToolOutput)?

    struct Parameter: Sendable {
        indirect enum Kind: Sendable {
            case text
            case flag
            case count(ClosedRange<Int>)
            /// Objects, each with these members.
            case list([Parameter])
        }

        let name: String
        let kind: Kind
        let isRequired: Bool
        let summary: String

        init(_ name: String, _ kind: Kind, _ summary: String, isRequired: Bool = false) {
            self.name = name
            self.kind = kind
            self.summary = summary
            self.isRequired = isRequired
        }
    }

    /// Every tool there is, each in a file of its own; the first four are those that an agent has if nobody says otherwise.
    package static let all: [Tool] = [
        ReadTool.tool, BashTool.tool, EditTool.tool, WriteTool.tool, GrepTool.tool, FindTool.tool,
        ListTool.tool,
    ]

    /// Those that this program does itself.
    static var ofThisProgram: [Tool] { all.filter { $0.run != nil } + [ContextTool.tool] }

    /// Lines, and bytes, that a result shows at most.
    package static let mostLines = 2_000
    package static let mostBytes = 50 << 10
}

extension Tool {
    /// JSON Schema (2020-12) of the arguments.
    package var schema: JSONObject { Self.schema(of: parameters) }

    private static func schema(of parameters: [Parameter]) -> JSONObject {
        var schema = JSONObject()
        schema["type"] = "object"
        schema["properties"] = .object(
            JSONObject(parameters.map { .init(name: $0.name, value: .object($0.schema)) }))
        let required = parameters.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        schema["additionalProperties"] = false
        return schema
    }
}

extension Tool.Parameter {
    fileprivate var schema: JSONObject {
        var schema = JSONObject()
        switch kind {
        case .text: schema["type"] = "string"
        case .flag: schema["type"] = "boolean"
        case .count(let range):
            schema["type"] = "integer"
            schema["minimum"] = .number(JSONNumber(range.lowerBound))
            schema["maximum"] = .number(JSONNumber(range.upperBound))
        case .list(let parameters):
            schema["type"] = "array"
            schema["minItems"] = 1
            schema["items"] = .object(
                Tool(name: "", summary: "", parameters: parameters, run: nil).schema)
        }
        if !summary.isEmpty { schema["description"] = .string(summary) }
        return schema
    }
}
