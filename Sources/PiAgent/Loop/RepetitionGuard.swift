/// Notices when an answer under way says the same again and again, by what it has said last.
package struct RepetitionGuard: Sendable {
    private var tail: [UInt8] = []
    private var unseen = 0

    private static let window = 12_288
    private static let lookEvery = 2_048
    /// A line of dashes is none.
    private static let shortest = 24
    private static let times = 8
    private static let leastBytes = 4_096

    package init() {}

    /// What is repeated; nil if nothing is.
    package mutating func take(_ text: String) -> String? {
        tail += text.utf8
        unseen += text.utf8.count
        if tail.count > 2 * Self.window { tail.removeFirst(tail.count - Self.window) }
        guard unseen >= Self.lookEvery else { return nil }
        unseen = 0
        guard let period = Self.period(of: Array(tail.suffix(Self.window).reversed())) else {
            return nil
        }
        let piece = String(decoding: tail.suffix(period).prefix(80), as: UTF8.self)
        return "the answer repeats itself: \(piece.split(separator: "\n").joined(separator: " "))"
    }

    /// How long the piece is that the text begins with again and again; nil if there is none.
    private static func period(of text: [UInt8]) -> Int? {
        var again = [Int](repeating: 0, count: text.count)
        var length = 0
        var found: Int?
        for place in text.indices.dropFirst() {
            while length > 0, text[place] != text[length] { length = again[length - 1] }
            if text[place] == text[length] { length += 1 }
            again[place] = length
            let period = place + 1 - length
            if period >= shortest, place + 1 >= max(period * times, leastBytes),
                // Of one letter, or two, everything is made again and again.
                Set(text.prefix(period)).count > 4
            {
                found = period
                break
            }
        }
        return found
    }
}

/// How often a model has repeated itself: once may be an accident, and what is long ago was one.
struct RepetitionCount: Hashable, Sendable {
    private var isWarned = false
    /// Turns with calls since then.
    private var calmTurns = 0

    private static let manyTurns = 10

    mutating func hasWorked() {
        calmTurns += 1
        if calmTurns >= Self.manyTurns { isWarned = false }
    }

    /// Whether it is worth going on, now that it has done so again.
    mutating func wasAccident() -> Bool {
        defer { (isWarned, calmTurns) = (true, 0) }
        return !isWarned
    }
}
