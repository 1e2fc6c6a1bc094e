/* crash-at N PROGRAM [ARG]...
 *
 * Runs PROGRAM and ends it with SIGKILL just before its N-th call that changes what is stored: a
 * write, a sync, a rename and the like. What is on disk then is what a crash at that point leaves
 * behind.
 *
 * Exit code: 3 if it was ended so; 0 if PROGRAM finished before that many calls; 1 if PROGRAM
 * failed by itself; 2 if it could not be traced.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/ptrace.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* glibc's <sys/ptrace.h> and the kernel's header can't be included together. */
static long trace(long request, pid_t pid, unsigned long address, void *data) {
    return syscall(SYS_ptrace, request, pid, address, data);
}

static bool changes_storage(const struct ptrace_syscall_info *call) {
    switch (call->entry.nr) {
#ifdef SYS_rename
    case SYS_rename:
    case SYS_link:
    case SYS_unlink:
    case SYS_mkdir:
    case SYS_rmdir:
    case SYS_chmod:
#endif
    case SYS_write:
    case SYS_pwrite64:
    case SYS_writev:
    case SYS_pwritev:
    case SYS_fsync:
    case SYS_fdatasync:
    case SYS_ftruncate:
    case SYS_renameat2:
    case SYS_linkat:
    case SYS_symlinkat:
    case SYS_unlinkat:
    case SYS_mkdirat:
    case SYS_openat2:
    case SYS_copy_file_range:
    case SYS_sendfile:
    case SYS_syncfs:
    case SYS_fchmodat:
    case SYS_fchownat:
    case SYS_utimensat:
    case SYS_setxattr: return true;
    case SYS_openat: return call->entry.args[2] & O_CREAT;
    default: return false;
    }
}

static int failed(const char *what) {
    fprintf(stderr, "crash-at: cannot %s: %s\n", what, strerror(errno));
    return 2;
}

/* Follows the program and its threads; the exit code. */
static int follow(pid_t program, long left) {
    for (;;) {
        int status;
        pid_t stopped = waitpid(-1, &status, __WALL);
        if (stopped < 0) return failed("wait");
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (stopped != program) continue;
            return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
        }
        int signal = WSTOPSIG(status);
        if (signal == (SIGTRAP | 0x80)) {
            struct ptrace_syscall_info call;
            long size = trace(PTRACE_GET_SYSCALL_INFO, stopped, sizeof call, &call);
            if (size > 0 && call.op == PTRACE_SYSCALL_INFO_ENTRY && changes_storage(&call) &&
                --left == 0) {
                kill(program, SIGKILL);
                while (waitpid(-1, &status, __WALL) > 0) continue;
                return 3;
            }
            signal = 0;
        } else if (signal == SIGTRAP || signal == SIGSTOP) {
            signal =
                0; /* the stop of an exec or of a new thread: tracing's own, not for the program */
        }
        trace(PTRACE_SYSCALL, stopped, 0, (void *)(long)signal);
    }
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: crash-at N PROGRAM [ARG]...\n", stderr);
        return 2;
    }
    pid_t program = fork();
    if (program < 0) return failed("fork");
    if (program == 0) {
        if (trace(PTRACE_TRACEME, 0, 0, NULL) < 0) _exit(failed("be traced"));
        raise(SIGSTOP);
        execv(argv[2], argv + 2);
        _exit(failed("start the program"));
    }
    int status;
    if (waitpid(program, &status, 0) < 0) return failed("wait");
    if (!WIFSTOPPED(status)) return 2;
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    if (trace(PTRACE_SETOPTIONS, program, 0, (void *)options) < 0) return failed("trace");
    trace(PTRACE_SYSCALL, program, 0, NULL);
    return follow(program, atol(argv[1]));
}
