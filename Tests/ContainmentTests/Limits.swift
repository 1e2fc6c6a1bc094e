import PiSandbox
import PiSystem

/// The limits of attempts, and what is a bit more.
enum Limits {
    static let placeholders = [
        "memory": "96", "processes": "48", "files": "200", "file-size": "16", "cpu": "3",
        "wall": "3", "output": "6", "tmp": "16",
    ]

    static let temporary = 8 << 20

    /// Of processor time: the kernel counts whole seconds, and so comes before the launcher's own watch.
    private static let almostTwo = Duration.milliseconds(1999)

    /// Small where a wall is up, and out of reach where it is not.
    static func of(_ raised: Raised, for act: Act) -> CallLimits {
        let rlimits = raised.contains("rlimits")
        let groups = raised.contains("cgroup-limits")
        // What no wall of these counts the launcher watches, and without `pid` it watches all of the host.
        let isOfProcessor = !act.placeholders.isDisjoint(with: ["cpu"])
        func limit<Value: Hashable & Sendable>(
            _ isSmall: Bool, _ small: Value, _ large: Value
        ) -> CallLimits.Limit<Value> {
            CallLimits.Limit(isSmall ? small : large, origin: "the test")
        }
        return CallLimits(
            wall: limit(raised.contains("wall-time"), .seconds(1), .seconds(40)),
            processor: limit(
                isOfProcessor && (rlimits || groups), almostTwo, .seconds(1_000_000_000)),
            memory: limit(groups, .mebibytes(64), .mebibytes(1 << 30)),
            processes: limit(groups || rlimits, 32, 20_000),
            openFiles: limit(rlimits, 64, 4096),
            fileSize: limit(rlimits, .mebibytes(8), .mebibytes(1 << 20)), written: nil,
            outputKept: limit(false, .mebibytes(1), .mebibytes(16)),
            outputHard: limit(raised.contains("output"), .mebibytes(4), .mebibytes(64)),
            onHard: .kill)
    }
}
