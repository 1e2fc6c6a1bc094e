import PiJSON
import PiPolicy
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// The policy commands as a person uses them, in a project of their own.
@Suite struct PolicyCommandTests {
    private func run(
        in world: borrowing World, _ arguments: RawText..., environment: [RawText] = []
    ) async throws -> Program.Run {
        var program = try Program.piRunner()
        program.arguments = arguments
        program.folder = world.path
        program.environment =
            environment + [RawText("HOME=\(world.path)/home")!, "PATH=/usr/bin:/bin"]
        return try await program.run()
    }

    @Test func `a mistake is shown with its line, a caret and a cure, and nothing else`()
        async throws
    {
        try await World.with { world in
            try world.write("version: 1\nname: x\nlimits: {wall: 60}\n", to: "a.yaml")
            let run = try await run(in: world, "policy", "check", "a.yaml")
            #expect(run.code == 3)
            #expect(run.output == "a.yaml: 1 error\n")
            #expect(
                run.error == """
                    error[P0205]: `limits.wall` has a number without a unit
                     --> a.yaml:3:16
                      |
                    3 | limits: {wall: 60}
                      |                ^^ 60 what?
                      |
                      = help: write `60s`, `60m`, `60h` or the like

                    """)
        }
    }

    @Test func `JSON has the place in lines, columns and bytes`() async throws {
        try await World.with { world in
            try world.write("version: 1\nname: x\nname: y\n", to: "a.yaml")
            let run = try await run(in: world, "policy", "check", "--json", "a.yaml")
            let message = try #require(try parse(run.output)["diagnostics"]?.array?.first)
            #expect(message["code"] == "P0110")
            #expect(message["at"]?["line"] == 3 && message["at"]?["column"] == 1)
            #expect(message["bytes"] == [19, 23])
            #expect(message["also"]?.array?.first?["at"]?["line"] == 2)
        }
    }

    @Test func `strict takes warnings for errors, and so does CI`() async throws {
        try await World.with { world in
            try world.write(
                "version: 1\nname: x\nenvironment: {pass: [API_TOKEN]}\n", to: "a.yaml")
            #expect(try await run(in: world, "policy", "check", "a.yaml").code == 0)
            #expect(try await run(in: world, "policy", "check", "--strict", "a.yaml").code == 3)
            let inCI = try await run(
                in: world, "policy", "check", "a.yaml", environment: ["CI=true"])
            #expect(inCI.code == 3)
            #expect(inCI.error.hasPrefix("error[W0605]"))
        }
    }

    @Test func `a workspace's own policy bounds what is asked in it`() async throws {
        try await World.with { world in
            try world.folder.makeFolder(".pi-runner", mode: 0o755)
            try world.folder.folder(".pi-runner", resolving: .noLinks).replace(
                "policy.yaml", with: Array("version: 1\nname: own\ntools: {bash: deny}\n".utf8),
                mode: 0o644)
            let run = try await run(
                in: world, "policy", "explain", "default", "--", "command", "make", "test",
                environment: ["HOME=/dev/null"])
            #expect(run.code == 0)
            #expect(run.output.hasPrefix("deny: running `make test`\n"))
            #expect(run.output.contains(".pi-runner/policy.yaml:3:15"))

            try world.folder.folder(".pi-runner", resolving: .noLinks).replace(
                "policy.yaml", with: Array("version: 1\nname: own\nsecrets: {}\n".utf8), mode: 0o644
            )
            let broken = try await self.run(
                in: world, "policy", "check", "default", environment: ["HOME=/dev/null"])
            #expect(broken.code == 3)
        }
    }

    @Test func `a ceiling that others may change is refused`() async throws {
        try await World.with { world in
            let ceiling = Array("version: 1\nname: ceiling\nlimits: {wall: 1s}\n".utf8)
            let store = PolicyStore(
                userFolder: nil, hostFolder: world.path,
                surroundings: .init(workspace: "/home/u/p", home: "/home/u"))
            try world.folder.replace("ceiling.yaml", with: ceiling, mode: 0o644)
            let loaded = try store.load("default", bounds: [], strict: false)
            #expect(loaded.resolved?.value["limits"]?["wall"]?.shown == "1s")
            #expect(loaded.diagnostics.first?.code == "W0402")
            _ = try await Program("/bin/chmod", ["666", world.path.appending("ceiling.yaml").raw])
                .run()
            #expect(throws: PolicyUnreadable.self) {
                try store.load("default", bounds: [], strict: false)
            }
        }
    }

    @Test func `a ceiling names only groups that the host itself knows`() async throws {
        try await World.with { world in
            for name: FilePath in ["host", "host/policies", "user", "user/policies"] {
                try world.folder.makeFolder(name, mode: 0o755)
            }
            let groups = Array("version: 1\ngroups: {mirror: {hosts: [m.example.org]}}\n".utf8)
            let ceiling = "version: 1\nname: c\nnetwork: {allow: {a: {hosts: [\"@mirror\"]}}}\n"
            try world.folder.folder("host", resolving: .noLinks)
                .replace("ceiling.yaml", with: Array(ceiling.utf8), mode: 0o644)
            try world.folder.folder("user/policies", resolving: .noLinks)
                .replace("groups.yaml", with: groups, mode: 0o644)
            let store = PolicyStore(
                userFolder: world.path.appending("user"), hostFolder: world.path.appending("host"),
                surroundings: .init(workspace: "/home/u/p", home: "/home/u"))
            #expect(throws: PolicyUnreadable.self) {
                try store.load("default", bounds: [], strict: false)
            }
            try world.folder.folder("host/policies", resolving: .noLinks)
                .replace("groups.yaml", with: groups, mode: 0o644)
            #expect(try store.load("default", bounds: [], strict: false).resolved != nil)
        }
    }

    @Test func `a new policy is written once, called by its file, and valid`() async throws {
        try await World.with { world in
            let written = try await run(in: world, "policy", "new", "default", "mine.yaml")
            #expect(written.code == 0)
            #expect(try world.read("mine.yaml").contains("\nname: mine\n"))
            #expect(try await run(in: world, "policy", "check", "mine.yaml").code == 0)
            let again = try await run(in: world, "policy", "new", "default", "mine.yaml")
            #expect(again.code == 1)
            #expect(again.error.contains("File exists"))
        }
    }

    @Test func `groups are what this host's clients say, and what was written by hand stays`()
        async throws
    {
        try await World.with { world in
            let folder = world.path.appending("bin")
            try world.folder.makeFolder("bin", mode: 0o755)
            try world.folder.folder("bin", resolving: .noLinks).replace(
                "npm",
                with: Array("#!/bin/sh\necho https://user:key@mirror.example.org:8443/npm/\n".utf8),
                mode: 0o755)
            let path = RawText("PATH=\(folder)")!
            for name: FilePath in [
                "home", "home/.config", "home/.config/pi-runner", "home/.config/pi-runner/policies",
            ] {
                try world.folder.makeFolder(name, mode: 0o755)
            }
            try Folder.open(
                world.path.appending("home/.config/pi-runner/policies"), resolving: .anything
            )
            .replace(
                "groups.yaml",
                with: Array("version: 1\ngroups: {swift: {hosts: [packages.example.org]}}\n".utf8),
                mode: 0o644)
            let refreshed = try await run(
                in: world, "policy", "groups", "refresh", "--json", environment: [path])
            let groups = try parse(refreshed.output)["groups"]?.array ?? []
            #expect(groups.compactMap { $0["name"]?.string } == ["swift", "node"])
            #expect(groups.last?["hosts"] == ["mirror.example.org"])

            try world.write(
                "version: 1\nname: x\nnetwork: {allow: {a: {hosts: [\"@node\", \"@swift\"]}}}\n",
                to: "a.yaml")
            let allowed = try await run(
                in: world, "policy", "explain", "a.yaml", "--", "connect", "mirror.example.org:443")
            #expect(allowed.output.hasPrefix("allow: "))
        }
    }

    @Test func `what a policy allows more is told`() async throws {
        try await World.with { world in
            try world.write(
                "version: 1\nname: x\nlimits: {wall: 1m}\ntools: {bash: ask}\n", to: "a.yaml")
            try world.write(
                "version: 1\nname: x\nlimits: {wall: 60s, cpu: 30s}\ntools: {bash: allow}\n",
                to: "b.yaml")
            let run = try await run(in: world, "policy", "diff", "a.yaml", "b.yaml")
            #expect(
                run.output == """
                    wider:
                      tools.bash.decision: was ask, is allow (b.yaml:4:15)
                    narrower:
                      limits.cpu: 30s is new (b.yaml:3:26)

                    """)
        }
    }

    @Test func `what is in force can be read again as a policy`() async throws {
        try await World.with { world in
            let shown = try await run(in: world, "policy", "show", "--resolved", "default")
            try world.write(shown.output, to: "again.yaml")
            let digest = shown.output.split(separator: "\n")[0].dropFirst(2)
            let checked = try await run(in: world, "policy", "check", "again.yaml")
            #expect(checked.output.contains(digest))
        }
    }

    @Test func `a name with a control character is shown as marks`() async throws {
        try await World.with { world in
            let run = try await run(in: world, "policy", "check", "\u{1B}[31mred.yaml")
            #expect(run.code == 3)
            #expect(!run.error.contains("\u{1B}") && run.error.contains("\\x1b[31mred.yaml"))
        }
    }
}
