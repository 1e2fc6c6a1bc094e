/* The edges of the filter itself: other instruction sets, wider numbers, threads, filters of its
 * own. */
#include "forbidden.h"
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define X32 0x40000000L

/* What every other act here tries by its detour: EFAULT is the kernel's own. */
static bool mount_reached(void) { return syscall(SYS_mount, 0, 0, 0, 0, 0) < 0 && errno == EFAULT; }

#ifdef __x86_64__
/* The calls of 32-bit programs have their own numbers: 20 is getpid, 21 mount, 120 clone. */
static long call_32(long number) {
    long result;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(number), "b"(0), "c"(0), "d"(0), "S"(0), "D"(0)
                     : "memory", "r8", "r9", "r10", "r11");
    return (int)result;
}

ACT(getpid_32) {
    long result = call_32(20);
    if (result < 0) errno = (int)-result;
    return by("int 0x80", result);
}

ACT(mount_32) {
    long result = call_32(21);
    errno = (int)-result;
    return errno == EFAULT ? done() : refused("int 0x80");
}

ACT(getpid_x32) { return by("x32", syscall(X32 | SYS_getpid)); }

/* The number stands in 32 bits: bits above must not make it another. */
ACT(wide_number) {
    return syscall(0x7000000000000000L | SYS_mount, 0, 0, 0, 0, 0) < 0 && errno == EFAULT
               ? done()
               : refused("mount");
}
#else
ACT(not_here) { return absent("on this architecture"); }
#define getpid_32 not_here
#define mount_32 not_here
#define getpid_x32 not_here
#define wide_number not_here
#endif

/* A filter of one's own may tighten, never loosen. */
ACT(loosen_here) {
    struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {.len = 1, .filter = &allow};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return refused("no_new_privs");
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0) return refused("seccomp");
    return mount_reached() ? done() : refused("mount");
}

ACT(loosen) { return in_child("loosen", loosen_here, act, args); }

/* A listener would compete with the one that reports refusals. */
ACT(listen_here) {
    struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {.len = 1, .filter = &allow};
    const unsigned long *flags = act->detail;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return refused("no_new_privs");
    return by("seccomp", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, *flags, &program));
}

ACT(listen_for_calls) { return in_child("seccomp", listen_here, act, args); }

/* Strict mode leaves four calls: not even ending in the usual way is one of them. */
ACT(strict_mode) {
    pid_t child = fork_bound();
    if (child < 0) return refused("fork");
    if (child == 0) {
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) < 0) {
            enum outcome outcome = refused("prctl");
            _exit(outcome);
        }
        static const char line[] = "done\n";
        syscall(SYS_exit, write(STDOUT_FILENO, line, sizeof line - 1) < 0 ? REFUSED : DONE);
    }
    siginfo_t end;
    if (waitid(P_PID, (id_t)child, &end, WEXITED) < 0) return refused("wait");
    return end.si_code == CLD_EXITED ? (enum outcome)end.si_status : refused("strict mode");
}

static void *mount_in_thread(void *reached) {
    *(bool *)reached = mount_reached();
    return NULL;
}

ACT(in_thread) {
    bool is_reached = false;
    pthread_t thread;
    errno = pthread_create(&thread, NULL, mount_in_thread, &is_reached);
    if (errno != 0) return refused("thread");
    pthread_join(thread, NULL);
    errno = EPERM;
    return is_reached ? done() : refused("mount");
}

ACT(after_exec) {
    execl("/proc/self/exe", "forbidden", "--nonce", nonce, "mount", NULL);
    return by("exec", -1);
}

/* Bits that change what memory is and how numbers are read; the child that has them ends at once.
 */
ACT(set_personality_here) {
    const unsigned long *bits = act->detail;
    long result = syscall(SYS_personality, *bits);
    if (result < 0) return refused("personality");
    return ((unsigned)personality(0xffffffff) & (unsigned)*bits) == (unsigned)*bits
               ? done()
               : refused("personality");
}

ACT(set_personality) { return in_child("personality", set_personality_here, act, args); }

#define BITS(bits)                                                                                 \
    &(const unsigned long) { bits }

const struct act filter_acts[] = {
    {"call-32-bit", "", getpid_32, NULL},
    {"call-32-bit-mount", "", mount_32, NULL},
    {"call-x32", "", getpid_x32, NULL},
    {"call-wide-number", "", wide_number, NULL},
    {"filter-loosen", "", loosen, NULL},
    {"filter-listener", "", listen_for_calls, BITS(SECCOMP_FILTER_FLAG_NEW_LISTENER)},
    {"filter-listener-log", "", listen_for_calls,
     BITS(SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_LOG)},
    {"filter-strict-mode", "", strict_mode, NULL},
    {"filter-in-thread", "", in_thread, NULL},
    {"filter-after-exec", "", after_exec, NULL},
    {"personality-no-random", "", set_personality, BITS(ADDR_NO_RANDOMIZE)},
    {"personality-executable", "", set_personality, BITS(READ_IMPLIES_EXEC)},
    {"personality-layout", "", set_personality, BITS(ADDR_COMPAT_LAYOUT)},
    {"personality-page-zero", "", set_personality, BITS(MMAP_PAGE_ZERO)},
    {"personality-wide", "", set_personality, BITS(0x7000000000000000UL | ADDR_NO_RANDOMIZE)},
    {0},
};
