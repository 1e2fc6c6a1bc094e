/// What the layers of a workspace have to know of its policy.
struct LayerWish {
    /// Patterns: what is written under such a name never comes into the workspace.
    let protected: [String]
    /// Patterns, as above: what is there is not seen, and stays as it is.
    let hidden: [String]
    /// How many seconds it may wait; nil if for ever.
    let secondsKept: Int?
    /// Of the workspace, what does not exist inside.
    let erased: [String]
}
