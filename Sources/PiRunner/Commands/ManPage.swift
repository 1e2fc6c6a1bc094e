/// Man pages, from the same table as everything else.
enum ManPage {
    /// The page of one command, or of the whole program.
    static func source(of command: Command?) -> String {
        command.map(page) ?? program
    }

    /// As installed: `pi-runner.1`, `pi-runner-help.1`.
    static func fileName(of command: Command?) -> String {
        (command.map(dashed) ?? "pi-runner") + ".1"
    }

    private static var program: String {
        var page = Roff(title: "PI-RUNNER")
        page.section("NAME")
        page.text("pi-runner - run AI agents that you do not trust on machines that you care about")
        page.section("SYNOPSIS")
        page.text("pi-runner COMMAND [OPTION]... [ARGUMENT]...")
        page.section("DESCRIPTION")
        page.text(
            """
            Every command has --help and --json. Results go to standard output, everything else to \
            standard error.
            """)
        page.section("COMMANDS")
        for command in CommandTable.commands { page.item(command.name, command.summary) }
        page.section("OPTIONS")
        for option in ArgumentParser.programOptions {
            page.item(option.fullSpelling, option.summary)
        }
        page.section("EXAMPLES")
        for example in CommandTable.commands.compactMap(\.examples.first) {
            page.item(example.line, example.summary)
        }
        page.section("EXIT STATUS")
        for code in ExitCode.allCases { page.item("\(code.rawValue) \(code.name)", code.meaning) }
        page.section("ENVIRONMENT")
        page.item("NO_COLOR", "if set and not empty, messages have no colours")
        page.item("TERM", "if it is dumb, messages have no colours")
        page.section("SEE ALSO")
        page.text(CommandTable.commands.map { "\(dashed($0))(1)" }.joined(separator: ", "))
        return page.source
    }

    private static func page(of command: Command) -> String {
        var page = Roff(title: dashed(command).uppercased())
        page.section("NAME")
        page.text("\(dashed(command)) - \(command.summary)")
        page.section("SYNOPSIS")
        page.text(command.usage)
        page.section("DESCRIPTION")
        page.paragraphs(command.about)
        if !command.operands.isEmpty {
            page.section("ARGUMENTS")
            for operand in command.operands { page.item(operand.name, operand.summary) }
        }
        page.section("OPTIONS")
        for option in command.allOptions { page.item(option.fullSpelling, option.summary) }
        page.section("EXAMPLES")
        for example in command.examples { page.item(example.line, example.summary) }
        page.section("EXIT STATUS")
        for code in command.allExitCodes { page.item("\(code.rawValue)", code.meaning) }
        page.section("SEE ALSO")
        page.text("pi-runner(1)")
        return page.source
    }

    private static func dashed(_ command: Command) -> String {
        (["pi-runner"] + command.words).joined(separator: "-")
    }
}

/// The little of man(7) that is needed.
private struct Roff {
    private(set) var source: String

    init(title: String) {
        source = ".TH \(title) 1 \"\" \"pi-runner \(VersionCommand.version)\"\n"
    }

    mutating func section(_ name: String) {
        source += ".SH \(name)\n"
    }

    mutating func text(_ text: String) {
        source += Self.escaped(text) + "\n"
    }

    mutating func paragraphs(_ paragraphs: [String]) {
        for (place, paragraph) in paragraphs.enumerated() {
            if place > 0 { source += ".PP\n" }
            text(paragraph)
        }
    }

    mutating func item(_ term: String, _ meaning: String) {
        source += ".TP\n\\fB\(Self.escaped(term))\\fR\n"
        text(meaning)
    }

    /// A dash that can be copied, and no line that troff would take for a request.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            default: escaped.append(character)
            }
        }
        return escaped.first == "." || escaped.first == "'" ? "\\&" + escaped : escaped
    }
}
