import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// Each key that is enforced for agents alone changes what becomes of a call, or ends a run.
@Suite(.timeLimit(.minutes(10))) struct RunKeyTests {
    struct Key: Sendable, CustomTestStringConvertible {
        /// As in `docs/policy-keys.md`, with its section.
        let name: String
        let one: String
        let other: String
        /// What the model asks for.
        let call: String
        /// What it is told with each.
        let told: (one: String, other: String)

        init(_ name: String, _ one: String, _ other: String, _ call: String, told: (String, String))
        {
            self.name = name
            self.one = one
            self.other = other
            self.call = call
            self.told = (told.0, told.1)
        }

        var testDescription: String { name }
    }

    private static let bash = "{name: bash, arguments: {command: \"git push origin\"}}"
    private static let write = "{name: write, arguments: {path: a/b, content: x}}"

    /// What is seen by how a run ends stands in `RunTests`.
    static let elsewhere: Set = [
        "budgets.wall", "budgets.turns", "budgets.tool_calls", "budgets.tokens",
        "budgets.cost_usd", "budgets.unknown_price", "model.allow", "model.stronger",
        "model.fallback", "model.summarizer",
        // Nothing that a provider runs is ever asked for, and what comes all the same ends the answer.
        "model.hosted_tools",
    ]

    static let keys = [
        Key(
            "tools.default", "tools: {default: deny}", "tools: {default: allow}",
            "{name: ls, arguments: {}}", told: ("", "")),
        Key(
            "tools.decision", "tools: {bash: {decision: allow}}",
            "tools: {bash: {decision: allow, deny: [{command: [git, \"...\"]}]}}",
            bash, told: ("(exit code", "Not run.")),
        Key(
            "tools.calls", "tools: {bash: {decision: allow, calls: 1}}",
            "tools: {bash: {decision: allow, calls: 0}}", bash,
            told: ("(exit code", "may be called 0 times")),
        Key(
            "tools.allow",
            "tools: {bash: {decision: deny, allow: [{command: [git, push, \"...\"]}]}}",
            "tools: {bash: {decision: allow, deny: [{command: [git, \"...\"]}]}}", bash,
            told: ("(exit code", "Not run.")),
        Key(
            "tools.ask", "tools: {bash: {decision: allow}}",
            "tools: {bash: {decision: allow, ask: [{command: [git, push, \"...\"], reason: publishing}]}}",
            bash, told: ("(exit code", "Nobody can be asked in this run")),
        Key(
            "tools.deny", "tools: {write: {decision: allow}}",
            "tools: {write: {decision: allow, deny: [{path: a, reason: mine}]}}", write,
            told: ("which is new", "names it: mine")),
    ]

    @Test(arguments: keys)
    func `a key changes what the model is told`(key: Key) async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world, turns: "  - steps: [{call: \(key.call)}]\n  - say: done\n")
            for (lines, expected) in [(key.one, key.told.one), (key.other, key.told.other)] {
                let policy = try here.person.write(policy: lines, extending: "default")
                let run = try await here.run(["--policy", policy]).run()
                #expect(run.code == 0, "\(lines): \(run.error)")
                let told = try here.results().last?.text ?? ""
                #expect(told.contains(expected), "\(lines): \(told)")
            }
        }
    }

    @Test func `a tool that is not named is offered by the default alone`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: done\n")
            for (decision, isOffered) in [("deny", false), ("allow", true)] {
                let policy = try here.person.write(
                    policy:
                        "files: {read: [/usr, /bin, /lib, /lib64]}\ntools: {default: \(decision), read: allow}",
                    extending: "exec")
                let run = try await here.run(["--policy", policy, "--tools", "read,edit"]).run()
                #expect(run.error.contains("not offered: edit") == !isOffered, "\(run.error)")
            }
        }
    }

    @Test func `a price that nobody knows is no price of nothing`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: done\n")
            var run = try here.command([
                "run", "-m", "m", "--api", "openai-completions", "--base-url",
                "https://models.example/v1", "--api-key-env", "SECRET", "hi",
            ])
            let refused = try await run.run()
            #expect(refused.code == 7)
            #expect(refused.error.contains("nobody knows what custom/m costs"))
            let policy = try here.person.write(
                policy: "budgets: {unknown_price: count_as_zero}", extending: "default")
            run.arguments += ["--policy", policy, "--max-turns", "1"]
            // It is asked: that there is no such server is another matter.
            #expect(try await run.run().code == 8)
        }
    }

    @Test func `a model that goes round in circles gives way to the stronger one`() async throws {
        try await World.with { world in
            let turn =
                "  - {repeat: 20, steps: [{call: {name: bash, arguments: {command: echo same}}}]}\n"
            let here = try RunWorld(in: world, turns: turn)
            let strong = world.path.appending("strong.yaml")
            try ExecWorld.write(
                "version: 1\nturns:\n\(String(repeating: "  - {say: skipped}\n", count: 4))  - say: I see another way.\n",
                to: strong)
            let policy = try here.person.write(
                policy: "model: {stronger: [\"scripted/\(strong)\"]}", extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            #expect(run.output == "I see another way.\n")
            #expect(run.error.contains("going on with scripted/"))
        }
    }

    @Test func `where a model fails the next one goes on, with the calls that were made`()
        async throws
    {
        try await World.with { world in
            // It has one turn, and then no answer any more.
            let here = try RunWorld(
                in: world,
                turns: "  - steps: [{call: {name: bash, arguments: {command: echo same}}}]\n")
            let next = world.path.appending("next.yaml")
            try ExecWorld.write(
                "version: 1\nturns:\n  - say: skipped\n  - {when: {result: same}, say: I have it.}\n",
                to: next)
            let policy = try here.person.write(
                policy: "model: {fallback: [\"scripted/none-*\", \"scripted/\(next)\"]}",
                extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            #expect(run.output == "I have it.\n")
            #expect(run.error.contains("not asked: scripted/none-*: it stands for many models"))
            #expect(run.error.contains("going on with scripted/"))
            #expect(run.error.contains("the script has come to its end"))
            #expect(try here.results().count == 1)
        }
    }

    @Test func `a long conversation is summed up by the model that the policy names for that`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - {steps: [{call: {name: bash, arguments: {command: echo one}}}], usage: {input: 30}}
                      - {when: {prompt: Go.}, say: done}
                      - {error: {kind: context-overflow, message: too long}}

                    """)
            let cheap = world.path.appending("cheap.yaml")
            try ExecWorld.write(
                "version: 1\nturns:\n  - {expect: {system: You sum up}, say: \"## Goal\\nGo.\"}\n",
                to: cheap)
            let policy = try here.person.write(
                policy: "model: {summarizer: [\"scripted/\(cheap)\"]}", extending: "default")
            let plan = try await here.run(["--policy", policy, "--plan"]).run()
            #expect(plan.output.contains("for summaries"), "\(plan.error)")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.error.contains("summed up, from"), "\(run.error)")
            #expect(run.code == 0 && run.output == "done\n")
        }
    }

    @Test func `a key that was named is for the model that was chosen alone`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: never\n")
            for key in ["fallback", "stronger", "summarizer"] {
                let policy = try here.person.write(
                    policy:
                        "model: {\(key): [anthropic/claude-sonnet-5]}\nbudgets: {unknown_price: count_as_zero}",
                    extending: "default")
                var run = try here.command([
                    "run", "--policy", policy, "--base-url", "http://127.0.0.1:1", "--api",
                    "openai-completions", "-m", "m", "--api-key-env", "LOCAL_KEY", "go",
                ])
                run.environment.append("LOCAL_KEY=for-the-local-server")
                let refused = try await run.run()
                #expect(refused.code == 2, "\(refused.error)")
                #expect(
                    refused.error.contains("there is no key for anthropic"), "\(refused.error)")
            }
        }
    }

    @Test func `a bound has its say on the models that take over`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: done\n")
            let next = world.path.appending("next.yaml")
            try ExecWorld.write("version: 1\nturns:\n  - say: next\n", to: next)
            let folder = try Folder.open(here.person.work, resolving: .noLinks)
            try folder.makeFolder(".pi-runner", mode: 0o755)
            try ExecWorld.write(
                "version: 1\nname: bound\nmodel: {fallback: [\"local/*\"]}\n",
                to: here.person.work.appending(".pi-runner/policy.yaml"))
            let policy = try here.person.write(
                policy: "model: {fallback: [\"scripted/\(next)\"]}", extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.error.contains("not asked: scripted/"), "\(run.error)")
        }
    }

    @Test func `every key of agents and budgets is tried`() throws {
        var section = ""
        var enforced: Set<String> = []
        for line in try Repository.read("docs/policy-keys.md").split(separator: "\n") {
            if line.hasPrefix("## `") { section = String(line.dropFirst(4).dropLast()) }
            let cells = line.split(separator: "|").map { $0.drop { $0 == " " } }
            guard cells.count > 5, cells[0].hasPrefix("`"),
                cells[4].hasPrefix("agent") || cells[4].hasPrefix("budgets"),
                ["tools", "budgets", "model"].contains(section)
            else { continue }
            let name = String(cells[0].dropFirst().prefix { $0 != "`" })
            let last = name.split(separator: ".").last.map(String.init) ?? name
            // What a matcher is made of is tried with the lists that hold it.
            if ["command", "path", "reason"].contains(last) { continue }
            enforced.insert("\(section).\(last)")
        }
        #expect(enforced.count > 12)
        #expect(enforced == Set(Self.keys.map(\.name)).union(Self.elsewhere), "\(enforced)")
    }
}
