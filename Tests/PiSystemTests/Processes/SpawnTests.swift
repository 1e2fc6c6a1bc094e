import PiSystem
import PiTesting
import Testing

@Suite struct SpawnTests {
    @Test func `a program gets its arguments, its environment and nothing else`() async throws {
        var program = Program(
            "/bin/sh", ["-c", "printf '%s|' \"$0\" \"$@\"; env", "a b", "", "*", "\u{E9}"])
        program.environment = ["ONLY=this"]
        let run = try await program.run()
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "a b||*|\u{E9}|ONLY=this")
        // The shell itself adds where it stands.
        #expect(
            lines.dropFirst().allSatisfy {
                $0.hasPrefix("PWD=") || $0.hasPrefix("_=") || $0.hasPrefix("OLDPWD=")
            })
    }

    @Test func `a program has the three descriptors and no other`() async throws {
        try await World.with { world in
            // Open here, and not to be seen there.
            let canary = try world.folder.file(
                "canary", for: .append, creating: .always(mode: 0o644), resolving: .noLinks)
            let run = try await Program("/bin/ls", ["/proc/self/fd"]).run()
            // The fourth is the folder that ls itself has open.
            #expect(run.output == "0\n1\n2\n3\n")
            #expect(canary.descriptor.number > 2)
        }
    }

    @Test func `a program starts with no signal blocked or ignored`() async throws {
        try Interruption.ignoreFailedWrites()
        let run = try await Program("/bin/grep", ["^Sig\\(Blk\\|Ign\\)", "/proc/self/status"]).run()
        // 32 and 33 are glibc's own, which its posix_spawn always leaves ignored.
        let lines = run.output.split(separator: "\n")
        #expect(lines == ["SigBlk:\t0000000000000000", "SigIgn:\t0000000180000000"])
    }

    @Test func `writing all of something waits, also where the descriptor does not block`() throws {
        let pipe = try Pipe()
        try pipe.writing.neverBlock()
        let silent = try Descriptor.sink("/dev/null")
        let plan = SpawnPlan(
            program: "/bin/cat", arguments: ["cat"], environment: [], newSession: true)
        var reader = try plan.start(
            input: pipe.reading, output: silent, error: silent,
            in: Folder.open("/", resolving: .anything))
        // Far more than a pipe holds.
        try pipe.writing.writeAll([UInt8](repeating: 7, count: 8 << 20), to: "a pipe")
        pipe.writing.close()
        #expect(try reader.waitBlocking().succeeded)
    }

    @Test func `how a program ended is told apart`() async throws {
        #expect(
            try await Program("/bin/sh", ["-c", "exit 7"]).run().ending.way == .exited(code: 7))
        #expect(
            try await Program("/bin/sh", ["-c", "kill -TERM $$"]).run().ending.way
                == .killed(by: .terminate))
        let error = await #expect(throws: SystemError.self) {
            try await Program("/missing", []).run()
        }
        #expect(
            error?.description.hasPrefix(
                "cannot start /missing: No such file or directory (ENOENT).") == true)
    }

    @Test func `a caller that ignores the end of children takes nothing from us`() async throws {
        let exercise = try Program.built("exercise", [])
        // bash can't ignore it for us; env(1) can.
        let run = try await Program(
            "/usr/bin/env", ["--ignore-signal=CHLD", exercise.program.raw, "start-many", "5"]
        ).run()
        #expect(run.code == 0)
        #expect(run.error == "")
        #expect(run.output.hasSuffix("children: \n"))
    }

    @Test func `a child that nobody waited for is ended and reaped with its owner`() async throws {
        let run = try await Program.built("exercise", ["leave-child"]).run()
        let pid = try #require(Int(run.output.dropLast()))
        let proc = try Folder.open("/proc", resolving: .anything)
        let error = #expect(throws: SystemError.self) {
            _ = try proc.folder(FilePath("\(pid)")!, resolving: .anything)
        }
        #expect(error?.errno == .noSuchFile)
    }

    @Test func `waiting can be given up, and the program goes on`() async throws {
        try await EventLoop.run { loop in
            try await Program("/bin/cat", []).start(on: loop) { running in
                let number = running.pid
                let waiting = Task {
                    try await loop.sleep(until: Clock<Monotonic>.system.now + .seconds(600))
                }
                waiting.cancel()
                await #expect(throws: CancellationError.self) { try await waiting.value }
                #expect(number > 1)
                try await running.say(Array("still here".utf8), on: loop)
                running.closeInput()
                #expect(try await running.finish(on: loop).output == "still here")
            }
        }
    }

    @Test func `a thousand short programs leave no descriptor and no zombie`() async throws {
        let run = try await Program.built("exercise", ["start-many", "1000"]).run()
        let lines = run.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 4)
        let counts = lines.prefix(3).compactMap { Int($0) }
        try #require(counts.count == 3)
        // The runtime opens one or two of its own when it first needs them.
        #expect(counts[1] <= counts[0] + 2)
        // The count would have seen a leak: it saw the one that was made on purpose.
        #expect(counts[2] == counts[1] + 1)
        #expect(lines[3] == "children: ")
    }

    @Test func `an ordinary user has no right that root has`() async throws {
        let run = try await Program("/bin/sh", ["-c", "id -u; grep CapEff /proc/self/status"])
            .asOrdinaryUser.run()
        let lines = run.output.split(separator: "\n")
        #expect(lines.first != "0")
        #expect(lines.last == "CapEff:\t0000000000000000")
    }
}
