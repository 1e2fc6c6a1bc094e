import PiSystem
import PiTesting
import Testing

@Suite struct AppendLogTests {
    @Test func `records come one after the other, over several openings`() async throws {
        try await World.with { world in
            for round in 0..<3 {
                var log = try AppendLog("log", in: world.folder, mode: 0o600)
                try log.append(Array("record \(round)\n".utf8))
            }
            #expect(try world.read("log") == "record 0\nrecord 1\nrecord 2\n")
            #expect(try world.folder.facts(of: "log").mode == 0o600)
        }
    }

    @Test func `what a killed writer left half is cut off, and said`() async throws {
        try await World.with { world in
            for (left, whole) in [
                ("one\ntwo\nha", "one\ntwo\n"), ("half", ""), ("", ""), ("one\n", "one\n"),
            ] {
                try world.write(left, to: "log")
                var log = try AppendLog("log", in: world.folder, mode: 0o600)
                #expect(log.cutOff == ByteCount(left.utf8.count - whole.utf8.count))
                try log.append(Array("next\n".utf8))
                #expect(try world.read("log") == whole + "next\n")
            }
            // A tail longer than what is looked at in one step.
            try world.write("one\n" + String(repeating: "x", count: 200_000), to: "log")
            let log = try AppendLog("log", in: world.folder, mode: 0o600)
            #expect(log.size == ByteCount(4))
        }
    }

    @Test func `reading what was written leaves the writer where it is`() async throws {
        try await World.with { world in
            var log = try AppendLog("log", in: world.folder, mode: 0o600)
            for number in 0..<3 {
                try log.append(Array("\(number)\n".utf8))
                let contents = try log.contents(limit: .kibibytes(1))
                #expect(contents.count == 2 * (number + 1))
            }
        }
    }

    @Test func `a second writer is refused while the first one lives, and no longer`() async throws
    {
        try await World.with { world in
            do {
                let first = try AppendLog("log", in: world.folder, mode: 0o600)
                let error = #expect(throws: SystemError.self) {
                    _ = try AppendLog("log", in: world.folder, mode: 0o600)
                }
                #expect(error?.action == .lock)
                #expect(error?.errno == .wouldBlock)
                _ = consume first
            }
            _ = try AppendLog("log", in: world.folder, mode: 0o600)
        }
    }

    @Test func `the lock of a killed process is free at once`() async throws {
        try await World.with { world in
            let path = world.path.appending("log").raw
            try await EventLoop.run { loop in
                try await Program.built("exercise", ["hold-lock", path]).start(on: loop) {
                    running in
                    #expect(try await running.waits(for: "locked", on: loop))
                    #expect(throws: SystemError.self) {
                        _ = try AppendLog("log", in: world.folder, mode: 0o600)
                    }
                    try running.signal(.kill)
                    let run = try await running.finish(on: loop)
                    #expect(run.ending.way == .killed(by: .kill))
                }
            }
            _ = try AppendLog("log", in: world.folder, mode: 0o600)
        }
    }

    @Test func `killed at any point, no acknowledged record is lost and none is torn`() async throws
    {
        try await World.with { world in
            let program = try Program.built(
                "exercise", ["append", world.path.appending("log").raw, "3"])
            let points = try await CrashPoints.visit(program) {
                if try world.folder.names(limit: 10).contains("log") {
                    try world.folder.remove("log", isFolder: false)
                }
            } check: { point, _, run in
                let acknowledged = run.output.split(separator: "\n").count
                guard try world.folder.names(limit: 10).contains("log") else {
                    #expect(acknowledged == 0, "point \(point)")
                    return
                }
                let records = try world.read("log")
                #expect(records.isEmpty || records.hasSuffix("\n"), "point \(point)")
                let count = records.split(separator: "\n").count
                #expect((acknowledged...(acknowledged + 1)).contains(count), "point \(point)")
            }
            #expect(points >= 9)
        }
    }

    @Test func `a limit of the file size costs the record that did not fit, and no other`()
        async throws
    {
        try await World.with { world in
            let exercise = try Program.built("exercise", [])
            // In units of 512 bytes for dash, of 1024 for bash.
            let script: RawText =
                "cd \"$1\"; (ulimit -f 8; \"$2\" append log 100000); echo code $?; \"$2\" append log 1"
            let run = try await Program(
                "/bin/sh", ["-c", script, "sh", world.path.raw, exercise.program.raw]
            ).run()
            #expect(run.error.contains("File too large (EFBIG). Raise the limit"))
            let lines = run.output.split(separator: "\n").map(String.init)
            let acknowledged = lines.prefix { Int($0) != nil }.count
            #expect(acknowledged > 100)
            #expect(Array(lines.dropFirst(acknowledged)) == ["code 1", "\(acknowledged)"])
            let records = try world.read("log").split(separator: "\n")
            #expect(records.elementsEqual((0...acknowledged).map { "record \($0)" }) { $0 == $1 })
        }
    }

    @Test func `a full disk costs the record that did not fit, and none before or after`()
        async throws
    {
        try await World.with { world in
            // A file system of 64 KiB, in a namespace of its own so that anybody may mount it.
            let exercise = try Program.built("exercise", [])
            let script: RawText = """
                mount -t tmpfs -o size=64k none "$1" && cd "$1" || exit 70
                head -c 40000 /dev/zero >filler
                "$2" append log 100000; echo "code $?"
                tail -c 1 log | od -An -tx1
                rm filler
                "$2" append log 1; echo "code $?"
                cat log
                """
            let run = try await Program(
                "/usr/bin/unshare",
                ["-Urm", "/bin/sh", "-c", script, "sh", world.path.raw, exercise.program.raw]
            ).run()
            guard run.code == 0 else {
                // Where nobody may make a namespace this is what is shown; the limit below is for all.
                #expect(run.error.contains("unshare"), "\(run.error)")
                return
            }
            #expect(run.error.contains("No space left on device (ENOSPC). Free some space"))
            let lines = run.output.split(separator: "\n").map(String.init)
            let acknowledged = lines.prefix { Int($0) != nil }.count
            #expect(acknowledged > 100)
            let rest = Array(lines.dropFirst(acknowledged))
            #expect(Array(rest.prefix(4)) == ["code 1", " 0a", "\(acknowledged)", "code 0"])
            #expect(rest.dropFirst(4).elementsEqual((0...acknowledged).map { "record \($0)" }))
        }
    }
}
