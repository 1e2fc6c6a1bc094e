/// The forms that texts are made of.
extension TextKind {
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
    }

    static func isLine(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && !bytes.contains(Ascii.lineFeed)
    }

    /// Letters and digits, and some more, so many of them.
    static func has(
        _ bytes: ArraySlice<UInt8>, only more: String, _ count: ClosedRange<Int>
    ) -> Bool {
        count.contains(bytes.count)
            && bytes.allSatisfy { isAlphanumeric($0) || more.utf8.contains($0) }
    }

    static func isName(_ bytes: ArraySlice<UInt8>, more: String, limit: Int) -> Bool {
        guard let first = bytes.first, isAlphanumeric(first) else { return false }
        return has(bytes.dropFirst(), only: more, 0...(limit - 1))
    }

    static func isGroup(_ bytes: ArraySlice<UInt8>) -> Bool {
        isName(bytes, more: "-", limit: 32) && !bytes.contains { (0x41...0x5A).contains($0) }
    }

    static func isVariable(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, !isDigit(first) else { return false }
        return has(bytes, only: "_", 1...128)
    }

    static func isDigits(_ bytes: ArraySlice<UInt8>, upTo limit: Int) -> Bool {
        (1...limit).contains(bytes.count) && bytes.allSatisfy(isDigit)
    }

    static func rest(_ bytes: [UInt8], behind prefix: String) -> ArraySlice<UInt8>? {
        bytes.starts(with: prefix.utf8) ? bytes.dropFirst(prefix.utf8.count) : nil
    }

    static func isPair(
        _ bytes: [UInt8], around sign: Unicode.Scalar,
        _ left: (ArraySlice<UInt8>) -> Bool, _ right: (ArraySlice<UInt8>) -> Bool
    ) -> Bool {
        guard let place = bytes.firstIndex(of: UInt8(ascii: sign)) else { return false }
        return left(bytes[..<place]) && right(bytes[(place + 1)...])
    }

    static func isReference(_ bytes: [UInt8]) -> Bool {
        if let name = rest(bytes, behind: "user:") ?? rest(bytes, behind: "host:") {
            return isName(name, more: "_-", limit: 64)
        }
        guard let last = bytes.last, last != Ascii.slash, last != Ascii.dot else { return false }
        return bytes[0] != Ascii.slash && !hasEmptySegment(bytes)
            && has(bytes[...], only: "._/-", 1...256)
    }

    // MARK: - Paths

    /// Without dot segments and empty ones, and with a `~` only for one's own home.
    static func isPath(_ bytes: [UInt8]) -> Bool {
        guard isLine(bytes[...]), !hasEmptySegment(bytes) else { return false }
        if bytes[0] == Ascii.tilde, bytes.count > 1, bytes[1] != Ascii.slash { return false }
        return !bytes.split(separator: Ascii.slash).contains { segment in
            segment.count <= 2 && segment.allSatisfy { $0 == Ascii.dot }
        }
    }

    private static func hasEmptySegment(_ bytes: [UInt8]) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { $0 == Ascii.slash && $1 == Ascii.slash }
    }

    /// `**` only as a whole segment: `a**b` would mean less than it looks.
    static func hasWholeStars(_ bytes: [UInt8]) -> Bool {
        for place in bytes.indices.dropLast()
        where bytes[place] == Ascii.star && bytes[place + 1] == Ascii.star {
            if place > 0, bytes[place - 1] != Ascii.slash { return false }
            if place + 2 < bytes.count, bytes[place + 2] != Ascii.slash { return false }
        }
        return true
    }

    static func isPathPattern(_ bytes: [UInt8]) -> Bool {
        guard isPath(bytes), bytes[0] != UInt8(ascii: "!"), hasWholeStars(bytes) else {
            return false
        }
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == Ascii.backslash {
                guard let next = rest.popFirst(), "[]{}?*\\".utf8.contains(next) else {
                    return false
                }
            } else if "[]{}?".utf8.contains(byte) {
                return false
            }
        }
        return true
    }

    // MARK: - The network

    static func isHost(_ bytes: [UInt8]) -> Bool {
        if bytes.first == UInt8(ascii: "@") { return isGroup(bytes.dropFirst()) }
        if bytes == [Ascii.star, Ascii.star] { return true }
        guard (1...253).contains(bytes.count) else { return false }
        var labels = bytes.split(separator: Ascii.dot, omittingEmptySubsequences: false)
        if labels[0].allSatisfy({ $0 == Ascii.star }), (1...2).contains(labels[0].count) {
            labels.removeFirst()
        }
        guard let last = labels.last, !last.allSatisfy(isDigit) else { return false }
        return labels.allSatisfy { label in
            has(label, only: "_-", 1...63) && label.first != Ascii.dash && label.last != Ascii.dash
        }
    }

    static func isRange(_ bytes: [UInt8]) -> Bool {
        let parts = bytes.split(separator: Ascii.slash, omittingEmptySubsequences: false)
        guard let address = parts.first, parts.count <= 2, (2...45).contains(address.count),
            address.allSatisfy({
                isDigit($0) || (0x61...0x66).contains($0) || (0x41...0x46).contains($0)
                    || $0 == Ascii.dot || $0 == Ascii.colon
            })
        else { return false }
        return parts.count == 1 || isDigits(parts[1], upTo: 3)
    }

    // MARK: - Times

    static func isCron(_ bytes: [UInt8]) -> Bool {
        let fields = bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        return fields.count == 5
            && fields.allSatisfy { has($0, only: "*,/-", 1...Int.max) }
            && fields[0].allSatisfy { isDigit($0) || "*,/-".utf8.contains($0) }
    }

    static func isAfter(_ bytes: [UInt8]) -> Bool {
        guard let time = rest(bytes, behind: "after "), let unit = time.last else { return false }
        return "smhd".utf8.contains(unit) && isDigits(time.dropLast(), upTo: 9)
            && time.first != UInt8(ascii: "0")
    }
}
