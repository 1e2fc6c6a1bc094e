import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// What each shell itself offers when Tab is pressed behind a line.
@Suite struct CompletionTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let offers: Set<String>
        var testDescription: String { line }
    }

    private static let firstWords = Set(CommandTable.commands.map(\.words[0]))

    private static let cases: [Case] = [
        Case(
            line: "pi-runner policy ",
            offers: ["check", "diff", "explain", "groups", "new", "schema", "show", "test"]),
        Case(line: "pi-runner policy gr", offers: ["groups"]),
        Case(line: "pi-runner policy groups ", offers: ["refresh"]),
        Case(line: "pi-runner policy new ci", offers: ["ci-fix"]),
        Case(line: "pi-runner ", offers: firstWords),
        Case(line: "pi-runner he", offers: ["help"]),
        Case(line: "pi-runner completion ", offers: ["bash", "zsh", "fish"]),
        Case(line: "pi-runner completion f", offers: ["fish"]),
        Case(line: "pi-runner completion bash ", offers: []),
        // A bare `--json` is whole: what follows is no file.
        Case(line: "pi-runner --json ", offers: firstWords),
        Case(line: "pi-runner completion --json ", offers: ["bash", "zsh", "fish"]),
        Case(line: "pi-runner help ", offers: Set(HelpCommand.firstWords)),
        Case(line: "pi-runner help --color ", offers: Set(ColorChoice.names)),
        Case(line: "pi-runner --color never help ", offers: Set(HelpCommand.firstWords)),
    ]

    @Test(arguments: cases)
    private func `bash offers what can come next`(test: Case) async throws {
        #expect(
            try await bash(test.line) == test.offers)
    }

    @Test(arguments: cases)
    private func `zsh offers what can come next`(test: Case) async throws {
        #expect(
            try await zsh(test.line) == test.offers)
    }

    @Test(arguments: cases)
    private func `fish offers what can come next`(test: Case) async throws {
        #expect(
            try await fish(test.line) == test.offers)
    }

    @Test(
        arguments: CommandTable.commands.flatMap { command in
            command.allOptions.map { (command.name, $0.name) }
        })
    func `each option of each command is completed in every shell`(command: String, option: String)
        async throws
    {
        let line = "pi-runner \(command) --\(option.dropLast())"
        #expect(try await bash(line).contains("--\(option)"))
        #expect(try await zsh(line).contains("--\(option)"))
        #expect(try await fish(line).contains { $0.hasPrefix("--\(option)") })
    }

    @Test(arguments: ["--json="])
    func `a file is completed behind an equals sign`(option: String) async throws {
        try await World.with { world in
            try world.write("", to: "result.json")
            let line = "pi-runner help \(option)\(world.path)/res"
            #expect(try await bash(line).contains { $0.hasSuffix("/result.json") })
            #expect(try await fish(line).contains { $0.hasSuffix("/result.json") })
        }
    }

    // MARK: - The shells

    private func words(of line: String) -> [String] {
        line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    }

    private func run(_ shell: FilePath, _ arguments: [RawText], _ script: String) async throws
        -> Set<String>
    {
        var program = Program(shell, arguments)
        program.input = Array(script.utf8)
        program.environment += [
            "HOME=/nonexistent", "XDG_CONFIG_HOME=/nonexistent", "XDG_DATA_HOME=/nonexistent",
        ]
        let run = try await program.run()
        #expect(run.error == "")
        return Set(
            run.output.split(separator: "\n").map { $0.split(separator: "\t")[0] }.map(String.init))
    }

    /// As readline does it: the line in words, `=` one of its own, and the function called.
    private func bash(_ line: String) async throws -> Set<String> {
        let parts = words(of: line).flatMap { word -> [String] in
            guard let equals = word.firstIndex(of: "=") else { return [word] }
            return [String(word[..<equals]), "=", String(word[word.index(after: equals)...])]
        }
        let quoted = parts.map { "'\($0)'" }.joined(separator: " ")
        return try await run(
            "/bin/bash", ["--norc", "-s"],
            BashCompletion.script(CommandTable.commands) + """

                COMP_WORDS=(\(quoted)); COMP_CWORD=\(parts.count - 1)
                _pi_runner
                printf '%s\\n' "${COMPREPLY[@]}"
                """)
    }

    /// With the one builtin that hands candidates over replaced by one that prints those that fit.
    private func zsh(_ line: String) async throws -> Set<String> {
        let quoted = words(of: line).map { "'\($0)'" }.joined(separator: " ")
        return try await run(
            "/bin/zsh", ["-f", "-s"],
            """
            compdef() { :; }
            compset() { :; }
            compadd() { shift; local word; for word; do [[ $word == ${words[CURRENT]}* ]] && print -- $word; done; true; }
            \(ZshCompletion.script(CommandTable.commands))
            complete_it() { local -a words=(\(quoted)); local CURRENT=\(words(of: line).count); _pi_runner; }
            complete_it
            """)
    }

    private func fish(_ line: String) async throws -> Set<String> {
        try await run(
            "/usr/bin/fish", ["--no-config"],
            FishCompletion.script(CommandTable.commands) + "\ncomplete -C '\(line)'\n")
    }
}
