import PiJSON
import PiSystem
import PiTesting

/// A person's work, and what they ask about a run whose writes wait.
struct Layered {
    let person: ExecWorld

    init(in world: borrowing World, _ files: [String: String] = [:]) throws {
        person = try ExecWorld(in: world)
        for (name, text) in files {
            try ExecWorld.write(text, to: person.work.appending(FilePath(name)!))
        }
    }

    init(of person: ExecWorld) { self.person = person }

    /// A script in the sandbox.
    func execution(
        _ script: RawText, _ options: [RawText] = [],
        policy text: String = "workspace: {mode: overlay}"
    ) throws -> Program {
        let policy = try person.write(policy: text)
        return try person.exec(["--policy", policy] + options, ["bash", "-c", script])
    }

    @discardableResult func exec(
        _ script: RawText, _ options: [RawText] = []
    ) async throws -> Program.Run {
        try await execution(script, options).run()
    }

    /// A script of the person's own, in their folder.
    @discardableResult func shell(_ script: RawText) async throws -> String {
        var shell = Program("/bin/bash", ["-c", script])
        shell.folder = person.work
        shell.environment = ["PATH=/usr/bin:/bin", RawText("HOME=\(person.home)")!]
        return try await shell.run().output
    }

    /// Another command, in the same place.
    func program(_ words: [RawText]) throws -> Program {
        var program = try person.exec([], [])
        program.arguments = words
        return program
    }

    @discardableResult func ask(_ words: RawText...) async throws -> Program.Run {
        try await program(words).run()
    }

    func asks(_ words: RawText...) async throws -> JSONValue {
        try parse(await program(words + ["--json"]).run().output)
    }

    /// Whatever there is, with kind, mode, target and contents; times and inodes are left out.
    static let look = """
        find . -mindepth 1 -printf '%P %y %m %l ' \
        \\( -type f -exec sh -c 'sha256sum <"$1"' sh {} \\; -o -printf '\\n' \\) | sort
        """

    func tree() async throws -> String { try await shell(RawText(Self.look)!) }

    /// No layer, no note, no journal.
    func nothingWaits() async throws -> Bool {
        let left = try await shell(
            RawText(
                "cd \(person.home)/state/pi-runner && find . -name layers -o -name base.json -o -name lock -o -path './waiting/*' -o -path './applying/*'"
            )!)
        return left.isEmpty
    }
}
