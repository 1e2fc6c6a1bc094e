import CSystem

/// Everything about a process to be started, decided before it starts.
package struct SpawnPlan: Hashable, Sendable {
    /// A path; nothing is searched for.
    package let program: FilePath
    /// With the name that the program sees as its own.
    package let arguments: [RawText]
    /// The whole environment: nothing is inherited.
    package let environment: [RawText]
    /// Starts a session of its own, out of reach of the terminal's Ctrl-C.
    package let newSession: Bool

    package init(
        program: FilePath, arguments: [RawText], environment: [RawText], newSession: Bool
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.newSession = newSession
    }

    /// Starts it with these as its descriptors 0, 1 and 2; it has no other, and no signal is blocked
    /// or ignored in it.
    package func start(
        input: borrowing Descriptor, output: borrowing Descriptor, error: borrowing Descriptor,
        in folder: borrowing Folder
    ) throws(SystemError) -> ChildProcess {
        let descriptors = [input.number, output.number, error.number]
        return try start(descriptors, folder.descriptor.number)
    }

    /// Starts it with these as its descriptors 0, 1, 2 and so on, in this process's own folder.
    package func start(
        on descriptors: [BorrowedDescriptor]
    ) throws(SystemError) -> ChildProcess {
        // Their holders stay for as long as their numbers are used.
        defer { withExtendedLifetime(descriptors) {} }
        return try start(descriptors.map(\.number), Int32(PI_WORKING_FOLDER))
    }

    /// Starts it on this process's own streams, in its own folder.
    package func startHere() throws(SystemError) -> ChildProcess {
        try start([0, 1, 2], Int32(PI_WORKING_FOLDER))
    }

    private func start(_ descriptors: [Int32], _ folder: Int32) throws(SystemError) -> ChildProcess
    {
        var pidfd: Int32 = -1
        let result = unsafe withPointers(to: arguments) { arguments in
            unsafe withPointers(to: environment) { environment in
                unsafe program.raw.cString.withUnsafeBufferPointer { program in
                    unsafe descriptors.withUnsafeBufferPointer { descriptors in
                        var plan = unsafe pi_spawn_plan(
                            program: program.baseAddress, arguments: arguments,
                            environment: environment, descriptors: descriptors.baseAddress,
                            descriptor_count: Int32(descriptors.count), working_folder: folder,
                            new_session: newSession)
                        return unsafe pi_spawn(&plan, &pidfd)
                    }
                }
            }
        }
        let pid = try checked(result, .start, program)
        return ChildProcess(pid: pid, pidfd: Descriptor(owning: pidfd), program: program)
    }
}

/// The shape of argv and environ: pointers to the texts, then a null.
private func withPointers<Result>(
    to texts: [RawText], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var storage = texts.flatMap(\.cString)
    return unsafe storage.withUnsafeMutableBufferPointer { storage in
        var at = storage.baseAddress
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe []
        for text in texts {
            unsafe pointers.append(at)
            unsafe at = at?.advanced(by: text.cString.count)
        }
        unsafe pointers.append(nil)
        return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
    }
}
