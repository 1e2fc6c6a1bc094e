/// A string between double quotes, escaped as RFC 8785 wants it: only what must be.
enum JSONString {
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): escape("\"", in: &bytes)
            case UInt8(ascii: "\\"): escape("\\", in: &bytes)
            case 0x08: escape("b", in: &bytes)
            case 0x0C: escape("f", in: &bytes)
            case 0x0A: escape("n", in: &bytes)
            case 0x0D: escape("r", in: &bytes)
            case 0x09: escape("t", in: &bytes)
            case 0x00...0x1F:
                bytes.append(contentsOf: (byte < 16 ? "\\u000" : "\\u00").utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ letter: Unicode.Scalar, in bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: letter))
    }
}
