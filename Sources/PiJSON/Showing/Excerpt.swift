/// A place in a text, with the line it stands in and what there is to say about it.
public struct Excerpt: Hashable, Sendable {
    /// As messages call the file; safe to show.
    public let file: String
    /// Both from one; a column is a character.
    public let line: Int
    public let column: Int
    /// Of the whole file.
    public let bytes: Range<Int>
    /// The line, safe to show, and which of its characters are meant.
    public let text: String
    public let marked: Range<Int>
    public let label: String

    /// `source` is the line as it stands in the file; `length` the characters of it that are meant.
    public init(
        file: String, line: Int, column: Int, bytes: Range<Int>, source: some Collection<UInt8>,
        length: Int, label: String
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.bytes = bytes
        self.label = label
        // Of a very long line only the surroundings count.
        let skipped = column > Self.longestLine / 2 ? column - 200 : 0
        let text = String(decoding: source, as: UTF8.self).unicodeScalars.dropFirst(skipped)
            .prefix(Self.longestLine)
        // A mark such as `\x1b` is longer than what it stands for, so the place in the shown line is that
        // of what stands before it, shown.
        let ellipsis = skipped > 0 ? "…" : ""
        let before = ellipsis + Self.shown(text.prefix(column - 1 - skipped))
        let within = Self.shown(text.dropFirst(column - 1 - skipped).prefix(max(length, 1)))
        self.text = ellipsis + Self.shown(text)
        let start = before.unicodeScalars.count
        marked = start..<(start + max(within.unicodeScalars.count, 1))
    }

    public var place: JSONValue {
        [
            "file": .string(file), "line": .number(JSONNumber(line)),
            "column": .number(JSONNumber(column)),
        ]
    }

    var byteRange: JSONValue {
        [.number(JSONNumber(bytes.lowerBound)), .number(JSONNumber(bytes.upperBound))]
    }

    private static let longestLine = 4096

    private static func shown(_ text: String.UnicodeScalarView.SubSequence) -> String {
        SafeText(String(text), limit: longestLine).description
    }
}
