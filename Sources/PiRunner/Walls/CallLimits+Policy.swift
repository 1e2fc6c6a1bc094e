import PiPolicy
import PiSandbox
import PiSystem

extension CallLimits {
    /// What the policy's `limits` say, each with its place in it.
    init(_ policy: ResolvedPolicy) {
        func value(_ names: String...) -> (PolicyValue, String) {
            guard let value = policy.inForce(["limits"] + names) else {
                preconditionFailure("limits.\(names.joined(separator: ".")) has a default")
            }
            let name = "limits.\(names.joined(separator: "."))"
            return (
                value,
                value.origin.isStandard
                    ? "\(name), by default" : "\(name), \(value.origin.description)"
            )
        }
        func time(_ names: (PolicyValue, String)) -> Limit<Duration> {
            Limit(.seconds(names.0.seconds ?? 60), origin: names.1)
        }
        func size(_ names: (PolicyValue, String)) -> Limit<ByteCount> {
            Limit(ByteCount(names.0.bytes ?? 0), origin: names.1)
        }
        func count(_ names: (PolicyValue, String)) -> Limit<Int> {
            Limit(names.0.count ?? 0, origin: names.1)
        }
        let hasWritten = policy.inForce(["limits", "disk_write"]) != nil
        self.init(
            wall: time(value("wall")), processor: time(value("cpu")),
            memory: size(value("memory")), processes: count(value("processes")),
            openFiles: count(value("open_files")), fileSize: size(value("file_size")),
            written: hasWritten ? size(value("disk_write")) : nil,
            outputKept: size(value("output", "keep")), outputHard: size(value("output", "hard")),
            onHard: OnHard(rawValue: value("output", "on_hard").0.text ?? "") ?? .kill)
    }
}
