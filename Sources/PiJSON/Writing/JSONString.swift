/// A string between double quotes, escaped as RFC 8785 wants it: only what must be.
enum JSONString {
    static func append(_ text: String, to bytes: inout [UInt8]) {
        let utf8 = text.utf8.span
        bytes.append(UInt8(ascii: "\""))
        let isPlain = !holdsWhatMustBeEscaped(utf8)
        if isPlain, utf8.count >= worthCopying {
            bytes.append(contentsOf: text.utf8)
        } else {
            for start in stride(from: 0, to: utf8.count, by: stretch) {
                let places = start..<min(start + stretch, utf8.count)
                bytes.append(addingCapacity: places.count * (isPlain ? 1 : longest)) { output in
                    for place in places { append(utf8[place], to: &output) }
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// From this length on, copying a text as a whole costs less than byte by byte.
    private static let worthCopying = 16
    /// How much is escaped at a time, with room for the worst.
    private static let stretch = 1024
    private static let longest = "\\u0000".utf8.count

    /// With no way out of the loop and one expression in it: a compiler makes it look at many bytes at once.
    private static func holdsWhatMustBeEscaped(_ text: Span<UInt8>) -> Bool {
        var found: UInt8 = 0
        for place in text.indices {
            let byte = text[place]
            found |=
                (byte < 0x20 ? 1 : 0) | (byte == UInt8(ascii: "\"") ? 1 : 0)
                | (byte == UInt8(ascii: "\\") ? 1 : 0)
        }
        return found != 0
    }

    private static func append(_ byte: UInt8, to output: inout OutputSpan<UInt8>) {
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
            output.append(byte)
            return
        }
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0..<0x20:
            for letter in "u00".utf8 { output.append(letter) }
            output.append(byte < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            output.append(hexadecimal(byte % 16))
        default: output.append(byte)
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
