import PiSystem

/// The peer of a sandbox: bwrap with every namespace, no capability, and the system's programs to read.
enum Bubblewrap {
    static func peer(running program: [RawText]) throws -> PeerProgram {
        try PeerProgram.tried(
            Command(
                [
                    "/usr/bin/bwrap", "--unshare-all", "--die-with-parent", "--cap-drop", "ALL",
                    "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink",
                    "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc",
                    "--dev", "/dev", "--tmpfs", "/tmp",
                ] + program))
    }
}
