/// A string between double quotes, escaped as RFC 8785 wants it: only what must be.
enum JSONString {
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        // All of it at once: in most texts there is nothing to be escaped.
        bytes.append(contentsOf: text.utf8)
        if let place = (start..<bytes.count).first(where: { mustBeEscaped(bytes[$0]) }) {
            let rest = Array(bytes[place...])
            bytes.removeLast(rest.count)
            escape(rest, in: &bytes)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ text: [UInt8], in bytes: inout [UInt8]) {
        var run = 0
        for place in text.indices where mustBeEscaped(text[place]) {
            bytes.append(contentsOf: text[run..<place])
            escape(text[place], in: &bytes)
            run = place + 1
        }
        bytes.append(contentsOf: text[run...])
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escape(_ byte: UInt8, in bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.append(contentsOf: (byte < 16 ? "u000" : "u00").utf8)
            bytes.append(contentsOf: String(byte, radix: 16).utf8)
        }
    }
}
