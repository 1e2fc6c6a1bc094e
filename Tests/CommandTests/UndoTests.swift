import PiJSON
import PiSystem
import PiTesting
import Testing

/// `undo` and `redo` of what has come into the workspace already.
@Suite(.timeLimit(.minutes(10))) struct UndoTests {
    private static let direct = "workspace: {mode: direct}"
    /// What `Layered.look` leaves out: whether it is the same file, and when it was written.
    private static let marks: RawText =
        "find . -mindepth 1 ! -type d -printf '%P %i %T@\\n' | sort"

    private static func apply(_ script: RawText, to work: Layered) async throws {
        let run = try await work.execution(script, policy: direct).run()
        try #require(run.code == 0 && run.error == "", "\(run.error)")
    }

    /// The same, with its state in another place.
    private static func with(_ place: RawText, _ program: Program) -> Program {
        var program = program
        program.environment.removeAll { $0.description.hasPrefix("XDG_STATE_HOME") }
        program.environment.append(place)
        return program
    }

    @Test func `the very files that were there come back, and the new ones after them`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n", "b": "two\n"])
            try await work.shell(
                "mkdir -p old/in shut gone; echo x >old/in/x; ln a twin; touch -d 2001-01-01 a b; echo s >shut/s; ln -s a link; echo g >gone/g; chmod 500 gone shut"
            )
            let old = (try await work.tree(), try await work.shell(Self.marks))
            let run = try await work.execution(
                "echo new >>a; rm -r old; echo file >old; chmod 600 b; chmod 700 shut; echo t >shut/s; chmod 500 shut; mkdir -p d/e; echo f >d/e/f; chmod 500 d; ln -sf b link; chmod 700 gone; rm -r gone",
                policy: Self.direct
            ).run()
            #expect(run.error == "")
            let new = (try await work.tree(), try await work.shell(Self.marks))
            #expect(old.0 != new.0)
            for _ in 0..<2 {
                let undo = try await work.asks("undo")
                #expect(undo["applies"]?.number?.int == 1 && undo["turns"]?.number?.int == 0)
                #expect(
                    (undo["names"]?.array?.compactMap(\.string)).map(Set.init)
                        == ["a", "old", "b", "shut/s", "d", "link", "gone"])
                #expect(try await work.tree() == old.0)
                #expect(try await work.shell(Self.marks) == old.1)
                #expect(try await work.ask("undo").code == 1)
                #expect(try await work.ask("redo").output.contains("brought again 1 apply"))
                #expect(try await work.tree() == new.0)
                #expect(try await work.shell(Self.marks) == new.1)
                #expect(try await work.ask("redo").code == 1)
            }
            #expect(try await work.shell("ls -A | grep pi-apply; git init -q . 2>&1") == "")
        }
    }

    @Test func `what somebody has changed since is named and stays, or is kept for the way back`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n", "b": "b\n", "c": "c\n"])
            try await Self.apply("echo two >>a; mkdir d; echo x >d/x; rm b; echo two >>c", to: work)
            try await work.shell("echo mine >a; echo mine >d/y; echo mine >b; rm c")
            let mine = try await work.tree()
            let refused = try await work.ask("undo")
            #expect(refused.code == 9)
            #expect(refused.output == "")
            for name in ["a", "b", "c", "d"] { #expect(refused.error.contains(name)) }
            #expect(refused.error.contains("nothing was taken back"))
            #expect(try await work.tree() == mine)
            let forced = try await work.ask("undo", "--force")
            #expect(forced.code == 0, "\(forced.error)")
            #expect(try await work.shell("cat a b c; ls") == "one\nb\nc\na\nb\nc\n")
            #expect(try await work.ask("redo").code == 0)
            #expect(try await work.tree() == mine)
        }
    }

    @Test func `runs are taken back from the last to the first, and brought again the other way`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "0\n"])
            for number in 1...3 {
                try await Self.apply(RawText("echo \(number) >a")!, to: work)
            }
            func state() async throws -> String { try await work.shell("cat a") }
            for wanted in ["2\n", "1\n", "0\n"] {
                #expect(try await work.ask("undo").code == 0)
                #expect(try await state() == wanted)
            }
            for wanted in ["1\n", "2\n"] {
                #expect(try await work.ask("redo").code == 0)
                #expect(try await state() == wanted)
            }
            // Something new takes the place of what was taken back.
            try await Self.apply("echo new >a", to: work)
            let redo = try await work.ask("redo")
            #expect(redo.code == 1 && redo.error.contains("can be brought again"))
            #expect(try await work.ask("undo").code == 0)
            #expect(try await state() == "2\n")
            try await work.shell("chmod 700 \"$HOME/state/pi-runner\"; sleep 0.01")
            #expect(try await work.ask("gc", "--older-than", "0").code == 0)
            #expect(try await work.ask("undo").code == 1)
            let left = try await work.shell("ls \"$HOME/state/pi-runner/\"{applied,runs}")
            #expect(left.split(separator: "\n").count == 2, "\(left)")
        }
    }

    @Test(arguments: [false, true])
    func `what a later apply changed in a folder of an earlier one is no change by somebody else`(
        isElsewhere: Bool
    ) async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            let place: RawText =
                isElsewhere
                ? RawText(
                    "XDG_STATE_HOME="
                        + (try await work.shell(
                            "mktemp -d /dev/shm/pi-runner-test.XXXXXX"
                        ).dropLast()))!
                : RawText("XDG_STATE_HOME=\(work.person.home)/state")!
            func run(_ program: Program) async throws -> Program.Run {
                try await Self.with(place, program).run()
            }
            func apply(_ script: RawText) async throws {
                let run = try await run(work.execution(script, policy: Self.direct))
                try #require(run.code == 0 && run.error == "", "\(run.error)")
            }
            func ask(_ words: RawText...) async throws -> Program.Run {
                try await run(work.program(words))
            }
            try await apply("mkdir -p src/in; echo 1 >src/in/a; echo 1 >src/b")
            let first = try await work.tree()
            try await apply("echo 2 >src/in/a; rm src/b")
            try await apply("echo 3 >src/in/a; echo 3 >src/c")
            let last = try await work.tree()
            let two = try await ask("undo", "2")
            #expect(two.code == 0 && two.error == "", "\(two.error)")
            #expect(try await work.tree() == first)
            #expect(try await ask("undo", "9").error.contains("there was no more: 1 and not"))
            #expect(try await work.shell("ls -A") == "")
            #expect(try await ask("redo", "1").error == "")
            #expect(try await work.tree() == first)
            #expect(try await ask("redo", "2").error == "")
            #expect(try await work.tree() == last)
            if isElsewhere {
                try await work.shell(RawText("rm -r \(place.description.dropFirst(15))")!)
            }
        }
    }

    @Test func `what was applied of a run waits again as it did, and then its turns go`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n", "b": "one\n"])
            try await work.exec("echo two >>a")
            try await work.exec("echo two >>b; echo c >c", ["--run", "last"])
            let before = try await work.asks("diff")
            #expect(try await work.ask("apply", "--only", "b", "--only", "c").code == 0)
            try await work.exec("echo three >>a", ["--run", "last"])
            #expect(try await work.asks("undo")["turns"]?.number?.int == 1)
            #expect(try await work.asks("undo")["applies"]?.number?.int == 1)
            #expect(try await work.shell("cat a b; ls") == "one\none\na\nb\n")
            #expect(try await work.asks("diff") == before)
            #expect(try await work.asks("undo")["changes"]?.number?.int == 1)
            let back = try await work.asks("redo", "9")
            #expect(back["turns"]?.number?.int == 2 && back["applies"]?.number?.int == 1)
            #expect(try await work.shell("cat b c") == "one\ntwo\nc\n")
            // What is dropped takes nothing with it of what was applied.
            #expect(try await work.ask("discard").code == 0)
            #expect(try await work.ask("undo").code == 0)
            #expect(try await work.shell("cat a b; ls") == "one\none\na\nb\n")
        }
    }

    @Test func `a policy may want nothing kept, and live can keep nothing`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            let never = "workspace: {mode: direct, checkpoint: never}"
            #expect(try await work.execution("echo two >>a", policy: never).run().code == 0)
            #expect(try await work.ask("undo").code == 1)
            #expect(try await work.shell("cat a; find \"$HOME/state\" -name undo") == "one\ntwo\n")
            let live = "workspace: {mode: live, checkpoint: each_turn}"
            let refused = try await work.execution("true", policy: live).run()
            #expect(refused.code == 125 && refused.error.contains("nothing is kept"))
        }
    }

    /// Where no rename leads from the run's folder to the workspace.
    @Test func `what lies on another file system is copied and comes back all the same`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n", "b": "two\n"])
            let state = try await work.shell("mktemp -d /dev/shm/pi-runner-test.XXXXXX").dropLast()
            func elsewhere(_ program: Program) -> Program {
                Self.with(RawText("XDG_STATE_HOME=\(state)")!, program)
            }
            try await work.shell(
                "mkdir -p gone/in; echo x >gone/in/x; chmod 500 gone/in; ln gone/in/x gone/y; touch -d 2001-01-01 a; chmod 640 a"
            )
            let times: RawText = "stat -c '%n %Y' a b 2>&1"
            let old = (try await work.tree(), try await work.shell(times))
            let run = try await elsewhere(
                work.execution(
                    "echo two >>a; chmod -R u+w gone; rm -r gone; mkdir d; echo y >d/y; rm b",
                    policy: Self.direct)
            ).run()
            #expect(run.error == "")
            let new = try await work.tree()
            #expect(old.0 != new)
            for _ in 0..<2 {
                let undo = try await elsewhere(work.program(["undo"])).run()
                #expect(undo.code == 0, "\(undo.error)")
                #expect(try await work.tree() == old.0)
                #expect(try await work.shell(times) == old.1)
                #expect(try await work.shell("stat -c %h gone/y") == "2\n")
                #expect(try await elsewhere(work.program(["redo"])).run().code == 0)
                #expect(try await work.tree() == new)
            }
            #expect(try await work.shell("ls -A | grep pi-apply") == "")
            try await work.shell(RawText("chmod -R u+rwx \(state); rm -r \(state)")!)
        }
    }
}
