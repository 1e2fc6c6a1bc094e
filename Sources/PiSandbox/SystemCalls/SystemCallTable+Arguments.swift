import PiSystem

extension SystemCallTable {
    static let argumentRules: [Rules] = [
        Rules(
            byName: [("socket", socket)],
            summary:
                "`AF_UNIX`, `AF_INET` and `AF_INET6` with `SOCK_STREAM`, `SOCK_DGRAM` or `SOCK_SEQPACKET`, of the internet only TCP and UDP; `AF_NETLINK` for protocol 0. another type is `EPERM`, another protocol `EPROTONOSUPPORT`, another family `EAFNOSUPPORT`",
            reason:
                "the rest reaches the hypervisor or old corners of the kernel; route netlink is how programs list addresses"
        ),
        Rules(
            byName: [
                (
                    "socketpair",
                    .look(
                        at: 0, cases: [.exactly(SocketFamily.unix, then: .allow)],
                        otherwise: .answer(otherFamily))
                )
            ],
            summary: "`AF_UNIX`; another family is `EAFNOSUPPORT`",
            reason: "no other family makes pairs that a tool needs"),
        Rules(
            byName: [
                ("chmod", setID(modeAt: 1)), ("fchmod", setID(modeAt: 1)),
                ("fchmodat", setID(modeAt: 2)), ("fchmodat2", setID(modeAt: 2)),
                ("creat", setID(modeAt: 1)),
                ("open", setID(modeAt: 2, whenCreatingAt: 1)),
                ("openat", setID(modeAt: 3, whenCreatingAt: 2)),
            ],
            summary:
                "not with the set-user-id or set-group-id bit; `open` and `openat` where they create",
            reason: "a set-id file that a sandbox leaves behind lends its owner's rights outside"),
        Rules(
            byName: [("mknod", node(modeAt: 1)), ("mknodat", node(modeAt: 2))],
            summary: "not for devices, and not with a set-id bit",
            reason: "a device node is the device, whatever the policy says of files"),
        Rules(
            byName: [("clone", clone)],
            summary: "not with a flag that makes a namespace",
            reason: "a nested user namespace would reopen the kernel that the filter hides"),
        Rules(
            byName: [("ioctl", ioctl)],
            summary: "not `TIOCSTI`, `TIOCLINUX`, `TIOCSETD`",
            reason: "they type into a terminal, or change who reads it"),
        Rules(
            byName: [("prctl", prctl)],
            summary: "not `PR_SET_MM`, `PR_SET_PTRACER`, nor `PR_SET_SECCOMP` in strict mode",
            reason: "names, death signals and the like are used by every runtime"),
        Rules(
            byName: [
                ("prlimit64", notOfFirst(at: 0)), ("sched_setaffinity", notOfFirst(at: 0)),
                ("sched_setattr", notOfFirst(at: 0)), ("sched_setparam", notOfFirst(at: 0)),
                ("sched_setscheduler", notOfFirst(at: 0)),
                ("setpriority", priority), ("ioprio_set", notOfFirst(at: 1)),
            ],
            summary: "not of process 1; `setpriority` not of all of a user's",
            reason: "process 1 is the sandbox's own: it watches the limits and ends what is left"),
        Rules(
            byName: [("personality", personality)],
            summary: "only 0, 8, 0x20000, 0x20008, and 0xffffffff, which asks",
            reason: "the others weaken address layout, or wake old code in the kernel"),
        Rules(
            byName: [("seccomp", seccomp)],
            summary: "not strict mode, and not with a listener",
            reason:
                "a further filter can only tighten; a second listener would compete with the sandbox's"
        ),
    ]

    private enum SocketFamily {
        static let unix: UInt32 = 1
        static let internet: UInt32 = 2
        static let internet6: UInt32 = 10
        static let netlink: UInt32 = 16
    }

    private enum SocketType {
        static let stream: UInt32 = 1
        static let datagram: UInt32 = 2
        static let packets: UInt32 = 5
        /// The rest of the argument is flags.
        static let mask: UInt32 = 0xF
    }

    private static let otherFamily = FilterAnswer.refuse(
        .addressFamilyNotSupported,
        because: "only Unix, IPv4 and IPv6 sockets, and asking for the routes, work in the sandbox")

    /// Whatever the type's own is, TCP and UDP: any other would have the kernel load what nobody looks after.
    private static let protocols = ArgumentRule.look(
        at: 2, cases: .exactly([0, 6, 17], then: .allow),
        otherwise: .answer(
            .refuse(
                .protocolNotSupported,
                because: "of the internet's protocols only TCP and UDP work in the sandbox")))

