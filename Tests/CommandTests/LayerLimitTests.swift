import PiJSON
import PiSystem
import PiTesting
import Testing

/// `workspace.size` and `workspace.files`: how much of what a run writes may wait.
@Suite(.timeLimit(.minutes(10))) struct LayerLimitTests {
    private static func policy(_ limits: String, mode: String = "overlay") -> String {
        "workspace: {mode: \(mode), \(limits)}"
    }

    private static func limited(
        _ work: Layered, _ script: RawText, _ options: [RawText] = [], policy: String
    ) async throws -> (JSONValue, Program.Run) {
        let run = try await work.execution(script, ["--json"] + options, policy: policy).run()
        return (try parse(run.output), run)
    }

    struct Case: CustomTestStringConvertible {
        let limits: String
        let script: RawText
        let hit: String?
        var testDescription: String { "\(limits): \(script)" }
    }

    @Test(arguments: [
        Case(limits: "size: 1MiB", script: "head -c 900k /dev/zero >x", hit: nil),
        // Holes take nothing, and names of one file take it once.
        Case(
            limits: "size: 1MiB",
            script: "truncate -s 1M hole; head -c 600k /dev/zero >x; ln x y; ln x z", hit: nil),
        Case(
            limits: "size: 1MiB", script: "for i in 1 2 3; do head -c 500k /dev/zero >$i; done",
            hit: "workspace.size"),
        Case(
            limits: "size: 1MiB",
            script: "mkdir d; head -c 600k /dev/zero >d/x; cp d/x .; chmod 0 d",
            hit: "workspace.size"),
        Case(
            limits: "size: 1MiB",
            script: "for ((i = 0; ; i++)); do head -c 100k /dev/zero >$i; done",
            hit: "workspace.size"),
        Case(limits: "files: 10", script: "touch 1 2 3 4 5 6 7 8 9; rm a", hit: nil),
        Case(
            limits: "files: 10", script: "i=0; while touch $((i++)); do sleep 0.01; done",
            hit: "workspace.files"),
        Case(limits: "files: 10", script: "touch 1 2 3 4 5 6 7 8 9 10 11", hit: "workspace.files"),
    ])
    func `what waits takes no more than it may`(what: Case) async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            let (result, run) = try await Self.limited(
                work, what.script, policy: Self.policy(what.limits))
            #expect(result["exit"]?["limit"]?["name"]?.string == what.hit, "\(run.error)")
            let name = "workspace.\(what.limits.prefix { $0 != ":" })"
            let row = result["limits"]?.array?.first { $0["name"]?.string == name }
            #expect(row?["state"]?.string == "watched")
            #expect(row?["met"]?.bool == (what.hit != nil))
            guard let hit = what.hit else { return }
            #expect(run.error.contains("raise `\(hit)`"), "\(run.error)")
            // It waits to be looked at.
            #expect(result["waiting"]?["changes"]?.number?.int ?? 0 > 1)
        }
    }

    /// What tries the walls before the first run is no program of that run.
    @Test(arguments: [
        "workspace: {mode: overlay, size: 1KiB, files: 1}",
        "limits: {output: {keep: 1KiB, hard: 1KiB}, cpu: 1s, processes: 1}",
    ])
    func `the walls are tried without its limits`(policy: String) async throws {
        try await World.with { world in
            let run = try await Layered(in: world).execution("true", policy: policy).run()
            #expect(run.code == 0, "\(run.error)")
        }
    }

    @Test func `of one file the kernel holds it, and the rest of a run counts, too`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            let policy = Self.policy("size: 1MiB")
            let (large, run) = try await Self.limited(
                work, "head -c 9m /dev/zero >x; stat -c %s x", policy: policy)
            #expect(large["output"]?["stdout"]?.string == "1048576\n", "\(run.error)")
            _ = try await work.ask("discard")
            for (turn, wanted) in [nil, "workspace.size"].enumerated() {
                let (result, run) = try await Self.limited(
                    work, "head -c 600k /dev/zero >$RANDOM", turn == 0 ? [] : ["--run", "last"],
                    policy: policy)
                #expect(result["exit"]?["limit"]?["name"]?.string == wanted, "\(run.error)")
            }
        }
    }

    @Test func `what is more than it may be is not applied by itself`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            let policy = Self.policy("files: 2", mode: "direct")
            let (result, run) = try await Self.limited(work, "touch 1 2 3", policy: policy)
            #expect(result["applied"]?.array == nil, "\(run.error)")
            // Whatever else ends it.
            let (other, _) = try await Self.limited(
                work, "touch 1 2 3; head -c 9m /dev/zero", ["--run", "last"],
                policy: "\(policy)\nlimits: {output: {keep: 4KiB, hard: 1MiB}}")
            #expect(other["applied"]?.array == nil)
            #expect(try await work.shell("ls") == "")
            #expect(try await work.ask("apply").code == 0)
            #expect(try await work.shell("ls") == "1\n2\n3\n")
        }
    }

    /// An agent goes on after a call that met a limit: neither that turn's changes nor later ones are taken over.
    @Test(arguments: ["mode: direct", "mode: overlay, apply: on_success"])
    func `nor is what an agent writes`(workspace: String) async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: bash, arguments: {command: "touch 1 2 3"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "rm 1 2; ls"}}}]
                      - say: done
                    """)
            let policy = try here.person.write(
                policy: "workspace: {\(workspace), files: 2}", extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            #expect(try here.results()[0].text.contains("workspace.files"))
            #expect(run.error.contains("is for a person to look at"), "\(run.error)")
            let work = try Folder.open(here.person.work, resolving: .noLinks)
            #expect(try work.factsIfPresent(of: "3") == nil)
            #expect(try await here.command(["apply"]).run().code == 0)
            #expect(try work.factsIfPresent(of: "3") != nil)
        }
    }

    @Test(arguments: ["mode: direct", "mode: overlay, apply: on_success"])
    func `nor what a later run finds waiting`(workspace: String) async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: bash, arguments: {command: "touch 1 2 3"}}}]
                      - say: done
                      - say: you are welcome
                    """)
            let policy = try here.person.write(
                policy: "workspace: {\(workspace), files: 2}", extending: "default")
            #expect(try await here.run(["--policy", policy]).run().code == 0)
            let again = try await here.run(["--policy", policy, "-c"], ["thanks"]).run()
            #expect(again.output == "you are welcome\n", "\(again.error)")
            let work = try Folder.open(here.person.work, resolving: .noLinks)
            #expect(try work.factsIfPresent(of: "3") == nil)
            #expect(try await here.command(["apply"]).run().code == 0)
            #expect(try work.factsIfPresent(of: "3") != nil)
        }
    }
}
