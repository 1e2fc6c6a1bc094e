extension SystemCallTable {
    /// What compilers, interpreters, shells, Git and their like need.
    ///
    /// Each of them was run under this list. A name that an architecture lacks is left out there.
    static let allowed: [Group] = [
        Group(
            "processes",
            """
            arch_prctl capget capset clone execve execveat exit exit_group fork get_robust_list get_thread_area
            getcpu getegid geteuid getgid getgroups getpgid getpgrp getpid getppid getpriority getresgid getresuid
            getrlimit getrusage getsid gettid getuid ioprio_get ioprio_set kill membarrier personality pidfd_open
            pidfd_send_signal prctl prlimit64 process_mrelease restart_syscall rseq rt_sigaction rt_sigpending
            rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo
            sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
            sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setattr sched_setparam
            sched_setscheduler sched_yield set_robust_list set_thread_area set_tid_address setfsgid setfsuid setgid
            setgroups setpgid setpriority setregid setresgid setresuid setreuid setrlimit setsid setuid sigaltstack
            sysinfo tgkill time times tkill umask uname vfork wait4 waitid
            """),
        Group(
            "memory",
            """
            brk get_mempolicy madvise map_shadow_stack mbind memfd_create mincore mlock mlock2 mlockall mmap mprotect
            mremap msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect remap_file_pages set_mempolicy
            set_mempolicy_home_node
            """),
        Group(
            "files",
            """
            access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2
            fadvise64 fallocate fchdir fchmod fchmodat fchmodat2 fchown fchownat fcntl fdatasync fgetxattr flistxattr
            flock fremovexattr fsetxattr fstat fstatfs fsync ftruncate futimesat getcwd getdents getdents64 getxattr
            ioctl lchown lgetxattr link linkat listxattr llistxattr lremovexattr lseek lsetxattr lstat mkdir mkdirat
            mknod mknodat newfstatat open openat pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead
            readlink readlinkat readv removexattr rename renameat renameat2 rmdir sendfile setxattr splice stat
            statfs statx symlink symlinkat sync sync_file_range syncfs tee truncate unlink unlinkat utime utimensat
            utimes write writev
            """),
        Group(
            "events",
            """
            epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2
            inotify_add_watch inotify_init inotify_init1 inotify_rm_watch pipe pipe2 poll ppoll pselect6 select
            signalfd signalfd4 timerfd_create timerfd_gettime timerfd_settime
            """),
        Group(
            "time",
            """
            alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep pause setitimer
            timer_create timer_delete timer_getoverrun timer_gettime timer_settime
            """),
        Group(
            "locks and random numbers",
            "futex futex_requeue futex_wait futex_waitv futex_wake getrandom"),
        Group(
            "sockets",
            """
            accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg sendmmsg
            sendmsg sendto setsockopt shutdown socket socketpair
            """),
        // Harmless only because every call has an IPC namespace of its own.
        Group(
            "System V and POSIX messages, semaphores, shared memory",
            """
            mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedsend mq_unlink msgctl msgget msgrcv msgsnd semctl
            semget semop semtimedop shmat shmctl shmdt shmget
            """),
        Group(
            "asynchronous files, the old way",
            "io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit"),
        // They can only tighten what holds already: browsers and test runners confine themselves.
        Group(
            "walls of one's own",
            "landlock_add_rule landlock_create_ruleset landlock_restrict_self seccomp"),
    ]
}