    private static let socket: ArgumentRule = {
        func only(_ types: [UInt32], then rule: ArgumentRule) -> ArgumentRule {
            .look(
                at: 1, cases: types.map { .masked(SocketType.mask, $0, then: rule) },
                otherwise: .forbid("raw packets would walk past the gate that checks connections"))
        }
        let local = only(
            [SocketType.stream, SocketType.datagram, SocketType.packets], then: .allow)
        let internet = only([SocketType.stream, SocketType.datagram], then: protocols)
        // Protocol 0 is NETLINK_ROUTE. The kernel itself refuses netlink's types but two, which mean the same.
        let routes = ArgumentRule.look(
            at: 2, cases: [.exactly(0, then: .allow)], otherwise: .answer(otherFamily))
        return .look(
            at: 0,
            cases: [.exactly(SocketFamily.unix, then: local)]
                + .exactly([SocketFamily.internet, SocketFamily.internet6], then: internet)
                + [.exactly(SocketFamily.netlink, then: routes)],
            otherwise: .answer(otherFamily))
    }()

    private static let setIDBits: UInt32 = 0o6000

    private static let noSetID = ArgumentRule.forbid(
        "files with a set-user-id or set-group-id bit can't be made in the sandbox")

    private static func setID(modeAt place: Int) -> ArgumentRule {
        .look(at: place, cases: .anyBit(of: setIDBits, then: noSetID), otherwise: .allow)
    }

    /// Without `O_CREAT` and `O_TMPFILE` there is no mode: its register holds whatever was there before.
    private static func setID(modeAt place: Int, whenCreatingAt flags: Int) -> ArgumentRule {
        // The bit that is O_TMPFILE's own; the other is O_DIRECTORY.
        let create: UInt32 = 0o100
        let temporary: UInt32 = 0o20_000_000
        return .look(
            at: flags, cases: .anyBit(of: create | temporary, then: setID(modeAt: place)),
            otherwise: .allow)
    }

    private static func node(modeAt place: Int) -> ArgumentRule {
        let device = ArgumentRule.forbid("devices are given by the sandbox, not made in it")
        let kind: UInt32 = 0o170000
        return .look(
            at: place,
            cases: [
                .masked(kind, 0o020000, then: device), .masked(kind, 0o060000, then: device),
            ] + .anyBit(of: setIDBits, then: noSetID),
            otherwise: .allow)
    }

    /// CLONE_NEWTIME is not among them: in this call its bit is part of the signal.
    private static let clone = ArgumentRule.look(
        at: 0,
        cases: .anyBit(
            of: 0x7E02_0000,
            then: .forbid(
                "new namespaces would reopen what the sandbox hides; it has made its own")),
        otherwise: .allow)

    private static let ioctl = ArgumentRule.look(
        at: 1,
        cases: .exactly(
            [0x5412, 0x541C, 0x5423],
            then: .forbid("typing into a terminal for its user is not for programs in a sandbox")),
        otherwise: .allow)

    private static let prctl = ArgumentRule.look(
        at: 0,
        cases: [
            .exactly(35, then: .forbid("a process may not change how its memory is described")),
            .exactly(
                0x5961_6D61,
                then: .forbid(
                    "debuggers and tracers, which look into other processes, don't work in the sandbox"
                )),
            .exactly(
                22,
                then: .look(
                    at: 1,
                    cases: [.exactly(1, then: strictMode)], otherwise: .allow)),
        ],
        otherwise: .allow)

    private static let strictMode = ArgumentRule.forbid(
        "seccomp's strict mode can't be had beside the sandbox's filter; further filters can")

    private static let priority = ArgumentRule.look(
        at: 0,
        cases: [
            .exactly(
                2,
                then: .forbid("a user's processes are process 1, too, which is the sandbox's own"))
        ], otherwise: notOfFirst(at: 1))

    private static func notOfFirst(at place: Int) -> ArgumentRule {
        .look(
            at: place,
            cases: [
                .exactly(
                    1,
                    then: .forbid(
                        "process 1 is the sandbox's own, and its limits are not the program's"))
            ],
            otherwise: .allow)
    }

    private static let personality = ArgumentRule.look(
        at: 0, cases: .exactly([0, 8, 0x20000, 0x20008, 0xFFFF_FFFF], then: .allow),
        otherwise: .forbid("only the ordinary personality of Linux works in the sandbox"))

    private static let seccomp = ArgumentRule.look(
        at: 0,
        cases: [
            .exactly(0, then: strictMode),
            .exactly(
                1,
                then: .look(
                    at: 1,
                    cases: .anyBit(
                        of: 8,
                        then: .forbid(
                            "a listener would compete with the sandbox's; filters without one work"
                        )), otherwise: .allow)),
        ],
        otherwise: .allow)
}
