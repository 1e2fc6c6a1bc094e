import PiJSON

/// A tool as the program knows it: what it takes, and what it does with it inside the sandbox.
struct Tool: Sendable {
    let name: String
    /// One line, for the model.
    let summary: String
    let parameters: [Parameter]
    /// The text that the model gets.
    let run: @Sendable (ToolArguments) throws -> String

    struct Parameter: Sendable {
        enum Kind: Sendable {
            case text
            case count(ClosedRange<Int>)
        }

        let name: String
        let kind: Kind
        let isRequired: Bool
        let summary: String
    }

    /// Every tool of this program, each in a file of its own.
    static let all: [Tool] = [ListTool.tool]
}

extension Tool {
    /// JSON Schema (2020-12) of the arguments.
    var schema: JSONValue {
        let properties = parameters.map { parameter -> JSONObject.Member in
            var schema = JSONObject()
            switch parameter.kind {
            case .text: schema["type"] = "string"
            case .count(let range):
                schema["type"] = "integer"
                schema["minimum"] = .number(JSONNumber(range.lowerBound))
                schema["maximum"] = .number(JSONNumber(range.upperBound))
            }
            schema["description"] = .string(parameter.summary)
            return JSONObject.Member(name: parameter.name, value: .object(schema))
        }
        return [
            "type": "object",
            "properties": .object(JSONObject(properties)),
            "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
            "additionalProperties": false,
        ]
    }
}
