import PiJSON
import PiSystem

/// How messages look: with colours on a terminal that has them, plain everywhere else.
struct Styles: Hashable, Sendable {
    private let isColored: Bool

    init(color: ColorChoice, stream: StandardStream) {
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
        var lines = [
            paint("\(diagnostic.severity.rawValue)\(code)", color)
                + paint(": \(diagnostic.message)", "1")
        ]
        if let help = diagnostic.help { lines.append(paint("  = help:", "1;36") + " \(help)") }
        lines += diagnostic.notes.map { paint("  = note:", "1;36") + " \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func paint(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
