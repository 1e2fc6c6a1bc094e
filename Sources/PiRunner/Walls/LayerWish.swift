import PiSandbox
import PiSystem

/// What the layers of a workspace have to know of its policy.
struct LayerWish {
    /// Patterns: what is written under such a name never comes into the workspace.
    let protected: [String]
    /// Patterns, as above: what is there is not seen, and stays as it is.
    let hidden: [String]
    /// How many seconds it may wait; nil if for ever.
    let secondsKept: Int?
    let source: WorkspaceSource
    /// Of the workspace, what does not exist inside.
    let erased: [String]
    /// The most that may wait, if the kernel shall hold programs to it, in memory.
    let memory: SandboxSpec.Layers.Room?
}

extension SandboxSpec {
    /// Of the workspace; nil if it has none.
    var layers: Layers? { trees.compactMap(\.layers).first }
}

extension SandboxSpec.Layers {
    /// Where what earlier turns wrote is, and last where this one writes.
    var written: [FilePath] {
        let before = sealed.filter { FilePath($0)?.name != WaitingRun.hide }
        return (before + ["\(writable)/upper"]).compactMap { FilePath($0) }
    }
}

/// The layers of a workspace, and what they lie on.
struct LayerPlace {
    let layers: SandboxSpec.Layers
    /// On the host; the workspace itself, if it is what the run sees.
    let base: String
    /// The commit that the base is of.
    let commit: String?
}
