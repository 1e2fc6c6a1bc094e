import PiJSON
import PiPolicy
import PiSystem
import Synchronization

/// Reads a run's policy again when a file of it has changed, and puts what it says of the network in force.
///
/// What a sandbox is made of stands since it was made: everything else holds from the next run on. A policy that
/// can't be read, that asks for what nothing enforces, or that the run itself could have written, changes nothing.
final class PolicyFollower: Sendable {
    /// What became of the policy, in the form of records and in words.
    struct Change: Sendable {
        let json: JSONValue
        let diagnostic: Diagnostic
        /// Why it was not put in force; nil if it was.
        var refusal: String?
    }

    private let store: PolicyStore
    private let began: Reading
    private let files: PolicyFiles
    private let command: Enforcement.Command
    private let gate: RunGate
    private let record: RunRecord
    private let done: Stopper
    private let changes = Mutex<[Change]>([])

    /// What is in force, and what those of its files say that a program could have written.
    private struct Reading: Sendable {
        let policy: PolicyInForce
        let withinReach: [String: [UInt8]]
    }

    /// Between two looks; a change is in force after two or three of them.
    private static let pause = Duration.milliseconds(250)
    private static let mostRefusals = 20
    private static let mostFromWithin = 20

    /// Nil if nothing of the policy could change while the run goes on.
    init?(
        _ prepared: Exec.Prepared, _ store: PolicyStore, for command: Enforcement.Command,
        _ record: RunRecord
    ) throws {
        guard let gate = prepared.gate, let resolved = prepared.policy.resolved else { return nil }
        self.record = record
        self.store = store.at(prepared.policy.surroundings.workspace)
        files = try PolicyFiles(prepared, self.store)
        began = Reading(policy: prepared.policy, withinReach: try files.withinReach(of: resolved))
        self.command = command
        self.gate = gate
        done = try Stopper()
    }

    var all: [Change] { changes.withLock { $0 } }

    /// Tells of each change when it is in force, or is not going to be.
    func begin(_ tell: @escaping @Sendable (Diagnostic) -> Void = { _ in }) throws(SystemError) {
        try onThreadOfItsOwn { [self] in
            // As if all were new: it may have changed since it was read.
            var (seen, read) = ([FileFacts?](), [FileFacts?]())
            var (restless, looks) = (0, 0)
            var inForce = began
            // What was wrong with it may pass without any of these files being another.
            var isRefused = false
            while !done.wasAsked {
                var poll = Poll()
                _ = poll.add(done.borrowed, for: .readable)
                // Without it the policy stays as it is, as for somebody who never changes it.
                guard (try? poll.wait(atMost: Self.pause)) != nil else { return }
                let now = files.stamps(of: inForce.policy)
                defer { seen = now }
                // Whoever is writing is waited for, but not for ever.
                restless = now == seen ? 0 : restless + 1
                looks += 1
                guard now != read || (isRefused && looks.isMultiple(of: 4)),
                    restless.isMultiple(of: 4), !done.wasAsked
                else { continue }
                read = now
                let change = follow(&inForce)
                isRefused = change?.refusal != nil
                if let change, keepIfNew(change) { tell(change.diagnostic) }
            }
        }
    }

    func end() { done.stop() }

    // MARK: - What they say now

    /// What became of it; nil if it is what is in force.
    private func follow(_ inForce: inout Reading) -> Change? {
        do {
            let policy = try store.load(
                began.policy.typed, bounds: [], strict: ThisProcess.variable("CI") == "true",
                trustingOurOwn: true, after: began.policy.resolved)
            guard let resolved = policy.resolved else {
                return policy.diagnostics.first { $0.severity == .error }.map(refused)
            }
            guard policy.digest != inForce.policy.digest else { return nil }
            if let why = refusal(of: policy, resolved) { return refused(why) }
            let withinReach = try files.withinReach(of: resolved)
            let onlyNarrows = withinReach != inForce.withinReach
            guard !onlyNarrows || all.count < Self.mostFromWithin else {
                gate.shut()
                return refused(Self.tooOften)
            }
            let change = taken(policy, resolved, onlyNarrows: onlyNarrows)
            // What can't be written down has no effect.
            try note(change)
            gate.change(to: resolved, in: policy.surroundings, onlyNarrows: onlyNarrows)
            inForce = Reading(policy: policy, withinReach: withinReach)
            return change
        } catch {
            return refused(Failure.diagnostic(of: error))
        }
    }

