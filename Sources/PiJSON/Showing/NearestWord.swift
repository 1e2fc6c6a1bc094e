/// Which word a person meant when they typed one that does not exist.
public enum NearestWord {
    /// The candidate with the fewest edits, the first of equals; nil if none is near enough to be meant.
    public static func to(_ word: String, among candidates: some Sequence<String>) -> String? {
        let word = String(String.UnicodeScalarView(word.unicodeScalars.prefix(longest)))
        // The beginning of just one word, or the same in other letters, is no mistake but a habit.
        let begun = candidates.filter { $0.hasPrefix(word.lowercased()) }
        if word.count >= 3, begun.count == 1 { return begun[0] }
        let typed = Array(word.lowercased().unicodeScalars.prefix(longest))
        // A third of the letters may be wrong, and always one: `rn` for `run`.
        let limit = max(1, typed.count / 3)
        var best: (word: String, edits: Int)?
        for candidate in candidates {
            let edits = edits(
                from: typed, to: Array(candidate.lowercased().unicodeScalars.prefix(longest)))
            if edits <= limit, edits < best?.edits ?? Int.max { best = (candidate, edits) }
        }
        return best?.word
    }

    /// Words past this length are compared by their beginnings: the cost is the product of lengths.
    private static let longest = 64

    /// Letters put in, left out, replaced, or two neighbours swapped.
    private static func edits(from one: [Unicode.Scalar], to other: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for row in 0..<one.count {
            var current = [row + 1]
            for column in 0..<other.count {
                let replaced = last[column] + (one[row] == other[column] ? 0 : 1)
                var fewest = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column]
                {
                    fewest = min(fewest, beforeLast[column - 1] + 1)
                }
                current.append(fewest)
            }
            beforeLast = last
            last = current
        }
        return last[other.count]
    }
}
