import PiJSON
import PiSystem
import PiTesting
import Testing

/// `workspace.upper: memory`: what may wait is the kernel's word, and what was written outlasts the call all the same.
@Suite(.timeLimit(.minutes(10))) struct LayerInMemoryTests {
    private static func policy(_ rest: String = "size: 2MiB", mode: String = "overlay") -> String {
        "workspace: {mode: \(mode), upper: memory, \(rest)}"
    }

    private static func json(
        _ work: Layered, _ script: RawText, _ options: [RawText] = [],
        policy: String = policy()
    ) async throws -> JSONValue {
        let run = try await work.execution(script, ["--json"] + options, policy: policy).run()
        return try parse(run.output)
    }

    private static func row(_ result: JSONValue, _ name: String) -> JSONValue? {
        result["limits"]?.array?.first { $0["name"]?.string == name }
    }

    @Test func `no byte more is written than may be, and the program is told`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            let result = try await Self.json(
                work,
                "head -c 900k /dev/zero >x; head -c 900k /dev/zero >y; head -c 900k /dev/zero >z; echo $?; stat -c %s a"
            )
            let output = result["output"]
            #expect(output?["stdout"]?.string == "1\n4\n")
            #expect(output?["stderr"]?.string?.contains("No space left on device") == true)
            #expect(result["exit"]?["by"]?.string == "program")
            #expect(Self.row(result, "workspace.size")?["state"]?.string == "enforced")
            #expect(Self.row(result, "workspace.size")?["met"]?.bool == true)
            #expect(result["waiting"]?["changes"]?.number?.int == 3)
            // What waits counts in the next turn, too.
            let more = try await Self.json(
                work, "rm z; head -c 1500k /dev/zero >w; stat -c %s w", ["--run", "last"])
            let size = Int(more["output"]?["stdout"]?.string?.dropLast() ?? "") ?? 0
            #expect(size < 300 << 10, "\(size)")
            #expect(try await work.shell("ls") == "a\n")
        }
    }

    @Test func `no name more is made than may be`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            let result = try await Self.json(
                work, "for i in $(seq 100); do touch $i || break; done 2>/dev/null; ls | wc -l",
                policy: Self.policy("size: 2MiB, files: 20"))
            let made = Int(result["output"]?["stdout"]?.string?.dropLast() ?? "") ?? 0
            #expect((10...20).contains(made), "\(made)")
            #expect(Self.row(result, "workspace.files")?["state"]?.string == "enforced")
            #expect(Self.row(result, "workspace.files")?["met"]?.bool == true)
        }
    }

    /// Whatever a layer can say.
    private static let script: RawText = #"""
        rm b; rm -r old; mkdir old; echo new >old/e; ln -s a l; echo two >>a; ln a h; ln a src/h
        mkdir -p deep/er; echo x >deep/er/x; chmod 0 deep/er/x; ln src/c deep/c; chmod 0 deep
        rm src/d; mkdir src/d; touch src/d/in; chmod 1777 src; touch "$(printf 'n\377')"
        truncate -s 100M hole; printf x | dd of=hole bs=1 seek=50M conv=notrunc 2>/dev/null
        python3 -c 'import os; os.setxattr("a", "user.mine", b"1")'; mkdir empty
        """#

    @Test func `it says what a layer on a disk says`() async throws {
        var told: [String] = []
        for upper in ["disk", "memory"] {
            try await World.with { world in
                let work = try Layered(in: world, ["a": "one\n", "b": "two\n"])
                try await work.shell("mkdir src old; echo c >src/c; echo d >src/d; echo f >old/f")
                try await work.shell("sleep 0.02")
                let run = try await work.execution(
                    Self.script, [],
                    policy: "workspace: {mode: overlay, upper: \(upper), size: 64MiB}"
                ).run()
                #expect(run.code == 0, "\(run.error)")
                let changes = try await work.asks("diff")["changes"]
                let list = changes?.array?.map {
                    "\($0["path"]?.string ?? "") \($0["change"]?.string ?? "") \($0["after"]?["mode"] ?? .null)"
                }
                #expect(list?.count == 17)
                // A turn on top sees it, too.
                let seen = try await work.execution(
                    RawText("chmod 700 deep; \(Layered.look)")!,
                    ["--run", "last"],
                    policy: "workspace: {mode: overlay, upper: \(upper), size: 64MiB}"
                ).run()
                #expect(try await work.ask("apply").code == 0)
                let blocks = try await work.shell(
                    "stat -c %b hole; getfattr -n user.mine a 2>&1 | tail -2")
                told.append(
                    "\(list ?? [])\n\(seen.output)\n\(try await work.tree())\n\(blocks)\n\(try await work.shell("stat -c '%h' a"))"
                )
                #expect(try await work.ask("undo").code == 0)
                #expect(try await work.shell("cat a b old/f src/d") == "one\ntwo\nf\nd\n")
            }
        }
        #expect(told.count == 2 && told[0] == told[1])
    }

    @Test func `what hides something hides it still, if it can't be kept itself`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            _ = try await Self.json(work, "rm a; mkfifo a; echo x >b")
            #expect(try await work.ask("diff", "--name-only").output == "a\nb\n")
            let next = try await Self.json(work, "ls", ["--run", "last"])
            #expect(next["output"]?["stdout"]?.string == "b\n")
        }
    }

    @Test func `what is nested too deep is not kept, and that is said`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            let run = try await work.execution(
                "for i in $(seq 300); do mkdir d; cd d; done; echo done", policy: Self.policy()
            ).run()
            #expect(run.code == 125)
            #expect(run.error.contains("can't be kept, and is lost"), "\(run.error)")
            #expect(try await work.ask("diff").output == "no changes wait here\n")
            #expect(try await work.nothingWaits())
        }
    }

    @Test func `with a killed supervisor it goes, and nothing else does`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            _ = try await Self.json(work, "echo first >f")
            try await EventLoop.run { loop in
                try await work.execution(
                    "echo two >>a; echo ready; sleep 1000", ["--run", "last"],
                    policy: Self.policy()
                ).start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    try running.signal(.kill)
                    _ = try await running.finish(on: loop)
                }
            }
            #expect(try await work.ask("diff", "--name-only").output == "f\n")
            #expect(try await work.shell("cat a") == "one\n")
            let next = try await Self.json(work, "cat a f", ["--run", "last"])
            #expect(next["output"]?["stdout"]?.string == "one\nfirst\n")
        }
    }

    @Test(arguments: ["overlay", "direct"])
    func `each turn of an agent is kept, and can be taken back`(mode: String) async throws {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: write, arguments: {path: one, content: "1"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "cat one; echo 2 >two"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "head -c 9m /dev/zero >big"}}}]
                      - say: done
                    """)
            let policy = try here.person.write(
                policy: Self.policy(mode: mode), extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            let results = try here.results()
            #expect(results[1].text == "1")
            #expect(results[2].isError && results[2].text.contains("workspace.size"))
            #expect(try await here.command(["apply"]).run().code == 0)
            let work = Layered(of: here.person)
            #expect(try await work.shell("cat one two; ls") == "12\nbig\none\ntwo\n")
        }
    }

    @Test func `without a size there is none`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            let run = try await work.execution(
                "true", policy: "workspace: {mode: overlay, upper: memory}"
            ).run()
            #expect(run.code != 0)
            #expect(run.error.contains("has to have a size"), "\(run.error)")
        }
    }
}
