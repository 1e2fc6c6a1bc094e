import PiSandbox
import PiSystem
import Synchronization

extension Figure {
    static let execMemory = Figure(
        name: "exec-memory", what: "pi-runner exec -- true, peak resident", peer: "bwrap",
        unit: .kibibytes, goal: .atMost(20 * 1024),
        measure: { rounds in
            try BenchFolder.with { folder in
                try exec(in: folder, rounds, against: Bubblewrap.peer(running: ["true"])).memory
            }
        })

    /// What stays for as long as a sandbox is there.
    static let launcherMemory = Figure(
        name: "launcher-memory", what: "both halves of the launcher while a call sleeps",
        peer: "both halves of bwrap", unit: .kibibytes, goal: .atMost(1024),
        measure: { rounds in
            let sample = try SampleSandbox()
            let bwrap = try Bubblewrap.peer(running: sleeper)
            var sizes: (ours: [Double], peer: [Double]) = ([], [])
            for _ in 0..<rounds {
                sizes.ours.append(try ofLauncher(sample))
                guard case .ready(let command) = bwrap else { continue }
                sizes.peer.append(try ofBubblewrap(command))
            }
            if case .absent(let reason) = bwrap {
                return Result(ours: Samples(sizes.ours), peer: .absent(reason: reason))
            }
            return Result(ours: Samples(sizes.ours), peer: Samples(sizes.peer))
        })

    /// Says that it runs, and then leaves time to look.
    private static let sleeper: [RawText] = ["/usr/bin/sh", "-c", "echo; sleep 0.2"]

    private static func ofLauncher(_ sample: SampleSandbox) throws -> Double {
        let seen = Mutex<[ByteCount]>([])
        let anywhere = SharedDescriptor(try Descriptor.sink("/dev/null"))
        let sink = CallStreams.Sink(descriptor: anywhere.borrowed) { bytes throws(SystemError) in
            // Nothing seen is told below.
            let found = try? ProcessMemory.ofDescendants(named: "pi-launcher")
            seen.withLock { $0 = found ?? [] }
            return bytes.count
        }
        try sample.once(for: .one) {
            try sample.call(sleeper, in: $0, CallStreams(input: .nothing, sinks: [.stdout: sink]))
        }
        return try sum(seen.withLock { $0 })
    }

    private static func ofBubblewrap(_ command: Command) throws -> Double {
        let pipe = try Pipe()
        var child = try command.start(output: pipe.writing, error: Descriptor.sink("/dev/null"))
        pipe.writing.close()
        _ = try pipe.reading.read(upTo: .kibibytes(1), from: "bwrap")
        let seen = try ProcessMemory.ofDescendants(named: command.arguments[0].description)
        _ = try child.waitBlocking()
        return try sum(seen)
    }

    struct NotTwo: Error, CustomStringConvertible {
        let count: Int
        var description: String { "\(count) processes were found where two should be" }
    }

    private static func sum(_ sizes: [ByteCount]) throws -> Double {
        guard sizes.count == 2 else { throw NotTwo(count: sizes.count) }
        return sizes.reduce(0) { $0 + Double($1.bytes) / 1024 }
    }
}
