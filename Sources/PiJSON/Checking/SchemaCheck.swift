/// One value against one schema.
struct SchemaCheck {
    typealias Fault = JSONSchema.Fault

    let root: JSONValue
    let patterns: [ExactText: SchemaPattern]
    /// Schemas looked at so far: alternatives of alternatives could be without end.
    var steps = 0

    /// Something could not be told, so that nothing can be called right.
    var gaveUp = false

    /// Whether no more may be done; then nothing can be told any more.
    mutating func isOutOfSteps() -> Bool {
        guard steps >= Self.mostSteps else { return false }
        gaveUp = true
        return true
    }

    static func tooMuch(at path: String) -> Fault {
        Fault(path: path, sentence: "the schema is too much to check it by")
    }

    static let deepest = 128
    static let mostSteps = 200_000
    static let types: Set<String> = [
        "null", "boolean", "object", "array", "number", "string", "integer",
    ]

    init(root: JSONValue, _ patterns: [ExactText: SchemaPattern]) {
        self.root = root
        self.patterns = patterns
    }

    mutating func faults(
        of value: JSONValue, _ schema: JSONValue, at path: String, depth: Int
    ) -> [Fault] {
        steps += 1
        guard !isOutOfSteps(), depth < Self.deepest else {
            gaveUp = true
            return [Self.tooMuch(at: path)]
        }
        if case .bool(let allows) = schema {
            return allows ? [] : [Fault(path: path, sentence: "nothing is allowed here")]
        }
        guard let rules = schema.object else { return [] }
        var faults: [Fault] = []
        for rule in rules.members {
            faults += apply(rule.name, rule.value, rules, to: value, at: path, depth: depth)
        }
        return faults
    }

    private mutating func apply(
        _ name: String, _ rule: JSONValue, _ rules: JSONObject, to value: JSONValue,
        at path: String,
        depth: Int
    ) -> [Fault] {
        func unless(_ holds: Bool, _ sentence: @autoclosure () -> String) -> [Fault] {
            holds ? [] : [Fault(path: path, sentence: sentence())]
        }
        switch name {
        case "$ref":
            guard let target = Self.target(of: rule.string ?? "", in: root) else { return [] }
            return faults(of: value, target, at: path, depth: depth + 1)
        case "type":
            let names = (rule.array ?? [rule]).compactMap(\.string)
            return unless(
                names.contains { Self.isType($0, value) },
                "it is \(value.kind), not \(names.joined(separator: " or "))")
        case "const":
            return unless(Self.isEqual(value, rule), "it is not \(Self.shown(rule))")
        case "enum":
            let allowed = rule.array ?? []
            return unless(
                allowed.contains { Self.isEqual(value, $0) },
                "it is none of \(allowed.prefix(20).map(Self.shown).joined(separator: ", "))")
        case "allOf", "anyOf", "oneOf", "not", "if":
            return combine(name, rule, rules, value, at: path, depth: depth)
        default:
            switch value {
            case .number(let number): return numeric(name, rule, number, at: path)
            case .string(let text): return textual(name, rule, text, at: path)
            case .array(let elements):
                return elementwise(name, rule, rules, elements, at: path, depth: depth)
            case .object(let object):
                return memberwise(name, rule, rules, object, at: path, depth: depth)
            case .null, .bool: return []
            }
        }
    }

    // MARK: - Of schemas

    private mutating func combine(
        _ name: String, _ rule: JSONValue, _ rules: JSONObject, _ value: JSONValue,
        at path: String, depth: Int
    ) -> [Fault] {
        switch name {
        case "allOf":
            var found: [Fault] = []
            for one in rule.array ?? [] {
                found += faults(of: value, one, at: path, depth: depth + 1)
            }
            return found
        case "not":
            return faults(of: value, rule, at: path, depth: depth + 1).isEmpty
                ? [Fault(path: path, sentence: "it is what it must not be")] : []
        case "if":
            let holds = faults(of: value, rule, at: path, depth: depth + 1).isEmpty
            guard let branch = rules[holds ? "then" : "else"] else { return [] }
            return faults(of: value, branch, at: path, depth: depth + 1)
        default:
            var tries: [[Fault]] = []
            for one in rule.array ?? [] {
                tries.append(faults(of: value, one, at: path, depth: depth + 1))
            }
            let fitting = tries.count(where: \.isEmpty)
            if name == "oneOf", fitting > 1 {
                return [Fault(path: path, sentence: "it is \(fitting) of the alternatives at once")]
            }
            guard fitting == 0 else { return [] }
            // Of what it could have been, what it is nearest to.
            return tries.min { $0.count < $1.count } ?? []
        }
    }

