/// Completion for fish 3 and newer.
enum FishCompletion {
    static func script(_ commands: [Command]) -> String {
        let plan = CompletionPlan(commands)
        let names = plan.rows.map(\.name).filter { !$0.isEmpty }
        return """
            # fish completion for pi-runner; made by `pi-runner completion fish`
            function __pi_runner_command
                set -l words (commandline -opc)
                set -l named
                for i in (seq 2 (count $words))
                    contains -- $words[(math $i - 1)] \(plan.takingNextWord.joined(separator: " "))
                    or string match --quiet -- '-*' $words[$i]
                    or set -a named $words[$i]
                end
                for name in \(names.map { "'\($0)'" }.joined(separator: " "))
                    if string match --quiet -- "$name *" "$named "
                        test "$argv[1]" = "$name"
                        or test "$argv[1]" = "$name alone" -a "$named" = "$name"
                        return
                    end
                end
                test -z "$argv[1]"
            end
            complete -c pi-runner -f
            \(plan.rows.map(lines).joined(separator: "\n"))

            """
    }

    private static func lines(_ row: CompletionPlan.Row) -> String {
        let start = "complete -c pi-runner -n '__pi_runner_command \"\(row.name)\"'"
        let options = row.options.map { option in
            "\(start) -l \(option.name)\(option.short.map { " -s \($0)" } ?? "")"
                + "\(argument(option.argument)) -d \(quoted(option.summary))"
        }
        // Only the first argument, unless there may be many.
        let alone = row.name.isEmpty || row.takesManyOperands ? row.name : row.name + " alone"
        let first = "complete -c pi-runner -n '__pi_runner_command \"\(alone)\"'"
        let operand =
            switch row.operand {
            case .none: [String]()
            case .files: ["\(first) -F"]
            case .filesOr(let words):
                ["\(first) -F -a \(quoted(words.joined(separator: " ")))"]
            case .words(let words):
                ["\(first) -a \(quoted(words.joined(separator: " ")))"]
            }
        return (options + operand).joined(separator: "\n")
    }

    private static func argument(_ argument: Command.Option.Argument) -> String {
        switch argument {
        case .none: return ""
        case .required(_, let kind), .optional(_, let kind):
            let takesNext = if case .required = argument { " -x" } else { "" }
            return switch CompletionPlan.Candidates(kind) {
            case .none: takesNext
            case .files: takesNext.isEmpty ? " -F" : " -r -F"
            case .filesOr(let words):
                (takesNext.isEmpty ? " -F" : " -r -F")
                    + " -a \(quoted(words.joined(separator: " ")))"
            case .words(let words): takesNext + " -a \(quoted(words.joined(separator: " ")))"
            }
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
            + "'"
    }
}
