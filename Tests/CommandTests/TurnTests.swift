import PiJSON
import PiSystem
import PiTesting
import Testing

/// `exec --run`, `undo` and `redo`: one run, in turns.
@Suite(.timeLimit(.minutes(10))) struct TurnTests {
    @Test func `a turn sees what those before it wrote, and each can be taken back`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n", "b": "b\n"])
            var seen: [String] = [try await work.tree()]
            let scripts = [
                "echo two >>a; mkdir d; echo x >d/x; rm b", "echo three >>a; rm -r d; echo b2 >b",
                "echo four >>a; mkdir d; echo y >d/y; chmod 700 d",
            ]
            for (turn, script) in scripts.enumerated() {
                let run = try await work.exec(
                    RawText("\(script); \(Layered.look)")!, turn == 0 ? [] : ["--run", "last"])
                seen.append(run.output)
                #expect(run.code == 0, "\(run.error)")
            }
            #expect(try await work.shell("cat a") == "one\n")
            // To look at a run again is a turn that nothing comes of.
            func look() async throws -> String {
                try await work.exec(RawText(Layered.look)!, ["--run", "last"]).output
            }
            #expect(try await look() == seen[3])
            for turn in [2, 1] {
                #expect(try await work.asks("undo")["left"]?.number?.int == turn)
                let now = try await work.exec(RawText(Layered.look)!, ["--run", "last"])
                #expect(now.output == seen[turn], "\(now.code) \(now.error)")
            }
            #expect(try await work.asks("redo")["changes"]?.number?.int == 2)
            #expect(try await look() == seen[2])
            let back = try await work.ask("undo", "9")
            #expect(back.output.contains("took back 2 turns") && back.output.contains("0 left"))
            #expect(try await work.ask("undo").code == 1)
            #expect(try await work.ask("redo", "3").output.contains("brought again 3 turns"))
            #expect(try await work.ask("redo").code == 1)
            // What is written now takes the place of what was taken back.
            #expect(try await work.ask("undo").code == 0)
            let inside = try await work.exec(
                RawText("echo other >>a; \(Layered.look)")!, ["--run", "last"])
            #expect(try await work.ask("redo").code == 1)
            #expect(try await work.ask("apply").code == 0)
            #expect(try await work.tree() == inside.output)
            #expect(try await work.nothingWaits())
        }
    }

    @Test func `what a person saved before a turn is the base of that turn`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n", "b": "two\n", "c": "three\n"])
            try await work.exec("echo theirs >>a")
            try await work.shell("echo mine >>b; echo mine >>c; sleep 0.03")
            let run = try await work.exec("echo theirs >>b; cat b", ["--run", "last"])
            #expect(run.output == "two\nmine\ntheirs\n")
            #expect(try await work.ask("apply").error == "")
            #expect(
                try await work.shell("cat a b c") == "one\ntheirs\ntwo\nmine\ntheirs\nthree\nmine\n"
            )
        }
    }

    @Test func `a run goes on only where it was, under a policy that lets it, and one at a time`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            #expect(try await work.exec("true", ["--run", "last"]).code == 125)
            try await work.exec("echo two >>a; echo evil >CLAUDE.md")
            let plain = try await work.person.exec(["--run", "last"], ["true"]).run()
            #expect(plain.code == 125)
            #expect(plain.error.contains("no run can go on"))
            #expect(
                try await work.exec("true", ["--run", "zz"]).error.contains("there is no one run"))
            try await EventLoop.run { loop in
                try await work.execution(
                    "echo three >>a; echo ready; sleep 1000", ["--run", "last"]
                )
                .start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    let second = try await work.exec("true", ["--run", "last"])
                    #expect(second.error.contains("still under way"))
                    try running.signal(.kill)
                    _ = try await running.finish(on: loop)
                }
            }
            #expect(try await work.exec("cat a", ["--run", "last"]).output == "one\ntwo\nthree\n")
            #expect(try await work.ask("undo").code == 0)
            #expect(try await work.ask("apply").code == 1)
            #expect(try await work.shell("cat a; ls") == "one\ntwo\na\n")
        }
    }
}
