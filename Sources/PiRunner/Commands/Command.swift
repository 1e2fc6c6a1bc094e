import PiJSON

/// One command as a value: its help, man page, completion and parsing are all made from this.
struct Command: Sendable {
    /// Such as `help`, or `policy check`.
    let name: String
    /// One line, without a full stop.
    let summary: String
    /// Paragraphs for those who want to know more.
    var about: [String] { makeAbout() }
    private let makeAbout: @Sendable () -> [String]
    let operands: [Operand]
    let options: [Option]
    let examples: [Example]
    /// Besides those that every command has.
    let exitCodes: [ExitCode]
    /// What `--json` prints besides the fields that all commands have: properties of a JSON Schema.
    var result: [ResultField] { makeResult() }
    private let makeResult: @Sendable () -> [ResultField]
    /// In the thread that the program began with: starting those of the concurrency runtime costs every start a
    /// part of a millisecond, and a command that waits for many things starts them by itself.
    let perform: @Sendable (Arguments) throws -> Outcome

    /// What is long is made when somebody asks: of most commands nobody does.
    init(
        name: String, summary: String, about: @autoclosure @escaping @Sendable () -> [String],
        operands: [Operand], options: [Option],
        examples: [Example], exitCodes: [ExitCode],
        result: @autoclosure @escaping @Sendable () -> [ResultField],
        perform: @escaping @Sendable (Arguments) throws -> Outcome
    ) {
        self.name = name
        self.summary = summary
        makeAbout = about
        self.operands = operands
        self.options = options
        self.examples = examples
        self.exitCodes = exitCodes
        makeResult = result
        self.perform = perform
    }

    struct Operand: Sendable {
        enum Count: Sendable { case one, optional, any }

        let name: String
        let count: Count
        let summary: String
        let value: ValueKind
    }

    struct Option: Sendable {
        enum Argument: Sendable {
            case none
            case required(String, ValueKind)
            /// Only as `--name=VALUE`: a bare `--name` stands for itself.
            case optional(String, ValueKind)
        }

        let name: String
        let short: Character?
        let argument: Argument
        let summary: String
        /// Whether it may be given more than once.
        let repeats: Bool

        init(
            name: String, short: Character?, argument: Argument, summary: String,
            repeats: Bool = false
        ) {
            self.name = name
            self.short = short
            self.argument = argument
            self.summary = summary
            self.repeats = repeats
        }
    }

    struct Example: Sendable {
        let line: String
        let summary: String
    }

    struct ResultField: Sendable {
        let name: String
        let schema: JSONValue
    }

    /// What a value is, so that shells can complete it.
    enum ValueKind: Sendable {
        case text
        case file
        case words([String])
        /// A file, or the name of a ready-made policy.
        case policy
        /// What `help` has a page on; the table of commands can't name itself.
        case topic
    }
}

extension Command.Option {
    /// What every command understands.
    static let common: [Command.Option] = [
        Command.Option(
            name: "help", short: "h", argument: .none, summary: "show help on the command and stop"),
        Command.Option(
            name: "json", short: nil, argument: .optional("FILE", .file),
            summary: "print one JSON object, or write it to FILE"),
        Command.Option(
            name: "color", short: nil, argument: .required("WHEN", .words(ColorChoice.names)),
            summary: "auto (the default), always or never"),
    ]

    /// With its short form: `-h, --help`.
    var fullSpelling: String { short.map { "-\($0), \(spelling)" } ?? spelling }

    /// As it is typed: `--json[=FILE]`.
    var spelling: String {
        switch argument {
        case .none: "--\(name)"
        case .required(let value, _): "--\(name) \(value)"
        case .optional(let value, _): "--\(name)[=\(value)]"
        }
    }
}

extension Command.Operand {
    /// As a usage line shows it: `[TOPIC]...`.
    var spelling: String {
        switch count {
        case .one: name
        case .optional: "[\(name)]"
        case .any: "[\(name)]..."
        }
    }
}

extension Command {
    var allOptions: [Option] { options + Option.common }

    /// Any command can be typed wrong, and any can fail to show its result; one that passes a program's code on
    /// says so by a code that few programs have.
    var allExitCodes: [ExitCode] {
        (exitCodes.contains(.runner) ? [.ok] : [.ok, .failed, .usage]) + exitCodes
    }

    /// The words of its name, one for `help`, two for `policy check`.
    var words: [String] { name.split(separator: " ").map(String.init) }

    var wordCount: Int { name.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: " ") ? 1 : 0) } }

    /// So many of its words, as they are typed.
    func beginning(_ count: Int) -> String { words.prefix(count).joined(separator: " ") }

    /// Of many options one can't see which there are in a line: the list below has them.
    private static let mostInLine = 8

    var usage: String {
        let options =
            options.count > Self.mostInLine ? [] : options.map { "[\($0.spelling)]" }
        let line = ["pi-runner", name] + options + ["[OPTION]..."] + operands.map(\.spelling)
        return line.joined(separator: " ")
    }

    /// JSON Schema (2020-12) of what `--json` prints.
    var schema: JSONValue { ResultSchema.of(self) }
}
