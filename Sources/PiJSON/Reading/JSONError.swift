/// Why a text is no JSON document under the rules it was read by, and where.
public struct JSONError: Error, Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
        case tooLarge(bytes: Int, limit: Int)
        case tooDeep(limit: Int)
        case nothing
        case cutOff(expected: Expectation)
        case unexpected(byte: UInt8, expected: Expectation)
        case wrongNumber
        case wrongEscape
        case controlCharacter(UInt8)
        case notUTF8
        case loneSurrogate
        case duplicateName(String)
        case byteOrderMark
    }

    public enum Expectation: String, Hashable, Sendable {
        case value = "a value"
        case valueOrClosingBracket = "a value or ']'"
        case name = "a name in double quotes"
        case nameOrClosingBrace = "a name in double quotes or '}'"
        case colon = "':' after the name"
        case commaOrClosingBracket = "',' or ']'"
        case commaOrClosingBrace = "',' or '}'"
        case restOfLiteral = "the rest of true, false or null"
        case restOfNumber = "a digit"
        case endOfString = "the closing double quote"
        case end = "the end of the document"
    }

    public let cause: Cause
    public let place: TextPlace
}

extension JSONError: CustomStringConvertible {
    public var description: String { "\(place): \(sentence)" }

    /// What is wrong, without the place; safe to show.
    public var sentence: String {
        switch cause {
        case .tooLarge(let bytes, let limit):
            "\(bytes) bytes of JSON are more than the \(limit) that are read here"
        case .tooDeep(let limit):
            "arrays and objects stand more than \(limit) deep inside each other"
        case .nothing:
            "there is no value; an empty text is not JSON"
        case .cutOff(let expected):
            "the text ends where \(expected.rawValue) should stand"
        case .unexpected(let byte, let expected):
            "\(SafeText.naming(byte)) stands where \(expected.rawValue) should"
        case .wrongNumber:
            "this is not how JSON writes a number (no leading zeros or '+', digits on both sides of '.')"
        case .wrongEscape:
            "a backslash in a string starts one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000"
        case .controlCharacter(let byte):
            "\(SafeText.naming(byte)) stands bare in a string; write it as an escape"
        case .notUTF8:
            "the bytes are not UTF-8"
        case .loneSurrogate:
            "half of a surrogate pair stands alone; it is no character"
        case .duplicateName(let name):
            "the name \"\(SafeText(name, limit: 60))\" stands twice in one object"
        case .byteOrderMark:
            "the text starts with a byte order mark; save it without"
        }
    }
}

/// A place in a text as people count: lines and columns from 1, columns in characters of Unicode.
public struct TextPlace: Hashable, Sendable, CustomStringConvertible {
    public let line: Int
    public let column: Int
    /// In bytes, from 0.
    public let offset: Int

    public var description: String { "line \(line), column \(column)" }

    /// Lines are counted only when somebody asks: reading itself keeps no count.
    init(at offset: Int, in bytes: Span<UInt8>) {
        var line = 1
        var column = 1
        for at in 0..<min(offset, bytes.count) {
            switch bytes[at] {
            case UInt8(ascii: "\n"):
                line += 1
                column = 1
            // The further bytes of a character are no columns of their own.
            case 0x80...0xBF: break
            default: column += 1
            }
        }
        self.line = line
        self.column = column
        self.offset = offset
    }
}
