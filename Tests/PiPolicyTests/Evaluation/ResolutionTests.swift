import PiJSON
import PiPolicy
import Testing

/// What is in force: composed, bounded, named by its digest.
@Suite struct ResolutionTests {
    private func resolve(_ text: String, bounds: [String] = [], files: [String: String] = [:])
        -> ResolvedPolicy?
    {
        var loader = Loader()
        loader.bounds = bounds.map { "version: 1\nname: bound\n" + $0 }
        loader.files = files
        return loader.load("version: 1\nname: test\n" + text).resolved
    }

    @Test(arguments: [
        ("limits: {wall: 60s}", "limits: {wall: 1m}", true),
        ("limits: {wall: 60s}", "limits:\n  wall: 60s   # a minute\n", true),
        ("files: {read: [/a, /b]}", "files: {read: [/b, \"/a\", /b]}", true),
        ("description: one", "description: another", true),
        ("tools: {bash: allow}", "tools: {bash: {decision: allow}}", true),
        ("budgets: {cost_usd: 1.5}", "budgets: {cost_usd: 1.50}", true),
        ("limits: {wall: 60s}", "limits: {wall: 61s}", false),
        ("files: {read: [/a]}", "files: {write: [/a]}", false),
        ("model: {fallback: [a/x, b/y]}", "model: {fallback: [b/y, a/x]}", false),
        ("environment: {set: {command: a}}", "environment: {set: {command: b}}", false),
        ("tools: {command: deny}", "tools: {command: allow}", false),
        (
            "network: {allow: {command: {hosts: [a.example.org]}}}",
            "network: {allow: {command: {hosts: [b.example.org]}}}", false
        ),
        (
            "tools: {bash: {deny: [{command: [a, b]}]}}",
            "tools: {bash: {deny: [{command: [b, a]}]}}", false
        ),
    ])
    func `the canonical form is that of the meaning, not of the text`(
        one: String, other: String, alike: Bool
    ) throws {
        let forms = try [one, other].map {
            try CanonicalJSON.write(#require(resolve($0)).canonical)
        }
        #expect((forms[0] == forms[1]) == alike)
    }

    @Test func `what denies, asks, hides and protects adds up, and reading too`() throws {
        let parent = """
            version: 1
            name: parent
            files: {read: [/a], hide: [/a/x]}
            workspace: {mode: overlay, protect: [p]}
            limits: {wall: 1m, cpu: 1m}
            tools: {bash: {decision: allow, deny: [{command: [one]}]}}
            tests: [{allow: {tool: bash}}]
            """
        let child = try #require(
            resolve(
                """
                extends: [parent.yaml]
                files: {read: [/b], hide: [/b/x]}
                workspace: {protect: [q]}
                limits: {wall: 2m}
                tools: {bash: {decision: ask, deny: [{command: [two]}]}}
                """, files: ["parent.yaml": parent]))
        let value = child.value
        #expect(value.value(at: ["files", "read"])?.elements.compactMap(\.text) == ["/a", "/b"])
        #expect(value.value(at: ["files", "hide"])?.elements.count == 2)
        #expect(value.value(at: ["workspace", "protect"])?.elements.count == 2)
        #expect(value.value(at: ["tools", "bash", "deny"])?.elements.count == 2)
        #expect(value.value(at: ["tools", "bash", "decision"])?.text == "ask")
        #expect(value.value(at: ["limits", "wall"])?.shown == "2m")
        #expect(value.value(at: ["limits", "wall"])?.origin.description == "policy.yaml:6:16")
        #expect(value.value(at: ["limits", "cpu"])?.origin.description == "parent.yaml:5:25")
    }

    @Test func `the narrower value is in force, and says where it comes from`() throws {
        var loader = Loader()
        loader.bounds = [
            "version: 1\nname: b\nlimits: {wall: 1m, memory: 2GiB}\nworkspace: {mode: overlay, hide: [x]}\n"
                + "approvals: {people: 3}\nrequire: {landlock: 4}\n"
        ]
        let loaded = loader.load(
            "version: 1\nname: a\nlimits: {wall: 10m, memory: 1GiB}\nworkspace: {mode: live}\n"
                + "approvals: {people: 1}\nrequire: {landlock: any}\n")
        #expect(loaded.codes == ["W0402", "W0402", "W0402", "W0402"])
        let value = try #require(loaded.resolved).value
        #expect(value.value(at: ["limits", "wall"])?.shown == "1m")
        #expect(value.value(at: ["limits", "wall"])?.origin.source.name == "bound.yaml")
        #expect(value.value(at: ["limits", "memory"])?.shown == "1GiB")
        #expect(value.value(at: ["workspace", "mode"])?.text == "overlay")
        #expect(value.value(at: ["workspace", "hide"])?.elements.count == 1)
        #expect(value.value(at: ["approvals", "people"])?.count == 3)
        #expect(value.value(at: ["require", "landlock"])?.count == 4)
    }

