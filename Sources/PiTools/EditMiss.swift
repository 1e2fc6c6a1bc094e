import PiJSON

/// What stands in a file nearest to a text that does not, and how the two differ.
struct EditMiss: CustomStringConvertible {
    let description: String

    private static let mostShown = 12
    private static let mostCompared = 20_000
    private static let longestLine = 200

    init(_ text: EditedText, _ wanted: [UInt8]) {
        let lines = wanted.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { Self.compared($0) }
        let meant = Array(lines.drop { $0.isEmpty })
        guard !meant.isEmpty, !text.bytes.isEmpty else {
            description = text.bytes.isEmpty ? "The file is empty." : "Read it again."
            return
        }
        let count = min(text.lines.count, Self.mostCompared)
        let here = (1...count).map { Self.compared(text.text(ofLine: $0)) }
        // Where most of the lines stand, or what is most like the first.
        var best = (place: 0, score: 0.0)
        for start in here.indices {
            let first = Self.likeness(here[start], meant[0])
            guard first > 0.4 || meant.count > 1 && here[start] == meant[0] else { continue }
            var score = first
            for (offset, line) in meant.enumerated().dropFirst().prefix(Self.mostShown)
            where start + offset < here.count {
                score += here[start + offset] == line ? 1 : 0
            }
            if score > best.score { best = (start, score) }
        }
        guard best.score > 0 else {
            description = "Nothing in it is much like it: read it again."
            return
        }
        let shown = min(meant.count, Self.mostShown, here.count - best.place)
        let listing = (best.place..<best.place + shown).map { place in
            "\(place + 1): \(Self.shown(text.text(ofLine: place + 1)))"
        }
        var told = "The nearest is:\n\(listing.joined(separator: "\n"))"
        let differing = (0..<meant.count).first { offset in
            best.place + offset >= here.count || here[best.place + offset] != meant[offset]
        }
        if let differing {
            let place = best.place + differing
            let other = place < here.count ? "\(Self.shown(text.text(ofLine: place + 1)))" : "(end)"
            told +=
                "\nFirst difference, at line \(place + 1): the file has\n  \(other)\nand oldText has\n  \(Self.shown(meant[differing][...]))"
        } else {
            told += "\nThe lines differ only in the spaces before them."
        }
        description = told
    }

    /// Without the spaces around: how a line is indented is told apart only at the end.
    private static func compared(_ line: ArraySlice<UInt8>) -> [UInt8] {
        let isSpace = { (byte: UInt8) in
            byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
        }
        var rest = line.prefix(1_000).drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return Array(rest)
    }

    /// How much of the longer one is the same at both ends: from 0 to 1.
    private static func likeness(_ one: [UInt8], _ other: [UInt8]) -> Double {
        let longest = max(one.count, other.count)
        guard longest > 0 else { return 0 }
        let shortest = min(one.count, other.count)
        var front = 0
        while front < shortest, one[front] == other[front] { front += 1 }
        var back = 0
        while back < shortest - front, one[one.count - 1 - back] == other[other.count - 1 - back] {
            back += 1
        }
        return Double(front + back) / Double(longest)
    }

    private static func shown(_ line: ArraySlice<UInt8>) -> String {
        let end = line.last == 0x0A ? line.dropLast() : line
        return SafeText(bytes: end.last == 0x0D ? end.dropLast() : end, limit: longestLine)
            .description
    }
}

/// What an edit changes, as Pi's sessions show it: the sign, the number of the line, the line.
package struct EditDifference {
    package let text: String
    let firstLine: Int

    private static let context = 4
    private static let mostLines = 400

    package init(_ old: EditedText, _ places: [EditedText.Place]) {
        var lines: [String] = []
        var shift = 0
        var shownUpTo = 0
        firstLine = places.first.map { old.line(at: $0.range.lowerBound) } ?? 1
        let width = "\(old.lines.count + 1_000)".count

        func row(_ sign: String, _ number: Int, _ line: some Sequence<UInt8>) {
            let digits = "\(number)"
            lines.append(
                sign + String(repeating: " ", count: max(0, width - digits.count)) + digits + " "
                    + SafeText(bytes: line, limit: 500).description)
        }
        func plain(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
            line.last == 0x0A ? line.dropLast() : line
        }

        // Places that share a line are one change.
        var groups: [[EditedText.Place]] = []
        for place in places {
            if let last = groups.last?.last,
                old.line(at: max(last.range.lowerBound, last.range.upperBound - 1))
                    >= old.line(at: place.range.lowerBound)
            {
                groups[groups.count - 1].append(place)
            } else {
                groups.append([place])
            }
        }
        for group in groups {
            let first = old.line(at: group[0].range.lowerBound)
            let end = group[group.count - 1].range
            let last = old.line(at: max(end.lowerBound, end.upperBound - 1))
            let range =
                old.lines[first - 1]..<(last < old.lines.count ? old.lines[last] : old.bytes.count)
            var new: [UInt8] = []
            var at = range.lowerBound
            for place in group {
                new += old.bytes[at..<place.range.lowerBound] + place.new
                at = place.range.upperBound
            }
            new += old.bytes[at..<max(at, range.upperBound)]
            var newLines = new.split(separator: 0x0A, omittingEmptySubsequences: false)
            if newLines.last?.isEmpty == true { newLines.removeLast() }

            let from = max(shownUpTo + 1, first - Self.context)
            if from > shownUpTo + 1 { lines.append(" ...") }
            for number in from..<max(from, first) {
                row(" ", number + shift, plain(old.text(ofLine: number)))
            }
            for number in first...last { row("-", number, plain(old.text(ofLine: number))) }
            for (place, line) in newLines.enumerated() { row("+", first + shift + place, line) }
            shift += newLines.count - (last - first + 1)
            shownUpTo = last
            let next =
                groups.first { $0[0].range.lowerBound >= range.upperBound }
                .map { old.line(at: $0[0].range.lowerBound) } ?? Int.max
            let until = min(last + Self.context, old.lines.count, next - 1)
            for number in (last + 1)..<max(last + 1, until + 1)
            where !old.text(ofLine: number).isEmpty {
                row(" ", number + shift, plain(old.text(ofLine: number)))
                shownUpTo = number
            }
        }
        if lines.count > Self.mostLines {
            lines = lines.prefix(Self.mostLines) + [" ... (\(lines.count - Self.mostLines) more)"]
        }
        text = lines.joined(separator: "\n")
    }
}
