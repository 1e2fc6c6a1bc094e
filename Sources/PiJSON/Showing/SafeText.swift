/// Text from outside, made safe to show: nothing in it acts on a terminal, hides or reorders.
///
/// What would do so becomes a visible mark: `\x1b` for a control character or a byte that is no
/// UTF-8, `\u{202e}` for a character that can't be seen. All else stays, so a mark in the text can
/// have been typed as it stands: the form is for reading, never for parsing back.
public struct SafeText: Hashable, Sendable, CustomStringConvertible {
    public enum Shape: Hashable, Sendable {
        /// One line: line feeds and tabs become marks too.
        case line
        /// Line feeds and tabs stay.
        case block
    }

    public let description: String

    /// A `limit` in characters of the text; what lies past it is replaced by an ellipsis.
    public init(_ text: some StringProtocol, as shape: Shape = .line, limit: Int) {
        self.init(bytes: text.utf8, as: shape, limit: limit)
    }

    public init(bytes: some Sequence<UInt8>, as shape: Shape = .line, limit: Int) {
        var shown = ""
        var count = 0
        var decoder = UTF8Decoder(bytes.makeIterator())
        while let piece = decoder.next() {
            guard count < limit else {
                shown += "…"
                break
            }
            count += 1
            switch piece {
            case .scalar(let scalar) where Self.isPlain(scalar, in: shape):
                shown.unicodeScalars.append(scalar)
            case .scalar(let scalar): shown += Self.mark(scalar)
            case .strayByte(let byte): shown += Self.mark(byte)
            }
        }
        description = shown
    }

    private static func isPlain(_ scalar: Unicode.Scalar, in shape: Shape) -> Bool {
        switch scalar {
        case "\n", "\t": shape == .block
        default: !scalar.isUnseen
        }
    }

    private static func mark(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case _ where scalar.isASCII: mark(UInt8(scalar.value))
        default: "\\u{\(String(scalar.value, radix: 16))}"
        }
    }

    private static func mark(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// One byte of a text, named for a message.
    static func naming(_ byte: UInt8) -> String {
        switch byte {
        case 0x0A: "a line feed"
        case 0x09: "a tab"
        case 0x21...0x7E: "'\(Character(Unicode.Scalar(byte)))'"
        case 0x20: "a space"
        case 0x80...: "a character outside ASCII"
        default: "the control character \(mark(byte))"
        }
    }
}

extension Unicode.Scalar {
    /// Whether a reader can't see this character although it is there: it controls, reorders, joins or
    /// has no width.
    ///
    /// Selectors and joiners of emoji are among them: the same characters smuggle text past the eye.
    public var isUnseen: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x20...0x7E: false
        case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
        case 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB: true
        case 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true
        default: value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
        }
    }
}
