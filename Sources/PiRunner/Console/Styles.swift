import PiJSON
import PiSystem

/// How messages look: with colours on a terminal that has them, plain everywhere else.
struct Styles: Hashable, Sendable {
    private let isColored: Bool
    /// How long a line may be.
    private let columns: Int

    init(color: ColorChoice, stream: StandardStream) {
        columns = min(max(stream.columns ?? 100, 40), 200)
        isColored =
            switch color {
            case .always: true
            case .never: false
            // no-color.org: any value but an empty one.
            case .auto:
                stream.isTerminal && ThisProcess.variable("NO_COLOR")?.isEmpty ?? true
                    && ThisProcess.variable("TERM") != "dumb"
            }
    }

    func render(_ diagnostic: Diagnostic) -> String {
        let code = diagnostic.code.map { "[\($0)]" } ?? ""
        let color = diagnostic.severity == .error ? "1;31" : "1;33"
        let excerpts = (diagnostic.at.map { [$0] } ?? []) + diagnostic.also
        // As wide as the longest line number, so that all bars stand below each other.
        let gutter = String(
            repeating: " ", count: excerpts.map { String($0.line).count }.max() ?? 1)
        let bar = paint("\(gutter) |", Self.quiet)

        var lines = [
            paint("\(diagnostic.severity.rawValue)\(code)", color)
                + paint(": \(diagnostic.message)", "1")
        ]
        for (place, excerpt) in excerpts.enumerated() {
            let isMain = place == 0 && diagnostic.at != nil
            lines.append(
                gutter + paint(isMain ? "-->" : ":::", Self.quiet)
                    + " \(excerpt.file):\(excerpt.line):\(excerpt.column)")
            let (text, marked) = window(of: excerpt, gutter: gutter.count)
            let number = String(
                repeating: " ", count: gutter.count - String(excerpt.line).count)
            lines.append(bar)
            lines.append(paint("\(number)\(excerpt.line) |", Self.quiet) + " \(text)")
            let carets = String(repeating: isMain ? "^" : "-", count: marked.count)
            let label = excerpt.label.isEmpty ? carets : "\(carets) \(excerpt.label)"
            lines.append(
                "\(bar) " + String(repeating: " ", count: marked.lowerBound)
                    + paint(label, isMain ? color : Self.quiet))
            lines.append(bar)
        }
        // Without a place there is no bar to stand below.
        let indent = excerpts.isEmpty ? "  " : "\(gutter) "
        if let help = diagnostic.help {
            lines.append(indent + paint("= help:", "1;36") + " \(help)")
        }
        lines += diagnostic.notes.map { indent + paint("= note:", "1;36") + " \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// As much of the line as fits, with the marked place in it.
    private func window(of excerpt: Excerpt, gutter: Int) -> (String, Range<Int>) {
        let room = max(columns - gutter - 3, 20)
        let characters = Array(excerpt.text.unicodeScalars)
        guard characters.count > room else { return (excerpt.text, excerpt.marked) }
        // A third of the room for what stands before; an ellipsis where something was left out.
        let start = max(0, min(excerpt.marked.lowerBound - room / 3, characters.count - room))
        let end = min(start + room, characters.count)
        var shown = String(String.UnicodeScalarView(characters[start..<end]))
        if end < characters.count { shown = String(shown.dropLast()) + "…" }
        if start > 0 { shown = "…" + shown.dropFirst() }
        let first = min(max(excerpt.marked.lowerBound - start, 0), room - 1)
        let last = min(max(excerpt.marked.upperBound - start, first + 1), room)
        return (shown, first..<last)
    }

    /// Lines that come in green, lines that go in red; the text is safe already.
    func render(patch: String) -> String {
        guard isColored else { return patch }
        return patch.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            switch true {
            case line.hasPrefix("+++"), line.hasPrefix("---"), line.hasPrefix("diff "):
                paint(String(line), "1")
            case line.hasPrefix("@@"): paint(String(line), "36")
            case line.hasPrefix("+"): paint(String(line), "32")
            case line.hasPrefix("-"): paint(String(line), "31")
            default: String(line)
            }
        }.joined(separator: "\n")
    }

    private static let quiet = "1;34"

    private func paint(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