    private func refusal(of policy: PolicyInForce, _ resolved: ResolvedPolicy) -> Diagnostic? {
        func names(_ policy: ResolvedPolicy?) -> Set<String> {
            Set((policy?.bounds ?? []).compactMap { $0.files.first?.name })
        }
        if let gone = names(began.policy.resolved).subtracting(names(resolved)).sorted().first {
            return Diagnostic(
                severity: .error, message: "\(gone), which bounds it, is not there any more",
                help: nil)
        }
        return Enforcement.refusals(of: policy, resolved, for: command).first
    }

    private static let tooOften = Diagnostic(
        severity: .error,
        message: "it was changed too often from within the run, which has no network any more",
        help: nil)

    private func note(_ change: Change) throws {
        try changes.withLock { changes in
            try record.add("policy_changes", .array((changes + [change]).map(\.json)))
            changes.append(change)
        }
    }

    private func taken(
        _ policy: PolicyInForce, _ resolved: ResolvedPolicy, onlyNarrows: Bool
    ) -> Change {
        var notes: [String] = []
        if onlyNarrows {
            notes.append(
                "a file of it lies where programs of this run can write: it takes away, and gives nothing"
            )
        }
        let closed = gate.closed(resolved.openPorts)
        if !closed.isEmpty {
            let ports = closed.prefix(10).map(String.init).joined(separator: ", ")
            notes.append("no sandbox of this run has a way out at port \(ports)")
        }
        let isAllInForce = rest(of: resolved) == began.policy.resolved.map(rest)
        if !isAllInForce {
            notes.append("what else has changed in it holds from the next run on")
        }
        let digest = policy.digest ?? ""
        return Change(
            json: [
                "at": Self.now, "digest": .string(digest),
                "in_force": .string(isAllInForce ? "all" : "network"),
            ],
            diagnostic: Diagnostic(
                severity: .warning,
                message:
                    "the policy was changed meanwhile: what it says of the network now is in force (\(digest.prefix(19))...)",
                help: nil, notes: notes))
    }

    private func refused(_ why: Diagnostic) -> Change {
        let reason = SafeText(why.message, limit: 300).description
        return Change(
            json: ["at": Self.now, "refused": .string(reason)],
            diagnostic: Diagnostic(
                severity: .warning,
                message:
                    "the policy was changed meanwhile and can't be put in force: \(reason)",
                help:
                    "`pi-runner policy check` tells what is wrong; until then what was in force still is"
            ), refusal: reason)
    }

    /// Whether it is to be told: of what was refused only once, and not too often; what is in force is kept already.
    private func keepIfNew(_ change: Change) -> Bool {
        guard let refusal = change.refusal else { return true }
        return changes.withLock { changes in
            let refusals = changes.compactMap(\.refusal)
            guard refusals.count < Self.mostRefusals, !refusals.contains(refusal) else {
                return false
            }
            changes.append(change)
            // What has no effect is told, also where it can't be written down yet.
            try? record.add("policy_changes", .array(changes.map(\.json)))
            return true
        }
    }

    private static var now: JSONValue {
        .number(JSONNumber(Clock<TimeOfDay>.system.now.milliseconds))
    }

    /// All of it that stands since the run began.
    private func rest(of policy: ResolvedPolicy) -> JSONValue {
        func fixed(_ value: JSONValue) -> JSONValue {
            var object = value.object ?? JSONObject()
            object["network"] = nil
            let tools = (object["tools"]?.object?.members ?? []).map { tool in
                var terms =
                    tool.value.object ?? JSONObject([.init(name: "decision", value: tool.value)])
                terms["network"] = nil
                return JSONObject.Member(name: tool.name, value: .object(terms))
            }
            object["tools"] = .object(JSONObject(tools))
            return .object(object)
        }
        let canonical = policy.canonical
        return [
            "policy": fixed(canonical["policy"] ?? .null),
            "bounds": .array((canonical["bounds"]?.array ?? []).map(fixed)),
        ]
    }
}
