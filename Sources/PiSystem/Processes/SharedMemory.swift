import CSystem

/// A page of System V shared memory: something of this host's that a sandbox must not reach.
package struct SharedMemory: ~Copyable {
    package let number: Int32

    package init() throws(SystemError) {
        number = try checked(pi_shared_memory(), .create, "shared memory")
    }

    deinit {
        // It is private, and goes at the latest with its namespace.
        _ = pi_remove_shared_memory(number)
    }
}
