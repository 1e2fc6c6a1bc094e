import PiJSON
import PiSystem
import PiTesting
import Testing

/// What `exec` does about a workspace that somebody has prepared, or that changes under it.
@Suite struct ExecWorkspaceTests {
    private static var ownerRoot: String { UserID.current == .root ? ", owner: root" : "" }

    private func live(_ person: ExecWorld, _ more: String = "") throws -> RawText {
        try person.write(
            policy: "workspace: {mode: live\(Self.ownerRoot)\(more)}", extending: "base/locked-down"
        )
    }

    @Test func `of a protected link the file is protected, too`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let work = try Folder.open(person.work, resolving: .noLinks)
            try ExecWorld.write("mine\n", to: person.work.appending("notes.md"))
            try work.makeLink("CLAUDE.md", to: "notes.md")
            let run = try await person.exec(
                ["--policy", live(person)], ["sh", "-c", "echo evil >> CLAUDE.md; rm -f CLAUDE.md"]
            ).run()
            #expect(try person.read("notes.md") == "mine\n")
            #expect(try work.facts(of: "CLAUDE.md").kind == .link)
            #expect(run.error.contains("can't be moved, replaced or removed"))
        }
    }

    @Test func `what sends Git elsewhere is looked for, and told`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let work = try Folder.open(person.work, resolving: .noLinks)
            try work.makeFolder(".git", mode: 0o755)
            let run = try await person.exec(
                ["--json", "--policy", live(person)],
                ["sh", "-c", "echo ../evil > .git/commondir"]
            ).run()
            let appeared = try parse(run.output)["appeared"]?.array ?? []
            #expect(appeared.map(\.string) == ["\(person.work)/.git/commondir"])
        }
    }

    @Test func `a file that the host replaces meanwhile is told of`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try ExecWorld.write("ONE", to: person.work.appending(".env"))
            let exec = try person.exec([], ["sh", "-c", "echo begun; sleep 1; cat .env"])
            var shell = Program(
                "/bin/bash",
                [
                    "-c",
                    "\"$@\" > out & while ! grep -qs begun out; do sleep 0.05; done; echo TWO > .new; mv .new .env; wait",
                    "bash", exec.program.raw,
                ] + exec.arguments)
            shell.environment = exec.environment
            shell.folder = exec.folder
            let run = try await shell.run()
            #expect(run.error.contains(".env was replaced from outside"), "\(run.error)")
        }
    }

    @Test func `a folder that can't be listed is not taken for one that can't be entered`()
        async throws
    {
        // Root lists everything.
        guard UserID.current != .root else { return }
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let work = try Folder.open(person.work, resolving: .noLinks)
            try work.makeFolder("sub", mode: 0o755)
            try ExecWorld.write("KEY=1", to: person.work.appending("sub/.env"))
            _ = try await Program("/bin/chmod", ["311", "\(person.work)/sub"].map { RawText($0)! })
                .run()
            let run = try await person.exec([], ["cat", "sub/.env"]).run()
            _ = try await Program("/bin/chmod", ["755", "\(person.work)/sub"].map { RawText($0)! })
                .run()
            #expect(run.code == 125)
            #expect(run.error.contains("can't be listed"), "\(run.error)")
        }
    }

    @Test func `a program can't destroy its own report, nor the next start's message`()
        async throws
    {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try live(person)
            let script: RawText =
                "mkdir x; touch x/CLAUDE.md; d=n; for i in $(seq 210); do mkdir $d || exit 1; cd $d; done; exit 7"
            let run = try await person.exec(["--policy", policy], ["bash", "-c", script]).run()
            #expect(run.code == 7)
            #expect(run.error.contains("what became of protected files is not known"))
            let next = try await person.exec(["--policy", policy], ["true"]).run()
            #expect(next.code == 125)
            #expect(next.error.contains("lies too deep"), "\(next.error)")
            let state = person.home.appending("state/pi-runner/alive")
            #expect(try Folder.open(state, resolving: .noLinks).names(limit: 10) == [])
        }
    }

    @Test func `a name that is no text is refused with its reason`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let work = try Folder.open(person.work, resolving: .noLinks)
            let name = FilePath(RawText([0x61, 0xFF] + Array(".pem".utf8))!)
            try work.replace(name, with: [], mode: 0o644)
            let run = try await person.exec([], ["true"]).run()
            #expect(run.code == 125)
            #expect(run.error.contains("is no text"), "\(run.error)")
        }
    }

    @Test func `names in a workspace act on no terminal`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try ExecWorld.write(
                "", to: person.work.appending("a\u{1B}]0;HELLO\u{07}\u{1B}[31m\u{9B}2J\u{202E}.pem")
            )
            for options: [RawText] in [["--plan"], ["--plan", "--json"], ["--json"]] {
                let run = try await person.exec(options, ["sh", "-c", "ls; exit 1"]).run()
                let acting: Set<UInt32> = [0x1B, 0x07, 0x9B, 0x202E]
                let found = (run.output + run.error).unicodeScalars.filter {
                    acting.contains($0.value)
                }
                #expect(found.isEmpty, "\(options)")
            }
        }
    }

    @Test func `what is written to files outside of it is never root's by mistake`() async throws {
        guard UserID.current == .root else { return }
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try world.folder.makeFolder("out", mode: 0o755)
            let policy = try person.write(policy: "files: {write: [\"\(world.path)/out\"]}")
            let run = try await person.exec(
                ["--policy", policy], ["touch", RawText("\(world.path)/out/x")!]
            ).run()
            #expect(run.code == 125)
            #expect(run.error.contains("belongs to root"), "\(run.error)")
        }
    }

    @Test func `what files.write lists and is not there is told`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try person.write(policy: "files: {write: [\"\(world.path)/none\"]}")
            let run = try await person.exec(["--policy", policy], ["true"]).run()
            #expect(run.error.contains("what a program writes there is lost"), "\(run.error)")
        }
    }

    @Test func `words of a program are no record of a wall`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let run = try await person.exec(
                ["--json"], ["sh", "-c", "echo Network is unreachable >&2; exit 1"]
            ).run()
            let denials = try parse(run.output)["denials"]?.array ?? []
            #expect(denials.count == 1)
            #expect(denials.first?["observed"] == false)
            let runs = try Folder.open(
                person.home.appending("state/pi-runner/runs"), resolving: .noLinks)
            let id = try #require(try runs.names(limit: 10).first)
            let record = try runs.folder(id, resolving: .noLinks)
                .read("run.json", limit: .mebibytes(1), resolving: .noLinks)
            #expect(try parse(String(decoding: record, as: UTF8.self))["outcome"]?["denials"] == [])
        }
    }

    @Test func `a limit that was met is told, also if the program went on`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try person.write(
                policy: "limits: {output: {keep: 64KiB, hard: 64KiB, on_hard: drop}}")
            let run = try await person.exec(["--policy", policy], ["seq", "100000"]).run()
            #expect(run.code == 0)
            #expect(run.error.contains("what was printed past 64 KiB was dropped"), "\(run.error)")
            #expect(run.error.contains("limits.output.hard, "), "\(run.error)")
        }
    }

    @Test func `starts side by side take nobody for dead`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let exec = try person.exec([], ["true"])
            try await withThrowingTaskGroup(of: (Int32, String).self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        let run = try await exec.run()
                        return (run.code, run.error)
                    }
                }
                for try await (code, error) in group {
                    #expect(code == 0, "\(error)")
                    #expect(error == "")
                }
            }
        }
    }

    @Test func `the process that watches is out of reach`() async throws {
        try await World.with { world in
            let run = try await ExecWorld(in: world).exec(
                [],
                [
                    "sh", "-c",
                    "prlimit --pid 1 --nofile=3:3; renice -n 19 -p 1; chrt -i -p 0 1; taskset -p 1 1; kill -STOP 1; kill -9 1; echo on",
                ]
            ).run()
            #expect(run.output.hasSuffix("on\n"))
            #expect(run.error.contains("prlimit64") || run.code == 0)
            for word in ["prlimit: failed", "renice: failed", "chrt: failed", "taskset: failed"] {
                #expect(run.error.contains(word), "\(run.error)")
            }
        }
    }

    @Test(arguments: ["", "prctl(4, 0)", "resource.prlimit(1, resource.RLIMIT_NOFILE, (3, 3))"])
    func `what reaches a disk is watched, and who hides from that has met the limit`(
        trick: String
    ) async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try person.write(
                policy: "workspace: {mode: live\(Self.ownerRoot)}\nlimits: {disk_write: 4MiB}",
                extending: "base/locked-down")
            let script = """
                import ctypes, os, resource, time
                prctl = ctypes.CDLL(None).prctl
                try: \(trick.isEmpty ? "pass" : trick)
                except OSError: pass
                file = os.open("big", os.O_CREAT | os.O_WRONLY)
                for i in range(30): os.write(file, b"x" * (1 << 20)); os.fsync(file); time.sleep(0.02)
                print("done")
                """
            let run = try await person.exec(
                ["--policy", policy], ["/usr/bin/python3", "-c", RawText(script)!]
            ).run()
            let kind = try await Program(
                "/usr/bin/stat", ["-f", "-c", "%T", person.work.raw]
            ).run().output
            // A file system in memory writes to no disk, and nobody counts.
            guard kind != "tmpfs\n" || trick == "prctl(4, 0)" else {
                #expect(run.output == "done\n")
                return
            }
            #expect(run.code == 137, "\(run.output) \(run.error)")
            #expect(run.error.contains("it wrote more than 4 MiB"), "\(run.error)")
        }
    }
}
