import PiJSON
import PiPolicy
import PiSystem
import Synchronization

/// Reads a run's policy again when a file of it has changed, and puts what it says of the network in force.
///
/// What a sandbox is made of stands since it was made: everything else holds from the next run on. A policy that
/// can't be read, or that asks for what nothing enforces, changes nothing.
final class PolicyFollower: Sendable {
    /// What became of the policy, in the form of records and in words.
    struct Change: Sendable {
        let json: JSONValue
        let diagnostic: Diagnostic
    }

    private let store: PolicyStore
    private let began: PolicyInForce
    private let command: Enforcement.Command
    private let gate: RunGate
    private let record: RunRecord
    private let done: Stopper
    private let changes = Mutex<[Change]>([])

    /// Between two looks; a change is in force after two or three of them.
    private static let pause = Duration.milliseconds(250)
    private static let mostChanges = 100

    /// Nil if nothing of the policy could change while the run goes on.
    init?(
        _ prepared: Exec.Prepared, _ store: PolicyStore, for command: Enforcement.Command,
        _ record: RunRecord
    ) throws(SystemError) {
        guard let gate = prepared.gate else { return nil }
        self.record = record
        self.store = store.at(prepared.policy.surroundings.workspace)
        began = prepared.policy
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
            var digest = began.digest
            while !done.wasAsked, all.count < Self.mostChanges {
                var poll = Poll()
                _ = poll.add(done.borrowed, for: .readable)
                // Without it the policy stays as it is, as for somebody who never changes it.
                guard (try? poll.wait(atMost: Self.pause)) != nil else { return }
                let now = stamps()
                defer { seen = now }
                // Whoever is writing is waited for.
                guard now == seen, now != read, !done.wasAsked else { continue }
                read = now
                guard let change = change(from: &digest) else { continue }
                changes.withLock { $0.append(change) }
                tell(change.diagnostic)
            }
        }
    }

    func end() { done.stop() }

    // MARK: - The files

    private func stamps() -> [FileFacts?] {
        let workspace = FilePath(store.surroundings.workspace)
        let own: [FilePath?] = [
            workspace?.appending(".pi-runner/policy.yaml"),
            store.hostFolder.appending("ceiling.yaml"),
            store.hostFolder.appending("policies/groups.yaml"),
            store.userFolder?.appending("policies/groups.yaml"),
        ]
        return (own + began.files.map(path)).map { path in
            guard let path else { return nil }
            // What is not there, or can't be looked at, is told by reading the policy.
            return try? Folder.open(path.parent, resolving: .anything).facts(of: path.name ?? ".")
        }
    }

    /// Where a file is that is shown by that name; a ready-made policy is none.
    private func path(of name: String) -> FilePath? {
        for (mark, folder) in [("user:", store.userFolder), ("host:", store.hostFolder)]
        where name.hasPrefix(mark) {
            return FilePath("\(name.dropFirst(mark.utf8.count)).yaml").flatMap {
                folder?.appending("policies").appending($0)
            }
        }
        return FilePath(name)
    }

    // MARK: - What they say now

    private func change(from digest: inout String?) -> Change? {
        let policy: PolicyInForce
        do {
            policy = try store.load(
                began.typed, bounds: [], strict: ThisProcess.variable("CI") == "true",
                trustingOurOwn: true)
        } catch {
            return refused(Failure.diagnostic(of: error))
        }
        guard let resolved = policy.resolved else {
            return policy.diagnostics.first { $0.severity == .error }.map(refused)
        }
        guard policy.digest != digest else { return nil }
        let missing = Enforcement.diagnostics(Enforcement.missing(in: resolved, for: command))
        if let first = missing.first { return refused(first) }
        let change = inForce(policy, resolved)
        do {
            // What can't be written down has no effect.
            try record.add("policy_changes", .array((all + [change]).map(\.json)))
        } catch {
            return refused(Failure.diagnostic(of: error))
        }
        gate.change(to: resolved, in: policy.surroundings)
        digest = policy.digest
        return change
    }

    private func inForce(_ policy: PolicyInForce, _ resolved: ResolvedPolicy) -> Change {
        var notes: [String] = []
        let closed = gate.closed(resolved.openPorts)
        if !closed.isEmpty {
            let ports = closed.prefix(10).map(String.init).joined(separator: ", ")
            notes.append("no sandbox of this run has a way out at port \(ports)")
        }
        let isAllInForce = rest(of: resolved) == began.resolved.map(rest)
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
            ))
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
