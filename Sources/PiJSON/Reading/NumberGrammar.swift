/// The grammar of a number in RFC 8259, section 6.
enum NumberGrammar {
    enum Ending: Equatable {
        /// A number ends before this offset.
        case whole(Int)
        /// The document ends inside the number, which is whole up to this offset (nil: nowhere yet).
        case cutOff(wholeUpTo: Int?)
        /// The byte at this offset can't stand there.
        case wrong(at: Int)
    }

    static func end(in bytes: Span<UInt8>, from start: Int) -> Ending {
        var at = start
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }

        guard at < bytes.count else { return .cutOff(wholeUpTo: nil) }
        let integer = at
        digits(in: bytes, &at)
        guard at > integer else { return .wrong(at: at) }
        if bytes[integer] == UInt8(ascii: "0"), at > integer + 1 { return .wrong(at: integer + 1) }

        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            let whole = at
            at += 1
            guard at < bytes.count else { return .cutOff(wholeUpTo: whole) }
            let fraction = at
            digits(in: bytes, &at)
            guard at > fraction else { return .wrong(at: at) }
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            let whole = at
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
                at += 1
            }
            guard at < bytes.count else { return .cutOff(wholeUpTo: whole) }
            let exponent = at
            digits(in: bytes, &at)
            guard at > exponent else { return .wrong(at: at) }
        }
        return .whole(at)
    }

    @inline(__always)
    private static func digits(in bytes: Span<UInt8>, _ at: inout Int) {
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
    }
}
