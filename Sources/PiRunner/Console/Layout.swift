import PiJSON

/// Lines of text laid out for a width: paragraphs, and tables of a term and what it means.
struct Layout {
    private let columns: Int
    private(set) var text = ""

    init(columns: Int) {
        self.columns = columns
    }

    mutating func line(_ line: String) {
        text += line + "\n"
    }

    mutating func blank() {
        text += "\n"
    }

    /// All lines behind the first are indented by two more.
    mutating func paragraph(_ paragraph: String, indent: Int) {
        for (place, line) in Self.wrap(paragraph, to: columns - indent - 2).enumerated() {
            self.line(String(repeating: " ", count: place == 0 ? indent : indent + 2) + line)
        }
    }

    mutating func paragraph(_ paragraph: String) {
        for line in Self.wrap(paragraph, to: columns) { self.line(line) }
    }

    /// A heading, and text as it stands, so that it can be copied; marks stand for what can't be seen.
    mutating func block(_ heading: String, _ text: String) {
        blank()
        line("\(heading):")
        for line in SafeText(text, as: .block, limit: .max).description.split(
            separator: "\n", omittingEmptySubsequences: false)
        where !(line.isEmpty && text.hasSuffix("\n")) {
            self.line(line.isEmpty ? "" : "    \(line)")
        }
    }

    /// A heading and its rows; nothing at all if there are no rows.
    mutating func section(_ heading: String, _ rows: [(term: String, meaning: String)]) {
        guard !rows.isEmpty else { return }
        blank()
        line("\(heading):")
        self.rows(rows)
    }

    /// A term and what it means, in two columns.
    ///
    /// Marks stand for what can't be seen: names of files and values of policies come from anywhere.
    mutating func rows(_ given: [(term: String, meaning: String)]) {
        let rows = given.map { row in
            (
                term: SafeText(row.term, limit: .max).description,
                meaning: SafeText(row.meaning, limit: .max).description
            )
        }
        // A term longer than this stands on a line of its own, so that one can't squeeze all the rest.
        let widest = min(rows.map(\.term.count).max() ?? 0, columns / 3)
        let indent = String(repeating: " ", count: widest + 4)
        for row in rows {
            let meaning = Self.wrap(row.meaning, to: columns - indent.count)
            let padding = String(repeating: " ", count: max(0, widest - row.term.count))
            if row.term.count <= widest {
                line("  \(row.term)\(padding)  \(meaning.first ?? "")")
            } else {
                line("  \(row.term)")
                line(indent + (meaning.first ?? ""))
            }
            for rest in meaning.dropFirst() { line(indent + rest) }
        }
    }

    /// Breaks at spaces only: a word longer than a line stays whole, so that it can be copied.
    static func wrap(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        for word in text.split(separator: " ") {
            if !current.isEmpty, current.count + 1 + word.count > columns {
                lines.append(current)
                current = ""
            }
            current += (current.isEmpty ? "" : " ") + word
        }
        return current.isEmpty ? lines : lines + [current]
    }
}
