/// Writes JSON, members in the order they have: a value, or piece by piece what would be large as a tree.
///
/// Piece by piece, a closure writes what is between two brackets, so that each is closed. That the names of an object's
/// members are all different is then up to who writes them.
public struct JSONWriter {
    public enum Layout: Hashable, Sendable {
        /// No space at all: one value a line, as in JSONL.
        case compact
        /// Two spaces a level, one member or element a line.
        case indented
    }

    private let layout: Layout
    public private(set) var bytes: [UInt8] = []
    private var level = 0
    private var isFirst = true
    private var isBehindName = false

    public static func write(_ value: JSONValue, layout: Layout) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        writer.value(value)
        return writer.bytes
    }

    public init(layout: Layout) {
        self.layout = layout
    }

    // MARK: - Values

    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: word("null")
        case .bool(let value): word(value ? "true" : "false")
        case .number(let number): word(number.text)
        case .string(let text): string(text)
        case .array(let elements):
            array { writer in
                for element in elements { writer.value(element) }
            }
        case .object(let object): self.object { $0.members(object) }
        }
    }

    public mutating func string(_ text: String) {
        begin()
        JSONString.append(text, to: &bytes)
    }

    public mutating func array(_ elements: (inout JSONWriter) -> Void) {
        write("[", elements, "]")
    }

    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        write("{", members, "}")
    }

    // MARK: - Members

    public mutating func member(_ name: String, _ text: String) {
        self.name(name)
        string(text)
    }

    public mutating func member(_ name: String, _ value: JSONValue) {
        self.name(name)
        self.value(value)
    }

    /// A member whose value, one and no more, is written by `write`.
    public mutating func member(_ name: String, _ write: (inout JSONWriter) -> Void) {
        self.name(name)
        write(&self)
    }

    public mutating func members(_ object: JSONObject) {
        for member in object.members { self.member(member.name, member.value) }
    }

    // MARK: - Between them

    private mutating func name(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        if layout == .indented { bytes.append(UInt8(ascii: " ")) }
        isBehindName = true
    }

    private mutating func word(_ text: String) {
        begin()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func write(
        _ start: Unicode.Scalar, _ content: (inout JSONWriter) -> Void, _ end: Unicode.Scalar
    ) {
        begin()
        bytes.append(UInt8(ascii: start))
        isFirst = true
        level += 1
        content(&self)
        level -= 1
        if !isFirst { breakLine() }
        isFirst = false
        bytes.append(UInt8(ascii: end))
    }

    private mutating func begin() {
        guard !isBehindName else {
            isBehindName = false
            return
        }
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        if level > 0 { breakLine() }
    }

    private mutating func breakLine() {
        guard layout == .indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }
}

extension JSONValue: CustomStringConvertible {
    /// Compact JSON.
    ///
    /// It may hold what a terminal would obey: `SafeText` before it is shown.
    public var description: String {
        String(decoding: JSONWriter.write(self, layout: .compact), as: UTF8.self)
    }
}
