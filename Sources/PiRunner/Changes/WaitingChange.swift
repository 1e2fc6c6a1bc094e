import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// One change of a run that waits, as a person is to see it.
struct WaitingChange {
    let change: Change
    /// The policy protects the name, whatever a program does under it.
    let isProtected: Bool
    /// Somebody else has changed it, too, since the run began.
    let isMoved: Bool

    /// All of a run, in the order of their paths.
    static func all(of run: WaitingRun, in surroundings: Surroundings) throws -> [WaitingChange] {
        let patterns = PathPatterns(run.protected, in: surroundings)
        let start = patterns.state(at: run.workspace)
        return try run.changes().map { change in
            WaitingChange(
                change: change, isProtected: isProtected(change.path, patterns, start),
                isMoved: change.before.map { $0.changed.nanoseconds >= run.since.nanoseconds }
                    ?? false)
        }
    }

    /// What holds for a folder holds for all that is in it, and what holds in the workspace's own folder holds in
    /// each below: a repository in a repository has hooks, too.
    private static func isProtected(
        _ path: FilePath, _ patterns: PathPatterns, _ start: PathPatterns.State
    ) -> Bool {
        var states: [PathPatterns.State] = []
        for name in path.names {
            states = (states + [start]).map { patterns.state(after: $0, name.text) }.filter {
                !$0.isDead
            }
            if states.contains(where: patterns.matches) { return true }
        }
        return false
    }

    var verb: String {
        switch (change.before, change.after) {
        case (nil, _): "added"
        case (_, nil): "removed"
        case (_?, _?): "changed"
        }
    }

    /// What a listing says besides the path.
    var remarks: [String] {
        var remarks: [String] = []
        switch (change.before, change.after) {
        case (let before?, let after?) where before.kind != after.kind:
            remarks.append("was \(before.kind.phrase), is \(after.kind.phrase)")
        case (let before?, let after?):
            if before.mode != after.mode {
                remarks.append("mode \(Self.octal(before.mode)) to \(Self.octal(after.mode))")
            }
            if before.size != after.size, after.kind == .file {
                remarks.append("\(before.size) to \(after.size)")
            }
        case (nil, let one?), (let one?, nil):
            remarks.append(one.kind == .file ? "\(one.size)" : one.kind.phrase)
        case (nil, nil): break
        }
        if isProtected { remarks.append("protected: no patch has it") }
        if isMoved { remarks.append("changed in the workspace meanwhile: no patch has it") }
        return remarks
    }

    private static func octal(_ mode: UInt32) -> String { String(mode, radix: 8) }

    var json: JSONValue {
        func side(_ facts: FileFacts?) -> JSONValue {
            guard let facts else { return .null }
            return [
                "kind": .string("\(facts.kind)"), "mode": .string(Self.octal(facts.mode)),
                "size": .number(JSONNumber(facts.size.bytes)),
            ]
        }
        return [
            "path": .string(change.path.text),
            "change": .string(verb), "before": side(change.before), "after": side(change.after),
            "protected": .bool(isProtected), "moved": .bool(isMoved),
        ]
    }
}
