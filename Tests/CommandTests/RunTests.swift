import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// `run` as a person uses it, with a model that is a script and everything else as it is.
@Suite(.timeLimit(.minutes(10))) struct RunTests {
    @Test func `an agent changes a copy, and what it changed waits`() async throws {
        try await World.with { world in
            let turns = """
                  - steps:
                      - text: Looking.
                      - call: {name: read, arguments: {path: file}}
                  - when: {result: "one\\n"}
                    steps:
                      - call: {name: edit, arguments: {path: file, edits: [{oldText: one, newText: two}]}}
                      - call: {name: bash, arguments: {command: "cat file; echo out >&2; exit 3"}}
                  - when: {error: true}
                    say: It is two now.
                """
            let here = try RunWorld(in: world, turns: turns)
            try ExecWorld.write("one\n", to: here.person.work.appending("file"))
            let run = try await here.run().run()
            #expect(run.code == 0, "\(run.error)")
            #expect(run.output == "It is two now.\n")
            #expect(run.error.contains("default: overlay of "))
            #expect(run.error.contains("1 change waits in run "))
            #expect(!run.error.contains("can't be taken over"), "\(run.error)")
            #expect(try here.person.read("file") == "one\n")
            let results = try here.results()
            #expect(results.map(\.tool) == ["read", "edit", "bash"])
            // The command came behind the edit, and its two outputs are in their order.
            #expect(results[2].text == "two\nout\n\n(exit code 3)")
            let diff = try await here.command(["diff", "--patch"]).run()
            #expect(diff.output.contains("-one\n+two\n"))
            let shown = try await here.command(["show"]).run().output
            for part in [
                "tools", "read; bash; edit; write", "budgets", "session", "3 turns, 3 calls",
            ] {
                #expect(shown.contains(part), "\(part): \(shown)")
            }
            let applied = try await here.command(["apply"]).run()
            #expect(applied.code == 0, "\(applied.error)")
            #expect(try here.person.read("file") == "two\n")
        }
    }

    @Test func `of what waits only what apply would leave out is said to be so`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps:
                          - call: {name: bash, arguments: {command: "echo x > new; ln -s /etc/passwd out"}}
                      - say: done
                    """)
            let run = try await here.run().run()
            #expect(run.error.contains("2 changes wait in run "), "\(run.error)")
            #expect(run.error.contains("1 of them is protected or can't be taken over"))
        }
    }

    /// What an agent tries, and the sentence by which it is stopped.
    static let stopped: [(call: String, says: String)] = [
        (#"{name: read, arguments: {path: /etc/shadow}}"#, "no rule names it"),
        (#"{name: read, arguments: {path: "~/.ssh/id_rsa"}}"#, "Not run. Reading"),
        (
            #"{name: write, arguments: {path: .git/hooks/pre-commit, content: x}}"#,
            "workspace.protect[.git/hooks]"
        ),
        (#"{name: bash, arguments: {command: "cat HOME/secret"}}"#, "No such file"),
        (#"{name: bash, arguments: {command: "exec 3<>/dev/tcp/127.0.0.1/PORT"}}"#, "refused"),
        (#"{name: bash, arguments: {command: "mount -t tmpfs x /tmp; exit 1"}}"#, "[mount: "),
        (
            #"{name: bash, arguments: {command: "sleep 60", timeout: 1}}"#,
            "[Ended by the limit limits.wall: 1 s (the call's own timeout)."
        ),
        (
            #"{name: bash, arguments: {command: "head -c 300m /dev/zero | tail"}}"#,
            "limits.memory: 100 MiB"
        ),
        (
            #"{name: bash, arguments: {command: "yes"}}"#,
            "[Ended by the limit limits.output.hard: 1 MiB"
        ),
        (
            #"{name: bash, arguments: {command: "for i in $(seq 60); do sleep 5 & done; exit 1"}}"#,
            "a process was refused: the call has as many as it may have"
        ),
        (
            #"{name: bash, arguments: {command: "sleep 50 & echo started"}}"#,
            "[1 process still ran, and ended with the call"
        ),
        (#"{name: nothing, arguments: {}}"#, "There is no tool `nothing`"),
        (#"{name: read, arguments: {pth: x}}"#, "/path: it is missing"),
    ]

    @Test func `whatever an agent tries, it is stopped with a sentence, and goes on`() async throws
    {
        try await World.with { world in
            let calls = Self.stopped.map { "  - steps: [{call: \($0.call)}]\n" }.joined()
            let here = try RunWorld(in: world, turns: "")
            try here.write(
                turns: calls.replacing("HOME", with: "\(here.person.home)").replacing(
                    "PORT", with: "9") + "  - say: done\n")
            try ExecWorld.write("s3cret-of-mine\n", to: here.person.home.appending("secret"))
            let policy = try here.person.write(
                policy:
                    "tools: {bash: {decision: allow, limits: {memory: 100MiB, processes: 20, output: {hard: 1MiB}}}}",
                extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            let results = try here.results()
            try #require(results.count == Self.stopped.count)
            for (result, wanted) in zip(results, Self.stopped) {
                #expect(result.text.contains(wanted.says), "\(wanted.call): \(result.text)")
                #expect(!result.text.contains("s3cret"))
            }
        }
    }

    @Test func `each turn that wrote has a layer, and undo takes the last one back`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: write, arguments: {path: one, content: "1"}}}]
                      - steps: [{call: {name: bash, arguments: {command: ls}}}]
                      - steps: [{call: {name: bash, arguments: {command: "cat one && echo 2 > two"}}}]
                      - say: done
                    """)
            let run = try await here.run().run()
            #expect(run.code == 0, "\(run.error)")
            #expect(try here.results()[2].text == "1")
            let before = try await here.command(["diff", "--name-only"]).run()
            #expect(before.output == "one\ntwo\n")
            _ = try await here.command(["undo"]).run()
            let after = try await here.command(["diff", "--name-only"]).run()
            #expect(after.output == "one\n")
            // The conversation went back with the files: what the model is asked next is behind the turn before.
            try here.write(
                turns: """
                      - steps: [{call: {name: write, arguments: {path: one, content: "1"}}}]
                      - steps: [{call: {name: bash, arguments: {command: ls}}}]
                      - when: {tool: bash, prompt: more}
                        say: behind the second turn
                      - say: behind the third
                    """)
            let back = try await here.run(["-c"], ["more"]).run()
            #expect(back.output == "behind the second turn\n", "\(back.error)")
        }
    }

    @Test func `redo brings the conversation again, too`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: write, arguments: {path: one, content: "1"}}}]
                      - say: done
                      - {say: "after {it}", when: {prompt: more}}
                    """)
            let first = try await here.run().run()
            #expect(!first.error.contains("wait here"))
            // What waits is told to whoever begins another; not what is taken back.
            let second = try await here.run(["--no-session"], ["go"]).run()
            #expect(second.error.contains("changes of 1 earlier run wait here, the newest of "))
            _ = try await here.command(["discard"]).run()
            _ = try await here.command(["undo"]).run()
            let third = try await here.run(["--no-session"], ["go"]).run()
            #expect(!third.error.contains("wait here"), "\(third.error)")
            _ = try await here.command(["discard"]).run()
            let redone = try await here.command(["redo"]).run()
            #expect(redone.code == 0, "\(redone.error)")
            #expect(redone.error == "")
            #expect(try await here.run(["-c"], ["more"]).run().output == "after {it}\n")
        }
    }

    @Test func `a run goes on in its session and in its layer`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: write, arguments: {path: one, content: "1"}}}]
                      - say: first
                      - when: {prompt: more}
                        steps: [{call: {name: bash, arguments: {command: "cat one; echo 2 > two"}}}]
                      - say: second
                    """)
            #expect(try await here.run().run().output == "first\n")
            let again = try await here.run(["-c"], ["more"]).run()
            #expect(again.output == "second\n", "\(again.error)")
            #expect(try here.results().last?.text == "1")
            #expect(
                try await here.command(["diff", "--name-only"]).run().output == "one\ntwo\n")
            #expect(try here.session().count { $0["type"] == "session" } == 1)
        }
    }

    @Test func `a run that was killed goes on, repeats nothing and tells what was interrupted`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: bash, arguments: {command: "echo x >> log; echo first"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "echo y >> log; sleep 1000"}}}]
                      - when: {prompt: go on}
                        steps: [{call: {name: bash, arguments: {command: "cat log"}}}]
                      - say: done
                    """)
            let program = Shared(try here.run())
            try await EventLoop.run { loop in
                try await program.value.start(on: loop) { running in
                    // The call is under way: what it writes is to be seen in the layer.
                    try await Self.wait(until: "y\n", in: here.person.home, on: loop)
                    try running.signal(.kill)
                    _ = try await running.finish(on: loop)
                }
            }
            let again = try await here.run(["-c"], ["go on"]).run()
            #expect(again.output == "done\n", "\(again.error)")
            let results = try here.results()
            try #require(results.map(\.isError) == [false, true, false])
            #expect(results[1].text.hasPrefix("Interrupted: the runner was ended"))
            #expect(results[2].text == "x\ny\n")
        }
    }

    /// Until a file called `log` somewhere below ends with a text.
    private static func wait(
        until text: String, in folder: FilePath, on loop: EventLoop
    ) async throws {
        for _ in 0..<3_000 {
            let found = try await Program(
                "/bin/sh", ["-c", RawText("find \(folder) -name log -exec cat {} + 2>/dev/null")!]
            ).run().output
            if found.contains(text) { return }
            try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(20))
        }
        Issue.record("the call has written nothing")
    }

    @Test func `Ctrl-C ends the call and the run, and the history is whole`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps:
                          - call: {name: bash, arguments: {command: "echo y >> log; sleep 1000"}}
                          - call: {name: write, arguments: {path: never, content: x}}
                      - say: never
                    """)
            let program = Shared(try here.run())
            let ended = try await EventLoop.run { loop in
                try await program.value.start(on: loop) { running in
                    try await Self.wait(until: "y\n", in: here.person.home, on: loop)
                    try running.signal(.interrupt)
                    return try await running.finish(on: loop)
                }
            }
            #expect(ended.code == 130)
            let results = try here.results()
            #expect(results.map(\.tool).sorted() == ["bash", "write"])
            #expect(results.allSatisfy { $0.isError && $0.text.contains("nterrupted") })
            let names = try await here.command(["diff", "--name-only"]).run()
            #expect(names.output == "log\n")
        }
    }

    @Test func `a budget that is used up ends the run, and says which`() async throws {
        try await World.with { world in
            let turn = "  - steps: [{call: {name: bash, arguments: {command: date +%N}}}]\n"
            let here = try RunWorld(in: world, turns: String(repeating: turn, count: 5))
            let run = try await here.run(["--max-turns", "2", "--json"]).run()
            #expect(run.code == 7)
            let result = try parse(run.output)
            #expect(result["end"]?["budget"]?["which"] == "turns")
            #expect(result["end"]?["budget"]?["origin"] == "--max-turns")
            #expect(result["usage"]?["turns"] == 2)
            let calls = try here.person.write(
                policy: "budgets: {tool_calls: 1}", extending: "default")
            let other = try await here.run(["--policy", calls, "--json"]).run()
            #expect(try parse(other.output)["end"]?["budget"]?["which"] == "tool_calls")
            let results = try here.results()
            #expect(results.last?.text.hasPrefix("Not run: the budget `tool_calls`") == true)
            let wall = try here.person.write(policy: "budgets: {wall: 1s}", extending: "default")
            try here.write(
                turns: "  - steps: [{call: {name: bash, arguments: {command: sleep 60}}}]\n")
            let late = try await here.run(["--policy", wall, "--json"]).run()
            #expect(late.code == 7)
            #expect(try parse(late.output)["end"]?["budget"]?["which"] == "wall")
            try here.write(
                turns:
                    "  - usage: {input: 900, output: 200}\n    steps: [{call: {name: bash, arguments: {command: 'true'}}}]\n"
            )
            let tokens = try here.person.write(
                policy: "budgets: {tokens: 1500}", extending: "default")
            let full = try await here.run(["--policy", tokens, "--json"]).run()
            #expect(try parse(full.output)["end"]?["budget"]?["which"] == "tokens")
        }
    }

    @Test func `every event is a line, in Pi's order`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps:
                          - text: one two
                          - call: {name: bash, arguments: {command: echo hi}}
                      - say: done
                    """)
            let run = try await here.run(["--output-format", "stream-json"]).run()
            let lines = try run.output.split(separator: "\n").map { try parse(String($0)) }
            let types = lines.compactMap { $0["type"]?.string }.filter {
                $0 != "message_update" && $0 != "tool_execution_update"
            }
            #expect(
                types == [
                    "session", "agent_start", "message_start", "message_end", "turn_start",
                    "message_start", "message_end", "tool_execution_start", "tool_execution_end",
                    "message_start", "message_end", "turn_end", "turn_start", "message_start",
                    "message_end", "turn_end", "agent_end", "result",
                ])
            let end = try #require(lines.first { $0["type"] == "tool_execution_end" })
            #expect(end["status"] == "finished")
            let text = lines.compactMap { $0["assistantMessageEvent"] }
                .filter { $0["type"] == "text_delta" }.compactMap { $0["delta"]?.string }
            #expect(text.joined() == "one twodone")
        }
    }

    @Test func `every line is as its schema says, and a run begins and ends once`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps:
                          - thinking: let me see
                          - text: one two
                          - call: {name: bash, arguments: {command: "echo hi; sleep 1; echo ho"}}
                          - call: {name: bash, arguments: {command: "exit 3"}}
                          - call: {name: nosuch, arguments: {}}
                      - {repeat: 4, steps: [{call: {name: bash, arguments: {command: "true"}}}]}
                      - say: no JSON
                      - say: '{}'
                    """)
            let schema = here.person.home.appending("schema.json")
            try ExecWorld.write(#"{"type": "object"}"#, to: schema)
            let run = try await here.run([
                "--output-format", "stream-json", "--output-schema", schema.raw,
            ]).run()
            #expect(run.code == 0, "\(run.error)")
            let lines = try run.output.split(separator: "\n").map { try parse(String($0)) }
            let published = try await here.command(["help", "--schema", "stream-json"]).run()
            let check = try JSONSchema(parse(published.output))
            for line in lines {
                let faults = check.faults(of: line, limit: 5)
                #expect(faults.isEmpty, "\(line): \(faults)")
            }
            #expect(!check.faults(of: ["type": "turn_start"], limit: 5).isEmpty)
            let types = lines.compactMap { $0["type"]?.string }
            for type in [
                "tool_execution_update", "notice", "message_update", "agent_end", "result",
            ] {
                #expect(types.contains(type), "\(type)")
            }
            #expect(types.count { $0 == "agent_start" } == 1)
            #expect(types.count { $0 == "agent_end" } == 1)
            let turns = lines.filter { $0["type"] == "turn_start" }
                .compactMap { $0["turn"]?.number?.int }
            #expect(turns == Array(1...7))
        }
    }

    @Test func `an answer that has to have a form is asked for again, and not for ever`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - say: it is 3
                      - when: {prompt: "does not have the form"}
                        say: "```json\\n{\\"n\\": 3}\\n```"
                    """)
            let schema = world.path.appending("schema.json")
            try ExecWorld.write(
                #"{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}"#,
                to: schema)
            let options: [RawText] = ["--output-schema", schema.raw]
            let run = try await here.run(options).run()
            #expect(run.code == 0, "\(run.error)")
            #expect(run.output == "{\"n\":3}\n")
            try here.write(turns: "  - {say: nothing, repeat: 9}\n")
            let wrong = try await here.run(options).run()
            #expect(wrong.code == 10)
            #expect(wrong.error.contains("does not match its schema: it is no JSON"))
        }
    }

    @Test func `what a workspace says comes to the model as such`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - expect: {system: "<workspace-notes file=\\"AGENTS.md\\">\\nUse tabs.", tools: [read, bash, edit, write]}
                        say: noted
                      - expect: {system: "- sums: adds numbers (.agents/skills/sums/SKILL.md)"}
                        say: learned
                    """)
            try ExecWorld.write("Use tabs.\n", to: here.person.work.appending("AGENTS.md"))
            _ = try Folder.make(here.person.work.appending(".agents/skills/sums"), mode: 0o755)
            try ExecWorld.write(
                "---\nname: sums\ndescription: adds numbers\n---\nAdd them.\n",
                to: here.person.work.appending(".agents/skills/sums/SKILL.md"))
            let run = try await here.run().run()
            #expect(run.output == "noted\n", "\(run.error)")
            #expect(try await here.run(["-c"]).run().output == "learned\n")
        }
    }

    @Test func `what is wrong is said before anything starts`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: hi\n")
            func told(_ arguments: [RawText]) async throws -> (Int32, String) {
                let run = try await here.command(["run"] + arguments).run()
                #expect(run.output == "")
                return (run.code, String(run.error.split(separator: "\n").first ?? ""))
            }
            #expect(try await told([]) == (2, "error: `pi-runner run` needs `PROMPT`"))
            #expect(try await told(["hi"]) == (2, "error: no model was named"))
            #expect(
                try await told(["-m", "no/such", "hi"]).1.hasPrefix("error: no model is known by"))
            let script = RawText("scripted/\(world.path)/script.yaml")!
            #expect(try await told(["-m", script, " "]) == (2, "error: the prompt is empty"))
            #expect(
                try await told(["-m", script, "--tools", "raed", "hi"])
                    == (2, "error: there is no tool `raed`"))
            #expect(try await told(["-m", script, "--policy", "nothing", "hi"]).0 == 3)
            #expect(
                try await told(["-m", script, "-c", "hi"]).1.hasPrefix(
                    "error: there is no session in"))
            #expect(try await told(["-m", script, "--policy", "laptop", "hi"]).0 == 3)
            let state = try Folder.open(here.person.home, resolving: .noLinks)
            #expect(try state.factsIfPresent(of: "state/pi-runner/sessions") == nil)
        }
    }

    @Test func `a plan says what would be there, and nothing is asked, made or written`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: never\n")
            let policy = try here.person.write(
                policy: "budgets: {turns: 7}\ntools: {write: deny}", extending: "default")
            let run = try await here.run(["--plan", "--policy", policy], []).run()
            #expect(run.code == 0, "\(run.error)")
            for text in ["scripted/", "read bash edit\n", "write: ", "7 turns", "seccomp"] {
                #expect(run.output.contains(text), "\(text) in \(run.output)")
            }
            #expect(!run.output.contains("never"))
            let state = here.person.home.appending("state/pi-runner")
            #expect(try HostPath.facts(of: "\(state)/sessions") == nil)
            let machine = try await here.run(["--plan", "--json"], []).run()
            #expect(try parse(machine.output)["tools"]?.array?.count == 4)
            #expect(try parse(machine.output)["spec"]?.object != nil)
        }
    }

    @Test func `a model that a policy does not allow is not asked`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "")
            let policy = try here.person.write(
                policy: "model: {allow: [\"anthropic/*\"]}", extending: "default")
            try await Peer.with([[.head("200 OK")]]) { peer, address in
                let run = try await here.command([
                    "run", "--policy", policy, "-m", "m", "--api", "openai-completions",
                    "--base-url", RawText(address)!, "hi",
                ]).run()
                #expect(run.code == 5)
                #expect(
                    run.error.hasPrefix("error: the policy does not allow the model custom/m"))
                #expect(peer.requests.isEmpty)
            }
        }
    }

    @Test
    func `with the mode direct each turn comes into the workspace, but for what is protected`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: bash, arguments: {command: "echo 1 > one; mkdir -p .git/hooks; echo x > .git/hooks/pre-push"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "cat one; echo 2 > one"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "echo 3 > three"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "echo 4 > four; cat three"}}}]
                      - say: done
                    """)
            let policy = try here.person.write(
                policy: "workspace: {mode: direct}", extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            #expect(try here.person.read("one") == "2\n")
            // What `default` says of another mode is nobody's mistake.
            #expect(!run.error.contains("W0316"), "\(run.error)")
            let work = try Folder.open(here.person.work, resolving: .noLinks)
            #expect(try work.factsIfPresent(of: ".git/hooks/pre-push") == nil)
            #expect(!run.error.contains("nothing is changed"), "\(run.error)")
            // What is taken back waits again, and is taken back itself by the next.
            for left in [["one", "three"], ["one"]] {
                _ = try await here.command(["undo"]).run()
                let names = try work.names(limit: 10).map(\.text).filter { $0 != ".git" }
                #expect(names.sorted() == left)
                _ = try await here.command(["undo"]).run()
            }
            #expect(try here.person.read("one") == "2\n")
            _ = try await here.command(["undo"]).run()
            #expect(try here.person.read("one") == "1\n")
        }
    }

    @Test func `a session that goes on asks the model that it had, unless another is named`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - say: one
                      - say: two
                      - say: three
                    """)
            #expect(try await here.run([], ["begin"]).run().code == 0)
            let again = try await here.command(["run", "-c", "go on"]).run()
            #expect(again.output == "two\n", "\(again.error)")
            let other = world.path.appending("other.yaml")
            try ExecWorld.write("version: 1\nturns:\n  - {say: other, repeat: 9}\n", to: other)
            let named = try await here.command([
                "run", "-c", "-m", RawText("scripted/\(other)")!, "go on",
            ]).run()
            #expect(named.output == "other\n", "\(named.error)")
            let last = try await here.command(["run", "-c", "and on"]).run()
            #expect(last.output == "other\n", "\(last.error)")
            let changes = try here.session().filter { $0["type"] == "model_change" }
            #expect(changes.count == 2)
            // A file that comes from elsewhere chooses nobody, and nothing that is read.
            let canary = world.path.appending("canary.yaml")
            try ExecWorld.write("version: 1\nturns:\n  - {say: canary, repeat: 9}\n", to: canary)
            let alien = world.path.appending("alien.jsonl")
            let ours = try here.session().compactMap { $0["customType"] == nil ? nil : $0 }
            try ExecWorld.write(
                ([
                    #"{"type":"session","version":3,"id":"s","timestamp":"t","cwd":"/w"}"#
                ] + ours.map(\.description) + [
                    #"{"type":"model_change","id":"a1","parentId":null,"timestamp":"t","provider":"scripted","modelId":"\#(canary)"}"#
                ]).joined(separator: "\n") + "\n", to: alien)
            let chosen = try await here.command(["run", "--session", alien.raw, "hi"]).run()
            #expect(chosen.code == 2 && chosen.error.contains("no model was named"))
            let keyed = try await here.command([
                "run", "--session", alien.raw, "--api-key-env", "KEY", "hi",
            ]).run()
            #expect(keyed.code == 2 && keyed.error.contains("a key is for one model"))
            // A fork goes on with the model of what it was made of, and a path is one however it is written.
            #expect(try await here.command(["session", "fork"]).run().code == 0)
            let fork = try await here.command(["run", "-c", "in the fork"]).run()
            #expect(fork.output == "other\n", "\(fork.error)")
            let file = try here.sessionFile()
            let relative = RawText("\(file.parent)/../\(file.parent.name!)/\(file.name!)")!
            let elsewhere = try await here.command(["run", "--session", relative, "again"]).run()
            #expect(elsewhere.output == "other\n", "\(elsewhere.error)")
            // A new one has no model to go on with.
            let new = try await here.command(["run", "begin"]).run()
            #expect(new.code == 2 && new.error.contains("no model was named"), "\(new.error)")
        }
    }

    @Test func `what a person would be asked is refused, and a run that could ask says so first`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: bash, arguments: {command: "touch one"}}}]
                      - say: done
                    """)
            let policy = try here.person.write(
                policy:
                    "approvals: {ask: wait, timeout: 10m}\ntools: {bash: {decision: allow, ask: [{command: [touch, \"...\"]}]}}",
                extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            #expect(run.error.hasPrefix("warning[W0702]: nobody can be asked"), "\(run.error)")
            #expect(try here.results().map(\.isError) == [true])
            #expect(try here.results()[0].text.contains("Nobody can be asked"))
        }
    }

    @Test func `what is decided on is what is opened, however it is written`() async throws {
        try await World.with { world in
            let calls = [
                "@secret.txt", "./secret.txt", "link", "sub/../secret.txt", "through/secret.txt",
                "it's secret", "r\u{E9}sume.txt",
                "API_\u{212A}EY",
            ].map { "  - steps: [{call: {name: read, arguments: {path: \"\($0)\"}}}]\n" }
            let writes = ["@docs/a", "out"].map {
                "  - steps: [{call: {name: write, arguments: {path: \"\($0)\", content: x}}}]\n"
            }
            let here = try RunWorld(
                in: world,
                turns: (calls + writes).joined()
                    + "  - steps: [{call: {name: read, arguments: {path: \"@@secret.txt\"}}}]\n"
                    + "  - steps: [{call: {name: read, arguments: {path: allowed}}}]\n  - say: done\n"
            )
            let work = try Folder.open(here.person.work, resolving: .noLinks)
            try ExecWorld.write("s3cret\n", to: here.person.work.appending("secret.txt"))
            let curly: FilePath = "it\u{2019}s secret"
            try ExecWorld.write("s3cret\n", to: here.person.work.appending(curly))
            // Names that Swift finds equal to what is typed, and a rule does not.
            let accents: FilePath = "re\u{301}sume.txt"
            try ExecWorld.write("s3cret\n", to: here.person.work.appending(accents))
            try ExecWorld.write("s3cret\n", to: here.person.work.appending("API_KEY"))
            try ExecWorld.write("fine\n", to: here.person.work.appending("plain"))
            try work.makeFolder("docs", mode: 0o755)
            try work.makeFolder("sub", mode: 0o755)
            try work.makeLink("link", to: "secret.txt")
            try work.makeLink("through", to: ".")
            try work.makeLink("out", to: "docs/b")
            try work.makeLink("allowed", to: "plain")
            let policy = try here.person.write(
                policy:
                    "tools: {read: {decision: allow, deny: [{path: secret.txt}, {path: \"\(curly)\"}, {path: \"\(accents)\"}, {path: API_KEY}]}, write: {decision: allow, deny: [{path: docs}]}}",
                extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            let results = try here.results()
            // One sign is how people mention a file; behind it is a name, which is no file here.
            #expect(results[results.count - 2].text.contains("@secret.txt: No such file"))
            for result in results.dropLast(2) {
                #expect(result.isError && result.text.hasPrefix("Not run."), "\(result.text)")
            }
            // A link to what is allowed is as good as a name.
            #expect(results.last?.text == "fine\n")
            #expect(
                try await here.command(["diff"]).run().output == "no changes wait here\n")
        }
    }

    @Test func `another folder of the same name in the list is another one`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: one\n  - say: two\n")
            for name: FilePath in ["p", "p/q", "p-q"] {
                try Folder.open(here.person.work, resolving: .noLinks).makeFolder(name, mode: 0o755)
            }
            var first = try here.run()
            first.folder = here.person.work.appending("p/q")
            #expect(try await first.run().output == "one\n")
            var other = try here.run(["-c"])
            other.folder = here.person.work.appending("p-q")
            let refused = try await other.run()
            #expect(refused.error.contains("there is no session in"), "\(refused.error)")
        }
    }

    @Test func `the second try for a form has the same end of time`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns:
                    "  - say: not json\n  - steps: [{call: {name: bash, arguments: {command: sleep 1000}}}]\n"
            )
            let schema = world.path.appending("schema.json")
            try ExecWorld.write(#"{"type":"object"}"#, to: schema)
            let policy = try here.person.write(policy: "budgets: {wall: 2s}", extending: "default")
            let run = try await here.run(["--policy", policy, "--output-schema", schema.raw]).run()
            #expect(run.code == 7, "\(run.error)")
        }
    }

    @Test func `lines of the stream are whole, however many calls speak at once`() async throws {
        try await World.with { world in
            let call = "      - call: {name: bash, arguments: {command: \"seq 1 30000\"}}\n"
            let here = try RunWorld(
                in: world,
                turns: "  - steps:\n\(String(repeating: call, count: 4))  - say: done\n")
            let run = try await here.run(["--output-format", "stream-json"]).run()
            #expect(run.code == 0)
            for line in run.output.split(separator: "\n") { _ = try parse(String(line)) }
        }
    }

    @Test func `what is otherwise than one may think is said first`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: one\n  - say: two\n")
            _ = try await here.run().run()
            let file = try here.sessionFile()
            let last = try #require(here.session().last?["id"]?.string)
            let text =
                String(
                    decoding: try Folder.open(file.parent, resolving: .noLinks)
                        .read(file.name!, limit: .mebibytes(1), resolving: .noLinks),
                    as: UTF8.self)
                + "{\"type\":\"something_new\",\"id\":\"00000001\",\"parentId\":\"\(last)\",\"timestamp\":\"t\"}\n"
            try ExecWorld.write(text, to: file)
            let run = try await here.run(["-c"]).run()
            #expect(run.output == "two\n", "\(run.error)")
            #expect(run.error.contains("does not know (something_new)"), "\(run.error)")
        }
    }

    /// Also where every sandbox has a link of its own.
    @Test(arguments: ["/scratch", "/var"])
    func `what is in the scratch folder lasts as long as the run, and is as large as it may be`(
        at place: String
    ) async throws {
        try await World.with { world in
            let commands = [
                "echo one >\(place)/kept; chmod 600 \(place)/kept; echo 1 >a",
                "cat \(place)/kept; echo two >>\(place)/kept; echo 2 >b",
                "cat \(place)/kept; head -c 900K /dev/zero >\(place)/large; echo 3 >c",
                "head -c 900K /dev/zero >\(place)/more; stat -c %s \(place)/large",
            ]
            let turns = commands.map {
                "  - steps: [{call: {name: bash, arguments: {command: \"\($0)\"}}}]\n"
            }
            let here = try RunWorld(in: world, turns: turns.joined() + "  - say: done\n")
            let policy = try here.person.write(
                policy: "files: {scratch: {at: \(place), size: 1MiB}}", extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.output == "done\n", "\(run.error)")
            let results = try here.results().map(\.text)
            #expect(results[1].hasPrefix("one\n"), "\(results)")
            #expect(results[2].hasPrefix("one\ntwo\n"), "\(results)")
            #expect(
                results[3].contains("No space left on device") && results[3].contains("921600"),
                "\(results)")
        }
    }

    @Test func `an earlier run's answer is no answer`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: "  - say: all good\n  - error: {kind: quota, message: nothing left}\n")
            #expect(try await here.run().run().output == "all good\n")
            var more = try here.run(["-c"], ["what", "else\nis there?"])
            more.input = Array("something piped in".utf8)
            let failed = try await more.run()
            #expect(failed.code == 8)
            #expect(failed.output == "")
            #expect(failed.error.contains("`pi-runner run -c \"go on\"` goes on with it"))
            #expect(failed.error.contains("something was piped in"))
            let shown = try await here.command(["session", "show"]).run().output
            #expect(shown.contains("no answer:\n") && shown.contains("nothing left"), "\(shown)")
            let list = try await here.command(["ls"]).run().output
            let lines = list.split(separator: "\n")
            #expect(lines.count == 2 && lines[0].contains(": what else, ended with 8"), "\(list)")
            #expect(lines[1].contains(": go, ended with 0"), "\(list)")
            let unkept = try await here.run(["--no-session"], ["a secret"]).run()
            #expect(!unkept.error.contains("piped in"))
            #expect(try await !here.command(["ls"]).run().output.contains("a secret"))
        }
    }

    @Test func `where nothing has changed nobody says that it was taken away`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - {say: done, repeat: 5}\n")
            _ = try await here.run().run()
            #expect(try await here.run(["-c"], ["and", "now"]).run().code == 0)
            #expect(try !here.session().description.contains("From the runner"))
        }
    }

    @Test func `what waits under one policy does not come in by another`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns:
                    "  - steps: [{call: {name: write, arguments: {path: new, content: x}}}]\n  - {say: done, repeat: 5}\n"
            )
            _ = try await here.run().run()
            let direct = try here.person.write(
                policy: "workspace: {mode: direct}", extending: "default")
            let refused = try await here.run(["-c", "--policy", direct]).run()
            #expect(refused.code == 3)
            #expect(refused.error.contains("this policy would take them over"), "\(refused.error)")
            _ = try await here.command(["discard"]).run()
            let again = try await here.run(["-c", "--policy", direct]).run()
            #expect(again.code == 0, "\(again.error)")
            // The model is told that its files are not what they were.
            let said = try here.session().compactMap { $0["message"] }
                .filter { $0["role"] == "user" }.last
            #expect(said?.description.contains("taken back or dropped") == true)
        }
    }

    @Test func `a prompt that is there wants its words, and a typo is told`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: "  - expect: {prompt: \"Fix this: the login page\"}\n    say: fixed\n")
            #expect(
                try await here.run([], ["/fix", "the login", "page"]).run().output == "fixed\n")
            #expect(try await here.run([], ["/fix"]).run().error.contains("needs to know what"))
            let typo = try await here.run([], ["/reviw"]).run()
            #expect(typo.code == 2)
            #expect(typo.error.contains("did you mean `/review`?"))
        }
    }

    @Test func `an answer in pieces is one answer`() async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world, turns: "  - {say: \"first \", stop: length}\n  - say: second\n")
            #expect(try await here.run().run().output == "first second\n")
        }
    }

    @Test func `a command that is too long is a result, and no end`() async throws {
        try await World.with { world in
            let long = String(repeating: "x", count: 200_000)
            let here = try RunWorld(
                in: world,
                turns:
                    "  - steps: [{call: {name: bash, arguments: {command: \"echo \(long)\"}}}]\n  - say: done\n"
            )
            let run = try await here.run().run()
            #expect(run.code == 0, "\(run.error.prefix(500))")
            #expect(try here.results()[0].text.hasPrefix("Nothing was run: "))
        }
    }

    @Test func `a person's own skill is read, and counts more than one of a workspace`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - expect: {system: "as it says.\\n- mine: of the person (/skills/mine/SKILL.md)"}
                        steps: [{call: {name: read, arguments: {path: /skills/mine/SKILL.md}}}]
                      - say: done
                    """)
            let own = here.person.home.appending("pi-runner/skills/mine")
            let theirs = here.person.work.appending(".agents/skills/mine")
            for (place, word) in [(own, "of the person"), (theirs, "of a stranger")] {
                _ = try Folder.make(place, mode: 0o755)
                try ExecWorld.write(
                    "---\nname: mine\ndescription: \(word)\n---\nDo it.\n",
                    to: place.appending("SKILL.md"))
            }
            let run = try await here.run().run()
            #expect(run.output == "done\n", "\(run.error)")
            #expect(try here.results()[0].text.hasSuffix("Do it.\n"))
            #expect(run.error.contains("there is a skill of this name already"))
        }
    }
}
