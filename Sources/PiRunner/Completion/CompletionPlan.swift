/// What can come next on a command line, in the terms that every shell's script is made from.
struct CompletionPlan {
    struct Row {
        /// The command's name, or empty for what is understood before one.
        let name: String
        let options: [Command.Option]
        let operand: Candidates
        let takesManyOperands: Bool
    }

    enum Candidates {
        case none
        case files
        case words([String])
        case filesOr([String])

        init(_ kind: Command.ValueKind) {
            self =
                switch kind {
                case .text: .none
                case .file: .files
                case .policy: .filesOr(PolicyStore.names)
                case .words(let words): .words(words)
                case .topic: .words(HelpCommand.firstWords)
                }
        }
    }

    /// Options whose value is the next word, which is then no command and no argument.
    let takingNextWord: [String]
    /// Longer names first: `policy check` must be tried before `policy`, and no command at all last.
    let rows: [Row]

    init(_ commands: [Command]) {
        let first = Set(
            commands.compactMap { $0.name.split(separator: " ").first.map(String.init) })
        takingNextWord = Set(
            (commands.flatMap(\.allOptions) + ArgumentParser.programOptions).compactMap { option in
                if case .required = option.argument { "--\(option.name)" } else { nil }
            }
        ).sorted()
        let top = Row(
            name: "", options: ArgumentParser.programOptions, operand: .words(first.sorted()),
            takesManyOperands: false)
        let whole = commands.map { command in
            let next = Self.words(behind: command.words, commands)
            return Row(
                name: command.name, options: command.allOptions,
                operand: next.isEmpty
                    ? command.operands.first.map { Candidates($0.value) } ?? .none : .words(next),
                takesManyOperands: command.operands.contains {
                    if case .any = $0.count { true } else { false }
                })
        }
        // `policy` alone is no command, but the beginning of some.
        let beginnings = Set(commands.flatMap { $0.words.indices.dropFirst().map($0.beginning) })
            .subtracting(commands.map(\.name))
            .map { name in
                Row(
                    name: name, options: Command.Option.common,
                    operand: .words(
                        Self.words(behind: name.split(separator: " ").map(String.init), commands)),
                    takesManyOperands: false)
            }
        rows =
            (whole + beginnings)
            .sorted { ($1.name.count, $0.name) < ($0.name.count, $1.name) } + [top]
    }

    /// The words that can follow these in the name of a command.
    private static func words(behind words: [String], _ commands: [Command]) -> [String] {
        let next = commands.filter { $0.words.count > words.count && $0.words.starts(with: words) }
            .map { $0.words[words.count] }
        return Set(next).sorted()
    }
}

extension CompletionPlan.Row {
    /// `--name`, and `-n` where there is one.
    var flags: [String] {
        options.flatMap { option in ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? []) }
    }

    /// Where a value stands: behind `--name=`, and for a value that must come as a word of its own too.
    var valued: [(places: [String], values: CompletionPlan.Candidates)] {
        options.compactMap { option in
            switch option.argument {
            case .none: nil
            case .required(_, let kind):
                (["--\(option.name)", "--\(option.name)="], CompletionPlan.Candidates(kind))
            case .optional(_, let kind): (["--\(option.name)="], CompletionPlan.Candidates(kind))
            }
        }
    }

    /// The arm of a `case` that bash and zsh share: `$current` is completed, `$before` is what stands
    /// before it, with the sign of `--name=`, and `$typed` are the words so far, a space behind each.
    func caseArm(reply: (CompletionPlan.Candidates) -> String) -> String {
        let beginning = name.isEmpty ? "" : name + " "
        let values = valued.map { option in
            "            \(option.places.joined(separator: " | "))) \(reply(option.values)); return ;;"
        }
        return """
                \(name.isEmpty ? "*" : "'\(beginning)'*"))
                    case $before in
            \(values.joined(separator: "\n"))
                    esac
                    if [[ $current == -* ]]; then
                        \(reply(.words(flags)))
                    elif [[ \(takesManyOperands ? "-n $typed" : "$typed == '\(beginning)'") ]]; then
                        \(reply(operand))
                    fi
                    ;;
            """
    }
}