    @Test func `what a bound says of tools by a pattern narrows each of them`() throws {
        let resolved = try #require(
            resolve(
                "tools: {\"mcp:a\": {decision: allow, calls: 100}}",
                bounds: ["tools: {\"mcp:*\": {calls: 3}}\n"]))
        #expect(resolved.value.value(at: ["tools", "mcp:a", "calls"])?.count == 3)
    }

    @Test func `a rule that depends on a variable without a value is refused`() {
        let loaded = Loader().load("version: 1\nname: x\nfiles: {hide: [\"${env:UNSET}/s\"]}\n")
        #expect(loaded.resolved == nil)
    }

    @Test func `a bound never widens what is left out`() throws {
        let resolved = try #require(
            resolve(
                "tools: {bash: allow}",
                bounds: ["workspace: {mode: live}\nnetwork: {default: ask}\n"]))
        #expect(resolved.value.value(at: ["workspace", "mode"]) == nil)
        let evaluator = resolved.evaluator(in: Loader().surroundings)
        #expect(evaluator.decide(Request(write: "a")).verdict == .deny)
        #expect(
            evaluator.decide(Request(connect: Request.Connection("a.example.org:443"))).verdict
                == .deny)
    }

    @Test func `what nothing enforces yet is refused by name, and what merely refuses is not`()
        throws
    {
        let policy = try #require(
            resolve(
                "secrets: {key: {from: \"env:KEY\"}}\nnetwork: {default: deny}\nproposals: {accept: []}\nbudgets: {turns: 3, per_day: {runs: 3}}\n"
            ))
        let run = Enforcement.missing(in: policy, for: .run)
        #expect(Set(run.map(\.key)) == ["secrets.key.from", "budgets.per_day.runs"])
        #expect(Enforcement.missing(in: policy, for: .exec).map(\.key) == ["secrets.key.from"])
        #expect(Enforcement.missing(in: policy, for: .run, present: Set(Part.allCases)).isEmpty)
        let messages = Enforcement.diagnostics(run)
        #expect(messages.map(\.code) == ["P0701", "P0701"])
        #expect(Set(messages.map { $0.at?.line }) == [3, 6])
    }

    @Test func `what a person could allow is refused, and that is said once`() throws {
        let policy = try #require(
            resolve(
                "approvals: {ask: wait, timeout: 10m}\nbudgets: {on_exceed: ask}\ntools: {bash: ask}\n"
            ))
        #expect(Enforcement.missing(in: policy, for: .run).isEmpty)
        let unasked = Enforcement.unasked(in: policy, for: .run)
        #expect(
            Set(unasked.map(\.key)) == [
                "approvals.ask", "approvals.timeout", "budgets.on_exceed", "tools.bash.decision",
            ])
        let messages = Enforcement.diagnostics(unasked: unasked)
        #expect(messages.map(\.code) == ["W0702"])
        #expect(messages[0].severity == .warning)
        #expect(Enforcement.unasked(in: policy, for: .exec).isEmpty)

        let rules = try #require(
            resolve(
                "tools: {bash: {decision: allow, ask: [{command: [git, push]}]}, edit: allow}\n"))
        #expect(Enforcement.unasked(in: rules, for: .run).map(\.key) == ["tools.bash.ask"])
        let none = try #require(resolve("tools: {bash: {decision: allow, ask: []}}\n"))
        #expect(Enforcement.unasked(in: none, for: .run).isEmpty)
    }

    @Test func `a workspace's own policy narrows, and reaches for nothing`() {
        var loader = Loader()
        loader.author = .workspace
        for (line, code) in [
            ("secrets: {a: {from: \"env:A\"}}", "P0408"),
            ("files: {read: [\"${workspace}/a\"]}", "P0408"),
            ("extends: [other.yaml]", "P0408"),
        ] {
            let codes = loader.load("version: 1\nname: x\n\(line)\n").codes
            #expect(codes == [code], "\(line)")
        }
        #expect(loader.load("version: 1\nname: x\nextends: [base/locked-down]\n").codes == [])
    }
}
