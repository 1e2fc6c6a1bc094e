import PiJSON
import PiSystem
import PiTesting
import Testing

/// `workspace.mode: direct` and `apply: on_success`: what is written comes into the workspace as the call ends.
@Suite(.timeLimit(.minutes(10))) struct DirectTests {
    private static let direct = "workspace: {mode: direct}"

    /// The program waits for as long as a test looks.
    private static func waiting(
        _ work: Layered, _ script: String, while look: () async throws -> Void
    ) async throws -> Program.Run {
        let out = work.person.home.appending("out")
        try await work.shell("mkdir \"$HOME/out\"")
        let policy = "\(Self.direct)\nfiles: {read: [\(out)]}"
        let wait = "echo ready; until test -e \(out)/go; do sleep 0.02; done"
        return try await EventLoop.run { loop in
            try await work.execution(RawText("\(script); \(wait)")!, policy: policy)
                .start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    try await look()
                    try await work.shell("touch \"$HOME/out/go\"")
                    return try await running.finish(on: loop)
                }
        }
    }

    @Test func `what is written is there after the call and not before, and nothing waits`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            let run = try await Self.waiting(work, "echo two >>a; mkdir d; echo x >d/x") {
                let seen = try await work.shell("cat a; ls")
                #expect(seen == "one\na\n")
            }
            #expect(run.code == 0)
            #expect(run.error == "")
            #expect(try await work.shell("cat a d/x; ls -A") == "one\ntwo\nx\na\nd\n")
            #expect(try await work.nothingWaits())
            let failed = try await work.execution("rm a; exit 7", policy: Self.direct).run()
            #expect(failed.code == 7)
            #expect(try await work.shell("ls") == "d\n")
        }
    }

    @Test func `what is protected, or somebody else's by now, is not touched and waits`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            var program = try work.execution("echo b >b; echo evil >CLAUDE.md", policy: Self.direct)
            program.arguments.insert("--json", at: 1)
            let result = try parse(try await program.run().output)
            #expect(result["applied"] == ["b"])
            #expect(result["waiting"]?["changes"]?.number?.int == 1)
            #expect(try await work.shell("ls; git init -q x; ls x") == "a\nb\n")
            #expect(try await work.asks("discard")["run"]?.string != nil)

            let run = try await Self.waiting(work, "echo theirs >>a; echo c >c") {
                try await work.shell("echo mine >a")
            }
            #expect(run.error.contains("nothing was applied: a: it was changed in the workspace"))
            #expect(run.error.contains("2 changes wait"))
            #expect(try await work.shell("cat a; ls") == "mine\na\nb\nx\n")
            #expect(try await work.ask("apply", "--only", "c").code == 0)
        }
    }

    @Test func `on_success applies what a program did that succeeded, and keeps the rest waiting`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            let policy = "workspace: {mode: overlay, apply: on_success}"
            #expect(try await work.execution("echo two >>a", policy: policy).run().error == "")
            #expect(try await work.shell("cat a") == "one\ntwo\n")
            let failed = try await work.execution("echo three >>a; exit 1", policy: policy).run()
            #expect(failed.error.contains("1 change waits"))
            #expect(try await work.shell("cat a") == "one\ntwo\n")
        }
    }
}
