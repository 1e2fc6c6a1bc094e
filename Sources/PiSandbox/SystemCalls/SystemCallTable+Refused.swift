import PiSystem

extension SystemCallTable {
    /// What is known and refused.
    ///
    /// ENOSYS where libraries then fall back to something that can be watched; EPERM where nothing could take its place,
    /// so that the program's own message reads "not permitted".
    static let refusals: [Refusal] = [
        Refusal(
            "clone3", .notImplemented,
            because:
                "a filter can't read the flags behind its pointer; libraries fall back to clone"),
        Refusal(
            "openat2", .notImplemented,
            because:
                "a filter can't read the mode behind its pointer; libraries fall back to openat"),
        Refusal(
            "io_uring_setup io_uring_enter io_uring_register", .notImplemented,
            because:
                "its queue carries opens and connects past every filter; libraries fall back to ordinary calls"
        ),
        Refusal(
            "memfd_secret", .notImplemented,
            because: "memory that the kernel itself can't see is nothing that a tool needs"),
        Refusal(
            "cachestat", .notImplemented,
            because: "which parts of a file are in memory tells what other programs do"),
        Refusal(
            "fsopen fsconfig fsmount fspick move_mount open_tree mount_setattr", .notImplemented,
            because: "mounting is the sandbox's own business; programs fall back to mount"),

        Refusal(
            "mount umount2 pivot_root chroot", .notPermitted,
            because:
                "mounting is the sandbox's own business: the files it may see are listed in the policy"
        ),
        Refusal(
            "setns unshare", .notPermitted,
            because: "new namespaces would reopen what the sandbox hides; it has made its own"),
        Refusal(
            "ptrace process_vm_readv process_vm_writev kcmp pidfd_getfd process_madvise",
            .notPermitted,
            because:
                "debuggers and tracers, which look into other processes, don't work in the sandbox"),
        Refusal(
            "bpf perf_event_open userfaultfd", .notPermitted,
            because: "it opens parts of the kernel that a sandbox has to keep closed"),
        Refusal(
            "add_key keyctl request_key", .notPermitted,
            because: "the kernel's keyrings are the machine's, and the sandbox has none of its own"
        ),
        Refusal(
            "open_by_handle_at name_to_handle_at", .notPermitted,
            because: "file handles reach files that the policy does not list"),
        Refusal(
            "fanotify_init fanotify_mark", .notPermitted,
            because: "it watches whole file systems; inotify works"),
        Refusal(
            "quotactl quotactl_fd acct swapon swapoff", .notPermitted,
            because: "quotas, accounting and swap are the machine's administration"),
        Refusal(
            "reboot kexec_load kexec_file_load init_module finit_module delete_module",
            .notPermitted, because: "the kernel is not the sandbox's to change or restart"),
        Refusal(
            "syslog", .notPermitted, because: "the kernel's log tells about the whole machine"),
        Refusal(
            "sethostname setdomainname", .notPermitted,
            because: "the sandbox's host name is given by the sandbox"),
        Refusal(
            "settimeofday clock_settime clock_adjtime adjtimex", .notPermitted,
            because: "the clock is the machine's"),
        Refusal(
            "vhangup", .notPermitted, because: "hanging up a terminal is for login programs"),
        Refusal(
            "ioperm iopl modify_ldt", .notPermitted,
            because: "it is for programs that drive hardware or run code of another age"),
        Refusal(
            "lookup_dcookie nfsservctl uselib ustat", .notPermitted,
            because: "it is a museum piece that no program of today needs"),
        Refusal(
            "move_pages migrate_pages vmsplice", .notPermitted,
            because: "moving memory pages about has been a source of holes in the kernel"),
    ]

    /// What has no answer of its own on purpose, and therefore ENOSYS; listed so that a name nobody thought of is noticed.
    static let unnamed: [Group] = [
        Group(
            "gone from Linux, or never there",
            """
            _sysctl afs_syscall create_module epoll_ctl_old epoll_wait_old get_kernel_syms getpmsg putpmsg
            query_module security sysfs tuxcall vserver
            """),
        Group(
            "so new that programs manage without",
            """
            file_getattr file_setattr getxattrat listmount listns listxattrat lsm_get_self_attr lsm_list_modules
            lsm_set_self_attr mseal open_tree_attr removexattrat setxattrat statmount
            """),
        Group("the kernel's own, for probes", "uprobe uretprobe"),
    ]
}
