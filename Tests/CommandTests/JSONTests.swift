import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

func parse(_ text: String) throws -> JSONValue {
    try JSONReader.read(text, .exact(sizeLimit: 1 << 20)).value
}

@Suite struct JSONTests {
    /// A way to call each command that succeeds.
    ///
    /// A command without one fails the test below.
    private static let calls: [String: [RawText]] = [
        "help": ["help"], "completion": ["completion", "zsh"], "version": ["version"],
    ]

    @Test(arguments: CommandTable.names)
    func `every command has --json, and its own schema accepts it`(name: String) async throws {
        let call = try #require(Self.calls[name], "add a way to call it above")
        var program = try Program.piRunner()
        program.arguments = call + ["--json"]
        let run = try await program.run()
        #expect(run.code == 0)
        #expect(run.error == "")

        program.arguments =
            ["help", "--schema"] + name.split(separator: " ").map { RawText(String($0))! }
        let schema = try parse(try await program.run().output)
        #expect(JSONSchemaCheck.faults(of: try parse(run.output), under: schema) == [])
        // The check can see a fault.
        #expect(!JSONSchemaCheck.faults(of: [:], under: schema).isEmpty)
        #expect(!JSONSchemaCheck.faults(of: ["version": "1"], under: schema).isEmpty)
    }

    @Test func `the JSON goes to a file, whole, and the text to stdout as ever`() async throws {
        try await World.with { world in
            let file = world.path.appending("result.json")
            let run = try await Program.piRunner("version", RawText("--json=\(file)")!).run()
            #expect(run.output.hasPrefix("pi-runner "))
            #expect(try parse(world.read("result.json"))["command"] == "version")
            #expect(try world.folder.names(limit: 10) == ["result.json"])
        }
    }

    @Test func `the JSON goes into a pipe or device that is named`() async throws {
        let run = try await Program.shell("$pi version --json=/dev/fd/3 3>&1 >/dev/null").run()
        #expect(try parse(run.output)["program"]?.string == VersionCommand.version)
    }
}
