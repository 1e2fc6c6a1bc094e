/* System calls that the filter refuses, with arguments that the kernel must turn down.
 *
 * Which error comes tells how far the call got. Each stops before the first look at a capability
 * where the kernel can be made to; where it can't, the act is decidable for root only, and acts.txt
 * says so.
 */
#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/fanotify.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

/* Numbers from 424 on are the same everywhere; C libraries learn of them late. */
enum {
    OPEN_TREE = 428,
    MOVE_MOUNT = 429,
    FSOPEN = 430,
    FSCONFIG = 431,
    FSMOUNT = 432,
    FSPICK = 433,
    PIDFD_GETFD = 438,
    PROCESS_MADVISE = 440,
    MOUNT_SETATTR = 442,
    QUOTACTL_FD = 443,
    MEMFD_SECRET = 447,
    CACHESTAT = 451,
    STATMOUNT = 457,
    LISTMOUNT = 458,
    OPEN_TREE_ATTR = 467,
};

enum { NOBODY = 0x3fffffff, NOWHERE = 1, NONSENSE = 0x7fff0000 };

struct probe {
    long call;
    long arguments[6];
    int reached[3]; /* the errors that only the kernel's own code gives */
};

ACT(probe) {
    const struct probe *probe = act->detail;
    const long *a = probe->arguments;
    long result = syscall(probe->call, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (result >= 0) return done();
    for (int i = 0; i < 3; i++)
        if (probe->reached[i] == errno) return done();
    return refused(act->name);
}

#ifndef __x86_64__
ACT(not_here) { return absent("on this architecture"); }
#endif

/* Hangs up the terminal of a session that has none. */
ACT(hang_up_here) {
    setsid();
    return by("vhangup", syscall(SYS_vhangup));
}

ACT(hang_up) { return in_child("vhangup", hang_up_here, act, args); }

/* Asks for the clock's state without setting anything. */
ACT(ask_clock) {
    struct timex state = {.modes = 0};
    return by("adjtimex", adjtimex(&state));
}

#define CALL(call, error, ...)                                                                     \
    probe, &(const struct probe) {                                                                 \
        call, {__VA_ARGS__}, { error, error, error }                                               \
    }
#define CALL2(call, error, other, ...)                                                             \
    probe, &(const struct probe) {                                                                 \
        call, {__VA_ARGS__}, { error, other, other }                                               \
    }

const struct act syscall_acts[] = {
    /* Mounts. */
    {"mount", "", CALL(SYS_mount, EFAULT, 0)},
    {"umount", "", CALL(SYS_umount2, EINVAL, 0, NONSENSE)},
    {"pivot-root", "", CALL(SYS_pivot_root, EFAULT, 0)},
    {"chroot", "", CALL(SYS_chroot, EFAULT, 0)},
    {"open-tree", "", CALL(OPEN_TREE, EINVAL, -1, 0, NONSENSE)},
    {"open-tree-attr", "", CALL2(OPEN_TREE_ATTR, EINVAL, EFAULT, -1, 0, NONSENSE)},
    {"move-mount", "", CALL(MOVE_MOUNT, EINVAL, -1, 0, -1, 0, NONSENSE)},
    {"fsopen", "", CALL2(FSOPEN, EINVAL, EFAULT, 0, NONSENSE)},
    {"fsconfig", "", CALL(FSCONFIG, EINVAL, -1)},
    {"fsmount", "", CALL2(FSMOUNT, EINVAL, EBADF, -1, NONSENSE)},
    {"fspick", "", CALL2(FSPICK, EINVAL, EFAULT, -1, 0, NONSENSE)},
    {"mount-setattr", "", CALL(MOUNT_SETATTR, EINVAL, -1, 0, NONSENSE)},
    {"statmount", "", CALL2(STATMOUNT, EINVAL, EFAULT, 0, 0, 0, NONSENSE)},
    {"listmount", "", CALL2(LISTMOUNT, EINVAL, EFAULT, 0, 0, 0, NONSENSE)},
    {"unshare-files", "", CALL(SYS_unshare, EINVAL, 0)},

    /* Other processes. */
    {"ptrace", "", CALL(SYS_ptrace, ESRCH, 16, NOBODY)},
    {"process-vm-readv", "", CALL(SYS_process_vm_readv, EINVAL, NOBODY, 0, 0, 0, 0, NONSENSE)},
    {"process-vm-writev", "", CALL(SYS_process_vm_writev, EINVAL, NOBODY, 0, 0, 0, 0, NONSENSE)},
    {"kcmp-call", "", CALL(SYS_kcmp, ESRCH, NOBODY, NOBODY)},
    {"pidfd-getfd-call", "", CALL2(PIDFD_GETFD, EBADF, EINVAL, -1)},
    {"process-madvise-call", "", CALL(PROCESS_MADVISE, EINVAL, -1, 0, 0, 0, NONSENSE)},
    {"move-pages", "", CALL(SYS_move_pages, EINVAL, 0, 0, 0, 0, 0, NONSENSE)},
    {"migrate-pages", "", CALL2(SYS_migrate_pages, ESRCH, EINVAL, NOBODY)},

    /* Much of the kernel behind one call. */
    {"bpf", "", CALL2(SYS_bpf, EFAULT, EINVAL, 9999, 0, 8)},
    {"perf-event-open", "", CALL(SYS_perf_event_open, EINVAL, 0, 0, -1, -1, NONSENSE)},
    /* 1 is UFFD_USER_MODE_ONLY, which anybody may ask for. */
    {"userfaultfd", "", CALL(SYS_userfaultfd, EINVAL, NONSENSE | 1)},
    {"io-uring-setup", "", CALL(SYS_io_uring_setup, EFAULT, 1, 0)},
    {"io-uring-enter", "", CALL2(SYS_io_uring_enter, EINVAL, EBADF, -1, 0, 0, NONSENSE)},
    {"io-uring-register", "", CALL2(SYS_io_uring_register, EINVAL, EBADF, -1, NONSENSE)},
    {"vmsplice", "", CALL2(SYS_vmsplice, EBADF, EINVAL, -1)},
    {"memfd-secret", "", CALL(MEMFD_SECRET, EINVAL, NONSENSE)},
    {"cachestat", "", CALL(CACHESTAT, EBADF, -1)},
    {"add-key", "", CALL(SYS_add_key, EFAULT, 0)},
    {"request-key", "", CALL(SYS_request_key, EFAULT, 0)},
    {"keyctl", "", CALL(SYS_keyctl, EOPNOTSUPP, 9999)},

    /* Files past their names. */
    {"name-to-handle", "", CALL(SYS_name_to_handle_at, EINVAL, -1, 0, 0, 0, NONSENSE)},
    {"open-by-handle", "", CALL2(SYS_open_by_handle_at, EFAULT, EBADF, -1, 0, 0)},
    {"fanotify-init", "", CALL(SYS_fanotify_init, EINVAL, FAN_REPORT_FID | NONSENSE)},
    {"fanotify-mark", "", CALL(SYS_fanotify_mark, EINVAL, -1, NONSENSE)},

    /* Running a machine. */
    {"quotactl", "", CALL(SYS_quotactl, EINVAL, 0xff)},
    {"quotactl-fd", "", CALL2(QUOTACTL_FD, EBADF, EINVAL, -1, 0xff)},
    {"acct", "", CALL(SYS_acct, EFAULT, NOWHERE)},
    {"swapon", "", CALL(SYS_swapon, EINVAL, 0, NONSENSE)},
    {"swapoff", "", CALL(SYS_swapoff, EFAULT, NOWHERE)},
    /* Without the magic numbers the kernel goes no further. */
    {"reboot", "", CALL(SYS_reboot, EINVAL, 0, 0, 0, 0)},
    {"kexec-load", "", CALL(SYS_kexec_load, EINVAL, 0, 99999, 0, NONSENSE)},
    {"kexec-file-load", "", CALL(SYS_kexec_file_load, EINVAL, -1, -1, 0, 0, NONSENSE)},
    {"init-module", "", CALL2(SYS_init_module, ENOEXEC, EFAULT, NOWHERE, 0, NOWHERE)},
    {"finit-module", "", CALL2(SYS_finit_module, EINVAL, EBADF, -1, 0, NONSENSE)},
    {"delete-module", "", CALL(SYS_delete_module, EFAULT, NOWHERE, NONSENSE)},
    {"syslog", "", CALL(SYS_syslog, EINVAL, 99)},
    {"sethostname", "", CALL(SYS_sethostname, EINVAL, NOWHERE, NONSENSE)},
    {"setdomainname", "", CALL(SYS_setdomainname, EINVAL, NOWHERE, NONSENSE)},
    {"settimeofday", "", CALL(SYS_settimeofday, EFAULT, NOWHERE)},
    {"clock-settime", "", CALL(SYS_clock_settime, EFAULT, CLOCK_REALTIME, NOWHERE)},
    {"clock-adjtime", "", CALL(SYS_clock_adjtime, EFAULT, CLOCK_REALTIME, NOWHERE)},
    {"adjtimex", "", ask_clock, NULL},
    {"vhangup", "", hang_up, NULL},

#ifdef __x86_64__
    {"iopl", "", CALL(SYS_iopl, EINVAL, 99)},
    {"ioperm", "", CALL(SYS_ioperm, EINVAL, NONSENSE, NONSENSE)},
    {"modify-ldt", "", CALL(SYS_modify_ldt, EINVAL, 0, 0, 0)},
    {"ustat", "", CALL(SYS_ustat, EINVAL, 0, NOWHERE)},
    {"sysfs", "", CALL(SYS_sysfs, EINVAL, 99)},
#else
    {"iopl", "", not_here, NULL},
    {"ioperm", "", not_here, NULL},
    {"modify-ldt", "", not_here, NULL},
    {"ustat", "", not_here, NULL},
    {"sysfs", "", not_here, NULL},
#endif

    /* Single arguments of calls that are allowed otherwise. 35 is PR_SET_MM. */
    {"prctl-memory-map", "", CALL(SYS_prctl, EINVAL, PR_SET_MM, 9999, 0, 0, 1)},
    {"prctl-memory-map-wide", "",
     CALL(SYS_prctl, EINVAL, PR_SET_MM | 0x7000000000000000L, 9999, 0, 0, 1)},
    {"prctl-tracer", "", CALL(SYS_prctl, EINVAL, PR_SET_PTRACER, 0)},
    {0},
};
