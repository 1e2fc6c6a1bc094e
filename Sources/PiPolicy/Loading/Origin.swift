package import PiJSON

/// Where something was written: the file, and the bytes of it.
package struct Origin: Sendable {
    package let source: SourceText
    package let bytes: Range<Int>
    package let line: Int
    package let column: Int

    /// The reader counts lines and columns as it goes: to count them anew for every value would take
    /// quadratic time on a long line.
    init(_ source: SourceText, bytes: Range<Int>, line: Int, column: Int) {
        self.source = source
        self.bytes = bytes
        self.line = line
        self.column = column
    }

    init(_ source: SourceText, bytes: Range<Int>) {
        let place = source.place(ofByte: bytes.lowerBound)
        self.init(source, bytes: bytes, line: place.line, column: place.column)
    }

    /// As compilers write it: `ci-fix.yaml:21:1`.
    package var description: String { "\(source.name):\(line):\(column)" }

    /// With what there is to say about it.
    package func excerpt(_ label: String) -> Excerpt {
        // Of what goes on over several lines, the first is shown.
        let text = source.bytes[bytes].prefix { $0 != UInt8(ascii: "\n") }
        return Excerpt(
            file: source.name, line: line, column: column, bytes: bytes, source: source.line(line),
            length: text.count { $0 & 0xC0 != 0x80 }, label: label)
    }

    /// Only a part of it, counted in bytes from its beginning; all of it if the part goes past its line.
    func part(_ part: Range<Int>) -> Origin {
        let start = bytes.lowerBound + part.lowerBound
        let end = bytes.lowerBound + part.upperBound
        guard start < end, end <= bytes.upperBound else { return self }
        let before = source.bytes[bytes.lowerBound..<start]
        guard !before.contains(UInt8(ascii: "\n")) else { return self }
        return Origin(
            source, bytes: start..<end, line: line,
            column: column + before.count { $0 & 0xC0 != 0x80 })
    }

    package var json: JSONValue {
        [
            "file": .string(source.name), "line": .number(JSONNumber(line)),
            "column": .number(JSONNumber(column)),
        ]
    }
}

extension Origin: Hashable {
    package static func == (one: Origin, other: Origin) -> Bool {
        one.source === other.source && one.bytes == other.bytes
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(source))
        hasher.combine(bytes)
    }
}

extension Origin {
    /// Of what nobody wrote.
    static let standard = Origin(
        SourceText(name: "the default", bytes: []), bytes: 0..<0, line: 0, column: 0)

    package var isStandard: Bool { source === Origin.standard.source }
}
