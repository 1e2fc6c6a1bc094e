package import PiJSON

extension PolicySchema {
    /// The schema for editors: JSON Schema 2020-12, from the same table as the reader.
    ///
    /// It says what a policy looks like. What the values mean together, `policy check` says.
    package static var jsonSchema: JSONValue {
        var schema = JSONObject()
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = "pi-runner policy"
        for member in json(.fields(root)).object?.members ?? [] {
            schema[member.name] = member.value
        }
        return .object(schema)
    }

    private static func json(_ shape: Shape) -> JSONValue {
        switch shape {
        case .flag: return ["type": "boolean"]
        case .count(let range):
            return [
                "type": "integer", "minimum": .number(JSONNumber(range.lowerBound)),
                "maximum": .number(JSONNumber(range.upperBound)),
            ]
        case .money: return ["type": "number", "minimum": 0, "maximum": 1_000_000_000]
        case .duration: return ["type": "string", "pattern": .string(Quantity.durationPattern)]
        case .size: return ["type": "string", "pattern": .string(Quantity.sizePattern)]
        case .text(let kind): return text(kind)
        case .word(let words): return ["enum": .array(words.map(JSONValue.string))]
        case .list(let element): return ["type": "array", "items": json(element)]
        case .named(let kind, let element):
            return [
                "type": "object", "propertyNames": ["pattern": .string(kind.pattern)],
                "additionalProperties": json(element),
            ]
        case .either(let shapes): return ["anyOf": .array(shapes.map(json))]
        case .fields(let fields):
            guard let name = fields.shorthand, let field = fields.field(name) else {
                return map(fields)
            }
            return ["anyOf": [json(field.shape), map(fields)]]
        }
    }

    private static func text(_ kind: TextKind) -> JSONValue {
        // A format has `${secret}` in it by nature; elsewhere what a variable holds is not known to an editor.
        guard kind != .headerFormat else {
            return ["type": "string", "pattern": .string(kind.pattern)]
        }
        return [
            "type": "string", "anyOf": [["pattern": .string(kind.pattern)], ["pattern": "\\$\\{"]],
        ]
    }

    private static func map(_ fields: Fields) -> JSONValue {
        var properties = JSONObject()
        for field in fields.fields {
            var schema = json(field.shape).object ?? JSONObject()
            schema["description"] = .string(field.summary)
            properties[field.name] = .object(schema)
        }
        var object = JSONObject()
        object["type"] = "object"
        object["properties"] = .object(properties)
        let required = fields.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { object["required"] = .array(required) }
        if let others = fields.others {
            // A name that is a key of its own fits no pattern of names only by accident.
            object["propertyNames"] = ["pattern": .string(others.names.pattern)]
            object["additionalProperties"] = json(others.shape)
        } else {
            object["additionalProperties"] = false
        }
        if fields.rule != .any { object["minProperties"] = 1 }
        if fields.rule == .exactlyOne { object["maxProperties"] = 1 }
        return .object(object)
    }
}
