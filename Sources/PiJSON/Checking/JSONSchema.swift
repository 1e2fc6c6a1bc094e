/// A schema of JSON Schema 2020-12, to hold values against.
///
/// Of other documents nothing is checked (`$dynamicRef`), and that is listed. A pattern that takes too long on a text is a fault:
/// the two could have been made for each other. Keywords without a meaning for validity (`title`, `format`, …) say nothing.
public struct JSONSchema: Sendable {
    let root: JSONValue
    let patterns: [ExactText: SchemaPattern]
    /// Keywords that are not checked, each with its place.
    public let unchecked: [String]

    /// Why something is no schema.
    public struct Wrong: Error, Hashable, Sendable, CustomStringConvertible {
        public let place: String
        public let reason: String
        public var description: String { "\(place): \(reason)" }
    }

    public init(_ schema: JSONValue) throws(Wrong) {
        root = schema
        var look = SchemaLook(root: schema)
        try look.walk(schema, at: "#", depth: 0)
        unchecked = look.unchecked
        patterns = look.patterns
    }

    /// The part of a schema that a `$ref` in it names; nil if it leads nowhere.
    package static func part(_ reference: String, of root: JSONValue) -> JSONValue? {
        SchemaCheck.target(of: reference, in: root)
    }

    /// What is wrong with a value; at most `limit` of them.
    public func faults(of value: JSONValue, limit: Int = 20) -> [Fault] {
        var check = SchemaCheck(root: root, patterns)
        let faults = check.faults(of: value, root, at: "", depth: 0)
        if faults.isEmpty, check.gaveUp { return [SchemaCheck.tooMuch(at: "")] }
        return Array(faults.prefix(limit))
    }

    public struct Fault: Hashable, Sendable, CustomStringConvertible {
        /// A JSON Pointer; empty for the whole.
        public let path: String
        /// Safe to show.
        public let sentence: String
        public var description: String { "\(path.isEmpty ? "the whole" : path): \(sentence)" }
    }
}

/// Walks through a schema once, to see that it is one.
struct SchemaLook {
    let root: JSONValue
    var unchecked: [String] = []
    var patterns: [ExactText: SchemaPattern] = [:]

    private static let single: Set<String> = [
        "not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames",
        "unevaluatedItems", "unevaluatedProperties",
    ]
    private static let lists: Set<String> = ["allOf", "anyOf", "oneOf", "prefixItems"]
    private static let maps: Set<String> = [
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
    ]
    private static let skipped: Set<String> = ["$dynamicRef"]
    private static let counts: Set<String> = [
        "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
        "minContains", "maxContains",
    ]
    private static let numbers: Set<String> = [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    ]

    mutating func walk(
        _ schema: JSONValue, at place: String, depth: Int
    ) throws(JSONSchema.Wrong) {
        guard depth < SchemaCheck.deepest else {
            throw JSONSchema.Wrong(place: place, reason: "schemas stand too deep inside each other")
        }
        if case .bool = schema { return }
        guard let rules = schema.object else {
            throw JSONSchema.Wrong(
                place: place, reason: "a schema is an object or a boolean, not \(schema.kind)")
        }
        for rule in rules.members {
            let here = "\(place)/\(SchemaCheck.escaped(rule.name))"
            if Self.skipped.contains(rule.name) { unchecked.append(here) }
            try look(rule, here, depth)
        }
    }

    private mutating func look(
        _ rule: JSONObject.Member, _ here: String, _ depth: Int
    ) throws(JSONSchema.Wrong) {
        func wrong(_ reason: String) -> JSONSchema.Wrong {
            JSONSchema.Wrong(place: here, reason: reason)
        }
        let name = rule.name
        if Self.single.contains(name) {
            try walk(rule.value, at: here, depth: depth + 1)
        } else if Self.lists.contains(name) {
            guard let list = rule.value.array, !list.isEmpty else {
                throw wrong("this is a list of schemas")
            }
            for (index, one) in list.enumerated() {
                try walk(one, at: "\(here)/\(index)", depth: depth + 1)
            }
        } else if Self.maps.contains(name) {
            guard let map = rule.value.object else { throw wrong("this is an object of schemas") }
            for member in map.members {
                if name == "patternProperties" { try compile(member.name, here) }
                try walk(
                    member.value, at: "\(here)/\(SchemaCheck.escaped(member.name))",
                    depth: depth + 1)
            }
        } else if Self.counts.contains(name) {
            guard let count = rule.value.number?.double, count >= 0, count == count.rounded() else {
                throw wrong("this is a count")
            }
        } else if Self.numbers.contains(name) {
            guard let number = rule.value.number?.double, name != "multipleOf" || number > 0 else {
                throw wrong(name == "multipleOf" ? "this is a number above 0" : "this is a number")
            }
        } else if name == "pattern" {
            guard let text = rule.value.string else { throw wrong("a pattern is a text") }
            try compile(text, here)
        } else if name == "type" {
            let names = rule.value.array ?? [rule.value]
            guard !names.isEmpty, names.allSatisfy({ SchemaCheck.types.contains($0.string ?? "") })
            else {
                throw wrong(
                    "a type is one of \(SchemaCheck.types.sorted().joined(separator: ", "))")
            }
        } else if name == "required" {
            guard rule.value.array?.allSatisfy({ $0.string != nil }) == true else {
                throw wrong("this is a list of names")
            }
        } else if name == "enum" {
            guard rule.value.array != nil else { throw wrong("this is a list of values") }
        } else if name == "dependentRequired" {
            guard
                rule.value.object?.members.allSatisfy({
                    $0.value.array?.allSatisfy { $0.string != nil } == true
                }) == true
            else { throw wrong("this is an object of lists of names") }
        } else if name == "$ref" {
            guard let reference = rule.value.string else { throw wrong("a reference is a text") }
            guard SchemaCheck.target(of: reference, in: root) != nil else {
                throw wrong("it leads nowhere in this schema")
            }
        }
    }

    private mutating func compile(_ text: String, _ here: String) throws(JSONSchema.Wrong) {
        guard patterns[ExactText(text)] == nil else { return }
        guard let pattern = SchemaPattern(text) else {
            throw JSONSchema.Wrong(
                place: here, reason: "this is no regular expression that is understood here")
        }
        patterns[ExactText(text)] = pattern
    }
}
