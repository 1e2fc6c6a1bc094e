import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

@Suite struct UsageTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let typed: [RawText]
        let error: String

        init(_ typed: RawText..., error: String) {
            self.typed = typed
            self.error = error
        }

        var testDescription: String { typed.map(\.description).joined(separator: " ") }
    }

    @Test(arguments: [
        Case(
            error: """
                error: no command was given
                  = help: `pi-runner help` lists the commands

                """),
        Case(
            "hlep",
            error: """
                error: unknown command `hlep`
                  = help: did you mean `help`?

                """),
        Case(
            "zebra",
            error: """
                error: unknown command `zebra`
                  = help: the commands are `run`, `exec`, `ask`, `diff`, `apply`, `discard`, `undo`, `redo`, `ls`, `show`, `gc`, `session`, `models`, `auth`, `doctor`, `policy`, `help`, `completion` and `version`

                """),
        Case(
            "help", "--jsno",
            error: """
                error: unknown option `--jsno` of `pi-runner help`
                  = help: did you mean `--json`?

                """),
        Case(
            "--frobnicate",
            error: """
                error: unknown option `--frobnicate`
                  = help: `pi-runner help` lists the options

                """),
        Case(
            "help", "-x",
            error: """
                error: unknown option `-x` of `pi-runner help`
                  = help: `pi-runner help help` lists the options

                """),
        Case(
            "completion",
            error: """
                error: `pi-runner completion` needs `SHELL`
                  = help: `pi-runner help completion` shows how it is used

                """),
        Case(
            "completion", "bahs",
            error: """
                error: `SHELL` is `bash`, `zsh` or `fish`, not `bahs`
                  = help: did you mean `bash`?

                """),
        Case(
            "completion", "bash", "zsh",
            error: """
                error: `zsh` is one argument too many for `pi-runner completion`
                  = help: `pi-runner help completion` shows how it is used

                """),
        Case(
            "help", "--color",
            error: """
                error: `--color` needs a value: `--color WHEN`
                  = help: `pi-runner help help` shows how it is used

                """),
        Case(
            "help", "--color=purple",
            error: """
                error: `--color` is `auto`, `always` or `never`, not `purple`
                  = help: write one of `auto`, `always` or `never`

                """),
        Case(
            "help", "--man=yes",
            error: """
                error: `--man` takes no value
                  = help: `pi-runner help help` shows how it is used

                """),
        Case(
            "help", "--man", "--man",
            error: """
                error: `--man` was given twice
                  = help: `pi-runner help help` shows how it is used

                """),
        Case(
            "help", "exit-cods",
            error: """
                error: there is no help on `exit-cods`
                  = help: did you mean `exit-codes`?

                """),
        Case(
            "-v",
            error: """
                error: unknown option `-v`
                  = help: did you mean `-V`?

                """),
        Case(
            "exit-codes",
            error: """
                error: unknown command `exit-codes`
                  = help: did you mean `pi-runner help exit-codes`?

                """),
        Case(
            "completion", "--", "bash", "--json",
            error: """
                error: `--json` is one argument too many for `pi-runner completion`
                  = help: `pi-runner help completion` shows how it is used

                """),
        Case(
            "help", "--json=",
            error: """
                error: `--json=` needs a value: `--json=FILE`
                  = help: `pi-runner help help` shows how it is used

                """),
        Case(
            "help", "--man", "--schema", "version",
            error: """
                error: `--man` and `--schema` ask for different things
                  = help: give one of them

                """),
        Case(
            "help", "--schema",
            error: """
                error: `--schema` is about one command, and none was named
                  = help: name the command: `pi-runner help --schema COMMAND`

                """),
        Case(
            "help", "",
            error: """
                error: there is no help on ``
                  = help: `pi-runner help` lists the commands; `exit-codes` and codes such as `P0304` are topics too

                """),
        Case(
            "policy",
            error: """
                error: `pi-runner policy` needs another word
                  = help: write one of `policy check`, `policy diff`, `policy explain`, `policy groups`, \
                `policy new`, `policy schema`, `policy show` or `policy test`

                """),
        Case(
            "policy", "chekc", "x.yaml",
            error: """
                error: `chekc` is no command of `pi-runner policy`
                  = help: did you mean `policy check`?

                """),
        Case(
            "policy", "explain", "default", "--", "conect", "a.example.org:443",
            error: """
                error: `REQUEST` is `tool`, `command`, `read`, `write` or `connect`, not `conect`
                  = help: did you mean `connect`?

                """),
        Case(
            "policy", "explain", "--", "connect", "example.org",
            error: """
                error: `example.org` is no HOST:PORT
                  = help: write it like `example.org:443`

                """),
        Case(
            "help", "P0399",
            error: """
                error: there is no help on `P0399`
                  = help: did you mean `P0309`?

                """),
        Case(
            "\u{1B}[31mred",
            error: """
                error: unknown command `\\x1b[31mred`
                  = help: the commands are `run`, `exec`, `ask`, `diff`, `apply`, `discard`, `undo`, `redo`, `ls`, `show`, `gc`, `session`, `models`, `auth`, `doctor`, `policy`, `help`, `completion` and `version`

                """),
    ])
    private func `a mistake is named with its cure, on stderr, and nothing is done`(test: Case)
        async throws
    {
        var program = try Program.piRunner()
        program.arguments = test.typed
        let run = try await program.run()
        #expect(run.code == 2)
        #expect(run.error == test.error)
        #expect(run.output == "")
    }

    @Test func `arguments that are no text are shown as bytes`() async throws {
        var program = try Program.piRunner()
        program.arguments = [try #require(RawText([0x2D, 0x2D, 0xFF, 0x1B]))]
        let run = try await program.run()
        #expect(run.code == 2)
        #expect(run.error.hasPrefix("error: the option `--\\xff\\x1b` is not UTF-8 text\n"))
    }

    @Test(
        arguments: [
            ["help", "--color", "never", "version"], ["--color", "never", "help", "version"],
            ["help", "version", "--color=never"], ["version", "--help"], ["--help", "version"],
            ["version", "-h"],
        ] as [[RawText]])
    func `options may stand anywhere, and --help asks for help`(typed: [RawText]) async throws {
        var program = try Program.piRunner()
        program.arguments = typed
        let run = try await program.run()
        #expect(run.code == 0)
        #expect(run.output.hasPrefix("pi-runner version: print the versions"))
    }

    private static func command(_ name: String) -> Command {
        Command(
            name: name, summary: "", about: [],
            operands: [.init(name: "X", count: .any, summary: "", value: .text)],
            options: [
                .init(name: "out", short: "o", argument: .required("FILE", .file), summary: ""),
                .init(name: "all", short: "a", argument: .none, summary: ""),
            ],
            examples: [], exitCodes: [], result: [],
            perform: { _ in Outcome(exit: .ok, text: "", fields: []) })
    }

    @Test(
        arguments: [
            (["policy", "check", "a"], "policy check", ["a"]),
            (["policy", "--color", "never", "check", "a"], "policy check", ["a"]),
            (["--color=never", "policy", "a"], "policy", ["a"]),
            (["policy", "-ao", "file", "check"], "policy", ["check"]),
            (["policy", "-", "a"], "policy", ["-", "a"]),
            (["policy", "--", "-a", "check"], "policy", ["-a", "check"]),
        ] as [([RawText], String, [RawText])])
    func `a command of two words is found, and its arguments are those behind them`(
        typed: [RawText], name: String, operands: [RawText]
    ) throws {
        let commands = [Self.command("policy"), Self.command("policy check")]
        let arguments = try ArgumentParser.parse(typed, commands: commands)
        #expect(arguments.command.name == name)
        #expect(arguments.operands == operands)
    }

    @Test func `one word with a space in it is no command of two`() {
        let commands = [Self.command("policy"), Self.command("policy check")]
        #expect(throws: UsageError.self) {
            try ArgumentParser.parse(["policy check", "a"], commands: commands)
        }
    }

    @Test func `the value of an option may be any bytes`() throws {
        let odd = try #require(RawText([0x61, 0xFF]))
        for typed in [
            [RawText([0x2D, 0x6F, 0x61, 0xFF])!], ["-o", odd], ["--out", odd],
            [RawText(Array("--out=".utf8) + [0x61, 0xFF])!],
        ] {
            let arguments = try ArgumentParser.parse(
                ["policy"] + typed, commands: [Self.command("policy")])
            #expect(arguments.value(of: "out") == odd)
        }
    }

    @Test func `what stands behind two dashes is an argument`() async throws {
        #expect(try await Program.piRunner("completion", "--", "bash").run().code == 0)
        let run = try await Program.piRunner("help", "--", "version").run()
        #expect(run.output.hasPrefix("pi-runner version: "))
    }

    @Test func `a mistake is coloured or not as asked, wherever that stands`() async throws {
        let red = "\u{1B}[1;31merror"
        #expect(try await Program.piRunner("--color=always", "nope").run().error.hasPrefix(red))
        #expect(try await Program.piRunner("nope", "--color", "always").run().error.hasPrefix(red))
        #expect(
            try await Program.piRunner("nope", "--", "--color=always").run().error.hasPrefix(
                "error"))
    }

    @Test func `an argument of a hundred thousand bytes is cut where it is shown`() async throws {
        let long = RawText(String(repeating: "x", count: 100_000))!
        let run = try await Program.piRunner(long).run()
        #expect(run.code == 2)
        #expect(run.error.utf8.count < 400)
    }

    @Test func `a script that asks for JSON gets its mistakes as JSON too`() async throws {
        let run = try await Program.piRunner("help", "--json", "nothing").run()
        #expect(run.code == 2)
        let object = try parse(run.output)
        #expect(object["exit"] == ["code": 2, "name": "usage"])
        #expect(object["diagnostics"]?.array?.first?["severity"] == "error")

        // The command is named as soon as it is known, so that its schema holds for its mistakes too.
        let wrong = try await Program.piRunner("version", "x", "--json").run()
        #expect(
            try JSONSchema(VersionCommand.command.schema).faults(of: parse(wrong.output)) == [])

        let unknown = try await Program.piRunner("--json", "hlep").run()
        #expect(
            try parse(unknown.output)["diagnostics"]?.array?.first?["help"]
                == "did you mean `help`?")
    }
}
