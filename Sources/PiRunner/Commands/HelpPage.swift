import PiPolicy

/// Pages for the terminal.
///
/// One screen each: who wants more reads the man page.
enum HelpPage {
    static func program(columns: Int) -> String {
        var page = Layout(columns: columns)
        page.paragraph(
            "pi-runner runs AI agents that you do not trust on machines that you care about.")
        page.blank()
        page.paragraph("usage: pi-runner COMMAND [OPTION]... [ARGUMENT]...")
        page.section("commands", rows)
        page.section("options", ArgumentParser.programOptions.map { ($0.fullSpelling, $0.summary) })
        page.section(
            "examples",
            CommandTable.commands.prefix(4).compactMap(\.examples.first).map {
                ($0.line, $0.summary)
            })
        page.blank()
        page.paragraph("`pi-runner help COMMAND` has more on each of them.")
        return page.text
    }

    /// A line a command; those of a large family share one.
    private static var rows: [(String, String)] {
        let families = Dictionary(grouping: CommandTable.commands) { $0.words[0] }
        var folded: Set<String> = []
        return CommandTable.commands.compactMap { command in
            let word = command.words[0]
            guard let family = families[word], family.count > 2 else {
                return (command.name, command.summary)
            }
            guard folded.insert(word).inserted else { return nil }
            let words = family.filter { $0.wordCount == 2 }.map { $0.words[1] }
                .joined(separator: ", ")
            return (word, command.wordCount == 1 ? "\(command.summary); \(words)" : words)
        }
    }

    private static let mostCodes = 10

    static func command(_ command: Command, columns: Int) -> String {
        var page = Layout(columns: columns)
        page.paragraph("pi-runner \(command.name): \(command.summary)")
        page.blank()
        page.paragraph("usage: \(command.usage)")
        for paragraph in command.about {
            page.blank()
            page.paragraph(paragraph)
        }
        page.section("arguments", command.operands.map { ($0.name, $0.summary) })
        page.section("options", command.allOptions.map { ($0.fullSpelling, $0.summary) })
        page.section("examples", command.examples.map { ($0.line, $0.summary) })
        let codes = command.allExitCodes
        if codes.count <= mostCodes {
            page.section("exit codes", codes.map { ("\($0.rawValue)", $0.meaning) })
        } else {
            // Their meanings would take half of the screen.
            page.blank()
            page.paragraph(
                "exit codes: \(codes.map { "\($0.rawValue)" }.joined(separator: " ")); `pi-runner help exit-codes` explains them"
            )
        }
        return page.text
    }

    /// Commands whose names begin with the same word.
    static func family(_ word: String, _ commands: [Command], columns: Int) -> String {
        var page = Layout(columns: columns)
        page.paragraph("The commands that begin with `pi-runner \(word)`.")
        page.section("commands", commands.map { ($0.name, $0.summary) })
        page.section(
            "examples", commands.compactMap(\.examples.first).map { ($0.line, $0.summary) })
        return page.text
    }

    static func code(_ code: DiagnosticCode, columns: Int) -> String {
        var page = Layout(columns: columns)
        let kind = code.rawValue.hasPrefix("W") ? "a warning" : "an error"
        page.paragraph("\(code.rawValue), \(kind): \(code.title)")
        page.blank()
        page.paragraph(code.page.why)
        page.block("wrong", code.page.wrong)
        page.block("right", code.page.right)
        return page.text
    }

    static func exitCodes(columns: Int) -> String {
        var page = Layout(columns: columns)
        page.paragraph("The exit codes of pi-runner, and the names that `--json` gives them.")
        page.section(
            "exit codes",
            ExitCode.allCases.map { ("\($0.rawValue)", "\($0.name): \($0.meaning)") })
        page.blank()
        page.paragraph(
            """
            `exec` passes on the code of the program that it ran, which may be any of these. Whose code it \
            is stands in the JSON as `exit.by`. 128+n means that signal n ended the program.
            """)
        return page.text
    }

    static func stream(columns: Int) -> String {
        var page = Layout(columns: columns)
        page.paragraph(
            "What `pi-runner run --output-format stream-json` prints: a JSON object in each line, by its `type`."
        )
        page.section("types", StreamSchema.lines.map { ($0.name, $0.summary) })
        page.blank()
        page.paragraph(
            """
            Names and values may be added at any time. `pi-runner help --schema stream-json` prints the JSON \
            Schema (2020-12) of a line.
            """)
        return page.text
    }
}
