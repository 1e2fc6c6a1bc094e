/// What other keywords have looked at, so that it is known what none has.
extension SchemaCheck {
    /// Those members that `properties` and `patternProperties` of this schema itself take.
    mutating func namedMembers(of object: JSONObject, by rules: JSONObject) -> Set<ExactText> {
        var names: Set<ExactText> = []
        let properties = rules["properties"]?.object
        let patterns = rules["patternProperties"]?.object?.names ?? []
        for name in object.names {
            let isNamed = properties?[name] != nil
            // What can't be matched is told at the end.
            if isNamed || patterns.contains(where: { answer($0, name) != .notFound }) {
                names.insert(ExactText(name))
            }
        }
        return names
    }

    /// Those that anything has looked at: this schema, and what it applies to the same object.
    mutating func evaluatedMembers(
        of object: JSONObject, by rules: JSONObject, depth: Int, isInner: Bool = false
    ) -> Set<ExactText> {
        let takesAll =
            rules["additionalProperties"] != nil
            || isInner && rules["unevaluatedProperties"] != nil
        guard !takesAll else { return Set(object.names.map(ExactText.init)) }
        var names = namedMembers(of: object, by: rules)
        for schema in applied(rules, to: .object(object), depth: depth) {
            names.formUnion(
                evaluatedMembers(of: object, by: schema, depth: depth + 1, isInner: true))
        }
        return names
    }

    /// The elements likewise, by their places.
    mutating func evaluatedElements(
        of elements: [JSONValue], by rules: JSONObject, depth: Int, isInner: Bool = false
    ) -> Set<Int> {
        let takesAll =
            rules["items"] != nil || isInner && rules["unevaluatedItems"] != nil
        guard !takesAll else { return Set(elements.indices) }
        var places = Set(elements.indices.prefix(rules["prefixItems"]?.array?.count ?? 0))
        if let wanted = rules["contains"] {
            for place in elements.indices
            where faults(of: elements[place], wanted, at: "", depth: depth + 1).isEmpty {
                places.insert(place)
            }
        }
        for schema in applied(rules, to: .array(elements), depth: depth) {
            places.formUnion(
                evaluatedElements(of: elements, by: schema, depth: depth + 1, isInner: true))
        }
        return places
    }

    /// The schemas that this one applies to the same value, as far as the value is what they want.
    private mutating func applied(
        _ rules: JSONObject, to value: JSONValue, depth: Int
    ) -> [JSONObject] {
        guard depth < Self.deepest else { return [] }
        // These have to hold, or there is a fault already.
        var schemas = (rules["allOf"]?.array ?? []).compactMap(\.object)
        if let reference = rules["$ref"]?.string {
            schemas += [Self.target(of: reference, in: root)?.object].compactMap(\.self)
        }
        for member in rules["dependentSchemas"]?.object?.members ?? []
        where value[member.name] != nil {
            schemas += [member.value.object].compactMap(\.self)
        }
        if let condition = rules["if"] {
            let holds = faults(of: value, condition, at: "", depth: depth + 1).isEmpty
            schemas += [holds ? condition.object : nil, rules[holds ? "then" : "else"]?.object]
                .compactMap(\.self)
        }
        for candidate in ["anyOf", "oneOf"].flatMap({ rules[$0]?.array ?? [] }) {
            guard let schema = candidate.object,
                faults(of: value, candidate, at: "", depth: depth + 1).isEmpty
            else { continue }
            schemas.append(schema)
        }
        return schemas
    }
}
