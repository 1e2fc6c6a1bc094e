import PiJSON
import PiSystem

/// A schema of a tool's arguments as a provider takes it.
///
/// Nothing is lost by what a provider can't be told: arguments are checked against the whole schema here.
struct ToolSchema {
    private(set) var object: JSONObject
    /// What the provider is not told, a sentence each.
    private(set) var weakened: [String] = []

    init(_ schema: JSONObject, for api: API) {
        object = schema
        object["$schema"] = nil
        takeReference()
        // A call has an object or nothing; that it may be null as well says nothing.
        object["type"] = "object"
        if object["properties"]?.object == nil { object["properties"] = .object(JSONObject()) }
        switch api {
        case .openAICompletions, .openAIResponses:
            takeChoices()
            leaveOut(["not", "enum", "const", "if", "then", "else"])
            object = Self.withoutBooleans(object)
        case .anthropicMessages:
            takeChoices()
            leaveOutOddNames()
        case .googleGenerativeAI: break
        }
    }

    // MARK: - The top

    /// A schema that is but a name for one of its own parts.
    private mutating func takeReference() {
        var seen = 0
        while let name = object["$ref"]?.string, let part = local(name) {
            // Parts that name each other in a circle end nowhere.
            seen += 1
            guard seen <= 16 else { return leaveOut(["$ref"]) }
            object["$ref"] = nil
            for member in part.members where object[member.name] == nil {
                object[member.name] = member.value
            }
        }
    }

    private func local(_ reference: String) -> JSONObject? {
        guard reference.hasPrefix("#/") else { return nil }
        var value: JSONValue? = .object(object)
        for step in reference.dropFirst(2).split(separator: "/") {
            value = value?[String(step)]
        }
        return value?.object
    }

    /// Providers refuse a choice at the top: the properties of all that can be chosen are offered instead.
    private mutating func takeChoices() {
        for keyword in ["allOf", "anyOf", "oneOf"] {
            guard let list = object[keyword]?.array else { continue }
            let parts = list.map { part in
                part["$ref"]?.string.flatMap(local) ?? part.object ?? JSONObject()
            }
            object[keyword] = nil
            for part in parts { offer(part["properties"]?.object ?? JSONObject()) }
            require(parts, all: keyword == "allOf")
            let isSaid =
                keyword == "allOf"
                && parts.allSatisfy { part in
                    part.members.allSatisfy {
                        ["type", "properties", "required", "title", "description"].contains($0.name)
                    }
                }
            if !isSaid { note(keyword) }
        }
    }

    private mutating func offer(_ more: JSONObject) {
        var properties = object["properties"]?.object ?? JSONObject()
        for property in more.members {
            guard let known = properties[property.name], known != property.value else {
                properties[property.name] = property.value
                continue
            }
            let either: [JSONValue] = known["anyOf"]?.array ?? [known]
            let isNew = !either.contains(property.value)
            properties[property.name] = ["anyOf": .array(either + (isNew ? [property.value] : []))]
        }
        object["properties"] = .object(properties)
    }

    /// Of a choice only what each of its parts wants has to be there.
    private mutating func require(_ parts: [JSONObject], all: Bool) {
        let lists = parts.map { ($0["required"]?.array ?? []).compactMap(\.string) }
        let more =
            all
            ? Array(lists.joined())
            : (lists.first ?? []).filter { name in lists.allSatisfy { $0.contains(name) } }
        var required = (object["required"]?.array ?? []).compactMap(\.string)
        for name in more where !required.contains(name) { required.append(name) }
        if !required.isEmpty { object["required"] = .array(required.map(JSONValue.string)) }
    }

    private mutating func leaveOut(_ keywords: [String]) {
        for keyword in keywords where object[keyword] != nil {
            object[keyword] = nil
            note(keyword)
        }
    }

    private mutating func note(_ keyword: String) {
        weakened.append("`\(keyword)` at its top can't be said to this provider")
    }

    // MARK: - Names

    /// Anthropic takes letters, digits, `_`, `.` and `-` in the name of an argument, at most 64.
    private mutating func leaveOutOddNames() {
        var properties = object["properties"]?.object ?? JSONObject()
        for name in properties.members.map(\.name) where !Self.isPlain(name) {
            properties[name] = nil
            weakened.append(
                "its argument \(SafeText(name, limit: 60)) has a name that this provider refuses")
        }
        object["properties"] = .object(properties)
        if let required = object["required"]?.array {
            object["required"] = .array(required.filter { $0.string.map(Self.isPlain) ?? false })
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    // MARK: - Booleans

    /// OpenAI wants an object wherever a schema stands; `true` and `false` can be said as one.
    private static func withoutBooleans(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        for member in schema.members {
            switch member.name {
            case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas":
                guard let parts = member.value.object else { continue }
                var plain = JSONObject()
                for part in parts.members { plain[part.name] = asObject(part.value) }
                schema[member.name] = .object(plain)
            case "anyOf", "oneOf", "allOf", "prefixItems":
                guard let parts = member.value.array else { continue }
                schema[member.name] = .array(parts.map(asObject))
            case "items", "contains", "not", "if", "then", "else", "propertyNames":
                schema[member.name] = asObject(member.value)
            // Here a boolean is usual, and taken.
            case "additionalProperties", "unevaluatedProperties", "unevaluatedItems":
                if let part = member.value.object {
                    schema[member.name] = .object(withoutBooleans(part))
                }
            default: break
            }
        }
        return schema
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
            let notes = ToolSchema(tool.parameters, for: model.name.api).weakened
            return notes.isEmpty ? nil : (tool.name, notes)
        }
    }
}
