import PiSystem

extension Figure {
    /// The price of every command before it does anything.
    static let startTime = Figure(
        name: "start-time", what: "pi-runner --version, whole process", peer: "/bin/true",
        unit: .nanoseconds, goal: .atMost(15e6),
        measure: { try version(rounds: $0).time })

    static let startMemory = Figure(
        name: "start-memory", what: "pi-runner --version, peak resident", peer: "/bin/true",
        unit: .kibibytes, goal: .atMost(15 * 1024),
        measure: { try version(rounds: $0).memory })

    private static func version(rounds: Int) throws -> WholeProcess.Rounds {
        try WholeProcess.alternate(
            rounds: 10 * rounds,
            ours: Command([WholeProcess.built("pi-runner"), "--version"], environment: []),
            peer: .ready(Command(["/bin/true"])))
    }
}
