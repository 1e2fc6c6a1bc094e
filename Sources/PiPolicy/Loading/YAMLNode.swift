import PiJSON

/// One node of a YAML document, with its place.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        /// A plain one has a type by its looks; a quoted or a block one is text.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        case map([Member])
        /// What had an error of its own; there is nothing more to say about it.
        case refused
    }

    struct Member: Sendable {
        let name: String
        let nameOrigin: Origin
        let value: YAMLNode
    }

    let content: Content
    let origin: Origin

    /// Whether there is nothing at all.
    var isEmpty: Bool {
        if case .scalar("", isPlain: true) = content { true } else { false }
    }

    /// In a message: what stands there.
    var kind: String {
        switch content {
        case .scalar(_, isPlain: false): "a text in quotes"
        case .scalar(let text, isPlain: true):
            PlainScalar(text).kind
        case .list: "a list"
        case .map: "a map"
        case .refused: "nothing"
        }
    }
}

/// What a scalar without quotes is, by the core schema of YAML 1.2.
enum PlainScalar: Hashable, Sendable {
    case empty
    case bool(Bool)
    case integer(Int)
    case decimal(String)
    /// What one reader takes for a boolean or for nothing and the next for a text.
    case ambiguous
    case text

    init(_ text: String) {
        guard let first = text.utf8.first else {
            self = .empty
            return
        }
        switch first {
        // Only words that begin so, and are no longer than `false`, can be one of those.
        case _ where text.utf8.count <= 5 && "yYnNoOtTfF~".utf8.contains(first):
            if text.isExactly("true") {
                self = .bool(true)
            } else if text.isExactly("false") {
                self = .bool(false)
            } else {
                self = Self.doubtful.contains(text.lowercased()) ? .ambiguous : .text
            }
        case UInt8(ascii: "-"), 0x30...0x39:
            if let number = Self.integer(text) {
                self = .integer(number)
            } else if Self.isDecimal(text) {
                self = .decimal(text)
            } else {
                self = .text
            }
        default: self = .text
        }
    }

    var kind: String {
        switch self {
        case .empty: "nothing"
        case .bool: "a boolean"
        case .integer, .decimal: "a number"
        case .ambiguous, .text: "a text"
        }
    }

    /// Booleans of YAML 1.1, and what means nothing at all.
    private static let doubtful: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~",
    ]

    /// Decimal digits only: `0x10`, `010` and `1_000` are texts to one reader and numbers to another.
    private static func integer(_ text: String) -> Int? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.utf8.count == 1 || digits.utf8.first != UInt8(ascii: "0")
        else { return nil }
        return Int(text)
    }

    private static func isDecimal(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.utf8.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) }
            }
    }
}
