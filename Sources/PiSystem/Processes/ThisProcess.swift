import CSystem

/// What this process was given and built from.
package enum ThisProcess {
    /// As many descriptors as this user may have, since a server's connections take two each; how many that is.
    package static func raiseOpenFiles() throws(SystemError) -> Int {
        Int(try checked(pi_raise_open_files(), .measure, "the limit of open files"))
    }

    /// For a process that lives long: what it has needed once is not kept for as long as it lives.
    package static func keepMemorySmall() throws(SystemError) {
        _ = try checked(pi_keep_memory_small(), .start, "with little memory")
    }

    /// Gives the system back what is not needed any more.
    package static func returnMemory() { pi_return_memory() }

    /// The arguments as they came, the program's own name first.
    ///
    /// Swift's would hide what is no UTF-8.
    package static var arguments: [RawText] {
        var arguments: [RawText] = []
        for place in 0..<Int(CommandLine.argc) {
            guard let argument = unsafe CommandLine.unsafeArgv[place] else { break }
            unsafe arguments.append(rawText(argument))
        }
        return arguments
    }

    package static func variable(_ name: RawText) -> RawText? {
        guard let value = unsafe pi_variable(name.cString) else { return nil }
        return unsafe rawText(value)
    }

    /// The folder that the running program's file is in.
    package static func programFolder() throws(SystemError) -> FilePath {
        try Folder.open("/proc/self", resolving: .anything).readLink("exe").parent
    }

    /// How many processors it may run on.
    package static var processors: Int { Int(pi_processors()) }

    /// From now on it writes no core, and no other process of the same user can look into it.
    package static func keepSecret() throws(SystemError) {
        _ = try checked(pi_keep_secret(), .start, "without a core")
    }

    /// The version of Landlock that the kernel has.
    package static func landlockVersion() throws(SystemError) -> Int {
        Int(try checked(pi_landlock_version(), .lookUp, "Landlock"))
    }

    package static var pid: Int32 { pi_pid() }

    /// Empty if the build was not told.
    package static var commit: String { unsafe String(cString: pi_build_commit()) }
    package static var toolchain: String { unsafe String(cString: pi_build_toolchain()) }

    /// Such as `6.1.0-30-amd64`.
    package static func kernelRelease() throws(SystemError) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        _ = try checked(
            unsafe pi_kernel_release(&buffer, buffer.count), .measure, "the kernel")
        return unsafe rawText(buffer).description
    }
}
