import PiSandbox
import PiSystem

/// What is hidden or protected by a mount on it, and which file that was.
///
/// The sandbox can't move what is mounted on. Somebody on the host can put another file in its place, as
/// editors and Git do when they save, and the new one has no mount: that can only be told.
struct Covered: Hashable {
    private let before: [String: Identity]

    private struct Identity: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    init(_ spec: SandboxSpec) throws(SystemError) {
        var before: [String: Identity] = [:]
        for path in spec.hidden + spec.protected { before[path] = try Self.identity(of: path) }
        self.before = before
    }

    /// Those that are another file now, or gone.
    func replaced() throws(SystemError) -> [String] {
        var found: [String] = []
        for (path, identity) in before where try Self.identity(of: path) != identity {
            found.append(path)
        }
        return found.sorted()
    }

    private static func identity(of path: String) throws(SystemError) -> Identity? {
        try HostPath.facts(of: path).map { Identity(device: $0.device, inode: $0.inode) }
    }
}
