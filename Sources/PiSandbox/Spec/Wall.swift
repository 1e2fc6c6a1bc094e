import CSandbox

/// One enforced limit, by the name that policy, `doctor`, results and records share.
package enum Wall: String, CaseIterable, Sendable {
    case user, view, pid, net, ipc, uts, cgroup, proc, dev, descriptors, session, capabilities
    case noNewPrivileges = "no-new-privileges"
    case rlimits, landlock, seccomp

    /// What it keeps in, in one line.
    package var meaning: String {
        switch self {
        case .user: "users of its own: no id of the host's but the run's one"
        case .view: "a root of its own: only what the policy lists, read-only where it says so"
        case .pid: "processes of its own: none of the host's is seen or signalled"
        case .net: "a network of its own: nothing but its own loopback"
        case .ipc: "shared memory and queues of its own"
        case .uts: "a host name of its own"
        case .cgroup: "a view of cgroups that begins at its own"
        case .proc: "a /proc of its own processes, without what tells of the machine"
        case .dev: "a /dev with six harmless devices and terminals of its own"
        case .descriptors: "no descriptor but standard input, output and error"
        case .session: "a session of its own, away from the terminal of the person"
        case .capabilities: "no capability, and no way to one"
        case .noNewPrivileges: "set-user-id programs and file capabilities give nothing"
        case .rlimits: "limits of open files, file size, processor time and core files"
        case .landlock: "the file rules a second time, and no signal or abstract socket to outside"
        case .seccomp: "only the system calls that programs need"
        }
    }

    var bit: UInt32 {
        switch self {
        case .user: PI_WALL_USER.rawValue
        case .view: PI_WALL_VIEW.rawValue
        case .pid: PI_WALL_PID.rawValue
        case .net: PI_WALL_NET.rawValue
        case .ipc: PI_WALL_IPC.rawValue
        case .uts: PI_WALL_UTS.rawValue
        case .cgroup: PI_WALL_CGROUP.rawValue
        case .proc: PI_WALL_PROC.rawValue
        case .dev: PI_WALL_DEV.rawValue
        case .descriptors: PI_WALL_DESCRIPTORS.rawValue
        case .session: PI_WALL_SESSION.rawValue
        case .capabilities: PI_WALL_CAPABILITIES.rawValue
        case .noNewPrivileges: PI_WALL_NO_NEW_PRIVILEGES.rawValue
        case .rlimits: PI_WALL_RLIMITS.rawValue
        case .landlock: PI_WALL_LANDLOCK.rawValue
        case .seccomp: PI_WALL_SECCOMP.rawValue
        }
    }
}
