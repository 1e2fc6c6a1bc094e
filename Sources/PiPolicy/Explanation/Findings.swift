import PiJSON

/// What was found wrong, up to a number that a person can take in.
struct Findings: Sendable {
    /// More errors than this mostly follow from each other.
    static let errorLimit = 20

    private(set) var diagnostics: [Diagnostic] = []
    private(set) var errors = 0

    /// Whether one more error would only be counted.
    var isFull: Bool { errors >= Self.errorLimit }

    /// Counts an error of which nothing would be shown.
    mutating func countError() { errors += 1 }

    mutating func error(
        _ code: DiagnosticCode, _ message: String, at origin: Origin, _ label: String,
        also: [Excerpt] = [], help: String? = nil, notes: [String] = []
    ) {
        errors += 1
        guard errors <= Self.errorLimit else { return }
        diagnostics.append(
            Diagnostic(
                code: code.rawValue, severity: .error, message: message,
                at: origin.excerpt(label), also: also, help: help, notes: notes))
    }

    mutating func warning(
        _ code: DiagnosticCode, _ message: String, at origin: Origin, _ label: String,
        also: [Excerpt] = [], help: String? = nil, notes: [String] = []
    ) {
        guard diagnostics.count < 10 * Self.errorLimit else { return }
        diagnostics.append(
            Diagnostic(
                code: code.rawValue, severity: .warning, message: message,
                at: origin.excerpt(label), also: also, help: help, notes: notes))
    }

    mutating func add(_ other: Findings) {
        for diagnostic in other.diagnostics {
            if diagnostic.severity == .error, errors >= Self.errorLimit { continue }
            if diagnostic.severity == .error { errors += 1 }
            diagnostics.append(diagnostic)
        }
        errors += other.errors - other.diagnostics.count { $0.severity == .error }
    }

    /// In the order of the files and their lines, with a word on those that were left out.
    var all: [Diagnostic] {
        guard errors > Self.errorLimit else { return diagnostics }
        return diagnostics + [
            Diagnostic(
                severity: .error,
                message: "there are \(errors - Self.errorLimit) more errors",
                help: "mend these \(Self.errorLimit) first: others may follow from them")
        ]
    }
}

/// Text of a person's or a stranger's, quoted in a message.
func quoted(_ text: some StringProtocol) -> String {
    "`\(SafeText(text, limit: 80))`"
}
