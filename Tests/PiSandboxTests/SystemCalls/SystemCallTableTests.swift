import PiSystem
import PiTesting
import Testing

@testable import PiSandbox

/// The table itself: what it says, by examples that don't come from it, and what it must not forget.
@Suite struct SystemCallTableTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let arguments: [UInt64]
        /// Nil where the call is allowed.
        let errno: String?

        init(_ name: String, _ arguments: UInt64..., is errno: String? = nil) {
            self.name = name
            self.arguments = arguments + Array(repeating: 0, count: 6 - arguments.count)
            self.errno = errno
        }

        var testDescription: String {
            "\(name) \(arguments.map { String($0, radix: 16) }) is \(errno ?? "allowed")"
        }
    }

    @Test(arguments: [
        Example("read"), Example("execve"), Example("futex_wait"), Example("epoll_pwait2"),
        Example("clone3", is: "ENOSYS"), Example("openat2", is: "ENOSYS"),
        Example("io_uring_setup", is: "ENOSYS"), Example("fsopen", is: "ENOSYS"),
        Example("mseal", is: "ENOSYS"), Example("_sysctl", is: "ENOSYS"),
        Example("mount", is: "EPERM"), Example("unshare", is: "EPERM"),
        Example("ptrace", is: "EPERM"), Example("pidfd_getfd", is: "EPERM"),
        Example("bpf", is: "EPERM"), Example("open_by_handle_at", is: "EPERM"),
        Example("keyctl", is: "EPERM"), Example("quotactl_fd", is: "EPERM"),

        // Families: unix, inet, inet6, route netlink; with flags on the type, and garbage above.
        Example("socket", 1, 1), Example("socket", 2, 0x80801, 6), Example("socket", 10, 2, 17),
        Example("socket", 1, 5), Example("socket", 0x7FFF_0000_0002, 0x1_0000_0001),
        Example("socket", 2, 3, 1, is: "EPERM"), Example("socket", 10, 0x80003, is: "EPERM"),
        Example("socket", 2, 10, is: "EPERM"), Example("socket", 2, 4, is: "EPERM"),
        Example("socket", 1, 3, is: "EPERM"), Example("socket", 2, 6, is: "EPERM"),
        Example("socket", 16, 3, 0), Example("socket", 16, 0x80002, 0xFFFF_FFFF_0000_0000),
        Example("socket", 16, 3, 9, is: "EAFNOSUPPORT"),
        Example("socket", 16, 3, 15, is: "EAFNOSUPPORT"),
        Example("socket", 40, 1, is: "EAFNOSUPPORT"), Example("socket", 38, 5, is: "EAFNOSUPPORT"),
        Example("socket", 17, 3, is: "EAFNOSUPPORT"), Example("socket", 0, 1, is: "EAFNOSUPPORT"),
        Example("socket", 0x1_0000_0028, 1, is: "EAFNOSUPPORT"),
        Example("socket", 2, 1, 262, is: "EPROTONOSUPPORT"),
        Example("socket", 10, 2, 136, is: "EPROTONOSUPPORT"),
        Example("socket", 2, 5, 132, is: "EPERM"), Example("socket", 1, 1, 99),
        Example("socketpair", 1, 1), Example("socketpair", 0xFF_0000_0001, 2),
        Example("socketpair", 2, 1, is: "EAFNOSUPPORT"),
        Example("socketpair", 30, 5, is: "EAFNOSUPPORT"),

        // Process 1 is ours.
        Example("prlimit64", 0, 7), Example("prlimit64", 2, 7),
        Example("prlimit64", 1, 7, is: "EPERM"),
        Example("prlimit64", 0x1_0000_0001, 7, is: "EPERM"),
        Example("sched_setscheduler", 0, 3), Example("sched_setscheduler", 1, 5, is: "EPERM"),
        Example("sched_setaffinity", 1, is: "EPERM"), Example("sched_setattr", 1, is: "EPERM"),
        Example("sched_setparam", 1, is: "EPERM"),
        Example("setpriority", 0, 0, 5), Example("setpriority", 0, 1, 5, is: "EPERM"),
        Example("setpriority", 2, 0, 5, is: "EPERM"), Example("setpriority", 1, 1, is: "EPERM"),
        Example("ioprio_set", 1, 0), Example("ioprio_set", 1, 1, is: "EPERM"),

        // Modes: the bits, what lies beside them, garbage above.
        Example("fchmod", 3, 0o1777), Example("fchmod", 3, 0o4755, is: "EPERM"),
        Example("fchmod", 3, 0o2755, is: "EPERM"),
        Example("fchmod", 3, 0xFFFF_FFFF_0000_0800, is: "EPERM"),
        Example("fchmod", 0o6000, 0o644), Example("chmod", 0, 0o6755, is: "EPERM"),
        Example("fchmodat", 0, 0, 0o4000, is: "EPERM"), Example("fchmodat", 0, 0o4000, 0o755),
        Example("fchmodat2", 0, 0, 0o2000, is: "EPERM"), Example("fchmodat2", 0, 0, 0o777, 0o6000),
        Example("creat", 0, 0o4755, is: "EPERM"), Example("creat", 0, 0o644),
        Example("openat", 0, 0, 0o2, 0o6777), Example("openat", 0, 0, 0o101, 0o644),
        Example("openat", 0, 0, 0o101, 0o4644, is: "EPERM"),
        Example("openat", 0, 0, 0x1_0000_0040, 0x1_0000_0C00, is: "EPERM"),
        Example("openat", 0, 0, 0x1_0000_0000, 0o4755),
        Example("openat", 0, 0, 0o20_200_002, 0o2755, is: "EPERM"),
        Example("openat", 0, 0, 0o200_000, 0o6755),
        Example("open", 0, 0o101, 0o2644, is: "EPERM"), Example("open", 0, 0o100, 0o755),
        Example("open", 0, 0, 0o6000), Example("mkdirat", 0, 0, 0o2755),

        Example("mknodat", 0, 0, 0o010644), Example("mknodat", 0, 0, 0o140644),
        Example("mknodat", 0, 0, 0o644), Example("mknodat", 0, 0, 0o020666, is: "EPERM"),
        Example("mknodat", 0, 0, 0o060660, is: "EPERM"),
        Example("mknodat", 0, 0, 0o104755, is: "EPERM"),
        Example("mknodat", 0, 0, 0xABCD_0000_2000, is: "EPERM"),
        Example("mknod", 0, 0o020666, is: "EPERM"), Example("mknod", 0, 0o010600),

        // A thread; fork; each namespace alone; the bit of CLONE_NEWTIME is part of the signal.
        Example("clone", 0x003D_0F00), Example("clone", 0x0120_0011), Example("clone", 0x80),
        Example("clone", 0x0002_0000, is: "EPERM"), Example("clone", 0x0200_0000, is: "EPERM"),
        Example("clone", 0x0400_0000, is: "EPERM"), Example("clone", 0x0800_0000, is: "EPERM"),
        Example("clone", 0x1000_0011, is: "EPERM"), Example("clone", 0x2000_0000, is: "EPERM"),
        Example("clone", 0x4000_0000, is: "EPERM"),
        Example("clone", 0x1_1000_0000, is: "EPERM"), Example("clone", 0x7FFF_0000_0000),

        Example("ioctl", 0, 0x5401), Example("ioctl", 0, 0x5412, is: "EPERM"),
        Example("ioctl", 0, 0x541C, is: "EPERM"), Example("ioctl", 0, 0x5423, is: "EPERM"),
        Example("ioctl", 0, 0x1_0000_5412, is: "EPERM"),
        Example("ioctl", 0, 0xFFFF_FFFF_0000_541C, is: "EPERM"),
        Example("ioctl", 0x5412, 0x5413, 0x5412),

        Example("prctl", 15), Example("prctl", 38, 1), Example("prctl", 35, is: "EPERM"),
        Example("prctl", 0x5961_6D61, is: "EPERM"), Example("prctl", 22, 1, is: "EPERM"),
        Example("prctl", 22, 2), Example("prctl", 0x1_0000_0023, is: "EPERM"),

        Example("personality", 0), Example("personality", 0xFFFF_FFFF), Example("personality", 8),
        Example("personality", 0x20008), Example("personality", .max),
        Example("personality", 0x40000, is: "EPERM"), Example("personality", 1, is: "EPERM"),

        Example("seccomp", 0, is: "EPERM"), Example("seccomp", 1, 0), Example("seccomp", 1, 1),
        Example("seccomp", 1, 8, is: "EPERM"), Example("seccomp", 1, 0x1_0000_0009, is: "EPERM"),
        Example("seccomp", 2, 8),
    ])
    func `a call has the answer that was promised, on each architecture that has it`(
        example: Example
    ) throws {
        var isAnywhere = false
        for architecture in Architecture.allCases {
            guard
                let number = SystemCallTable.number(of: example.name, on: architecture)
                    ?? Self.youngest[example.name]
            else { continue }
            isAnywhere = true
            let answer = SystemCallFilter.of(architecture).answer(to: number, example.arguments)
            #expect(answer.errno?.name == example.errno, "\(architecture): \(answer)")
        }
        #expect(isAnywhere)
    }

    /// Too new for some libraries of names, and answered all the same.
    private static let youngest: [String: UInt32] = ["mseal": 462]

    @Test func `the same call is the same on both architectures`() throws {
        var compared = 0
        for (name, rule) in SystemCallTable.entries {
            let numbers = Architecture.allCases.map { SystemCallTable.number(of: name, on: $0) }
            guard let first = numbers[0], let second = numbers[1] else { continue }
            compared += 1
            var edges: [UInt32] = [0, 1, .max]
            if case .ruled(let rule) = rule { edges += rule.edges }
            for edge in edges {
                let arguments = Array(repeating: UInt64(edge), count: 6)
                let here = SystemCallFilter.x86_64.answer(to: first, arguments)
                let there = SystemCallFilter.aarch64.answer(to: second, arguments)
                #expect(here == there, "\(name) \(edge)")
            }
        }
        #expect(compared > 300)
    }

    @Test func `the numbers that the table carries are those of every architecture`()
        throws
    {
        for (name, number) in SystemCallTable.numbers {
            for architecture in Architecture.allCases {
                guard let known = LibSeccomp.number(of: name, on: architecture) else { continue }
                #expect(known == number, "\(name) on \(architecture)")
            }
        }
    }

    @Test func `no name stands twice, and every name is a call somewhere`() throws {
        let names =
            SystemCallTable.allowed.flatMap(\.names) + SystemCallTable.refusals.flatMap(\.names)
            + SystemCallTable.unnamed.flatMap(\.names)
        let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys
        #expect(twice.sorted() == [])
        for name in SystemCallTable.entries.keys {
            #expect(
                Architecture.allCases.contains {
                    SystemCallTable.number(of: name, on: $0) != nil
                }, "nobody knows \(name)")
        }
    }

    @Test func `a rule stands for an allowed call`() throws {
        let allowed = Set(SystemCallTable.allowed.flatMap(\.names))
        let ruled = SystemCallTable.argumentRules.flatMap(\.byName).map(\.name)
        #expect(Set(ruled).subtracting(allowed) == [])
        #expect(Set(ruled).count == ruled.count)
    }

    /// A name that a new libseccomp brings is thought about: allowed, refused, or unnamed on purpose.
    @Test func `no call that libseccomp knows is forgotten`() throws {
        let thought = Set(SystemCallTable.entries.keys)
            .union(SystemCallTable.unnamed.flatMap(\.names))
        for architecture in Architecture.allCases {
            let known = (UInt32(0)..<1024).compactMap {
                LibSeccomp.name(of: $0, on: architecture)
            }
            try #require(known.count > 300)
            #expect(Set(known).subtracting(thought).sorted() == [], "\(architecture)")
        }
    }

    /// libseccomp looks from left to right, and does not come back from a case that fits.
    @Test func `a rule looks from left to right, at cases that don't contradict each other`() {
        func check(_ rule: ArgumentRule, after place: Int, _ name: String) {
            guard case .look(let argument, let cases, let otherwise) = rule else { return }
            #expect(argument > place, "\(name)")
            for first in cases {
                for second in cases where !first.then.comesToTheSame(as: second.then) {
                    #expect(
                        (first.value ^ second.value) & first.mask & second.mask != 0, "\(name)")
                }
                #expect(first.value & ~first.mask == 0, "\(name): a case that never fits")
                check(first.then, after: argument, name)
            }
            check(otherwise, after: argument, name)
        }
        for (name, rule) in SystemCallTable.argumentRules.flatMap(\.byName) {
            check(rule, after: -1, name)
        }
    }

    @Test func `a reason is a phrase that can stand in a sentence`() {
        let reasons =
            SystemCallTable.refusals.map(\.reason) + SystemCallTable.argumentRules.map(\.reason)
        for reason in reasons {
            #expect(reason.first?.isUppercase == false && !reason.hasSuffix("."), "\(reason)")
            #expect(reason.utf8.count <= 110, "\(reason)")
        }
    }

    @Test func `a refusal is explained to whoever ran into it`() throws {
        func explanation(_ name: String, _ arguments: UInt64...) throws -> String? {
            let number = try #require(LibSeccomp.number(of: name, on: .aarch64))
            return SystemCallFilter.aarch64.explanation(
                of: number, arguments + Array(repeating: 0, count: 6 - arguments.count))
        }
        let mounting =
            "mounting is the sandbox's own business: the files it may see are listed in the policy"
        #expect(try explanation("mount") == "mount was refused: \(mounting)")
        #expect(SystemCallTable.reasonForRefusing("mount") == mounting)
        #expect(
            try explanation("socket", 2, 3)
                == "socket was refused: raw packets would walk past the gate that checks connections"
        )
        #expect(try explanation("socket", 2, 1) == nil)
        #expect(SystemCallTable.reasonForRefusing("socket") == nil)
        // Known to libseccomp and not to the table, and known to nobody.
        let unknown = "it is a system call that the sandbox does not know"
        #expect(
            SystemCallFilter.x86_64.explanation(of: 139, [0, 0, 0, 0, 0, 0])
                == "sysfs was refused: \(unknown)")
        #expect(
            SystemCallFilter.x86_64.explanation(of: 1023, [0, 0, 0, 0, 0, 0])
                == "system call 1023 was refused: \(unknown)")
        #expect(
            SystemCallFilter.x86_64.explanation(of: 0x4000_0001, [0, 0, 0, 0, 0, 0])
                == "system call 1073741825 ended the process: the program is made for another architecture than the sandbox"
        )
    }

    @Test func `the page of system calls is made from the table`() throws {
        try Golden.expect(SystemCallPage.text(), at: "docs/system-calls.md")
    }
}

extension ArgumentRule {
    /// Whether the program sees the same, perhaps for other reasons: of two that fit the first gives the reason.
    fileprivate func comesToTheSame(as other: ArgumentRule) -> Bool {
        guard case .answer(.refuse(let errno, _)) = self,
            case .answer(.refuse(let otherErrno, _)) = other
        else { return self == other }
        return errno == otherErrno
    }
}
