/// Characters that models and people write for one another.
enum Spelling {
    /// Spaces that are not the space.
    static let spaces: Set<UInt32> = Set(
        [0xA0, 0x1680, 0x202F, 0x205F, 0x3000] + Array(0x2000...0x200A))

    /// What a character is compared as: mostly itself.
    static func plain(_ scalar: UInt32) -> [UInt32] {
        switch scalar {
        case ..<0xA0: return [scalar]
        case 0x2018...0x201B, 0x2032: return [0x27]
        case 0x201C...0x201F, 0x2033: return [0x22]
        // Hyphens, dashes, the minus sign.
        case 0x2010...0x2015, 0x2212: return [0x2D]
        case 0x2026: return [0x2E, 0x2E, 0x2E]
        // Full-width forms of ASCII.
        case 0xFF01...0xFF5E: return [scalar - 0xFEE0]
        case 0xFB00: return [0x66, 0x66]
        case 0xFB01: return [0x66, 0x69]
        case 0xFB02: return [0x66, 0x6C]
        case 0xFB03: return [0x66, 0x66, 0x69]
        case 0xFB04: return [0x66, 0x66, 0x6C]
        case _ where spaces.contains(scalar): return [0x20]
        default: return [scalar]
        }
    }
}
