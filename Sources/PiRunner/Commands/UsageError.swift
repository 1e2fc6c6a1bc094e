import PiJSON

/// A command line that can't be understood.
///
/// Nothing was started.
struct UsageError: Error, Hashable, Sendable {
    enum Cause: Hashable, Sendable {
        case noCommand
        case unknownCommand(String, [String])
        /// The words so far, and those that can follow.
        case incompleteCommand(String, [String])
        case unknownSubcommand(String, String, [String])
        case unknownOption(String, [String])
        case noValue(String, String)
        case needless(String)
        case wrongValue(String, String, [String])
        case repeated(String)
        /// What it is, what was typed, and how it looks.
        case malformed(String, String, String)
        case missing(String)
        case tooMany(String)
        case unknownTopic(String, [String])
        case notText(String)
        case contradiction(String, String)
        case needsTerminal(String)
        case needsCommand(String)
    }

    let cause: Cause
    /// The name of the command, if one was recognised.
    let command: String?

    init(_ cause: Cause, command: Command?) {
        self.cause = cause
        self.command = command?.name
    }

    var diagnostic: Diagnostic {
        Diagnostic(severity: .error, message: message, help: help)
    }

    private var message: String {
        switch cause {
        case .noCommand: "no command was given"
        case .unknownCommand(let name, _): "unknown command `\(shown(name))`"
        case .incompleteCommand(let words, _): "`pi-runner \(words)` needs another word"
        case .unknownSubcommand(let words, let word, _):
            "`\(shown(word))` is no command of `pi-runner \(words)`"
        case .unknownOption(let option, _): "unknown option `\(shown(option))`\(ofCommand)"
        case .noValue(let option, let value):
            value.hasPrefix("=")
                ? "`\(option)=` needs a value: `\(option)\(value)`"
                : "`\(option)` needs a value: `\(option) \(value)`"
        case .needless(let option): "`\(option)` takes no value"
        case .wrongValue(let option, let value, let allowed):
            "`\(option)` is \(Self.list(allowed)), not `\(shown(value))`"
        case .malformed(let operand, let typed, _): "`\(shown(typed))` is no \(operand)"
        case .repeated(let option): "`\(option)` was given twice"
        case .missing(let operand): "`pi-runner \(command ?? "")` needs `\(operand)`"
        case .tooMany(let operand):
            "`\(shown(operand))` is one argument too many for `pi-runner \(command ?? "")`"
        case .unknownTopic(let topic, _): "there is no help on `\(shown(topic))`"
        case .contradiction(let one, let other): "`\(one)` and `\(other)` ask for different things"
        case .needsTerminal(let option): "`\(option)` needs a terminal, and standard input is none"
        case .needsCommand(let option): "`\(option)` is about one command, and none was named"
        case .notText(let option): "the option `\(shown(option))` is not UTF-8 text"
        }
    }

    private var help: String {
        switch cause {
        case .noCommand: "`pi-runner help` lists the commands"
        case .notText: "\(page) lists the options"
        case .unknownCommand(let name, let names):
            topic(name) ?? suggestion(name, names)
                ?? "the commands are \(Self.list(names, joinedBy: "and"))"
        case .unknownOption(let option, let options):
            nearestOption(option, options)
                ?? (command == ExecCommand.command.name
                    ? "an option of the program stands behind `--`: pi-runner exec -- PROGRAM ARG..."
                    : "\(page) lists the options")
        case .incompleteCommand(let words, let next):
            "write one of \(Self.list(next.map { "\(words) \($0)" }))"
        case .unknownSubcommand(let words, let word, let next):
            NearestWord.to(word, among: next).map { "did you mean `\(words) \($0)`?" }
                ?? "write one of \(Self.list(next.map { "\(words) \($0)" }))"
        case .wrongValue(_, let value, let allowed):
            suggestion(value, allowed) ?? "write one of \(Self.list(allowed))"
        case .unknownTopic(let topic, let topics):
            suggestion(topic, topics)
                ?? "`pi-runner help` lists the commands; `exit-codes` and codes such as `P0304` are topics too"
        case .noValue, .needless, .repeated, .missing, .tooMany:
            "\(page) shows how it is used"
        case .malformed(_, _, let example): "write it like `\(example)`"
        case .contradiction: "give one of them"
        case .needsTerminal(let option): "leave `\(option)` out, or start it from a terminal"
        case .needsCommand(let option): "name the command: `pi-runner help \(option) COMMAND`"
        }
    }

    /// Where to read on.
    private var page: String { "`pi-runner help\(command.map { " \($0)" } ?? "")`" }

    /// For a topic of the help that was typed as a command.
    private func topic(_ name: String) -> String? {
        HelpCommand.topics.contains(name) ? "did you mean `pi-runner help \(name)`?" : nil
    }

    /// Between single letters there is no likeness but that of `-v` and `-V`.
    private func nearestOption(_ option: String, _ options: [String]) -> String? {
        guard option.count <= 2 else { return suggestion(option, options) }
        return options.first { $0.lowercased() == option.lowercased() }
            .map { "did you mean `\($0)`?" }
    }

    private func suggestion(_ word: String, _ candidates: [String]) -> String? {
        NearestWord.to(word, among: candidates).map { "did you mean `\($0)`?" }
    }

    private func shown(_ text: String) -> String { SafeText(text, limit: 80).description }

    private var ofCommand: String { command.map { " of `pi-runner \($0)`" } ?? "" }

    private static func list(_ words: [String], joinedBy word: String = "or") -> String {
        let quoted = words.map { "`\($0)`" }
        guard quoted.count > 1 else { return quoted.joined() }
        return quoted.dropLast().joined(separator: ", ") + " \(word) " + quoted.last!
    }
}
