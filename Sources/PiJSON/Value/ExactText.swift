extension String {
    /// Whether both have the same bytes.
    ///
    /// Swift's own `==` finds `é` and `e` with an accent equal; to JSON, to a digest and to whoever reads
    /// after us they are two texts. It also normalises what it compares, which a hostile text can make
    /// as slow as it likes.
    public func isExactly(_ other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}

/// A text that is hashed and compared by its bytes.
package struct ExactText: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package static func == (one: ExactText, other: ExactText) -> Bool {
        one.text.isExactly(other.text)
    }

    package func hash(into hasher: inout Hasher) {
        // Eight bytes at a time: the hasher's price is by the call.
        var word: UInt64 = 0
        var count = 0
        for byte in text.utf8 {
            word = word << 8 | UInt64(byte)
            count += 1
            if count % 8 == 0 { hasher.combine(word) }
        }
        hasher.combine(word)
        hasher.combine(count)
    }
}
