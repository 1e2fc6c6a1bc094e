import Testing

@testable import PiRunner

@Suite struct ExitCodeTests {
    @Test func `names are different, and so are meanings`() {
        #expect(Set(ExitCode.allCases.map(\.name)).count == ExitCode.allCases.count)
        #expect(Set(ExitCode.allCases.map(\.meaning)).count == ExitCode.allCases.count)
    }

    @Test(arguments: CommandTable.commands.map(\.name))
    func `every command says how it can end, and success is one way`(name: String) throws {
        let command = try #require(CommandTable.find(name))
        #expect(command.allExitCodes.first == .ok)
        #expect(Set(command.allExitCodes).count == command.allExitCodes.count)
        #expect(!command.examples.isEmpty)
        #expect(command.summary.last != ".")
    }
}
