import PiJSON
import PiSystem
import PiTesting
import Testing

/// `ls`, `show` and `gc`: what there was, what waits, and what is left of neither.
@Suite(.timeLimit(.minutes(10))) struct RunListTests {
    /// One for each run: `10 s ago` is long enough to be folded.
    private static func lines(_ work: Layered, _ options: RawText...) async throws -> [String] {
        let output = try await work.program(["ls"] + options).run().output
        return output.split(separator: "\n").reduce(into: []) { lines, line in
            let text = line.drop { $0 == " " }
            if line.hasPrefix("      "), let last = lines.popLast() {
                lines.append("\(last) \(text)")
            } else {
                lines.append(String(line))
            }
        }
    }

    @Test func `runs are listed with what waits in them, and gc leaves what waits`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            #expect(try await Self.lines(work) == ["there was no run here"])
            #expect(try await work.ask("show").code == 1)
            #expect(try await work.ask("gc").output == "removed the records of 0 runs\n")
            _ = try await work.person.exec([], ["true"]).run()
            try await work.exec("echo two >>a; exit 3")
            try await work.exec("echo b >b", ["--run", "last"])
            let runs = try await Self.lines(work)
            #expect(runs.count == 2)
            #expect(
                runs.first?.hasSuffix("bash, ended with 0; 2 changes wait, written in 2 turns")
                    == true)
            #expect(runs.last?.hasSuffix("true, ended with 0") == true)
            #expect(try await Self.lines(work, "-n", "1").last == "and 1 more: --limit")
            let shown = try await work.ask("show").output
            #expect(shown.contains("Turn 1:") && shown.contains("exit     3"))
            #expect(shown.contains("waits  2 changes wait, written in 2 turns"))
            var elsewhere = try work.program(["ls"])
            elsewhere.folder = work.person.home
            #expect(try await elsewhere.run().output == "there was no run here\n")
            elsewhere.arguments.append("--all")
            #expect(try await elsewhere.run().output.split(separator: "\n").count >= 2)

            #expect(try await work.asks("gc", "--older-than", "1")["removed"] == [])
            let trial = try await work.asks("gc", "--older-than", "0", "--dry-run")
            #expect(trial["removed"]?.array?.count == 1)
            #expect(try await work.asks("gc", "--older-than", "0")["removed"] == trial["removed"]!)
            #expect(try await Self.lines(work).count == 1)
            #expect(try await work.ask("apply").code == 0)
            #expect(try await work.shell("cat a b") == "one\ntwo\nb\n")
            _ = try await work.ask("gc", "--older-than", "0")
            #expect(try await Self.lines(work) == ["there was no run here"])
            #expect(try await work.shell("ls ../home/state/pi-runner/runs") == "")
        }
    }

    @Test func `one that has ended is looked at while another is under way`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            try await work.exec("echo two >>a")
            try await EventLoop.run { loop in
                try await work.execution("echo three >>a; echo ready; sleep 1000").start(on: loop) {
                    running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    #expect(try await work.ask("diff", "--name-only").output == "a\n")
                    #expect(try await work.ask("discard").code == 0)
                    // There is no other.
                    let alive = try await work.ask("diff")
                    #expect(alive.error.contains("still under way"), "\(alive.output)")
                    try running.signal(.kill)
                    _ = try await running.finish(on: loop)
                }
            }
        }
    }

    @Test func `one that is under way is listed so, and one that was killed`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            try await EventLoop.run { loop in
                try await work.execution("echo x >x; echo ready; sleep 1000").start(on: loop) {
                    running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    #expect(try await Self.lines(work).first?.hasSuffix("bash, running") == true)
                    #expect(try await work.asks("gc", "--older-than", "0")["removed"] == [])
                    try running.signal(.kill)
                    _ = try await running.finish(on: loop)
                }
            }
            #expect(
                try await Self.lines(work).first?.hasSuffix("bash, killed; 1 change waits") == true)
        }
    }

    @Test func `a run is found by its name from anywhere, also when its workspace is gone`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            try await work.exec("echo two >>a")
            let id = try #require(try await work.asks("diff")["run"]?.string)
            func fromHome(_ words: RawText...) async throws -> Program.Run {
                var program = try work.program(words)
                program.folder = work.person.home
                return try await program.run()
            }
            let name = RawText(String(id.prefix(13)))!
            #expect(try await fromHome("diff", "--name-only", name).output == "a\n")
            #expect(try await fromHome("diff").output == "no changes wait here\n")
            let unknown = try await fromHome("diff", name, "0123")
            #expect(unknown.code == 1 && unknown.error.contains("if 0123 is a run"))
            try await work.shell("mv ../work ../moved; mkdir ../work")
            let list = try await fromHome("ls", "--all")
            #expect(list.code == 0)
            try await work.shell("rmdir ../work")
            #expect(
                try await fromHome("ls", "--all").output.contains(
                    "changes wait that can't be listed"))
            #expect(try await fromHome("apply", name).code == 1)
            #expect(try await fromHome("discard", name).code == 0)
            #expect(try await fromHome("discard", name).code == 1)
        }
    }

    /// A start that was killed before it had a layer, and a discard that was killed in the middle.
    @Test func `what a killed command left half is in nobody's way`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            try await work.exec("echo two >>a")
            try await work.shell(
                """
                cd "$HOME/state/pi-runner"; run=$(ls runs); cp waiting/$run waiting/0000-gone
                mkdir runs/0000-early; sed s/x/x/ waiting/$run >waiting/0000-early
                mv runs/$run/layers runs/$run/layers.dropped
                """)
            for command in ["ls", "show", "undo", "diff"] as [RawText] {
                let run = try await work.ask(command)
                #expect(!run.error.contains("cannot"), "\(command): \(run.error)")
            }
            #expect(try await work.exec("cat a").output == "one\n")
            let left = try await work.shell(
                "cd \"$HOME/state/pi-runner\"; ls waiting; find . -name 'layers*'")
            #expect(left == "0000-gone\n", "\(left)")
        }
    }
}
