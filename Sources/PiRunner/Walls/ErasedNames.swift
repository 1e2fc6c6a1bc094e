import PiSandbox
import PiSystem

/// Which of the hidden files of a workspace a layer can say not to exist.
///
/// A layer lies on the workspace alone: not on what the policy mounts in it, nor below folders that nobody can make
/// alike, as those of somebody else.
struct ErasedNames {
    /// From the workspace's own folder.
    private(set) var names: [String] = []
    private let workspace: String
    private let isPrivileged: Bool
    /// What is mounted in the workspace.
    private let mounts: [String]
    private var isOurs: [String: Bool] = [:]

    init(in workspace: String, _ spec: SandboxSpec, isPrivileged: Bool) {
        self.workspace = workspace
        self.isPrivileged = isPrivileged
        mounts = (spec.trees.map(\.path) + spec.scratch.map(\.path)).filter {
            $0.hasPrefix("\(workspace)/")
        }
    }

    /// False if something else has to hide it.
    mutating func take(_ path: String) throws(SystemError) -> Bool {
        guard
            !mounts.contains(where: {
                $0 == path || $0.hasPrefix("\(path)/") || path.hasPrefix("\($0)/")
            })
        else { return false }
        let name = String(path.dropFirst(workspace.count + 1))
        var folder = workspace
        for step in name.split(separator: "/").dropLast() {
            folder += "/\(step)"
            guard try isOurs(folder) else { return false }
        }
        names.append(name)
        return true
    }

    private mutating func isOurs(_ folder: String) throws(SystemError) -> Bool {
        guard !isPrivileged else { return true }
        if let known = isOurs[folder] { return known }
        let answer = try FileFacts.of(FilePath(folder) ?? "/").user == .current
        isOurs[folder] = answer
        return answer
    }
}
