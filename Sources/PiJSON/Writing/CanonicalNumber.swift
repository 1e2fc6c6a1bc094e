/// Numbers as ECMAScript writes them, the form that RFC 8785 asks for.
enum CanonicalNumber {
    /// Nil if no double has the value that is written.
    static func text(of number: JSONNumber) -> String? {
        guard let double = number.double else { return nil }
        let shortest = Decimal(of: double)
        guard Decimal(number.text) == shortest else { return nil }
        return shortest.ecmaScript
    }

    /// The double must be finite.
    static func text(of double: Double) -> String {
        Decimal(of: double).ecmaScript
    }
}

/// A decimal number as its digits and the place of its point, so that 0,`digits` × 10^`point` is meant.
///
/// Without leading or trailing zeros, so that equal numbers have equal values here; zero has no
/// digits, and no sign, since its canonical form has none.
private struct Decimal: Equatable {
    let isNegative: Bool
    let digits: [UInt8]
    let point: Int

    init(of double: Double) {
        // The standard library writes the shortest digits that name this double and no other.
        self.init(double.description)
    }

    /// `text` is a number in the grammar of JSON.
    init(_ text: String) {
        var digits: [UInt8] = []
        var point = 0
        var isPastPoint = false
        var exponent = 0
        let parts = text.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 | 0x20 == UInt8(ascii: "e")
        }
        for byte in parts[0] {
            switch byte {
            case UInt8(ascii: "."): isPastPoint = true
            case UInt8(ascii: "-"): break
            default:
                if digits.isEmpty, byte == UInt8(ascii: "0") {
                    if isPastPoint { point -= 1 }
                } else {
                    digits.append(byte)
                    if !isPastPoint { point += 1 }
                }
            }
        }
        if parts.count == 2 {
            // An exponent too long for Int is told apart from every double's by any far-off number.
            let isNegative = parts[1].first == UInt8(ascii: "-")
            exponent = Int(String(parts[1])!) ?? (isNegative ? -1_000_000_000 : 1_000_000_000)
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        self.isNegative = text.utf8.first == UInt8(ascii: "-") && !digits.isEmpty
        self.digits = digits
        self.point = digits.isEmpty ? 0 : point &+ exponent
    }

    /// ECMA-262, Number::toString.
    var ecmaScript: String {
        guard !digits.isEmpty else { return "0" }
        let sign = isNegative ? "-" : ""
        let all = String(decoding: digits, as: UTF8.self)
        let count = digits.count
        switch point {
        case count...21:
            return sign + all + String(repeating: "0", count: point - count)
        case 1...21:
            return sign + all.prefix(point) + "." + all.dropFirst(point)
        case -5...0:
            return sign + "0." + String(repeating: "0", count: -point) + all
        default:
            let exponent = point - 1
            let mantissa = count == 1 ? all : all.prefix(1) + "." + all.dropFirst()
            return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + String(exponent.magnitude)
        }
    }
}
