package import PiJSON

/// A value of a policy, checked by its shape, that knows where it was written.
package struct PolicyValue: Sendable {
    package enum Content: Sendable {
        case flag(Bool)
        case count(Int)
        /// Millionths of a dollar.
        case money(Int)
        case duration(seconds: Int)
        case size(bytes: Int)
        case text(String)
        case list([PolicyValue])
        case map([Member])
    }

    package struct Member: Sendable {
        package let name: String
        package let nameOrigin: Origin
        package let value: PolicyValue
    }

    package let content: Content
    package let origin: Origin

    init(_ content: Content, _ origin: Origin) {
        self.content = content
        self.origin = origin
    }

    package var members: [Member] {
        if case .map(let members) = content { members } else { [] }
    }

    package var elements: [PolicyValue] {
        if case .list(let elements) = content { elements } else { [] }
    }

    package var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    package var count: Int? {
        if case .count(let count) = content { count } else { nil }
    }

    package var flag: Bool? {
        if case .flag(let flag) = content { flag } else { nil }
    }

    package func member(_ name: String) -> Member? {
        members.first { $0.name.isExactly(name) }
    }

    package subscript(name: String) -> PolicyValue? { member(name)?.value }

    /// The same map with another value for a name that it has.
    func replacing(_ name: String, with value: PolicyValue) -> PolicyValue {
        PolicyValue(
            .map(
                members.map { member in
                    member.name.isExactly(name)
                        ? Member(name: name, nameOrigin: member.nameOrigin, value: value) : member
                }), origin)
    }

    /// The value at the end of a path of names.
    package func value(at path: some Sequence<String>) -> PolicyValue? {
        var value = self
        for name in path {
            guard let next = value[name] else { return nil }
            value = next
        }
        return value
    }

    /// Two values are the same if they mean the same, wherever they stand: the order of a list and of
    /// the members of a map means nothing, except in the words of a command.
    package func means(_ other: PolicyValue) -> Bool {
        canonical == other.canonical
    }

    /// As JSON whose spelling is canonical once `CanonicalJSON` has written it.
    ///
    /// `60s` and `1m` are one value, and so are two lists of the same elements.
    package var canonical: JSONValue {
        switch content {
        case .flag(let flag): return .bool(flag)
        case .count(let count): return .number(JSONNumber(count))
        case .money(let millionths): return .string("\(millionths) µ$")
        case .duration(let seconds): return .string("\(seconds) s")
        case .size(let bytes): return .string("\(bytes) B")
        case .text(let text): return .string(text)
        case .list(let elements):
            // By their bytes: the digest must not depend on the order of anything.
            let sorted = elements.map(\.canonical).map { (text: Array("\($0)".utf8), value: $0) }
                .sorted { $0.text.lexicographicallyPrecedes($1.text) }
            var distinct: [JSONValue] = []
            for element in sorted where distinct.last != element.value {
                distinct.append(element.value)
            }
            return .array(distinct)
        case .map(let members):
            return .object(
                JSONObject(
                    members.map { member in
                        // Of words and of models the order counts; a rule may have such a name too.
                        let isList = if case .list = member.value.content { true } else { false }
                        let isSequence =
                            isList
                            && ["command", "fallback", "stronger", "summarizer"]
                                .contains(member.name)
                        return .init(
                            name: member.name,
                            value: isSequence
                                ? .array(member.value.elements.map(\.canonical))
                                : member.value.canonical)
                    }.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }))
        }
    }

    /// In a word or two, as a policy would write it; safe to show.
    package var shown: String {
        switch content {
        case .flag(let flag): return flag ? "true" : "false"
        case .count(let count): return String(count)
        case .money(let millionths): return Quantity.money(millionths)
        case .duration(let seconds): return Quantity.duration(seconds)
        case .size(let bytes): return Quantity.size(bytes)
        case .text(let text): return SafeText(text, limit: 120).description
        case .list(let elements): return "[\(elements.map(\.shown).joined(separator: ", "))]"
        case .map(let members):
            return
                "{\(members.map { "\(SafeText($0.name, limit: 60)): \($0.value.shown)" }.joined(separator: ", "))}"
        }
    }
}

extension PolicyValue {
    /// Of a size.
    package var bytes: Int? {
        if case .size(let bytes) = content { bytes } else { nil }
    }

    /// Of `at_end` and `after 24h`: how long something is kept.
    package var secondsKept: Int? {
        text.flatMap {
            $0 == "at_end" ? 0 : Quantity.duration(String($0.dropFirst("after ".count)))
        }
    }

    /// Of a time.
    package var seconds: Int? {
        if case .duration(let seconds) = content { seconds } else { nil }
    }
}

extension ResolvedPolicy {
    /// The value in force at a place: what is written, else the default that the page of keys names.
    package func inForce(_ path: [String]) -> PolicyValue? {
        if let value = value.value(at: path) { return value }
        var shape = Shape.fields(PolicySchema.root)
        var field: Field?
        for name in path {
            guard case .fields(let fields) = shape, let next = fields.field(name) else {
                return nil
            }
            field = next
            shape = next.shape
        }
        guard let field, let standard = field.standard else { return nil }
        let origin = Origin.standard
        return switch field.shape {
        case .duration:
            Quantity.duration(standard).map { PolicyValue(.duration(seconds: $0), origin) }
        case .size: Quantity.size(standard).map { PolicyValue(.size(bytes: $0), origin) }
        case .count: Int(standard).map { PolicyValue(.count($0), origin) }
        case .word: PolicyValue(.text(standard), origin)
        default: nil
        }
    }
}
