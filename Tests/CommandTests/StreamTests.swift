import PiJSON
import PiSystem
import PiTesting
import Testing

@Suite struct StreamTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let script: RawText
        let code: Int32
        let error: String
        var testDescription: String { script.description }
    }

    @Test(arguments: [
        Case(
            script: "$pi help >/dev/full", code: 1,
            error: """
                error: cannot write standard output: No space left on device (ENOSPC)
                  = help: free some space on that file system

                """),
        Case(
            script: "$pi help >&-", code: 1,
            error: """
                error: cannot write standard output: Bad file descriptor (EBADF)
                  = help: it is closed, or open for the other direction only

                """),
        Case(
            script: "$pi help --json=/proc >/dev/null", code: 1,
            error: """
                error: cannot write /proc: Is a directory (EISDIR)
                  = help: a folder stands where a file is meant; name a file

                """),
        Case(
            script: "$pi help --json=/missing/file >/dev/null", code: 1,
            error: """
                error: cannot write /missing/file: No such file or directory (ENOENT)
                  = help: check the spelling, and that each folder of the path exists

                """),
        // The reader has seen enough: that is no failure, and nothing to talk about.
        Case(script: "$pi help | :; exit ${PIPESTATUS[0]}", code: 0, error: ""),
        Case(script: "$pi help | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}", code: 0, error: ""),
        // Nobody can be told, but the code still says it.
        Case(script: "$pi hlep 2>&-", code: 2, error: ""),
        Case(script: "$pi hlep 2>/dev/full", code: 2, error: ""),
        Case(script: "$pi help <&- >/dev/null", code: 0, error: ""),
    ])
    private func `a stream that fails has its sentence and its exit code`(test: Case) async throws {
        let run = try await Program.shell(test.script).run()
        #expect(run.code == test.code)
        #expect(run.error == test.error)
    }

    @Test func `an error message never ends up in a file that took a closed stream's number`()
        async throws
    {
        try await World.with { world in
            let run = try await Program.shell(
                RawText("cd \(world.path); $pi version --json=result.json 2>&- >&-; echo $?")!
            ).run()
            #expect(run.output == "1\n")
            // Written before the failure of stdout or not at all, and never mixed with a message.
            if try world.folder.names(limit: 10).contains("result.json") {
                #expect(try parse(world.read("result.json"))["command"] == "version")
            }
        }
    }

    @Test func `a file that may not be written is left alone, and the message says whose it is`()
        async throws
    {
        try await World.with { world in
            try world.folder.makeFolder("closed", mode: 0o555)
            let file = world.path.appending("closed/result.json")
            let run = try await Program.piRunner("version", RawText("--json=\(file)")!)
                .asOrdinaryUser.run()
            #expect(run.code == 1)
            #expect(
                run.error.hasPrefix("error: cannot write \(file): Permission denied (EACCES)\n"))
        }
    }

    @Test func `colours are for terminals that want them`() async throws {
        let pi = try Program.piRunner().program
        /// Through script(1), which gives the program a terminal.
        func typed(_ command: String) async throws -> String {
            let program = Program("/usr/bin/script", ["-qec", RawText(command)!, "/dev/null"])
            return try await program.run().output
        }
        let red = "\u{1B}[1;31merror\u{1B}[0m"
        #expect(try await typed("\(pi) hlep").contains(red))
        #expect(try await !typed("env NO_COLOR=1 \(pi) hlep").contains("\u{1B}"))
        #expect(try await typed("env NO_COLOR= \(pi) hlep").contains(red))
        #expect(try await !typed("env TERM=dumb \(pi) hlep").contains("\u{1B}"))
        #expect(try await !typed("\(pi) help nothing --color never").contains("\u{1B}"))
        #expect(
            try await Program.piRunner("help", "nothing").run().error.contains("\u{1B}") == false)
        let forced = try await Program.piRunner("help", "nothing", "--color", "always").run()
        #expect(forced.error.contains(red))
    }

    @Test(arguments: [24, 40, 60, 100])
    func `help fits the terminal it is shown on`(columns: Int) async throws {
        let pi = try Program.piRunner().program
        let command = RawText("stty cols \(columns); \(pi) help exit-codes")!
        let run = try await Program("/usr/bin/script", ["-qec", command, "/dev/null"]).run()
        let lines = run.output.split(whereSeparator: \.isNewline)
        #expect(lines.count > 20)
        #expect(lines.allSatisfy { $0.count <= columns || !$0.contains(" ") })
    }
}
