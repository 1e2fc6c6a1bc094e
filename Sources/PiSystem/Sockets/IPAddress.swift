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

    package static let loopback4 = IPAddress([127, 0, 0, 1])!
    package static let loopback6 = IPAddress([UInt8](repeating: 0, count: 15) + [1])!
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        guard isV6 else { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: bytes.count, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }
}
