/// Bytes as letters, as RFC 4648 has them.
package enum Base64 {
    package enum Alphabet: Hashable, Sendable {
        case standard
        /// With `-` and `_`, and without padding.
        case url

        fileprivate var letters: [UInt8] {
            let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
            return Array((common + (self == .standard ? "+/" : "-_")).utf8)
        }
    }

    package static func encode(
        _ bytes: some RandomAccessCollection<UInt8>, _ alphabet: Alphabet
    ) -> [UInt8] {
        let letters = alphabet.letters
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var count = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            for shift in [18, 12, 6, 0] { result.append(letters[Int(group >> UInt32(shift)) & 63]) }
            group = 0
            count = 0
        }
        guard count > 0 else { return result }
        group <<= UInt32(8 * (3 - count))
        for place in 0...count {
            result.append(letters[Int(group >> UInt32(18 - 6 * place)) & 63])
        }
        if alphabet == .standard {
            result.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - count))
        }
        return result
    }
}
