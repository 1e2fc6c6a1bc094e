extension JSONSchema {
    /// A value as the schema wants it, where a model has only written it as another type: `"5"` for 5, `"true"` for true, 5 for `"5"`.
    ///
    /// Nothing is guessed: what is not the spelling of the wanted type stays as it is, and is a fault.
    public func coerced(_ value: JSONValue) -> JSONValue {
        Self.coerced(value, root, in: root, depth: 0)
    }

    private static func coerced(
        _ value: JSONValue, _ given: JSONValue, in root: JSONValue, depth: Int
    ) -> JSONValue {
        guard depth < SchemaCheck.deepest else { return value }
        let schema = given["$ref"]?.string.flatMap { SchemaCheck.target(of: $0, in: root) } ?? given
        switch value {
        case .object(let object):
            guard let properties = schema["properties"]?.object else { return value }
            return .object(
                JSONObject(
                    object.members.map { member in
                        guard let inner = properties[member.name] else { return member }
                        return JSONObject.Member(
                            name: member.name,
                            value: coerced(member.value, inner, in: root, depth: depth + 1))
                    }))
        case .array(let elements):
            guard let items = schema["items"] else { return value }
            return .array(elements.map { coerced($0, items, in: root, depth: depth + 1) })
        case .string, .number, .bool, .null:
            return scalar(value, schema)
        }
    }

    private static func scalar(_ value: JSONValue, _ schema: JSONValue) -> JSONValue {
        let wanted = (schema["type"]?.array ?? schema["type"].map { [$0] } ?? []).compactMap(
            \.string)
        guard !wanted.isEmpty, !wanted.contains(where: { SchemaCheck.isType($0, value) }) else {
            return value
        }
        for type in wanted {
            switch (type, value) {
            case ("number", .string(let text)), ("integer", .string(let text)):
                if let number = JSONNumber(text: text), SchemaCheck.isType(type, .number(number)) {
                    return .number(number)
                }
            case ("boolean", .string("true")): return true
            case ("boolean", .string("false")): return false
            case ("null", .string("null")), ("null", .string("")): return .null
            case ("string", .number(let number)): return .string(number.text)
            case ("string", .bool(let flag)): return .string(flag ? "true" : "false")
            default: break
            }
        }
        return value
    }
}
