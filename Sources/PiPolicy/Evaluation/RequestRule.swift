import PiJSON

/// One element of a rule's `http`.
struct RequestRule: Sendable {
    private let methods: [String]?
    private let paths: PatternTrie?
    private let parameters: [String]?

    init(_ value: PolicyValue) {
        methods = value["methods"]?.elements.compactMap(\.text)
        parameters = value["query"]?.elements.compactMap(\.text)
        paths = value["paths"].map { list in
            var trie = PatternTrie()
            for pattern in list.elements.compactMap(\.text) {
                let segments = pattern.pieces(at: Ascii.slash).map {
                    segment -> PatternTrie.Segment in
                    switch segment {
                    case "**": .anyMany
                    case "*": .anyOne
                    default:
                        Glob(segment).map(PatternTrie.Segment.glob)
                            ?? .literal(Glob.literal(segment))
                    }
                }
                trie.insert(segments, number: 0)
            }
            return trie
        }
    }

    /// A method that is not known is one of those only if all are allowed.
    func allows(_ method: String?, _ path: RequestPath?) -> Bool {
        if let methods, !methods.contains(where: { method?.isExactly($0) ?? false }) {
            return false
        }
        let path = path ?? .root
        if let paths, paths.match(path.segments) == nil { return false }
        if let parameters {
            return path.parameters.allSatisfy { name in parameters.contains(where: name.isExactly) }
        }
        return true
    }
}

/// The path of a request in the one form in which it is compared and forwarded.
struct RequestPath: Hashable, Sendable {
    let segments: [String]
    /// The names behind the question mark.
    let parameters: [String]

    enum Fault: Error, CustomStringConvertible {
        case noSlash, badEscape, dotSegment, emptySegment, hiddenSlash, oddSign

        var description: String {
            switch self {
            case .oddSign:
                "the path has a space, a `#` or a `;`, which servers read in different ways"
            case .noSlash: "the path of a request begins with a slash"
            case .badEscape: "the path has a `%` that is no escape, or stands for no text"
            case .dotSegment: "the path has a `.` or `..` in it"
            case .emptySegment: "the path has two slashes in a row"
            case .hiddenSlash: "the path has a slash or a control character written as an escape"
            }
        }
    }

    static let root = RequestPath(segments: [], parameters: [])

    private init(segments: [String], parameters: [String]) {
        self.segments = segments
        self.parameters = parameters
    }

    init(_ text: String) throws(Fault) {
        guard text.begins(with: "/") else { throw .noSlash }
        guard !text.utf8.contains(where: { " #;".utf8.contains($0) }) else { throw .oddSign }
        let whole = text.pieces(at: UInt8(ascii: "?"), keepingEmpty: true)
        let parts = [whole[0]] + (whole.count > 1 ? [whole[1...].joined(separator: "?")] : [])
        var segments: [String] = []
        var pieces = parts[0].pieces(at: Ascii.slash, keepingEmpty: true).dropFirst()
        // A slash at the end means nothing.
        if pieces.last?.isEmpty == true { pieces.removeLast() }
        for piece in pieces {
            guard !piece.isEmpty else { throw .emptySegment }
            let segment = try Self.decode(piece)
            guard segment != ".", segment != ".." else { throw .dotSegment }
            segments.append(segment)
        }
        var parameters: [String] = []
        if parts.count == 2 {
            for pair in parts[1].pieces(at: UInt8(ascii: "&")) {
                let parts = pair.pieces(at: UInt8(ascii: "="), keepingEmpty: true)
                parameters.append(try Self.decode(parts[0]))
                // A slash is at home in a value; a control character is not.
                _ = try Self.decode(
                    parts.dropFirst().joined(separator: "="),
                    allowing: [Ascii.slash, Ascii.backslash])
            }
        }
        self.segments = segments
        self.parameters = parameters
    }

    private static func decode(
        _ text: String, allowing: Set<UInt8> = []
    ) throws(Fault) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            var decoded = byte
            if byte == UInt8(ascii: "%") {
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
                    let value = UInt8(digits, radix: 16)
                else { throw .badEscape }
                decoded = value
                rest = rest.dropFirst(2)
            }
            let isHidden =
                decoded < 0x20 || decoded == 0x7F || decoded == Ascii.backslash
                || byte != decoded && [Ascii.slash, UInt8(ascii: ";")].contains(decoded)
            guard !isHidden || allowing.contains(decoded) else { throw .hiddenSlash }
            bytes.append(decoded)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .badEscape }
        return text
    }
}

/// A port, or ports in a row.
enum PortRange {
    static func range(_ value: PolicyValue) -> ClosedRange<Int>? {
        if let port = value.count { return port...port }
        let parts = (value.text ?? "").pieces(at: Ascii.dash).compactMap { Int($0) }
        guard parts.count == 2, parts[0] >= 1, parts[0] <= parts[1], parts[1] <= 65_535 else {
            return nil
        }
        return parts[0]...parts[1]
    }
}
