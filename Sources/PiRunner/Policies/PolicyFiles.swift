import PiPolicy
import PiSandbox
import PiSystem

/// The files that a run's policy is read from, as they lie on this host while the run goes on.
struct PolicyFiles: Sendable {
    private let store: PolicyStore
    private let here: String
    /// Where programs write to what is the host's own: of this run, or of another in the same workspace.
    private let writable: [String]

    init(_ prepared: Exec.Prepared, _ store: PolicyStore) throws(SystemError) {
        self.store = store
        here = try Folder.open(".", resolving: .anything).realPath().utf8 ?? "/nonexistent"
        writable =
            prepared.plan.spec.trees.filter(\.isWrittenOnHost).map(\.source) + [
                store.surroundings.workspace
            ]
    }

    /// What is another as soon as one of them is written, replaced, taken away or comes to be.
    ///
    /// A workspace's own bound holds as it was when the run began.
    func stamps(of policy: PolicyInForce) -> [FileFacts?] {
        let read = policy.resolved.map(Self.files) ?? []
        let others = ["\(store.hostFolder)/ceiling.yaml"] + Self.groups(store)
        return (others + read.map(\.name).compactMap(path)).map { path in
            guard let real = HostPath.resolve(path).real, let place = FilePath(real) else {
                return nil
            }
            // What can't be looked at is told of when the policy is read.
            return try? FileFacts.of(place)
        }
    }

    /// Those that a program of the run can write or lead elsewhere, with what they say: whoever is bound by a policy
    /// doesn't widen it.
    func withinReach(of policy: ResolvedPolicy) throws -> [String: [UInt8]] {
        let reached = (Self.files(of: policy) + (try store.groupFiles())).filter { file in
            path(of: file.name).map(isWritable) ?? false
        }
        return Dictionary(reached.map { ($0.name, $0.bytes) }) { first, _ in first }
    }

    private static func files(of policy: ResolvedPolicy) -> [SourceText] {
        policy.policy.files
            + policy.bounds.filter { !PolicyStore.isOfWorkspace($0) }.flatMap(\.files)
    }

    private static func groups(_ store: PolicyStore) -> [String] {
        [store.hostFolder, store.userFolder].compactMap { $0 }
            .map { "\($0)/policies/groups.yaml" }
    }

    /// Where a file is that is shown by that name; nil if it is in the program.
    private func path(of name: String) -> String? {
        for (mark, folder) in [("user:", store.userFolder), ("host:", store.hostFolder)]
        where name.hasPrefix(mark) {
            return folder.map { "\($0)/policies/\(name.dropFirst(mark.utf8.count)).yaml" }
        }
        return name.hasPrefix("/") ? name : "\(here)/\(name)"
    }

    private func isWritable(_ path: String) -> Bool {
        let place = HostPath.resolve(path)
        guard let real = place.real else { return true }
        return ([real] + place.links.map(\.path)).contains { step in
            writable.contains { step == $0 || step.hasPrefix("\($0)/") }
        }
    }
}
