import PiGate
import PiJSON
import PiPolicy
import PiSandbox

/// What was refused, each with its wall and a sentence: the kernel's own word never stands alone.
enum ExecDenials {
    struct Denial {
        let wall: String
        let object: String
        let sentence: String
        let help: String?
        let count: Int
        let origin: Origin?
        /// Told by the wall itself; else guessed from what the program wrote, which it may have made up.
        let isObserved: Bool

        var json: JSONValue {
            [
                "wall": .string(wall), "object": .string(object),
                "rule": origin.map { .string($0.description) } ?? .null,
                "at": origin?.json ?? .null, "count": .number(JSONNumber(count)),
                "sentence": .string(sentence), "observed": .bool(isObserved),
            ]
        }
    }

    static func find(
        _ result: CallResult, _ decided: GateReport?, _ prepared: Exec.Prepared,
        _ kind: ExecStreams.Kind
    ) -> [Denial] {
        let refused = result.refusals.map { refusal in
            Denial(
                wall: Wall.seccomp.rawValue, object: refusal.call,
                sentence: "\(refusal.program): \(refusal.sentence)",
                help: nil, count: refusal.count, origin: nil, isObserved: true)
        }
        return refused + (decided?.refused ?? []).map(Denial.init)
            + hinted(result, prepared, kind)
    }

    /// What the program itself wrote of the kernel's word, and which wall that word comes from.
    ///
    /// No wall tells anybody when it refuses a file or an address: what is printed is all that is known.
    private static func hinted(
        _ result: CallResult, _ prepared: Exec.Prepared, _ kind: ExecStreams.Kind
    ) -> [Denial] {
        // A terminal has one stream for both.
        guard result.ending != .exited(code: 0),
            let kept = result.output[kind == .terminal ? .stdout : .stderr]
        else { return [] }
        return hinted(by: String(decoding: kept.head + kept.tail, as: UTF8.self), prepared)
    }

    /// The same, of a text that has the end of what was printed.
    static func hinted(by text: String, _ prepared: Exec.Prepared) -> [Denial] {
        let policy = prepared.policy.resolved
        let isLayered = prepared.plan.spec.layers != nil
        // Where there is a gate, it has said itself what it refused; other ports the kernel has.
        let told =
            prepared.gate == nil
            ? hints : hints.filter { $0.wall != Wall.net.rawValue } + [otherPort]
        let room = prepared.plan.spec.layers?.memory == nil ? noRoom : noRoomInMemory
        let known = told + (isLayered ? [room, renaming] : [room])
        return known.filter { hint in hint.words.contains { text.contains($0) } }.map { hint in
            let origin = policy?.inForce(hint.key).flatMap {
                $0.origin.isStandard ? nil : $0.origin
            }
            return Denial(
                wall: hint.wall, object: hint.object, sentence: hint.sentence, help: hint.help,
                count: 1, origin: origin, isObserved: false)
        }
    }

    private struct Hint {
        let words: [String]
        let wall: String
        let object: String
        let sentence: String
        let help: String
        let key: [String]
    }

    private static let noRoom = Hint(
        words: ["No space left on device"], wall: "view", object: "a write",
        sentence: "a temporary folder of the sandbox is full",
        help: "raise files.tmp.size", key: ["files", "tmp", "size"])

    private static let noRoomInMemory = Hint(
        words: noRoom.words, wall: "view", object: "a write",
        sentence:
            "the changes that may wait, or a temporary folder of the sandbox, have no more room",
        help: "raise workspace.size, or files.tmp.size", key: ["workspace", "size"])

    private static let renaming = Hint(
        words: ["cross-device link", "EXDEV"], wall: "view", object: "a folder",
        sentence:
            "a folder of the workspace can't be renamed while what is written waits; what a program has made itself can",
        help: "let the program copy it and remove the old one, as mv does",
        key: ["workspace", "mode"])

    private static let otherPort = Hint(
        words: ["Connection refused", "ECONNREFUSED", "Couldn't connect to server"], wall: "net",
        object: "a connection",
        sentence:
            "a connection was refused: nothing of the sandbox's own serves that port, and no rule of network.allow names it",
        help: "name the port in the `ports` of a rule",
        key: ["network", "allow"])

    private static let hints = [
        Hint(
            words: ["Read-only file system"], wall: "view", object: "a write",
            sentence:
                "a write was refused: only what the policy lists as writable is, and of that not what it protects",
            help:
                "list the folder in files.write, choose `workspace.mode: live`, or take the file out of workspace.protect",
            key: ["workspace", "mode"]),
        Hint(
            words: ["Device or resource busy"], wall: "view", object: "a name",
            sentence: "a file that is protected or hidden can't be moved, replaced or removed",
            help: "workspace.protect, workspace.hide and files.hide say which these are",
            key: ["workspace", "protect"]),
        Hint(
            words: [
                "Network is unreachable", "ENETUNREACH", "EAI_AGAIN",
                "Failed to connect", "unable to resolve", "Temporary failure in name resolution",
                "Could not resolve", "could not resolve", "Name or service not known",
            ], wall: "net", object: "a connection",
            sentence: "a connection was refused: the sandbox has no network but its own loopback",
            help:
                "a rule under network.allow lets a host be reached; `pi-runner policy explain -- connect HOST:PORT` says what is missing",
            key: ["network", "default"]),
        Hint(
            words: ["Resource temporarily unavailable", "Cannot fork", "cannot fork"],
            wall: "limits", object: "a process",
            sentence: "a process was refused: the call has as many as it may have",
            help: "raise limits.processes", key: ["limits", "processes"]),
        Hint(
            words: ["Too many open files"], wall: "rlimits", object: "a descriptor",
            sentence: "a file was not opened: the process has as many open as it may have",
            help: "raise limits.open_files", key: ["limits", "open_files"]),
        Hint(
            words: ["File too large"], wall: "rlimits", object: "a write",
            sentence: "a write was refused: the file is as large as it may be",
            help: "raise limits.file_size", key: ["limits", "file_size"]),
    ]
}

extension ExecDenials.Denial {
    fileprivate init(_ record: GateRecord) {
        let isRefused = record.subject.verdict == .denied
        self.init(
            wall: "gate", object: record.subject.place, sentence: record.sentence,
            help: isRefused
                ? "a rule under network.allow lets a host be reached; `pi-runner policy explain -- connect HOST:PORT` says what is missing"
                : nil,
            count: record.count, origin: nil, isObserved: true)
    }
}
