import PiJSON

/// Numbers with units, as policies write them.
enum Quantity {
    static let durationUnits: [(name: String, seconds: Int)] = [
        ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400),
    ]

    static let sizeUnits: [(name: String, bytes: Int)] = [
        ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
    ]

    /// For the JSON Schema; nine digits of any unit fit a 64-bit number.
    static let durationPattern = "^[1-9][0-9]{0,8}[smhd]$(?!\\n)"
    static let sizePattern = "^[1-9][0-9]{0,5}(B|KiB|MiB|GiB|TiB)$(?!\\n)"

    /// Nil if it is no such text.
    static func duration(_ text: String) -> Int? {
        measure(text, durationUnits.map { ($0.name, $0.seconds) }, digits: 9)
    }

    static func size(_ text: String) -> Int? {
        measure(text, sizeUnits.map { ($0.name, $0.bytes) }, digits: 6)
    }

    private static func measure(_ text: String, _ units: [(String, Int)], digits: Int) -> Int? {
        let number = text.utf8.prefix { TextKind.isDigit($0) }
        guard (1...digits).contains(number.count), number.first != UInt8(ascii: "0"),
            let count = Int(Substring(number))
        else { return nil }
        let unit = String(Substring(text.utf8.dropFirst(number.count)))
        return units.first { $0.0.isExactly(unit) }.map { count * $0.1 }
    }

    static func duration(_ seconds: Int) -> String {
        shown(seconds, durationUnits.map { ($0.name, $0.seconds) })
    }

    static func size(_ bytes: Int) -> String { shown(bytes, sizeUnits.map { ($0.name, $0.bytes) }) }

    /// In the largest unit that divides it.
    private static func shown(_ count: Int, _ units: [(String, Int)]) -> String {
        let unit = units.last { count % $0.1 == 0 } ?? units[0]
        return "\(count / unit.1)\(unit.0)"
    }

    /// Millionths of a dollar from `1.25`; nil for more decimals than six or too much to be meant.
    static func money(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = Int(parts[0]), (0...1_000_000_000).contains(whole) else { return nil }
        guard parts.count == 2 else { return whole * 1_000_000 }
        guard parts[1].utf8.count <= 6,
            let part = Int(parts[1] + String(repeating: "0", count: 6 - parts[1].utf8.count))
        else { return nil }
        return whole * 1_000_000 + part
    }

    static func money(_ millionths: Int) -> String {
        let part = String(millionths % 1_000_000 + 1_000_000).dropFirst()
        var decimals = part[...]
        while decimals.count > 2, decimals.last == "0" { decimals.removeLast() }
        return "\(millionths / 1_000_000).\(decimals)"
    }
}
