import PiAI
import PiAgent
import PiJSON
import PiSystem
import Synchronization

/// Shows a run to a person: plain lines on stderr, one for each thing that happens.
final class RunText: Sendable {
    private let ledger: RunLedger
    private let began = Clock<Monotonic>.system.now
    private struct State: Sendable {
        var started: [String: MonotonicInstant] = [:]
        /// Who is asked.
        var model: String
        var answer = AnswerStatus()
        /// When it was shown last what is said.
        var shown: MonotonicInstant?
    }
    private let state: Mutex<State>
    private let isTerminal =
        StandardStream.error.isTerminal && ThisProcess.variable("TERM") != "dumb"

    init(_ ledger: RunLedger, asking model: String) {
        self.ledger = ledger
        state = Mutex(State(model: model))
    }

    func see(_ event: AgentEvent) {
        switch event {
        case .agentStart, .agentEnd, .turnEnd, .toolProgress, .messageStart: break
        case .messageDelta(let event): if isTerminal { show(event) }
        case .turnStart(let number):
            line("turn \(number)\(left)")
            status("waiting for \(state.withLock(\.model))")
        case .messageEnd(.assistant(let message)) where !message.toolCalls.isEmpty:
            // What it says besides its calls is the only word on why.
            let text = message.text.split(separator: "\n").joined(separator: " ")
            if !text.isEmpty { line("  \(SafeText(text, limit: 300))") }
        case .messageEnd: status("")
        case .toolStart(let call):
            let now = Clock<Monotonic>.system.now
            state.withLock { $0.started[call.id] = now }
            status("\(Self.told(call)) …")
        case .toolEnd(let call, let outcome): line("  \(Self.told(call)) \(end(call, outcome))")
        case .compactionStart: line("  the conversation is long: summing up its beginning")
        case .compactionEnd(let tokens):
            line(tokens.map { "  summed up, from \($0) tokens" } ?? "  nothing was summed up")
        case .retry(let name, let error, let pause):
            line("  \(Self.told(error, again: pause))")
            status("waiting for \(name.reference)")
        case .modelChange(let name, let why):
            state.withLock { $0.model = name.reference }
            line("  going on with \(name.reference): \(SafeText(why, limit: 300))")
        case .notice(let text): line("  \(SafeText(text, limit: 400))")
        }
    }

    /// Why a request is made again, and when.
    static func told(_ error: ModelError, again pause: Duration) -> String {
        "\(SafeText(error.description, limit: 300)); asking again in \(pause.rounded)"
    }

    private var left: String {
        let used = ledger.used
        guard used.turns > 1 else { return "" }
        let time = ledger.limits.wall.map { wall in
            let left = wall.value - (Clock<Monotonic>.system.now - began)
            let isLong = left > .seconds(120)
            return ", \(left.milliseconds / (isLong ? 60_000 : 1_000)) \(isLong ? "min" : "s") left"
        }
        return " (\(used.usage.total) tokens, \(used.shownCost)\(time ?? ""))"
    }

    /// What is said, ten times a second and not for each word.
    private func show(_ event: AnswerEvent) {
        let now = Clock<Monotonic>.system.now
        let line: String? = state.withLock { state in
            state.answer.take(event)
            if let shown = state.shown, now - shown < .milliseconds(100) { return nil }
            guard let line = state.answer.line(of: state.model) else { return nil }
            state.shown = now
            return line
        }
        if let line { status(line) }
    }

    private static func told(_ call: ToolCall) -> String {
        AnswerStatus.told(call.name, .object(call.arguments))
    }

    private func end(_ call: ToolCall, _ outcome: CallOutcome) -> String {
        let now = Clock<Monotonic>.system.now
        let began = state.withLock { $0.started.removeValue(forKey: call.id) }
        let time = began.map { (now - $0).rounded } ?? ""
        let lines = outcome.content.joinedText.split(separator: "\n").map(String.init)
        // What the walls had to say stands in brackets, behind what was printed.
        let notes = lines.filter { $0.hasPrefix("[") && $0.hasSuffix("]") }
            .map { "\n      \(SafeText($0.dropFirst().dropLast(), limit: 300))" }.joined()
        switch outcome.way {
        case .finished: return "· \(time)\(call.name == "bash" ? notes : "")"
        case .failed:
            // The last that it printed is mostly its reason.
            let last = lines.last { !$0.hasPrefix("[") && !$0.hasPrefix("(exit code") } ?? ""
            let said = last.isEmpty ? "" : "\n      \(SafeText(last, limit: 200))"
            let code = lines.last { $0.hasPrefix("(exit code") }.map {
                ", \($0.dropFirst().dropLast())"
            }
            return "· failed\(code ?? ""), \(time)\(said)\(notes)"
        case .denied:
            let sentence = outcome.details?["sentence"]?.string ?? lines.first ?? ""
            return "· DENIED\n      \(SafeText(sentence, limit: 300))"
        case .limited: return "· STOPPED, \(time)\(notes)"
        case .interrupted: return "· interrupted, \(time)"
        case .unfit:
            let why = lines.prefix(3).joined(separator: " ")
            return "· unfit\n      \(SafeText(why, limit: 300))"
        }
    }

    func line(_ text: String) {
        write((isTerminal ? Self.clear : "") + text + "\n")
    }

    private static let clear = "\r\u{1B}[K"

    /// What is under way, on a terminal alone: the next line takes its place.
    private func status(_ text: String) {
        guard isTerminal else { return }
        let columns = StandardStream.error.columns ?? 80
        write(Self.clear + "  " + SafeText(text, limit: max(10, columns - 5)).description)
    }

    private func write(_ text: String) {
        // When stderr itself is gone there is nobody to tell.
        try? StandardStream.error.write(Array(text.utf8))
    }
}
