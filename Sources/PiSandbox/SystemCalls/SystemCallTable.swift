import PiSystem

/// Every system call that has a name here, and its answer: the one source of the filter, of its test and of its page.
///
/// What is not named is answered ENOSYS, so a call of tomorrow's kernel is closed until somebody has thought about it.
package enum SystemCallTable {
    /// Calls that are allowed, whatever their arguments, unless `argumentRules` has a rule for them.
    struct Group: Sendable {
        let title: String
        let names: [String]

        init(_ title: String, _ names: String) {
            self.title = title
            self.names = names.split(whereSeparator: \.isWhitespace).map(String.init)
        }
    }

    struct Refusal: Sendable {
        let names: [String]
        let errno: Errno
        let reason: String

        init(_ names: String, _ errno: Errno, because reason: String) {
            self.names = names.split(whereSeparator: \.isWhitespace).map(String.init)
            self.errno = errno
            self.reason = reason
        }
    }

    /// A rule that holds for some allowed calls, which differ at most in where an argument stands.
    struct Rules: Sendable {
        let byName: [(name: String, rule: ArgumentRule)]
        /// What is refused or allowed, for the page.
        let summary: String
        let reason: String
    }

    /// What is known of a call.
    enum Entry: Sendable {
        case allowed
        case ruled(ArgumentRule)
        case refused(Refusal)
    }

    static let entries: [String: Entry] = {
        var entries: [String: Entry] = [:]
        for name in allowed.flatMap(\.names) { entries[name] = .allowed }
        for (name, rule) in argumentRules.flatMap(\.byName) { entries[name] = .ruled(rule) }
        for refusal in refusals {
            for name in refusal.names { entries[name] = .refused(refusal) }
        }
        return entries
    }()

    /// Numbers of calls that are younger than some library of names; from 435 on all architectures count alike.
    static let numbers: [String: UInt32] = [
        "clone3": 435, "close_range": 436, "openat2": 437, "pidfd_getfd": 438,
        "faccessat2": 439, "process_madvise": 440, "epoll_pwait2": 441, "mount_setattr": 442,
        "quotactl_fd": 443, "landlock_create_ruleset": 444, "landlock_add_rule": 445,
        "landlock_restrict_self": 446, "memfd_secret": 447, "process_mrelease": 448,
        "futex_waitv": 449, "set_mempolicy_home_node": 450, "cachestat": 451, "fchmodat2": 452,
        "map_shadow_stack": 453, "futex_wake": 454, "futex_wait": 455, "futex_requeue": 456,
    ]
}
