/// By which lines one text differs from another: the fewest, as Myers finds them ("An O(ND) difference
/// algorithm", 1986), as long as there are not too many to look for them.
struct LineDifference {
    typealias Line = ArraySlice<UInt8>

    enum Edit: Hashable {
        case same, removed, added
    }

    /// Some lines that follow each other, and a few around them that are the same.
    struct Hunk: Hashable {
        /// The first of them in either text, counted from 0.
        let oldStart: Int
        let newStart: Int
        let lines: [Step]

        func count(but absent: Edit) -> Int { lines.count { $0.edit != absent } }
    }

    struct Step: Hashable {
        let edit: Edit
        /// With the line feed that ends it, if there is one.
        let line: Line
    }

    /// More differing lines than this are shown as one block that was replaced by another.
    private static let mostEdits = 3_000

    static func hunks(_ old: [UInt8], _ new: [UInt8], context: Int = 3) -> [Hunk] {
        let steps = steps(lines(of: old), lines(of: new))
        var hunks: [Hunk] = []
        // Of each step, where it stands in either text.
        var (oldAt, newAt) = (0, 0)
        var places: [(old: Int, new: Int)] = []
        for step in steps {
            places.append((oldAt, newAt))
            if step.edit != .added { oldAt += 1 }
            if step.edit != .removed { newAt += 1 }
        }
        var start = 0
        while let first = steps[start...].firstIndex(where: { $0.edit != .same }) {
            let from = max(start, first - context)
            var last = first
            // Two that lie so near that what is around them would touch are one.
            for at in steps.indices[first...] where steps[at].edit != .same {
                guard at - last <= 2 * context + 1 else { break }
                last = at
            }
            let end = min(last + 1 + context, steps.count)
            hunks.append(
                Hunk(
                    oldStart: places[from].old, newStart: places[from].new,
                    lines: Array(steps[from..<end])))
            start = end
        }
        return hunks
    }

    private static func lines(of text: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var start = 0
        while start < text.count {
            let feed = text[start...].firstIndex(of: UInt8(ascii: "\n"))
            let end = feed.map { $0 + 1 } ?? text.count
            lines.append(text[start..<end])
            start = end
        }
        return lines
    }

    // MARK: - The fewest edits

    private static func steps(_ old: [Line], _ new: [Line]) -> [Step] {
        let shorter = min(old.count, new.count)
        let head = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
        let tail =
            (0..<(shorter - head)).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] }
            ?? shorter - head
        let middle = edits(
            old[head..<(old.count - tail)], new[head..<(new.count - tail)])
        return old[..<head].map { Step(edit: .same, line: $0) } + middle
            + old[(old.count - tail)...].map { Step(edit: .same, line: $0) }
    }

    private static func edits(_ old: ArraySlice<Line>, _ new: ArraySlice<Line>) -> [Step] {
        // Lines are compared over and over: by numbers, that is.
        var numbers: [Line: Int32] = [:]
        func numbered(_ lines: ArraySlice<Line>) -> [Int32] {
            lines.map { line in
                if let known = numbers[line] { return known }
                let number = Int32(numbers.count)
                numbers[line] = number
                return number
            }
        }
        guard let trace = furthest(numbered(old), numbered(new)) else {
            return old.map { Step(edit: .removed, line: $0) }
                + new.map { Step(edit: .added, line: $0) }
        }
        return walkBack(trace, Array(old), Array(new))
    }

    /// Of each number of edits, how far into the old text each diagonal can be followed with so many.
    ///
    /// A diagonal is a place in the old text less one in the new; those of one number of edits are every other.
    /// Nil if more edits are needed than anybody looks for.
    private static func furthest(_ old: [Int32], _ new: [Int32]) -> [[Int32]]? {
        var trace: [[Int32]] = []
        var reached: [Int32] = []
        for count in 0...min(old.count + new.count, mostEdits) {
            var next: [Int32] = []
            next.reserveCapacity(count + 1)
            for place in 0...count {
                var x = place == 0 && count == 0 ? 0 : start(of: place, count, reached).x
                let diagonal = 2 * place - count
                while x < old.count, x - diagonal < new.count, old[x] == new[x - diagonal] {
                    x += 1
                }
                next.append(Int32(x))
                if x >= old.count, x - diagonal >= new.count {
                    trace.append(next)
                    return trace
                }
            }
            trace.append(next)
            reached = next
        }
        return nil
    }

    /// Where a diagonal is entered from the number of edits before: by a line that was added, from the diagonal
    /// above, or by one that was removed, from the one below.
    private static func start(
        of place: Int, _ count: Int, _ reached: [Int32]
    ) -> (x: Int, isAdded: Bool) {
        if place == 0 { return (Int(reached[0]), true) }
        if place == count { return (Int(reached[place - 1]) + 1, false) }
        return reached[place - 1] < reached[place]
            ? (Int(reached[place]), true) : (Int(reached[place - 1]) + 1, false)
    }

    private static func walkBack(
        _ trace: [[Int32]], _ old: [Line], _ new: [Line]
    ) -> [Step] {
        var steps: [Step] = []
        var (x, y) = (old.count, new.count)
        for count in stride(from: trace.count - 1, through: 1, by: -1) {
            let place = (x - y + count) / 2
            let (entered, isAdded) = start(of: place, count, trace[count - 1])
            while x > entered {
                x -= 1
                y -= 1
                steps.append(Step(edit: .same, line: old[x]))
            }
            if isAdded {
                y -= 1
                steps.append(Step(edit: .added, line: new[y]))
            } else {
                x -= 1
                steps.append(Step(edit: .removed, line: old[x]))
            }
        }
        // Without any edit there is but one diagonal.
        while x > 0 {
            x -= 1
            steps.append(Step(edit: .same, line: old[x]))
        }
        return steps.reversed()
    }
}
