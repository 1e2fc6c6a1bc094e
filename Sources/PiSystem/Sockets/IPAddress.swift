import CSystem

/// An address of the Internet, version 4 or 6, as its bytes.
package struct IPAddress: Hashable, Sendable {
    /// Four or sixteen.
    package let bytes: [UInt8]

    package var isV6: Bool { bytes.count == 16 }

    /// Nil for another number of bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// From four decimal numbers, or from groups of hexadecimal digits; nil for any other text.
    package init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard !text.utf8.contains(0), text.utf8.count < 64 else { return nil }
        let count = unsafe pi_parse_address(text, &bytes)
        self.init(Array(bytes.prefix(Int(count))))
    }

    package static let loopback4 = IPAddress([127, 0, 0, 1])!
    package static let loopback6 = IPAddress([UInt8](repeating: 0, count: 15) + [1])!
}

extension IPAddress: CustomStringConvertible {
    /// As people write it, and one way only (RFC 5952).
    package var description: String {
        guard isV6 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: bytes.count, by: 2).map {
            UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
        }
        let gap = Self.longestZeros(groups)
        func text(_ range: Range<Int>) -> String {
            groups[range].map { String($0, radix: 16) }.joined(separator: ":")
        }
        return gap.count < 2
            ? text(0..<8) : "\(text(0..<gap.lowerBound))::\(text(gap.upperBound..<8))"
    }

    private static func longestZeros(_ groups: [UInt16]) -> Range<Int> {
        var (longest, start) = (0..<0, 0)
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start > longest.count { longest = start..<end }
            start = end + 1
        }
        return longest
    }
}
