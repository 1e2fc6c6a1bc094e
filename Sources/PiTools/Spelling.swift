/// Characters that models and people write for one another.
enum Spelling {
    /// Spaces that are not the space.
    static let spaces: Set<UInt32> = Set(
        [0xA0, 0x1680, 0x202F, 0x205F, 0x3000] + Array(0x2000...0x200A))

    /// What a character is compared as: mostly itself.
    ///
    /// - Parameter isExact: a letter and its accent may be one or two, but `²` is no `2`.
    static func plain(_ scalar: UInt32, isExact: Bool = false) -> [UInt32] {
        if let known = written(scalar) { return [known] }
        guard scalar >= 0xA0 else { return [scalar] }
        return LibUnistring.parts(of: scalar, isExact: isExact).map { written($0) ?? $0 }
    }

    /// What people type on a keyboard where a program or a model writes this.
    private static func written(_ scalar: UInt32) -> UInt32? {
        switch scalar {
        case ..<0xA0: nil
        case 0x2018...0x201B, 0x2032: 0x27
        case 0x201C...0x201F, 0x2033: 0x22
        // Hyphens, dashes, the minus sign.
        case 0x2010...0x2015, 0x2212: 0x2D
        case _ where spaces.contains(scalar): 0x20
        default: nil
        }
    }
}
