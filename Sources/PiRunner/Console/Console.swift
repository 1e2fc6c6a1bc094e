import PiJSON
import PiSystem

/// The two streams that a person or a script reads: results on stdout, everything else on stderr.
struct Console: Sendable {
    let color: ColorChoice

    /// How wide a line of a result may be.
    ///
    /// It is laid out for the terminal that shows it; without one, as in a page of print.
    static var columns: Int { min(max(StandardStream.output.columns ?? 80, 20), 100) }

    /// Writes a result, whole or not at all as far as the reader lets us.
    func result(_ text: String) throws(SystemError) {
        guard !text.isEmpty else { return }
        try StandardStream.output.write(Array(text.utf8))
    }

    /// Tells of something besides the result.
    func tell(_ diagnostic: Diagnostic) {
        // When stderr itself is gone there is nobody left to tell; the exit code still says it.
        try? StandardStream.error.write(
            Array(Styles(color: color, stream: .error).render(diagnostic).utf8))
    }
}

enum ColorChoice: String, CaseIterable, Sendable {
    case auto, always, never

    static var names: [String] { allCases.map(\.rawValue) }
}
