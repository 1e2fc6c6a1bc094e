import PiSystem
import PiTesting
import Testing

/// What must hold for ever, tried for a while: a few rounds in every run, many with `make soak`.
private let rounds = ThisProcess.variable("PI_SOAK_ROUNDS")?.utf8.flatMap { Int($0) } ?? 10

@Suite struct SoakTests {
    @Test func `a writer killed at random moments loses no record that it acknowledged`()
        async throws
    {
        var random = try Seeded.fresh(for: "killed writer")
        try await World.with { world in
            let log = world.path.appending("log")
            var acknowledged = 0
            for round in 0..<rounds {
                acknowledged += try await Self.kill(
                    writerOf: log, after: .microseconds(Int.random(in: 0..<8_000, using: &random)))
                let records = try world.read("log")
                let lines = records.split(separator: "\n")
                #expect(lines.count >= acknowledged, "round \(round), PI_SEED=\(random.seed)")
                #expect(
                    lines.enumerated().allSatisfy { $0.element == "record \($0.offset)" },
                    "round \(round), PI_SEED=\(random.seed)")
                // What was on disk and not yet told of counts from now on: the next writer has seen it.
                acknowledged = lines.count
            }
            #expect(acknowledged > rounds)
        }
    }

    /// Starts a writer, kills it after its first record and some time, and counts what it acknowledged.
    private static func kill(writerOf log: FilePath, after delay: Duration) async throws -> Int {
        try await EventLoop.run { loop in
            let program = try Program.built("exercise", ["append", log.raw, "1000000"])
            return try await program.start(on: loop) { running in
                #expect(try await running.waits(for: "\n", on: loop))
                try await loop.sleep(until: Clock<Monotonic>.system.now + delay)
                try running.signal(.kill)
                let run = try await running.finish(on: loop)
                #expect(run.ending.way == .killed(by: .kill))
                return run.output.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            }
        }
    }

    @Test func `readers of a file that is replaced all the time always find a whole one`()
        async throws
    {
        try await World.with { world in
            let contents = (0..<8).map { number in
                [UInt8](repeating: UInt8(ascii: "a") + UInt8(number), count: 1 << (number + 4))
            }
            try world.folder.replace("file", with: contents[0], mode: 0o600)
            let path = world.path
            let writing = Task {
                let folder = try Folder.open(path, resolving: .noLinks)
                for round in 0..<(20 * rounds) {
                    try folder.replace("file", with: contents[round % contents.count], mode: 0o600)
                }
            }
            var found = Set<[UInt8]>()
            for _ in 0..<(100 * rounds) {
                found.insert(
                    try world.folder.read("file", limit: .mebibytes(1), resolving: .noLinks))
            }
            try await writing.value
            #expect(found.isSubset(of: contents))
            #expect(try world.folder.names(limit: 10) == ["file"])
        }
    }

    @Test func `programs started side by side all end, and with the right output`() async throws {
        for _ in 0..<rounds {
            try await withThrowingDiscardingTaskGroup { group in
                for number in 0..<16 {
                    group.addTask {
                        let run = try await Program("/bin/echo", [RawText("\(number)")!]).run()
                        #expect(run.output == "\(number)\n")
                    }
                }
            }
        }
    }
}
