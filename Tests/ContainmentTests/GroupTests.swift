import PiSystem
import PiTesting
import Testing

/// Groups are not among the walls: they would come along by themselves.
@Suite struct GroupTests {
    @Test func `the groups of whoever starts it do not come along`() async throws {
        try await World.with { world in
            try world.folder.makeFolder("work", mode: 0o755)
            try world.folder.makeFolder("pi-runner", mode: 0o755)
            try world.folder.folder("pi-runner", resolving: .noLinks).replace(
                "settings.yaml", with: Array("ids: {from: 1200000, count: 10000}\n".utf8),
                mode: 0o644)
            var run = try Program.built("pi-runner", [])
            run.arguments = ["exec", "--", "id", "-G"]
            let isRoot = UserID.current == .root
            if isRoot {
                // An ordinary user can't give groups up, and what they grant ends at the mounts.
                run.arguments =
                    ["--groups", "60123", "--", run.program.raw] + run.arguments
                run.program = "/usr/bin/setpriv"
            }
            run.folder = world.path.appending("work")
            run.environment = [
                RawText("HOME=\(world.path)")!, RawText("XDG_CONFIG_HOME=\(world.path)")!,
                RawText("XDG_STATE_HOME=\(world.path)/state")!, "PATH=/usr/bin:/bin",
            ]
            let outcome = try await run.run()
            #expect(outcome.code == 0, "\(outcome.error)")
            let groups = outcome.output.split(whereSeparator: \.isWhitespace)
            if isRoot { #expect(groups == ["0"]) } else { #expect(!groups.isEmpty) }
        }
    }
}