    /// Of this document only; nil if it leads nowhere.
    static func target(of reference: String, in root: JSONValue) -> JSONValue? {
        guard reference.hasPrefix("#") else { return nil }
        var value = root
        let pointer = String(reference.dropFirst())
        guard !pointer.isEmpty else { return value }
        guard pointer.hasPrefix("/") else { return nil }
        for piece in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let name = String(piece).replacing("~1", with: "/").replacing("~0", with: "~")
            if let array = value.array, let index = Int(name), array.indices.contains(index) {
                value = array[index]
            } else if let next = value[name] {
                value = next
            } else {
                return nil
            }
        }
        return value
    }

    // MARK: - Of arrays

    private mutating func elementwise(
        _ name: String, _ rule: JSONValue, _ rules: JSONObject, _ elements: [JSONValue],
        at path: String, depth: Int
    ) -> [Fault] {
        func counted(_ holds: Bool, _ phrase: String) -> [Fault] {
            holds
                ? []
                : [
                    Fault(
                        path: path,
                        sentence:
                            "it has \(elements.count) elements, \(phrase) \(rule.number?.text ?? "")"
                    )
                ]
        }
        let bound = rule.number?.double ?? 0
        switch name {
        case "minItems": return counted(Double(elements.count) >= bound, "fewer than")
        case "maxItems": return counted(Double(elements.count) <= bound, "more than")
        case "uniqueItems":
            guard rule.bool == true else { return [] }
            return Self.firstTwin(elements).map {
                [Fault(path: "\(path)/\($0)", sentence: "it stands twice")]
            } ?? []
        case "prefixItems":
            var found: [Fault] = []
            for (index, (element, schema)) in zip(elements, rule.array ?? []).enumerated() {
                found += faults(of: element, schema, at: "\(path)/\(index)", depth: depth + 1)
            }
            return found
        case "items":
            var found: [Fault] = []
            for index in elements.indices.dropFirst(rules["prefixItems"]?.array?.count ?? 0) {
                found += faults(of: elements[index], rule, at: "\(path)/\(index)", depth: depth + 1)
            }
            return found
        case "unevaluatedItems":
            let taken = evaluatedElements(of: elements, by: rules, depth: depth)
            var found: [Fault] = []
            for index in elements.indices where !taken.contains(index) {
                found += faults(of: elements[index], rule, at: "\(path)/\(index)", depth: depth + 1)
            }
            return found
        case "contains":
            var count = 0
            for (index, element) in elements.enumerated()
            where faults(of: element, rule, at: "\(path)/\(index)", depth: depth + 1).isEmpty {
                count += 1
            }
            let least = rules["minContains"]?.number?.double ?? 1
            let most = rules["maxContains"]?.number?.double ?? .infinity
            guard Double(count) < least || Double(count) > most else { return [] }
            return [
                Fault(path: path, sentence: "\(count) of its elements are what some have to be")
            ]
        default: return []
        }
    }

    private static func firstTwin(_ elements: [JSONValue]) -> Int? {
        var seen: Set<JSONValue> = []
        return elements.indices.first { !seen.insert(canonical(elements[$0])).inserted }
    }

    // MARK: - Of objects

    private mutating func memberwise(
        _ name: String, _ rule: JSONValue, _ rules: JSONObject, _ object: JSONObject,
        at path: String, depth: Int
    ) -> [Fault] {
        func inside(_ name: String) -> String { "\(path)/\(Self.escaped(name))" }
        let bound = rule.number?.double ?? 0
        switch name {
        case "required":
            return (rule.array ?? []).compactMap(\.string).filter { object[$0] == nil }
                .map { Fault(path: inside($0), sentence: "it is missing") }
        case "minProperties", "maxProperties":
            let count = object.members.count
            let isWrong =
                name == "minProperties" ? Double(count) < bound : Double(count) > bound
            guard isWrong else { return [] }
            return [Fault(path: path, sentence: "it has \(count) members")]
        case "dependentRequired":
            return (rule.object?.members ?? []).filter { object[$0.name] != nil }.flatMap {
                member in
                (member.value.array ?? []).compactMap(\.string).filter { object[$0] == nil }
                    .map {
                        Fault(
                            path: inside($0),
                            sentence: "it is missing beside \(Self.shown(.string(member.name)))")
                    }
            }
        default: break
        }
        var found: [Fault] = []
        switch name {
        case "properties":
            for property in rule.object?.members ?? [] {
                guard let value = object[property.name] else { continue }
                found += faults(
                    of: value, property.value, at: inside(property.name), depth: depth + 1)
            }
        case "patternProperties":
            for pattern in rule.object?.members ?? [] {
                for member in object.members where !isOutOfSteps() {
                    switch answer(pattern.name, member.name) {
                    case .notFound: continue
                    case .found:
                        found += faults(
                            of: member.value, pattern.value, at: inside(member.name),
                            depth: depth + 1)
                    case .tooMuch:
                        found.append(
                            Fault(
                                path: inside(member.name),
                                sentence:
                                    "\(Self.shown(.string(pattern.name))) is too much to match its name against"
                            ))
                    }
                }
            }
        case "additionalProperties", "unevaluatedProperties":
            let taken =
                name == "additionalProperties"
                ? namedMembers(of: object, by: rules)
                : evaluatedMembers(of: object, by: rules, depth: depth)
            for member in object.members where !taken.contains(ExactText(member.name)) {
                if rule == .bool(false) {
                    found.append(
                        Fault(path: inside(member.name), sentence: "there is no such name"))
                } else {
                    found += faults(
                        of: member.value, rule, at: inside(member.name), depth: depth + 1)
                }
            }
        case "propertyNames":
            for member in object.members {
                found += faults(
                    of: .string(member.name), rule, at: inside(member.name), depth: depth + 1)
            }
        case "dependentSchemas":
            for member in rule.object?.members ?? [] where object[member.name] != nil {
                found += faults(of: .object(object), member.value, at: path, depth: depth + 1)
            }
        default: break
        }
        return found
    }

    // MARK: - Values

    static func escaped(_ name: String) -> String {
        SafeText(name.replacing("~", with: "~0").replacing("/", with: "~1"), limit: 80).description
    }

    static func shown(_ value: JSONValue) -> String {
        let text = String(decoding: JSONWriter.write(value, layout: .compact), as: UTF8.self)
        return SafeText(text, limit: 60).description
    }

    static func isType(_ name: String, _ value: JSONValue) -> Bool {
        switch (name, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array),
            ("object", .object), ("number", .number):
            true
        // 1.0 is a whole number, too.
        case ("integer", .number(let number)):
            number.int != nil || number.double.map { $0 == $0.rounded() } ?? false
        default: false
        }
    }

    /// By what they mean: 1 and 1.0 are one number, and members have no order.
    private static func isEqual(_ one: JSONValue, _ other: JSONValue) -> Bool {
        canonical(one) == canonical(other)
    }

    private static func canonical(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number):
            // Past the range of numbers the spelling is all there is.
            guard number.int == nil, let double = number.double, let same = JSONNumber(double)
            else {
                return .number(number.int.map { JSONNumber($0) } ?? number)
            }
            return .number(same)
        case .array(let elements): return .array(elements.map(canonical))
        case .object(let object):
            let sorted = object.members.sorted {
                $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
            }
            return .object(
                JSONObject(
                    sorted.map { JSONObject.Member(name: $0.name, value: canonical($0.value)) }))
        case .null, .bool, .string: return value
        }
    }
}
