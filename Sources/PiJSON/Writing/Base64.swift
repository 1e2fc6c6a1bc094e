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

    /// Nil if a letter is none of the standard alphabet, or the count of letters can't be.
    package static func decode(_ letters: some Collection<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(letters.count / 4 * 3)
        var group: UInt32 = 0
        var bits = 0
        var padding = 0
        for letter in letters {
            guard letter != UInt8(ascii: "=") else {
                padding += 1
                continue
            }
            let value: UInt8
            switch letter {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = letter - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = letter - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = letter + 4
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: return nil
            }
            guard padding == 0 else { return nil }
            group = group << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            result.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            group &= (1 << UInt32(bits)) - 1
        }
        return padding <= 2 && bits < 6 && letters.count.isMultiple(of: 4) ? result : nil
    }
}
