import CSystem

/// An advisory lock that belongs to a descriptor of its own and ends with its owner, or with the process.
///
/// `flock(2)`, not `fcntl(2)`: a lock by process would be lost when any other descriptor of the same
/// file is closed anywhere in the program.
package struct FileLock: ~Copyable, Sendable {
    package enum Kind: Hashable, Sendable { case shared, exclusive }

    private let descriptor: Descriptor

    deinit {
        // Closing alone would not do: a program being started holds copies of all descriptors for as long
        // as its exec takes, and with them the lock.
        _ = pi_unlock(descriptor.number)
    }

    /// Throws `EAGAIN` if somebody else holds it and `waiting` is false.
    package init(
        _ file: borrowing File, _ kind: Kind, waiting: Bool
    ) throws(SystemError) {
        // A duplicate shares the lock with the file's descriptor: it holds until both are closed.
        let descriptor = try file.descriptor.duplicate()
        let result = pi_lock(descriptor.number, kind == .exclusive, waiting)
        _ = try checked(result, .lock, file.path)
        self.descriptor = descriptor
    }
}
