/// A string between double quotes, escaped as RFC 8785 wants it: only what must be.
enum JSONString {
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        let utf8 = text.utf8
        let span = utf8.span
        var at = 0
        while true {
            let start = at
            while at < span.count, !mustBeEscaped(span[at]) { at += 1 }
            // A whole run at once; of most texts there is one.
            if start == 0, at == span.count {
                bytes.append(contentsOf: utf8)
            } else if start < at {
                let first = utf8.index(utf8.startIndex, offsetBy: start)
                bytes.append(contentsOf: utf8[first..<utf8.index(first, offsetBy: at - start)])
            }
            guard at < span.count else { break }
            escape(span[at], in: &bytes)
            at += 1
        }
        bytes.append(UInt8(ascii: "\""))
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
