import PiJSON
import PiSystem
import PiTesting
import Testing

/// `workspace.apply: ask` and `workspace.discard`: what becomes of changes as a run ends, and later.
@Suite(.timeLimit(.minutes(10))) struct AskTests {
    private static let policy = "workspace: {mode: overlay, apply: ask}"

    /// A person at a terminal, which is one of script(1); what they type is answers, each to the next question.
    private static func answering(
        _ answers: [String], _ work: Layered, _ script: String,
        before: (inout RunningProgram, EventLoop) async throws -> Void = { _, _ in }
    ) async throws -> Program.Run {
        let out = work.person.home.appending("out")
        let policy = try work.person.write(policy: "\(policy)\nfiles: {read: [\(out)]}")
        let exec = try work.program([])
        var terminal = Program(
            "/usr/bin/script",
            [
                "-qec",
                RawText("\"$P\" exec --policy \(policy) -- bash -c '\(script)'; echo code $?")!,
                "/dev/null",
            ])
        terminal.folder = work.person.work
        terminal.environment =
            exec.environment + ["TERM=xterm", RawText("P=\(exec.program)")!]
        return try await EventLoop.run { loop in
            try await terminal.start(on: loop) { running in
                try await before(&running, loop)
                for answer in answers {
                    try #require(try await running.waits(for: "ifference: ", on: loop))
                    try await running.say(Array(answer.utf8), on: loop)
                    // One question is like another.
                    try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(150))
                }
                return try await running.finish(on: loop)
            }
        }
    }

    struct Case: CustomTestStringConvertible {
        let answers: [String]
        let isApplied: Bool
        var testDescription: String { "\(answers)" }
    }

    @Test(arguments: [
        Case(answers: ["y\n"], isApplied: true), Case(answers: [" YES\n"], isApplied: true),
        Case(answers: ["n\n"], isApplied: false), Case(answers: ["\n"], isApplied: false),
        // Ctrl-D and Ctrl-C.
        Case(answers: ["\u{4}"], isApplied: false), Case(answers: ["\u{3}"], isApplied: false),
        Case(answers: ["what?\n", "d\n", "y\n"], isApplied: true),
    ])
    func `only a yes applies it`(what: Case) async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            let run = try await Self.answering(
                what.answers, work,
                #"printf "two\033[2J\n" >>a; echo evil >CLAUDE.md; printf "\033[8m"; exit 3"#)
            #expect(run.output.contains("ended with 3"), "\(run.output)")
            // The shell around it has heard the Ctrl-C, too.
            #expect(run.output.contains("code 3") == (what.answers != ["\u{3}"]))
            #expect(run.output.contains("left out: the policy protects it"))
            // What is hidden by the program's own words shows again.
            #expect(run.output.contains("\u{1B}[8m") && run.output.contains("\u{1B}[0m"))
            #expect(run.output.contains("+two") == what.answers.contains("d\n"))
            #expect(!run.output.contains("\u{1B}[2J"))
            let text = try await work.shell("cat -v a; ls")
            #expect(text == (what.isApplied ? "one\ntwo^[[2J\na\n" : "one\na\n"))
            #expect(
                try await work.asks("diff")["changes"]?.array?.count == (what.isApplied ? 1 : 2))
        }
    }

    @Test func `what was typed before the question is no answer`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            try await work.shell("mkdir \"$HOME/out\"")
            let go = work.person.home.appending("out/go")
            let run = try await Self.answering(
                ["n\n"], work,
                "echo two >>a; echo ready; until test -e \(go); do sleep 0.02; done"
            ) { running, loop in
                try #require(try await running.waits(for: "ready", on: loop))
                try await running.say(Array("y\n".utf8), on: loop)
                // The terminal's echo: it has come there.
                try #require(try await running.waits(for: "y\r\n", on: loop))
                try ExecWorld.write("", to: go)
            }
            #expect(run.output.contains("1 change waits"), "\(run.output)")
            #expect(try await work.shell("cat a") == "one\n")
        }
    }

    @Test func `where nobody can be asked it waits, and where nothing is to apply nobody is`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            let run = try await work.execution("echo two >>a", policy: Self.policy).run()
            #expect(run.error.contains("no terminal to ask on"))
            #expect(run.error.contains("1 change waits"))
            #expect(try await work.ask("discard").code == 0)
            let none = try await Self.answering([], work, "cat a; echo evil >CLAUDE.md")
            #expect(none.output.contains("code 0") && !none.output.contains("Apply?"))
        }
    }

    @Test func `what nobody has applied is dropped when the policy says`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            let atEnd = "workspace: {mode: overlay, apply: on_success, discard: at_end}"
            let dropped = try await work.execution("echo two >>a; exit 1", policy: atEnd).run()
            #expect(dropped.error.contains("1 change was dropped"))
            #expect(try await work.nothingWaits())
            // What is protected does not wait either.
            let kept = try await work.execution("echo two >>a; echo x >CLAUDE.md", policy: atEnd)
                .run()
            #expect(kept.error.contains("1 change was dropped"))
            #expect(try await work.shell("cat a") == "one\ntwo\n")

            let later = "workspace: {mode: overlay, discard: after 1h}"
            for (command, word) in [("ls", "ls"), ("gc", "gc"), ("diff", "diff")]
                as [(RawText, String)]
            {
                try #require(
                    try await work.execution("echo three >>a", policy: later).run().code == 0)
                #expect(try await work.ask("diff").output.contains("Changed"), "\(word)")
                try await work.shell(
                    "touch -d '2 hours ago' \"$HOME\"/state/pi-runner/runs/*/layers/turns/1")
                let told = try await work.ask(command)
                #expect(told.error.contains("was dropped"), "\(word): \(told.error)")
                #expect(try await work.nothingWaits())
            }
        }
    }
}
