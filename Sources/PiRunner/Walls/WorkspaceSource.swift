import PiJSON
import PiPolicy

/// What the workspace holds when a run begins; what it writes waits for the workspace all the same.
enum WorkspaceSource: Hashable {
    case here
    case empty
    case git(String)
    /// No layer can be laid over what lies there, and the policy lets a run begin with a copy.
    case copy

    var phrase: String {
        switch self {
        case .here: "what lies there"
        case .empty: "nothing"
        case .copy: "a copy of what lies there"
        case .git(let revision): "those of the revision \(SafeText(revision, limit: 100))"
        }
    }

    /// What the policy says of it.
    init(_ policy: PolicyValue) {
        let value = policy.value(at: ["workspace", "source"])
        if let revision = value?["git"]?.text {
            self = .git(revision)
        } else {
            self = value?.text == "empty" ? .empty : .here
        }
    }
}

/// Whether a layer is laid over a copy of the workspace.
enum CopyChoice: Sendable {
    /// If the policy lets it, and something is mounted there, or the kernel has refused.
    case asFound(isRefused: Bool)
    /// That is decided already.
    case because(String), never
}
