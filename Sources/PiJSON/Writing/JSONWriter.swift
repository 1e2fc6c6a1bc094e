/// Writes values as JSON, members in the order they have.
public struct JSONWriter {
    public enum Layout: Hashable, Sendable {
        /// No space at all: one value a line, as in JSONL.
        case compact
        /// Two spaces a level, one member or element a line.
        case indented
    }

    private let layout: Layout
    private var bytes: [UInt8] = []

    public static func write(_ value: JSONValue, layout: Layout) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        writer.append(value, level: 0)
        return writer.bytes
    }

    private init(layout: Layout) {
        self.layout = layout
    }

    private mutating func append(_ value: JSONValue, level: Int) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.text.utf8)
        case .string(let text): JSONString.append(text, to: &bytes)
        case .array(let elements):
            append(elements, in: ("[", "]"), level: level) { writer, element in
                writer.append(element, level: level + 1)
            }
        case .object(let object):
            append(object.members, in: ("{", "}"), level: level) { writer, member in
                JSONString.append(member.name, to: &writer.bytes)
                writer.bytes.append(UInt8(ascii: ":"))
                if writer.layout == .indented { writer.bytes.append(UInt8(ascii: " ")) }
                writer.append(member.value, level: level + 1)
            }
        }
    }

    private mutating func append<Item>(
        _ items: [Item], in brackets: (Unicode.Scalar, Unicode.Scalar), level: Int,
        each: (inout JSONWriter, Item) -> Void
    ) {
        bytes.append(UInt8(ascii: brackets.0))
        for (place, item) in items.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(level + 1)
            each(&self, item)
        }
        if !items.isEmpty { breakLine(level) }
        bytes.append(UInt8(ascii: brackets.1))
    }

    private mutating func breakLine(_ level: Int) {
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
