import PiSystem
import PiTesting
import Testing

@testable import PiRunner

@Suite struct GoldenTests {
    private static let pages: [String] = [""] + HelpCommand.topics

    @Test(arguments: pages)
    func `a help page reads as reviewed, and fits a screen`(topic: String) async throws {
        var program = try Program.piRunner()
        program.arguments = ["help"] + topic.split(separator: " ").map { RawText(String($0))! }
        let page = try await program.run().output
        let name =
            topic.isEmpty ? "help" : "help-" + topic.split(separator: " ").joined(separator: "-")
        try Golden.expect(page, at: FilePath("Tests/CommandTests/Golden/\(name).txt")!)
        #expect(page.split(separator: "\n", omittingEmptySubsequences: false).count <= 45)
    }

    @Test(arguments: [""] + CommandTable.names)
    func `a man page is as installed, and without a fault`(name: String) async throws {
        let command = CommandTable.find(name)
        let source = ManPage.source(of: command)
        try Golden.expect(source, at: FilePath("docs/man/\(ManPage.fileName(of: command))")!)
        var lint = Program("/usr/bin/mandoc", ["-T", "lint", "-W", "warning"])
        lint.input = Array(source.utf8)
        let run = try await lint.run()
        // A date would make every build another one, so the pages have none.
        let faults = run.output.split(separator: "\n").filter { !$0.contains("missing date") }
        #expect(faults == [])
    }

    @Test(arguments: CompletionCommand.Shell.allCases)
    func `a completion script reads as reviewed`(shell: CompletionCommand.Shell) async throws {
        let run = try await Program.piRunner("completion", RawText(shell.rawValue)!).run()
        try Golden.expect(
            run.output, at: FilePath("Tests/CommandTests/Golden/completion.\(shell.rawValue)")!)
    }
}
