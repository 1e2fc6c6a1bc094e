import PiSystem

extension Figure {
    /// A message to another task and back, each side waiting for readiness; the floor does so in one
    /// thread that never has to wait.
    static let eventLoop = Figure(
        name: "event-loop", what: "100 round trips through two pipes, awaited",
        peer: "the same writes and reads, never waiting", unit: .nanoseconds,
        goal: .ratio(60),
        measure: { rounds in
            try await PiSystem.EventLoop.run { loop in
                var times: (ours: [Double], peer: [Double]) = ([], [])
                for _ in 0..<(rounds + 1) {
                    times.ours.append(try await nanoseconds { try await awaited(loop) })
                    times.peer.append(try nanoseconds { try bare() })
                }
                return Result(ours: Samples(times.ours), peer: Samples(times.peer))
            }
        })

    private static let trips = 100

    private static func nanoseconds(_ work: () async throws -> Void) async throws -> Double {
        let start = Clock<Monotonic>.system.now
        try await work()
        return nanoseconds(since: start)
    }

    private static func awaited(_ loop: PiSystem.EventLoop) async throws {
        let there = Ends(try Pipe())
        let back = Ends(try Pipe())
        try there.pipe.reading.neverBlock()
        try back.pipe.reading.neverBlock()
        async let echo: Void = {
            for _ in 0..<trips {
                let bytes = try await loop.read(
                    upTo: ByteCount(1), from: there.pipe.reading, named: "a pipe")
                try await loop.write(bytes, to: back.pipe.writing, named: "a pipe")
            }
        }()
        for _ in 0..<trips {
            try await loop.write([1], to: there.pipe.writing, named: "a pipe")
            keep(try await loop.read(upTo: ByteCount(1), from: back.pipe.reading, named: "a pipe"))
        }
        try await echo
    }

    private static func bare() throws {
        let there = try Pipe()
        let back = try Pipe()
        for _ in 0..<trips {
            keep(try there.writing.write([1], to: "a pipe"))
            keep(try there.reading.read(upTo: ByteCount(1), from: "a pipe"))
            keep(try back.writing.write([1], to: "a pipe"))
            keep(try back.reading.read(upTo: ByteCount(1), from: "a pipe"))
        }
    }

    private final class Ends: Sendable {
        let pipe: Pipe

        init(_ pipe: consuming Pipe) {
            self.pipe = pipe
        }
    }
}
