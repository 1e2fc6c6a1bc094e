import PiJSON

/// A schema of a tool's arguments as a provider takes it.
///
/// Nothing is lost by what a provider can't be told: arguments are checked against the whole schema here. What it is told instead is a
/// hint, by which a model finds the right call; no provider that is told so holds the model to it.
struct ToolSchema {
    private(set) var object: JSONObject
    /// What the provider is not told, a sentence each.
    private(set) var weakened: [String] = []

    init(_ schema: JSONObject, for model: Model) {
        object = schema
        object["$schema"] = nil
        if object["$ref"] != nil {
            object = SchemaRoot.kept(in: object)
            takeTarget()
        }
        let api = model.name.api
        let isChoosy = model.dialect.refusesChoices
        var refused = ["$ref"]
        if isChoosy { refused += ["allOf", "anyOf", "oneOf"] }
        if isChoosy, api != .anthropicMessages { refused += ["not", "enum"] }
        refused = refused.filter { object[$0] != nil }
        let names = (object["properties"]?.object ?? JSONObject()).members.map(\.name)
        let oddNames =
            isChoosy && api == .anthropicMessages ? names.filter { !Self.isPlain($0) } : []
        // A call has an object or nothing, but a part of the schema that names the whole may mean something else.
        let isObject = object["type"].map { $0.string == "object" } ?? true
        if !refused.isEmpty || !oddNames.isEmpty || !isObject {
            object = SchemaRoot.kept(in: object)
        }
        if !refused.isEmpty { offer(all: refused) }
        if isChoosy, api == .anthropicMessages { leaveOutOddNames() }
        object["type"] = "object"
        if object["properties"]?.object == nil { object["properties"] = .object(JSONObject()) }
        if isChoosy, api != .anthropicMessages { object = Self.withoutBooleans(object) }
    }

    // MARK: - The top

    /// A schema that is but a name for one of its parts is that part.
    private mutating func takeTarget() {
        let aside: Set = [
            "$comment", "$defs", "$id", "$ref", "definitions", "description", "title",
        ]
        for _ in 0..<16 {
            guard let reference = object["$ref"]?.string,
                object.members.allSatisfy({ aside.contains($0.name) }),
                let part = JSONSchema.part(reference, of: .object(object))?.object
            else { return }
            let kept = object.members.filter { $0.name != "$ref" && part[$0.name] == nil }
            // Its own definitions are nested, and found where they are.
            object = JSONObject(part.members + kept)
        }
    }

    /// What its parts say of the arguments, in place of the keywords that name the parts.
    private mutating func offer(all refused: [String]) {
        var offer = SchemaOffer(object)
        offer.takeTop()
        for keyword in refused {
            object[keyword] = nil
            guard offer.loses(keyword) else { continue }
            weakened.append(
                keyword == "$ref"
                    ? "a part of what the `$ref` at the top of its parameters names was left out"
                    : "`\(keyword)` at the top of its parameters was left out: this provider takes none there"
            )
        }
        object["properties"] = .object(offer.properties)
        object["required"] =
            offer.required.isEmpty ? nil : .array(offer.required.map(JSONValue.string))
        // It would look at what does not stand here any more.
        if object["unevaluatedProperties"] != nil {
            object["unevaluatedProperties"] = nil
            weakened.append("`unevaluatedProperties` was left out: it is about what was left out")
        }
    }

    // MARK: - Names

    /// Anthropic takes letters, digits, `_`, `.` and `-` in the name of an argument, at most 64.
    private mutating func leaveOutOddNames() {
        let properties = (object["properties"]?.object ?? JSONObject()).members
        guard !properties.allSatisfy({ Self.isPlain($0.name) }) else { return }
        for property in properties where !Self.isPlain(property.name) {
            weakened.append(
                "its argument `\(SafeText(property.name, limit: 60))` is not offered: this provider takes letters, digits, `_`, `.` and `-` in a name"
            )
        }
        object["properties"] = .object(JSONObject(properties.filter { Self.isPlain($0.name) }))
        if let required = object["required"]?.array {
            object["required"] = .array(required.filter { $0.string.map(Self.isPlain) ?? false })
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { ToolNames.isPlain($0) || $0 == UInt8(ascii: ".") }
    }

    // MARK: - Booleans

    /// OpenAI wants an object wherever a schema stands; `true` and `false` can be said as one.
    private static func withoutBooleans(_ schema: JSONObject) -> JSONObject {
        JSONObject(
            schema.members.map { member in
                .init(name: member.name, value: withoutBooleans(member.value, of: member.name))
            })
    }

    private static func withoutBooleans(_ value: JSONValue, of keyword: String) -> JSONValue {
        switch keyword {
        case _ where SchemaRoot.hasNames(keyword):
            guard let parts = value.object else { return value }
            return .object(
                JSONObject(
                    parts.members.map { .init(name: $0.name, value: asObject($0.value)) }))
        case "anyOf", "oneOf", "allOf", "prefixItems":
            return value.array.map { .array($0.map(asObject)) } ?? value
        case "items", "contains", "not", "if", "then", "else", "propertyNames":
            return asObject(value)
        // Here a boolean is usual, and taken.
        case "additionalProperties", "unevaluatedProperties", "unevaluatedItems":
            return value.object.map { .object(withoutBooleans($0)) } ?? value
        default: return value
        }
    }

    private static func asObject(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .bool(true): .object(JSONObject())
        case .bool(false): ["not": .object(JSONObject())]
        case .object(let object): .object(withoutBooleans(object))
        default: schema
        }
    }
}

extension ModelRequest {
    /// What of its tools' schemas its provider can't be told; the arguments are checked against all of it all the same.
    package var weakenedSchemas: [(tool: String, notes: [String])] {
        tools.compactMap { tool in
            let notes = ToolSchema(tool.parameters, for: model).weakened
            return notes.isEmpty ? nil : (tool.name, notes)
        }
    }
}
