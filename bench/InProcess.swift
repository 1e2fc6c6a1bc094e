import PiSystem

extension Figure {
    /// Measures two pieces of code in turn, after a first round of each that does not count.
    static func alternate(
        rounds: Int, before: () -> Void = {}, ours: () throws -> Void,
        peer: () throws -> Void
    ) rethrows -> Result {
        try ours()
        try peer()
        var times: (ours: [Double], peer: [Double]) = ([], [])
        for _ in 0..<rounds {
            before()
            times.ours.append(try nanoseconds(ours))
            before()
            times.peer.append(try nanoseconds(peer))
        }
        return Result(ours: Samples(times.ours), peer: Samples(times.peer))
    }

    /// The same with a program as the peer, if it can run here.
    static func alternate(
        rounds: Int, ours: () throws -> Void, peer: PeerProgram
    ) throws -> Result {
        switch peer {
        case .ready(let command):
            return try alternate(
                rounds: rounds, before: settle, ours: ours, peer: { try command.run() })
        case .absent(let reason):
            try ours()
            let times = try (0..<rounds).map { _ in
                settle()
                return try nanoseconds(ours)
            }
            return Result(ours: Samples(times), peer: .absent(reason: reason))
        }
    }

    /// What the last one left for the kernel to clear away is cleared by then, and disturbs neither side.
    static func settle() {
        var nothing = Poll()
        // One that was cut short shows in the spread.
        try? nothing.wait(atMost: .milliseconds(15))
    }

    static func nanoseconds(_ work: () throws -> Void) rethrows -> Double {
        let start = Clock<Monotonic>.system.now
        try work()
        return nanoseconds(since: start)
    }

    static func nanoseconds(since start: MonotonicInstant) -> Double {
        Double(Clock<Monotonic>.system.now.nanoseconds - start.nanoseconds)
    }
}

/// Keeps the optimiser from leaving out work whose result nobody looks at.
@inline(never)
func keep<Value>(_ value: Value) {}
