import PiJSON
import PiSystem
import PiTesting
import Testing

/// `pi-runner exec` as a person uses it.
@Suite struct ExecTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let script: RawText
        let code: Int32
        let output: String
        var testDescription: String { script.description }
    }

    @Test(arguments: [
        Case(script: "echo hello", code: 0, output: "hello\n"),
        Case(script: "exit 7", code: 7, output: ""),
        Case(script: "kill -SEGV $$", code: 139, output: ""),
        Case(script: "cat", code: 0, output: "from outside"),
        Case(script: "pwd | sed 's|.*/||'", code: 0, output: "work\n"),
        Case(script: "touch here 2>/dev/null; echo $?", code: 0, output: "1\n"),
        Case(script: "touch /tmp/x ~/x /run/x /dev/shm/x && echo yes", code: 0, output: "yes\n"),
        Case(script: "echo ${SECRET-none}", code: 0, output: "none\n"),
        Case(
            script: "cat /proc/self/status | grep -c CapEff:.0000000000000000", code: 0,
            output: "1\n"),
        Case(script: "hostname", code: 0, output: "sandbox\n"),
        Case(script: "ls /sys /root 2>&1 | wc -l", code: 0, output: "2\n"),
        Case(script: "(sleep 100 &) ; echo left", code: 0, output: "left\n"),
        Case(script: "tty; test -t 0 || echo none", code: 0, output: "not a tty\nnone\n"),
    ])
    func `a program runs, and its code and words are its own`(given: Case) async throws {
        try await World.with { world in
            var program = try ExecWorld(in: world).exec([], ["sh", "-c", given.script])
            program.input = Array("from outside".utf8)
            let run = try await program.run()
            #expect(run.output == given.output)
            #expect(run.code == given.code, "\(run.error)")
        }
    }

    @Test func `what can't be run has the codes of a shell, and a sentence`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let missing = try await person.exec([], ["no-such-program"]).run()
            #expect(missing.code == 127)
            #expect(missing.error.contains("there is no such program in the sandbox"))
            let folder = try await person.exec([], ["/usr"]).run()
            #expect(folder.code == 126)
            #expect(folder.error.contains("cannot run /usr"))
        }
    }

    @Test func `memory that is too little for the sandbox itself is told as such`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try person.write(policy: "limits: {memory: 64KiB}")
            let run = try await person.exec(["--policy", policy], ["true"]).run()
            // Where nothing counts a group's memory, what uses so little has ended before anybody looks.
            #expect(
                run.code == 0 || run.error.contains("limits.memory is less than a sandbox takes")
                    || run.error.contains("raise `limits.memory`"), "\(run.error)")
            #expect(!run.error.contains("EPIPE"))
        }
    }

    struct LimitCase: Sendable, CustomTestStringConvertible {
        let limits: String
        let script: RawText
        let code: Int32
        let name: String
        var testDescription: String { name }
    }

    @Test(arguments: [
        LimitCase(limits: "wall: 1s", script: "sleep 60", code: 124, name: "wall"),
        LimitCase(
            limits: "wall: 1s", script: "trap '' TERM; while :; do sleep 1; done", code: 124,
            name: "wall"),
        LimitCase(limits: "wall: 1s", script: "kill -STOP $$", code: 124, name: "wall"),
        LimitCase(limits: "cpu: 1s", script: "while :; do :; done", code: 152, name: "cpu"),
        LimitCase(
            limits: "memory: 64MiB",
            script: "exec tail -c 300m < <(head -c 400m /dev/zero) >/dev/null", code: 137,
            name: "memory"),
        LimitCase(
            limits: "output: {keep: 64KiB, hard: 1MiB, on_hard: kill}", script: "yes", code: 137,
            name: "output"),
        LimitCase(
            limits: "file_size: 1MiB", script: "exec head -c 5m /dev/zero > /tmp/x; exit 1",
            code: 137, name: "file_size"),
    ])
    func `a limit ends the program, and is named with its place`(given: LimitCase) async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try person.write(policy: "limits: {\(given.limits)}")
            let run = try await person.exec(
                ["--json", "--policy", policy], ["bash", "-c", given.script]
            ).run()
            let result = try parse(run.output)
            #expect(run.code == given.code)
            #expect(result["exit"]?["by"] == "limit")
            #expect(result["exit"]?["limit"]?["name"]?.string == given.name)
            let origin = try #require(result["exit"]?["limit"]?["origin"]?.string)
            #expect(origin.contains("test.yaml:4"))
        }
    }

    @Test func `a result that could not be written is told before anything starts`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            for file in ["\(world.path)/none/x", "/proc/version/x"] {
                let run = try await person.exec(
                    [RawText("--json=\(file)")!], ["echo", "started"]
                ).run()
                #expect(run.code == 125)
                #expect(run.output == "")
                #expect(run.error.contains("cannot write \(file)"), "\(run.error)")
            }
        }
    }

    @Test func `processes are limited, and the program is told of it`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try person.write(policy: "limits: {processes: 10}")
            let script: RawText = "for i in $(seq 40); do sleep 5 & done; exit 3"
            let run = try await person.exec(
                ["--json", "--policy", policy], ["bash", "-c", script]
            ).run()
            #expect(run.output.contains("a process was refused"))
        }
    }

    @Test func `past the hard limit of output the rest is dropped and counted`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try person.write(
                policy: "limits: {output: {keep: 64KiB, hard: 1MiB, on_hard: drop}}")
            let run = try await person.exec(
                ["--policy", policy], ["head", "-c", "3m", "/dev/zero"]
            ).run()
            #expect(run.code == 0)
            #expect(run.output.utf8.count == 1 << 20)
        }
    }

    @Test func `a result keeps head and tail and says what is cut`() async throws {
        try await World.with { world in
            let run = try await ExecWorld(in: world).exec(
                ["--json"], ["sh", "-c", "echo first; head -c 200000 /dev/zero; echo last"]
            ).run()
            let output = try parse(run.output)["output"]
            let text = try #require(output?["stdout"]?.string)
            #expect(text.hasPrefix("first\n"))
            #expect(text.hasSuffix("last\n"))
            #expect(output?["bytes"]?["stdout"] == 200_011)
            #expect(output?["cut"]?.number?.int ?? 0 > 100_000)
        }
    }

    @Test func `what is refused has its sentence and its wall`() async throws {
        try await World.with { world in
            let run = try await ExecWorld(in: world).exec(
                ["--json"],
                ["sh", "-c", "unshare -U true; unshare -U true; touch here; exit 1"]
            ).run()
            let denials = try #require(try parse(run.output)["denials"]?.array)
            let refused = try #require(denials.first { $0["object"] == "unshare" })
            #expect(refused["wall"] == "seccomp")
            #expect(refused["count"] == 2)
            let write = try #require(denials.first { $0["wall"] == "view" })
            #expect(write["rule"]?.string?.contains("locked-down") == true)
        }
    }

    @Test func `a variable, an input and a workspace can be given`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try world.write("the input", to: "input")
            var program = try person.exec(
                [
                    "--env", "A=1", "--env", "B=2 3", "--stdin", RawText("\(world.path)/input")!,
                    "--workspace", person.work.raw,
                ], ["sh", "-c", "echo $A $B; cat; pwd"])
            program.folder = "/usr"
            let run = try await program.run()
            #expect(run.output == "1 2 3\nthe input\(person.work)\n")
        }
    }

    @Test(arguments: ["/", "/usr", "/etc", "/tmp", "/proc/self"])
    func `some folders are no workspace`(folder: RawText) async throws {
        try await World.with { world in
            let run = try await ExecWorld(in: world).exec(["--workspace", folder], ["true"]).run()
            #expect(run.code == 125)
            #expect(run.error.contains("can't be the workspace"))
        }
    }

    @Test func `the home has to be named, and then hides what it holds`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let home = try Folder.open(person.home, resolving: .noLinks)
            try home.makeFolder(".ssh", mode: 0o700)
            try ExecWorld.write("key", to: person.home.appending(".ssh/id"), mode: 0o600)
            var program = try person.exec([], ["cat", ".ssh/id"])
            program.folder = person.home
            program.environment = program.environment.map {
                $0.description.hasPrefix("XDG")
                    ? RawText(
                        $0.description.replacing("\(person.home)", with: "\(world.path)/other"))!
                    : $0
            }
            #expect(try await program.run().error.contains("it is your home folder"))
        }
    }

    @Test func `a hidden file is empty, in a workspace too`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let work = try Folder.open(person.work, resolving: .noLinks)
            try work.makeFolder("deep", mode: 0o755)
            try ExecWorld.write("KEY=1", to: person.work.appending("deep/.env"))
            let run = try await person.exec([], ["sh", "-c", "cat deep/.env; wc -c < deep/.env"])
                .run()
            #expect(run.output == "0\n")
        }
    }

    @Test(arguments: ["exec", "no walk"])
    func `a socket of the host in the workspace leads nowhere`(kind: String) async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy =
                kind == "exec"
                ? "exec" : try person.write(policy: "", extending: "exec")
            let script: RawText =
                """
                import os, socket, subprocess, sys
                os.chdir(sys.argv[1])
                listener = socket.socket(socket.AF_UNIX); listener.bind(sys.argv[1] + "/s"); listener.listen()
                listener.settimeout(2)
                try_it = "import socket; s = socket.socket(socket.AF_UNIX); s.connect('s')"
                ran = subprocess.run(sys.argv[2:] + ["/usr/bin/python3", "-c", try_it], capture_output=True)
                print(ran.returncode)
                try: listener.accept(); print("reached")
                except TimeoutError: print("alone")
                """
            let exec = try person.exec(["--policy", policy], [])
            var python = Program(
                "/usr/bin/python3",
                ["-c", script, person.work.raw, exec.program.raw] + exec.arguments)
            python.environment = exec.environment
            let run = try await python.run()
            #expect(run.output == "1\nalone\n", "\(run.error)")
        }
    }

    @Test func `a plan says all and starts nothing`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let run = try await person.exec(["--plan"], ["sh", "-c", "echo started"]).run()
            #expect(run.code == 0, "\(run.error)")
            for words in ["read-only", "\(person.work)", "new for each call", "LANG", "seccomp"] {
                #expect(run.output.contains(words))
            }
            #expect(!run.output.contains("started\n"))
        }
    }

    @Test func `a wrong policy starts nothing, and neither does one that asks for too much`()
        async throws
    {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let wrong = try person.write(policy: "limts: {wall: 1s}")
            let run = try await person.exec(["--policy", wrong], ["true"]).run()
            #expect(run.code == 125)
            #expect(run.error.contains("unknown key `limts`"))
            let network = try person.write(
                policy: "network: {allow: {a: {hosts: [example.org], tls: intercept}}}")
            let refused = try await person.exec(["--policy", network], ["true"]).run()
            #expect(refused.code == 125)
            #expect(refused.error.contains("P0701"))
        }
    }

    @Test func `in live mode writes reach the workspace, and what is protected does not move`()
        async throws
    {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let work = try Folder.open(person.work, resolving: .noLinks)
            try work.makeFolder(".git", mode: 0o755)
            try work.makeFolder(".git/hooks", mode: 0o755)
            try ExecWorld.write("[core]\n", to: person.work.appending(".git/config"))
            let owner = UserID.current == .root ? ", owner: root" : ""
            let policy = try person.write(
                policy: "workspace: {mode: live\(owner)}", extending: "base/locked-down")
            let script: RawText = """
                echo new > file
                echo bad > .git/hooks/pre-commit; echo bad >> .git/config
                mv .git/config .git/other; mv .git .gone; rm -rf .git/hooks; ln -sf x .git/config
                echo agent > AGENTS.md; chmod u+s file
                """
            let run = try await person.exec(["--policy", policy], ["sh", "-c", script]).run()
            #expect(try person.read("file") == "new\n")
            #expect(try person.read(".git/config") == "[core]\n")
            #expect(try work.names(limit: 10) == [".git", "AGENTS.md", "file"])
            #expect(run.error.contains("AGENTS.md is protected, and has come to exist"))
            #expect(try work.facts(of: "file").mode & 0o6000 == 0)
            #expect(try work.facts(of: "file").user == .current)
        }
    }

    @Test func `a closed reader ends the program`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let program = try person.exec([], ["yes"])
            var shell = Program(
                "/bin/bash",
                [
                    "-c", "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}", "bash",
                    program.program.raw,
                ] + program.arguments)
            shell.environment = program.environment
            shell.folder = program.folder
            let run = try await shell.run()
            #expect(run.output == "y\n")
            #expect(run.code == 141)
        }
    }

    @Test func `nothing is left of a run`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let nonce = "sleep 98\(Int.random(in: 100...999))"
            let script = RawText(
                "trap '' TERM HUP; (setsid \(nonce) &) & (\(nonce) & kill -STOP $!) & \(nonce) & exit 0"
            )!
            #expect(try await person.exec([], ["bash", "-c", script]).run().code == 0)
            let processes = try await Program(
                "/bin/sh", ["-c", "cat /proc/*/cmdline 2>/dev/null | tr '\\0' ' '"]
            ).run()
            #expect(!processes.output.contains(nonce))
            let state = try Folder.open(
                person.home.appending("state/pi-runner/alive"), resolving: .noLinks)
            #expect(try state.names(limit: 10) == [])
        }
    }
}
