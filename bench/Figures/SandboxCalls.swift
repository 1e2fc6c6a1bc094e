import PiSandbox
import PiSystem

private let bare = Command(["/usr/bin/true"])

extension Figure {
    /// What a tool of an agent pays when its place is ready; the next one, which is made beside the call, is not in it.
    static let sandboxWarm = Figure(
        name: "sandbox-warm", what: "one more call of `true` in a sandbox, a place made ready",
        peer: "posix_spawn of `true`", unit: .nanoseconds, goal: .ratio(2),
        measure: { rounds in
            let sample = try SampleSandbox()
            let sandbox = try sample.begin(for: .any)
            var times: (ours: [Double], peer: [Double]) = ([], [])
            for _ in 0..<(10 * rounds) {
                settle()
                times.ours.append(
                    try nanoseconds { try sample.call(["/usr/bin/true"], in: sandbox) })
                try sandbox.prepareSlot()
                settle()
                times.peer.append(try nanoseconds { try bare.run() })
            }
            try sandbox.end()
            return Result(ours: Samples(times.ours), peer: Samples(times.peer))
        })

    /// Nothing piles up: descriptors, groups and processes of a call go with it.
    static let sandboxCalls = Figure(
        name: "sandbox-calls", what: "one of 1,000 calls, one after the other",
        peer: "posix_spawn", unit: .nanoseconds, goal: .none,
        measure: { rounds in
            let sample = try SampleSandbox()
            let calls = 40 * rounds
            let result = try sample.once(for: .any) { sandbox in
                try alternate(
                    rounds: 1,
                    ours: {
                        for _ in 0..<calls { try sample.call(["/usr/bin/true"], in: sandbox) }
                    },
                    peer: { for _ in 0..<calls { try bare.run() } })
            }
            return result.divided(by: Double(calls))
        })

    static let sandboxParallel = Figure(
        name: "sandbox-parallel", what: "64 calls of one sandbox at a time, each on a thread",
        peer: "posix_spawn, each on a thread", unit: .nanoseconds, goal: .none,
        measure: { rounds in
            let sample = try SampleSandbox()
            let sandbox = try sample.begin(for: .any)
            var times: (ours: [Double], peer: [Double]) = ([], [])
            for _ in 0..<rounds {
                times.ours.append(
                    try await together { try sample.call(["/usr/bin/true"], in: sandbox) })
                times.peer.append(try await together { try bare.run() })
            }
            try sandbox.end()
            return Result(ours: Samples(times.ours), peer: Samples(times.peer))
        })

    private static func together(
        _ work: @escaping @Sendable () throws -> Void
    ) async throws -> Double {
        let start = Clock<Monotonic>.system.now
        try await withThrowingTaskGroup { group in
            for _ in 0..<64 { group.addTask { try await onOwnThread { try work() } } }
            try await group.waitForAll()
        }
        return nanoseconds(since: start)
    }

    /// Every byte is read, so that the program never waits for us, and what is past the limit is dropped.
    static let sandboxOutput = Figure(
        name: "sandbox-output", what: "10 GB of output through a limit of 64 MiB (--short: 1 GB)",
        peer: "through a pipe to cat", unit: .nanoseconds, goal: .none,
        measure: { rounds in
            let sample = try SampleSandbox(output: .mebibytes(64))
            let bytes = rounds * 400_000_000
            let loud = Command([
                "/bin/sh", "-c", RawText("head -c \(bytes) /dev/zero | cat >/dev/null")!,
            ])
            return try sample.once(for: .any) { sandbox in
                try alternate(
                    rounds: 1,
                    ours: {
                        try sample.call(
                            ["head", "-c", RawText("\(bytes)")!, "/dev/zero"], in: sandbox)
                    },
                    peer: { try loud.run() })
            }
        })
}
