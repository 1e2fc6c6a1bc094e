import PiJSON
import PiSandbox
import PiSystem

/// `workspace.apply: ask`: whether what a run has changed is to come into the workspace, asked as it ends.
struct ApplyQuestion {
    enum Answer {
        case yes, no
        case nobody(Diagnostic)
    }

    private let changes: [WaitingChange]
    private let run: WaitingRun
    private let ending: CallResult.Ending
    private let signals: ForwardedSignals
    private let isPossible: Bool

    init(
        _ changes: [WaitingChange], of run: WaitingRun, after ending: CallResult.Ending,
        _ signals: ForwardedSignals, isPossible: Bool
    ) {
        self.changes = changes
        self.run = run
        self.ending = ending
        self.signals = signals
        self.isPossible =
            isPossible && StandardStream.input.isTerminal && StandardStream.error.isTerminal
    }

    /// Whoever says nothing has not said yes.
    func ask() throws -> Answer {
        guard isPossible else {
            return .nobody(
                Diagnostic(
                    severity: .warning,
                    message: "`workspace.apply: ask`, and there is no terminal to ask on", help: nil
                ))
        }
        let isDumb = ThisProcess.variable("TERM").map { $0 == "dumb" } ?? true
        try say("\(isDumb ? "" : Self.asItWas)\n\(listing)")
        while true {
            // What was typed for the program answers nothing.
            try StandardStream.input.forgetTyped()
            try say("Apply? [y]es, [n]o, show the [d]ifference: ")
            switch try answer()?.lowercased() {
            case "y", "yes": return .yes
            case "d", "diff": try show()
            case "n", "no", "", nil: return .no
            default: continue
            }
        }
    }

    /// What the program has printed may hide what is printed after it: an unfinished sequence, colours like the
    /// background's, another character set, a region of one line, another screen.
    private static let asItWas =
        "\u{18}\u{0F}\u{1B}(B\u{1B}[!p\u{1B}[?1049l\u{1B}[r\u{1B}[?6l\u{1B}[4l\u{1B}]104\u{07}\u{1B}]110\u{07}\u{1B}]111\u{07}\u{1B}[999B\u{1B}[0m"

    private func say(_ text: String) throws(SystemError) {
        try StandardStream.error.write(Array(text.utf8))
    }

    private static let mostShown = 20

    private var listing: String {
        var page = Layout(columns: Console.columns)
        let end = ending == .exited(code: 0) ? "" : ", which \(ending.told)"
        page.paragraph(
            "Run \(run.id)\(end), has changed in \(SafeText(run.workspace, limit: 200)):")
        page.rows(
            changes.prefix(Self.mostShown).map { change in
                let verb = change.change.verb
                let remarks = change.remarks
                return (
                    change.change.path.description,
                    remarks.isEmpty ? verb : "\(verb), \(remarks.joined(separator: ", "))"
                )
            })
        if changes.count > Self.mostShown {
            page.line("and \(changes.count - Self.mostShown) more")
        }
        return page.text
    }

    private func show() throws {
        let contents = try ChangeContents(of: run)
        let patch = try WaitingPatch(
            changes, Renames(changes.map(\.change), contents), contents, force: false)
        let text = String(decoding: patch.patch.bytes, as: UTF8.self)
        try say(
            Styles(color: .auto, stream: .error)
                .render(patch: SafeText(text, as: .block, limit: .max).description))
        for left in patch.leftOut.diagnostics(.warning, saying: "not shown") {
            Console(color: .auto).tell(left)
        }
    }

    /// A line; nil if there is no more to come, or if somebody wants an end.
    private func answer() throws(SystemError) -> String? {
        while true {
            var poll = Poll()
            let typed = poll.add(StandardStream.input.borrowed, for: .readable)
            let signal = poll.add(signals.borrowed, for: .readable)
            try poll.wait(atMost: nil)
            if !poll.ready(signal).isEmpty {
                switch signals.next() {
                case .end?: return nil
                case .forward(.interrupt)?, .forward(.terminate)?, .forward(.hangup)?,
                    .forward(.quit)?:
                    try say("\n")
                    return nil
                case .stop?: Signal.stop.sendToThisProcess()
                case .forward?, .resize?, nil: break
                }
            }
            guard !poll.ready(typed).isEmpty else { continue }
            let bytes = try StandardStream.input.borrowed.read(upTo: .kibibytes(4))
            guard let bytes, !bytes.isEmpty else { return nil }
            return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
                .first.map(String.init) ?? ""
        }
    }
}
