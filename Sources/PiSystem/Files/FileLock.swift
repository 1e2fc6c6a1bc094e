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

    /// The exclusive one, as soon as nobody else has it; nil if somebody has had it for all that time.
    package static func exclusive(
        _ file: borrowing File, within patience: Duration, askingEvery pause: Duration
    ) throws(SystemError) -> FileLock? {
        let end = Clock<Monotonic>.system.now + patience
        repeat {
            do {
                return try FileLock(file, .exclusive, waiting: false)
            } catch {
                guard error.errno == .wouldBlock else { throw error }
            }
            try Poll.pause(pause)
        } while Clock<Monotonic>.system.now < end
        return nil
    }
}
