/// Reads one JSON document in one pass, without Foundation and without trusting a byte of it.
///
/// ```swift
/// let reading = try JSONReader.read(bytes, .exact(sizeLimit: 65_536))
/// reading.value["name"]?.string
/// ```
public struct JSONReader {
    public struct Reading: Hashable, Sendable {
        public let value: JSONValue
        /// What was not as it should be and was let pass, the first few that were found.
        public let notes: [JSONNote]
    }

    let rules: JSONRules
    var at = 0
    private var notes: [JSONNote] = []
    /// The document has ended inside something; what was read so far is all there is.
    private(set) var isCutOff = false

    public static func read(_ text: String, _ rules: JSONRules) throws(JSONError) -> Reading {
        try read(text.utf8.span, rules)
    }

    public static func read(_ bytes: [UInt8], _ rules: JSONRules) throws(JSONError) -> Reading {
        try read(bytes.span, rules)
    }

    public static func read(
        _ bytes: Span<UInt8>, _ rules: JSONRules
    ) throws(JSONError) -> Reading {
        var reader = JSONReader(rules: rules)
        return try reader.document(bytes)
    }

    private init(rules: JSONRules) {
        precondition(
            rules.depthLimit <= 512, "deeper nesting than 512 could exhaust a thread's stack")
        self.rules = rules
    }

    // MARK: - Document

