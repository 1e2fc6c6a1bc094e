package import PiSystem

/// Which address of our own stands for which name, so that a connection carries its name.
///
/// The same for all calls of a run: a program may keep what it was told.
package struct FakeAddresses: Sendable {
    private var numbers: [HostName: Int] = [:]
    private var names: [HostName] = []
    private let limit: Int

    /// More names than any honest run asks for; there are 131,072 addresses.
    package static let usualLimit = 100_000

    package init(limit: Int = usualLimit) {
        self.limit = limit
    }

    package struct Pair: Hashable, Sendable {
        package let v4: IPAddress
        package let v6: IPAddress
    }

    func knows(_ name: HostName) -> Bool { numbers[name] != nil }

    /// Nil if there are no more.
    package mutating func addresses(for name: HostName) -> Pair? {
        if let known = numbers[name] { return Self.pair(known) }
        guard names.count < limit else { return nil }
        numbers[name] = names.count
        names.append(name)
        return Self.pair(names.count - 1)
    }

    /// Nil if it stands for no name that was asked for.
    package func name(of address: IPAddress) -> HostName? {
        guard let number = Self.number(of: address), names.indices.contains(number) else {
            return nil
        }
        return names[number]
    }

    /// Whether it is one of those that only we give out.
    package static func isFake(_ address: IPAddress) -> Bool {
        address.isV6
            ? address.bytes.prefix(prefix6.count) == prefix6[...]
            : address.bytes[0] == 198 && address.bytes[1] & 0xFE == 18
    }

    /// Of unique local addresses: `fd70:6972:6e00::/48`.
    private static let prefix6: [UInt8] = [0xFD, 0x70, 0x69, 0x72, 0x6E, 0x00]

    /// The first is left out: it is the network's own.
    private static func pair(_ number: Int) -> Pair {
        let host = UInt32(number) + 1
        let bytes = [UInt8(host >> 16 & 1), UInt8(host >> 8 & 0xFF), UInt8(host & 0xFF)]
        return Pair(
            v4: IPAddress([198, 18 + bytes[0], bytes[1], bytes[2]])!,
            v6: IPAddress(prefix6 + [UInt8](repeating: 0, count: 7) + bytes)!)
    }

    private static func number(of address: IPAddress) -> Int? {
        guard isFake(address) else { return nil }
        let bytes = address.bytes
        let host: Int
        if address.isV6 {
            guard bytes[6..<13].allSatisfy({ $0 == 0 }), bytes[13] <= 1 else { return nil }
            host = Int(bytes[13]) << 16 | Int(bytes[14]) << 8 | Int(bytes[15])
        } else {
            host = Int(bytes[1] & 1) << 16 | Int(bytes[2]) << 8 | Int(bytes[3])
        }
        return host > 0 ? host - 1 : nil
    }
}
