package import PiSystem

/// One name under which there is something else than before, or nothing any more.
package struct Change: Hashable, Sendable {
    /// From the tree's own folder.
    package let path: FilePath
    /// Nil if there was nothing of the name.
    package let before: FileFacts?
    /// Nil if it was removed.
    package let after: FileFacts?
}
