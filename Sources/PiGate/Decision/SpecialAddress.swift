package import PiSystem

/// Addresses that are not of the public Internet: reached only where a rule names them.
///
/// From the registries of special-purpose addresses (RFC 6890 and what followed); whoever wraps an IPv4 address
/// into another is looked at by what is inside.
package enum SpecialAddress {
    /// What is special about it, to go on with after "it is"; nil for an address of the Internet.
    package static func phrase(_ address: IPAddress) -> String? {
        guard address.isV6 else { return phrase4(address.bytes) }
        if let inner = wrapped(address) {
            return phrase4(inner.bytes).map { "an address of version 6 around one that is \($0)" }
                ?? "an address of version 6 around one of version 4"
        }
        return blocks6.first { isIn(address.bytes, $0.base, $0.length) }?.phrase
            // Only this eighth of them is given out.
            ?? (address.bytes[0] & 0xE0 == 0x20 ? nil : "of no use on the Internet")
    }

    /// Whether a range of that length, which has the address in it, means it and not everything around it.
    package static func isMeant(_ address: IPAddress, byLength length: Int) -> Bool {
        guard phrase(address) != nil else { return true }
        let blocks = address.isV6 ? blocks6 : blocks4
        let block = blocks.first { isIn(address.bytes, $0.base, $0.length) }
        return length >= block?.length ?? address.bytes.count * 8
    }

    /// The IPv4 address that a version 6 address stands for; nil if it is one by itself.
    package static func wrapped(_ address: IPAddress) -> IPAddress? {
        guard address.isV6 else { return nil }
        let bytes = address.bytes
        let place: Int
        if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
            place = 12  // mapped
        } else if bytes.prefix(12).allSatisfy({ $0 == 0 }), bytes[12] != 0 {
            place = 12  // compatible, long given up
        } else if bytes.prefix(12) == [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0] {
            place = 12  // NAT64
        } else if bytes.prefix(6) == [0, 0x64, 0xFF, 0x9B, 0, 1] {
            place = 12  // NAT64 of a local network
        } else if bytes.prefix(2) == [0x20, 0x02] {
            place = 2  // 6to4
        } else if bytes[8..<12] == [0, 0, 0x5E, 0xFE] || bytes[8..<12] == [2, 0, 0x5E, 0xFE] {
            place = 12  // ISATAP
        } else {
            return nil
        }
        return IPAddress(Array(bytes[place..<place + 4]))
    }

    private struct Block {
        let base: [UInt8]
        let length: Int
        let phrase: String

        init(_ base: [UInt8], _ length: Int, _ phrase: String) {
            self.base = base
            self.length = length
            self.phrase = phrase
        }
    }

    private static func phrase4(_ bytes: [UInt8]) -> String? {
        blocks4.first { isIn(bytes, $0.base, $0.length) }?.phrase
    }

    private static func isIn(_ bytes: [UInt8], _ base: [UInt8], _ length: Int) -> Bool {
        for place in 0..<(length + 7) / 8 {
            let bits = min(length - place * 8, 8)
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            let wanted = place < base.count ? base[place] : 0
            guard bytes[place] & mask == wanted else { return false }
        }
        return true
    }

    private static let blocks4 = [
        Block([0], 8, "of this network only"),
        Block([10], 8, "private"),
        Block([100, 64], 10, "behind a provider's translation"),
        Block([127], 8, "loopback"),
        Block([168, 63, 129, 16], 32, "where clouds keep credentials"),
        Block([169, 254, 169, 254], 32, "where clouds keep credentials"),
        Block([169, 254], 16, "link-local"),
        Block([172, 16], 12, "private"),
        Block([192, 0, 0], 24, "reserved"),
        Block([192, 0, 2], 24, "for examples only"),
        Block([192, 88, 99], 24, "reserved"),
        Block([192, 168], 16, "private"),
        Block([198, 18], 15, "for measurements only"),
        Block([198, 51, 100], 24, "for examples only"),
        Block([203, 0, 113], 24, "for examples only"),
        Block([224], 4, "multicast"),
        Block([240], 4, "reserved"),
    ]

    private static let blocks6 = [
        Block([UInt8](repeating: 0, count: 15) + [1], 128, "loopback"),
        Block([UInt8](repeating: 0, count: 16), 128, "no address"),
        Block([0xFD, 0x00, 0x0E, 0xC2], 32, "where clouds keep credentials"),
        Block([0xFC], 7, "private"),
        Block([0xFE, 0x80], 10, "link-local"),
        Block([0xFE, 0xC0], 10, "private"),
        Block([0xFF], 8, "multicast"),
        Block([0x20, 0x01, 0x0D, 0xB8], 32, "for examples only"),
        Block([0x3F, 0xFF], 20, "for examples only"),
        // Teredo and other tunnels: who is at their end is not to be seen.
        Block([0x20, 0x01, 0x00], 23, "reserved"),
    ]
}
