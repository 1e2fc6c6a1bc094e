import CUnistring

/// libunistring: its C goes in here, values come out.
enum LibUnistring {
    /// What a character is made of by Unicode's form NFKD, or by NFD if it is to be exact; itself alone if it is made of nothing.
    static func parts(of character: UInt32, isExact: Bool = false) -> [UInt32] {
        var tag: CInt = 0
        var first = [UInt32](repeating: 0, count: Int(UC_DECOMPOSITION_MAX_LENGTH))
        // Most are made of nothing, and this is told at once.
        guard unsafe uc_decomposition(character, &tag, &first) >= 0 else { return [character] }
        var parts = [UInt32](repeating: 0, count: longest)
        var count = parts.count
        var whole = character
        let isWritten = unsafe parts.withUnsafeMutableBufferPointer { buffer in
            let result = unsafe u32_normalize(
                isExact ? pi_decomposed() : pi_compatibility_decomposed(), &whole, 1,
                buffer.baseAddress, &count)
            // Another place than ours would be one that somebody has to free.
            return unsafe result == buffer.baseAddress
        }
        precondition(isWritten, "the parts of a character are at most \(longest)")
        return Array(parts.prefix(count))
    }

    /// More than any character has, in any version of Unicode: 18 are the most.
    private static let longest = 64

    /// Zero for what stands alone; others follow it, and stand in this order.
    static func combiningClass(_ character: UInt32) -> Int {
        Int(uc_combining_class(character))
    }

    /// Whether they are parts of what a person sees as one.
    static func belongTogether(_ one: UInt32, _ next: UInt32) -> Bool {
        !uc_is_grapheme_break(one, next)
    }
}
