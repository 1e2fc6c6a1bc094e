/// An address of the Internet, version 4 or 6, as its bytes.
package enum IPAddress: Hashable, Sendable {
    case v4([UInt8])
    case v6([UInt8])

    package static let loopback4 = IPAddress.v4([127, 0, 0, 1])
    package static let loopback6 = IPAddress.v6([UInt8](repeating: 0, count: 15) + [1])

    package var bytes: [UInt8] {
        switch self {
        case .v4(let bytes), .v6(let bytes): bytes
        }
    }
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .v4(let bytes):
            bytes.map(String.init).joined(separator: ".")
        case .v6(let bytes):
            stride(from: 0, to: bytes.count, by: 2)
                .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
                .joined(separator: ":")
        }
    }
}
