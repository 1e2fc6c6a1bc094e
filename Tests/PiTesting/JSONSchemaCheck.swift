package import PiJSON

/// The part of JSON Schema that our own schemas use, to hold our own output against.
///
/// A keyword that it does not know is a fault: a schema must not promise more than is checked.
package enum JSONSchemaCheck {
    package static func faults(
        of value: JSONValue, under schema: JSONValue, at place: String = "$"
    ) -> [String] {
        guard let rules = schema.object else { return ["\(place): the schema is no object"] }
        return rules.members.flatMap { rule -> [String] in
            switch rule.name {
            case "$schema", "title": []
            case "type": wrongType(value, rule.value) ? ["\(place): not \(rule.value)"] : []
            case "const": value == rule.value ? [] : ["\(place): not \(rule.value)"]
            case "enum":
                rule.value.array?.contains(value) == true ? [] : ["\(place): not in \(rule.value)"]
            // Of what is no object nothing is required.
            case "required" where value.object == nil: []
            case "required":
                (rule.value.array ?? []).compactMap(\.string).filter { value[$0] == nil }
                    .map { "\(place).\($0): missing" }
            case "properties":
                (rule.value.object?.members ?? []).flatMap { property in
                    value[property.name].map {
                        faults(of: $0, under: property.value, at: "\(place).\(property.name)")
                    } ?? []
                }
            case "additionalProperties":
                (value.object?.members ?? []).flatMap { member in
                    schema["properties"]?[member.name] == nil
                        ? faults(of: member.value, under: rule.value, at: "\(place).\(member.name)")
                        : []
                }
            case "items":
                (value.array ?? []).enumerated().flatMap { index, element in
                    faults(of: element, under: rule.value, at: "\(place)[\(index)]")
                }
            default: ["\(place): the check knows no \(rule.name)"]
            }
        }
    }

    private static func wrongType(_ value: JSONValue, _ wanted: JSONValue) -> Bool {
        let names = wanted.array ?? [wanted]
        return !names.compactMap(\.string).contains { name in
            switch (name, value) {
            case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array),
                ("object", .object), ("number", .number):
                true
            case ("integer", .number(let number)): number.int != nil
            default: false
            }
        }
    }
}
