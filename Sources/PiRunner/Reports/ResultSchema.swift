import PiJSON

/// The shape of what `--json` prints, the same for every command but for the fields of its own.
enum ResultSchema {
    /// Raised when a field changes its meaning or goes; new fields may come at any time.
    static let version = 1

    static func object(_ outcome: Outcome, command: String?) -> JSONValue {
        var object = JSONObject()
        object["version"] = .number(JSONNumber(version))
        object["command"] = command.map(JSONValue.string) ?? .null
        object["exit"] = [
            "code": .number(JSONNumber(outcome.exit.rawValue)), "name": .string(outcome.exit.name),
        ]
        object["diagnostics"] = .array(outcome.diagnostics.map(\.json))
        for field in outcome.fields { object[field.name] = field.value }
        return .object(object)
    }

    static func of(_ command: Command) -> JSONValue {
        var properties = JSONObject()
        properties["version"] = ["const": .number(JSONNumber(version))]
        properties["command"] = ["const": .string(command.name)]
        properties["exit"] = [
            "type": "object", "required": ["code", "name"],
            "properties": ["code": ["type": "integer"], "name": ["type": "string"]],
        ]
        properties["diagnostics"] = ["type": "array", "items": diagnostic]
        for field in command.result { properties[field.name] = field.schema }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": .string("pi-runner \(command.name) --json"),
            "type": "object",
            "required": ["version", "command", "exit", "diagnostics"],
            "properties": .object(properties),
        ]
    }

    private static let diagnostic: JSONValue = [
        "type": "object",
        "required": ["code", "severity", "message", "help", "notes"],
        "properties": [
            "code": ["type": ["string", "null"]],
            "severity": ["enum": ["error", "warning"]],
            "message": ["type": "string"],
            "help": ["type": ["string", "null"]],
            "notes": ["type": "array", "items": ["type": "string"]],
        ],
    ]
}