    private mutating func document(_ bytes: Span<UInt8>) throws(JSONError) -> Reading {
        guard bytes.count <= rules.sizeLimit else {
            let cause = JSONError.Cause.tooLarge(bytes: bytes.count, limit: rules.sizeLimit)
            throw JSONError(cause: cause, place: TextPlace(at: 0, in: bytes))
        }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw error(.byteOrderMark, in: bytes)
        }
        skipSpace(bytes)
        guard at < bytes.count else { throw error(.nothing, in: bytes) }
        guard let value = try value(bytes, depth: 0, expecting: .value) else {
            throw error(.cutOff(expected: .value), in: bytes)
        }
        skipSpace(bytes)
        guard at == bytes.count else { throw unexpected(bytes, expecting: .end) }
        return Reading(value: value, notes: notes)
    }

    /// Nil only where a lenient reading finds the document cut off before anything of the value.
    private mutating func value(
        _ bytes: Span<UInt8>, depth: Int, expecting: JSONError.Expectation
    ) throws(JSONError) -> JSONValue? {
        guard at < bytes.count else {
            try cutOff(bytes, expecting: expecting)
            return nil
        }
        switch bytes[at] {
        case UInt8(ascii: "\""):
            at += 1
            return .string(try string(bytes))
        case UInt8(ascii: "{"):
            return try object(bytes, depth: depth + 1)
        case UInt8(ascii: "["):
            return try array(bytes, depth: depth + 1)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(bytes)
        case UInt8(ascii: "t"):
            try literal("true", bytes)
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false", bytes)
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null", bytes)
            return .null
        default:
            throw unexpected(bytes, expecting: expecting)
        }
    }

    // MARK: - Containers

    private mutating func array(
        _ bytes: Span<UInt8>, depth: Int
    ) throws(JSONError) -> JSONValue {
        try enter(depth, bytes)
        var elements: [JSONValue] = []
        skipSpace(bytes)
        if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
            at += 1
            return .array(elements)
        }
        while true {
            let expecting: JSONError.Expectation =
                elements.isEmpty ? .valueOrClosingBracket : .value
            guard let element = try value(bytes, depth: depth, expecting: expecting) else { break }
            elements.append(element)
            let goesOn = try separator(
                bytes, closing: UInt8(ascii: "]"), expecting: .commaOrClosingBracket)
            guard goesOn else { break }
        }
        return .array(elements)
    }

    private mutating func object(
        _ bytes: Span<UInt8>, depth: Int
    ) throws(JSONError) -> JSONValue {
        try enter(depth, bytes)
        var members = MemberList()
        skipSpace(bytes)
        if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
            at += 1
            return .object(JSONObject())
        }
        while true {
            let start = at
            let expecting: JSONError.Expectation =
                members.isEmpty ? .nameOrClosingBrace : .name
            guard let name = try name(bytes, expecting: expecting) else { break }
            guard let value = try value(bytes, depth: depth, expecting: .value) else { break }
            if !members.append(name: name, value: value) {
                try duplicate(name, at: start, in: bytes)
            }
            let goesOn = try separator(
                bytes, closing: UInt8(ascii: "}"), expecting: .commaOrClosingBrace)
            guard goesOn else { break }
        }
        return .object(JSONObject(unique: members.members))
    }

    private mutating func enter(_ depth: Int, _ bytes: Span<UInt8>) throws(JSONError) {
        guard depth <= rules.depthLimit else {
            throw error(.tooDeep(limit: rules.depthLimit), in: bytes)
        }
        at += 1
    }

    /// The name of a member and its colon; nil where the document is cut off.
    private mutating func name(
        _ bytes: Span<UInt8>, expecting: JSONError.Expectation
    ) throws(JSONError) -> String? {
        guard at < bytes.count else {
            try cutOff(bytes, expecting: expecting)
            return nil
        }
        guard bytes[at] == UInt8(ascii: "\"") else { throw unexpected(bytes, expecting: expecting) }
        at += 1
        let name = try string(bytes)
        skipSpace(bytes)
        guard !isCutOff, at < bytes.count else {
            try cutOff(bytes, expecting: .colon)
            return nil
        }
        guard bytes[at] == UInt8(ascii: ":") else { throw unexpected(bytes, expecting: .colon) }
        at += 1
        skipSpace(bytes)
        return name
    }

    /// Steps over a comma; false if the container ends here instead.
    private mutating func separator(
        _ bytes: Span<UInt8>, closing: UInt8, expecting: JSONError.Expectation
    ) throws(JSONError) -> Bool {
        skipSpace(bytes)
        guard at < bytes.count else {
            try cutOff(bytes, expecting: expecting)
            return false
        }
        if bytes[at] == closing {
            at += 1
            return false
        }
        guard bytes[at] == UInt8(ascii: ",") else { throw unexpected(bytes, expecting: expecting) }
        let comma = at
        at += 1
        skipSpace(bytes)
        if rules.syntax == .lenient, at < bytes.count, bytes[at] == closing {
            note(.trailingComma, at: comma, in: bytes)
            at += 1
            return false
        }
        return true
    }

    private mutating func duplicate(
        _ name: String, at offset: Int, in bytes: Span<UInt8>
    ) throws(JSONError) {
        switch rules.duplicateNames {
        case .refused:
            throw JSONError(cause: .duplicateName(name), place: TextPlace(at: offset, in: bytes))
        case .lastCounts:
            note(.duplicateName(name), at: offset, in: bytes)
        }
    }

    // MARK: - Scalars

    private mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue? {
        let start = at
        switch NumberGrammar.end(in: bytes, from: start) {
        case .whole(let end):
            at = end
            return .number(JSONNumber(checked: text(bytes.extracting(start..<end))))
        case .cutOff(let whole):
            at = bytes.count
            try cutOff(bytes, expecting: .restOfNumber)
            return whole.map { .number(JSONNumber(checked: text(bytes.extracting(start..<$0)))) }
        case .wrong(let place):
            at = place
            throw error(.wrongNumber, in: bytes)
        }
    }

    private func text(_ number: Span<UInt8>) -> String {
        do {
            return String(copying: try UTF8Span(validating: number))
        } catch {
            preconditionFailure("the grammar of numbers lets only ASCII pass")
        }
    }

    private mutating func literal(
        _ word: StaticString, _ bytes: Span<UInt8>
    ) throws(JSONError) {
        let letters = word.description.utf8.span
        for place in 0..<letters.count {
            guard at < bytes.count else {
                try cutOff(bytes, expecting: .restOfLiteral)
                return
            }
            guard bytes[at] == letters[place] else {
                throw unexpected(bytes, expecting: .restOfLiteral)
            }
            at += 1
        }
    }

    // MARK: - Between values

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    // MARK: - What is wrong

    func error(_ cause: JSONError.Cause, in bytes: Span<UInt8>) -> JSONError {
        JSONError(cause: cause, place: TextPlace(at: at, in: bytes))
    }

    private func unexpected(
        _ bytes: Span<UInt8>, expecting: JSONError.Expectation
    ) -> JSONError {
        error(.unexpected(byte: bytes[at], expected: expecting), in: bytes)
    }

    mutating func cutOff(
        _ bytes: Span<UInt8>, expecting: JSONError.Expectation
    ) throws(JSONError) {
        guard rules.syntax == .lenient else { throw error(.cutOff(expected: expecting), in: bytes) }
        if !isCutOff { note(.cutOff(expected: expecting), at: bytes.count, in: bytes) }
        isCutOff = true
    }

    mutating func note(
        _ liberty: JSONNote.Liberty, at offset: Int, in bytes: Span<UInt8>
    ) {
        // Each note counts lines from the start: without an end to them, reading would be quadratic.
        guard notes.count < JSONNote.limit else { return }
        notes.append(JSONNote(liberty: liberty, place: TextPlace(at: offset, in: bytes)))
    }
}
