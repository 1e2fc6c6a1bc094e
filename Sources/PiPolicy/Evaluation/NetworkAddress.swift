/// An address of the Internet, version 4 or 6.
struct NetworkAddress: Hashable, Sendable {
    /// Four or sixteen.
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Nil if the text is no literal address.
    ///
    /// An IPv4 address that was written in IPv6 is an IPv4 address.
    init?(_ text: String) {
        if text.utf8.contains(Ascii.colon) {
            guard let bytes = Self.version6(text) else { return nil }
            let isMapped =
                bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
        } else {
            guard let bytes = Self.version4(text[...]) else { return nil }
            self.bytes = bytes
        }
    }

    /// Four decimal numbers: `010.1` and `0x7f.1` are one address to one reader and another to the next.
    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ TextKind.isDigit($0) }),
                part.utf8.count == 1 || part.first != "0", let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        if let gap = text.firstRange(of: "::") {
            let behind = text[gap.upperBound...]
            guard behind.firstRange(of: "::") == nil, let left = groups(text[..<gap.lowerBound]),
                let right = groups(behind), left.count + right.count <= 14
            else { return nil }
            return left + [UInt8](repeating: 0, count: 16 - left.count - right.count) + right
        }
        guard let bytes = groups(text[...]), bytes.count == 16 else { return nil }
        return bytes
    }

    /// The bytes of groups of four hexadecimal digits, the last of which may be an IPv4 address.
    private static func groups(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
            if place == parts.count - 1, part.contains(".") {
                guard let tail = version4(part) else { return nil }
                bytes += tail
            } else {
                guard (1...4).contains(part.utf8.count), !part.hasPrefix("+"),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }

    /// The first bits of it, the rest zero.
    func prefix(_ length: Int) -> NetworkAddress {
        NetworkAddress(
            bytes: bytes.enumerated().map { place, byte in
                let bits = min(max(length - place * 8, 0), 8)
                return byte & ~UInt8(truncatingIfNeeded: 0xFF >> bits)
            })
    }
}

/// All addresses that begin alike: `10.0.0.0/8`.
struct AddressRange: Hashable, Sendable {
    let base: NetworkAddress
    let length: Int

    enum Fault: Error {
        case noAddress
        case tooLong(Int)
        /// There are bits behind the length: which was meant?
        case bitsBehind(AddressRange)
    }

    init(base: NetworkAddress, length: Int) {
        self.base = base
        self.length = length
    }

    init(_ text: String) throws(Fault) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = NetworkAddress(String(parts[0])) else { throw .noAddress }
        let isMapped = parts[0].contains(":") && address.bytes.count == 4
        let bits = address.bytes.count * 8
        guard parts.count == 2 else {
            self.init(base: address, length: bits)
            return
        }
        let written = (Int(parts[1]) ?? 999) - (isMapped ? 96 : 0)
        guard (0...bits).contains(written) else { throw .tooLong(bits) }
        let base = address.prefix(written)
        self.init(base: base, length: written)
        if base != address { throw .bitsBehind(self) }
    }

    func contains(_ address: NetworkAddress) -> Bool {
        address.bytes.count == base.bytes.count && address.prefix(length) == base
    }
}

extension NetworkAddress: CustomStringConvertible {
    var description: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        let zeros = groups.reversed().prefix { $0 == "0" }.count
        // Zeros at the end, as a range has them, are left out.
        return zeros > 1
            ? groups.dropLast(zeros).joined(separator: ":") + "::" : groups.joined(separator: ":")
    }
}
