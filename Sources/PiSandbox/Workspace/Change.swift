package import PiSystem

/// One name under which there is something else than before, or nothing any more.
package struct Change: Hashable, Sendable {
    /// From the tree's own folder.
    package let path: FilePath
    /// Nil if there was nothing of the name.
    package let before: FileFacts?
    /// Nil if it was removed.
    package let after: FileFacts?

    package init(path: FilePath, before: FileFacts?, after: FileFacts?) {
        self.path = path
        self.before = before
        self.after = after
    }
}
