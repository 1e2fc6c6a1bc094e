import PiJSON

/// All arguments that a schema speaks of, wherever in its parts: what a model has to know to make any call that is legal.
struct SchemaOffer {
    private struct Known {
        /// What holds for it in every call, and what in some.
        var always: [JSONValue] = []
        var sometimes: [JSONValue] = []
    }

    private let root: JSONValue
    private let top: JSONObject
    private var names: [String] = []
    private var known: [ExactText: Known] = [:]
    /// References that are being followed.
    private var open: Set<ExactText> = []
    /// Whether a part that always holds says more than which arguments there are.
    private var losesParts = false
    private var left = Self.most
    private(set) var required: [String] = []

    /// Parts that are looked at, and arguments that are offered.
    private static let most = 4_000

    init(_ schema: JSONObject) {
        top = schema
        root = .object(schema)
    }

    mutating func takeTop() { required = take(top, always: true) }

    /// Whether something of what a keyword at the top says is not said by what is offered.
    func loses(_ keyword: String) -> Bool {
        switch keyword {
        case "$ref", "allOf": losesParts || left <= 0
        default: true
        }
    }

    var properties: JSONObject {
        JSONObject(
            names.compactMap { name in
                known[ExactText(name)].map { .init(name: name, value: Self.schema($0)) }
            })
    }

    private static func schema(_ known: Known) -> JSONValue {
        if let first = known.always.first {
            return known.always.count == 1 ? first : ["allOf": .array(known.always)]
        }
        guard let first = known.sometimes.first else { return .object(JSONObject()) }
        return known.sometimes.count == 1 ? first : ["anyOf": .array(known.sometimes)]
    }

    // MARK: - Parts

    /// What has to be there.
    private mutating func take(_ part: JSONObject, always: Bool) -> [String] {
        guard left > 0 else { return [] }
        left -= 1
        for property in part["properties"]?.object?.members ?? [] {
            offer(property, always: always)
        }
        var required = (part["required"]?.array ?? []).prefix(left).compactMap(\.string)
        left -= required.count
        if let reference = part["$ref"]?.string {
            required += follow(reference, always: always)
        }
        for inner in part["allOf"]?.array ?? [] {
            guard let inner = inner.object else { continue }
            if always, !Self.isSaid(inner) { losesParts = true }
            required += take(inner, always: always)
        }
        for keyword in ["anyOf", "oneOf"] {
            let parts = (part[keyword]?.array ?? []).compactMap(\.object)
            var common: Set<ExactText>?
            var first: [String] = []
            for inner in parts {
                let names = take(inner, always: false)
                if common == nil { first = names }
                let set = Set(names.map(ExactText.init))
                common = common?.intersection(set) ?? set
            }
            required += first.filter { common?.contains(ExactText($0)) == true }
        }
        for keyword in ["then", "else"] {
            if let inner = part[keyword]?.object { _ = take(inner, always: false) }
        }
        var seen: Set<ExactText> = []
        return required.filter { seen.insert(ExactText($0)).inserted }
    }

    private mutating func follow(_ reference: String, always: Bool) -> [String] {
        let name = ExactText(reference)
        guard open.insert(name).inserted else {
            losesParts = true
            return []
        }
        defer { open.remove(name) }
        guard let inner = JSONSchema.part(reference, of: root)?.object else { return [] }
        if always, !Self.isSaid(inner) { losesParts = true }
        return take(inner, always: always)
    }

    /// Whether all that it says is said by its properties and by what has to be there.
    private static func isSaid(_ part: JSONObject) -> Bool {
        let said: Set = [
            "$comment", "$defs", "$ref", "$schema", "allOf", "definitions", "description",
            "properties",
            "required", "title", "type",
        ]
        return part.members.allSatisfy { said.contains($0.name) }
    }

    private mutating func offer(_ property: JSONObject.Member, always: Bool) {
        // Where one alternative has none of it, another may want it.
        if !always, property.value.bool == false { return }
        let name = ExactText(property.name)
        if known[name] == nil {
            guard left > 0 else { return }
            left -= 1
            names.append(property.name)
        }
        var entry = known[name, default: Known()]
        if always, !entry.always.contains(property.value) { entry.always.append(property.value) }
        if !always, entry.sometimes.count < 50, !entry.sometimes.contains(property.value) {
            entry.sometimes.append(property.value)
        }
        known[name] = entry
    }
}

/// References of a schema to its own top, which is about to become another one.
enum SchemaRoot {
    /// The same schema, with the top as it was among its definitions if something in it refers to that.
    static func kept(in schema: JSONObject) -> JSONObject {
        guard refersToTop(.object(schema)) else { return schema }
        var definitions = schema["$defs"]?.object ?? JSONObject()
        var name = "whole"
        while definitions[name] != nil { name += "_" }
        func moved(_ value: JSONValue, areNames: Bool = false) -> JSONValue {
            switch value {
            case .array(let list): .array(list.map { moved($0) })
            case .object(let object):
                .object(
                    JSONObject(
                        object.members.map { member in
                            if areNames {
                                return .init(name: member.name, value: moved(member.value))
                            }
                            guard !isData(member.name) else { return member }
                            guard member.name == "$ref", let reference = member.value.string,
                                isToTop(reference)
                            else {
                                let value = moved(member.value, areNames: hasNames(member.name))
                                return .init(name: member.name, value: value)
                            }
                            return .init(
                                name: "$ref",
                                value: .string("#/$defs/\(name)\(reference.dropFirst())"))
                        }))
            default: value
            }
        }
        guard var result = moved(.object(schema)).object else { return schema }
        var whole = result
        for keyword in ["$defs", "definitions", "$id", "$schema"] { whole[keyword] = nil }
        definitions = result["$defs"]?.object ?? JSONObject()
        definitions[name] = .object(whole)
        result["$defs"] = .object(definitions)
        return result
    }

    private static func isToTop(_ reference: String) -> Bool {
        reference == "#"
            || (reference.hasPrefix("#/") && !reference.hasPrefix("#/$defs/")
                && !reference.hasPrefix("#/definitions/"))
    }

    /// What stands there is no schema, whatever it looks like.
    private static func isData(_ keyword: String) -> Bool {
        ["const", "enum", "default", "examples"].contains(keyword)
    }

    /// What stands in it are names of its own, and no keywords.
    static func hasNames(_ keyword: String) -> Bool {
        ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"]
            .contains(keyword)
    }

    private static func refersToTop(_ value: JSONValue, areNames: Bool = false) -> Bool {
        switch value {
        case .array(let list): list.contains { refersToTop($0) }
        case .object(let object):
            object.members.contains { member in
                if areNames { return refersToTop(member.value) }
                guard !isData(member.name) else { return false }
                if member.name == "$ref", let reference = member.value.string {
                    return isToTop(reference)
                }
                return refersToTop(member.value, areNames: hasNames(member.name))
            }
        default: false
        }
    }
}
