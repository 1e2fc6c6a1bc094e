/* Signals to a process of the host, and other people's settings. PID is a sleeper that was started
 * for this, leads its own process group, and survives SIGUSR1. */
#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/ioprio.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static pid_t pid(const char *text) { return (pid_t)number(text, 2, INT_MAX); }

ACT(find_process) { return by("kill", kill(pid(args[0]), 0)); }
ACT(by_kill) { return by("kill", kill(pid(args[0]), SIGUSR1)); }
ACT(by_kill_group) { return by("kill", kill(-pid(args[0]), SIGUSR1)); }
ACT(by_tkill) { return by("tkill", syscall(SYS_tkill, pid(args[0]), SIGUSR1)); }

ACT(by_tgkill) { return by("tgkill", syscall(SYS_tgkill, pid(args[0]), pid(args[0]), SIGUSR1)); }

static siginfo_t queued(void) {
    siginfo_t info = {.si_signo = SIGUSR1, .si_code = SI_QUEUE};
    info.si_pid = getpid();
    info.si_uid = getuid();
    return info;
}

ACT(by_queue) {
    siginfo_t info = queued();
    return by("rt_sigqueueinfo", syscall(SYS_rt_sigqueueinfo, pid(args[0]), SIGUSR1, &info));
}

ACT(by_thread_queue) {
    siginfo_t info = queued();
    return by("rt_tgsigqueueinfo",
              syscall(SYS_rt_tgsigqueueinfo, pid(args[0]), pid(args[0]), SIGUSR1, &info));
}

ACT(by_pidfd) {
    int fd = (int)syscall(SYS_pidfd_open, pid(args[0]), 0);
    if (fd < 0) return by("pidfd_open", fd);
    return by("pidfd_send_signal", syscall(SYS_pidfd_send_signal, fd, SIGUSR1, NULL, 0));
}

/* The folder of a process in /proc serves as its descriptor. */
ACT(by_proc_folder) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d", pid(args[0]));
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return by("open", fd);
    return by("pidfd_send_signal", syscall(SYS_pidfd_send_signal, fd, SIGUSR1, NULL, 0));
}

/* Whoever owns a pipe hears of what arrives, by a signal of the sender's choice. Whether it was
 * sent at all is not said: the receiver knows. */
ACT(by_owner) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return refused("pipe2");
    if (fcntl(ends[0], F_SETOWN, pid(args[0])) < 0) return by("F_SETOWN", -1);
    if (fcntl(ends[0], F_SETSIG, SIGUSR1) < 0) return by("F_SETSIG", -1);
    if (fcntl(ends[0], F_SETFL, O_ASYNC) < 0) return by("F_SETFL", -1);
    return by("write", write(ends[1], "x", 1));
}

ACT(change_nice) {
    errno = 0;
    int nice = getpriority(PRIO_PROCESS, (id_t)pid(args[0]));
    if (nice == -1 && errno != 0) return by("getpriority", -1);
    return by("setpriority", setpriority(PRIO_PROCESS, (id_t)pid(args[0]), nice + 1));
}

ACT(change_scheduler) {
    const struct sched_param none = {0};
    return by("sched_setscheduler", sched_setscheduler(pid(args[0]), SCHED_BATCH, &none));
}

ACT(change_affinity) {
    cpu_set_t processors;
    if (sched_getaffinity(pid(args[0]), sizeof processors, &processors) < 0)
        return by("sched_getaffinity", -1);
    for (int i = 0, kept = 0; i < CPU_SETSIZE; i++)
        if (CPU_ISSET(i, &processors) && kept++ > 0) CPU_CLR(i, &processors);
    return by("sched_setaffinity", sched_setaffinity(pid(args[0]), sizeof processors, &processors));
}

ACT(change_limit) {
    struct rlimit limit;
    if (prlimit(pid(args[0]), RLIMIT_SIGPENDING, NULL, &limit) < 0) return by("prlimit", -1);
    limit.rlim_cur /= 2;
    return by("prlimit", prlimit(pid(args[0]), RLIMIT_SIGPENDING, &limit, NULL));
}

ACT(change_io_priority) {
    return by("ioprio_set", syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, pid(args[0]),
                                    IOPRIO_PRIO_VALUE(IOPRIO_CLASS_IDLE, 0)));
}

ACT(change_oom_score) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/oom_score_adj", pid(args[0]));
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return by("open", fd);
    return by("write", write(fd, "500", 3));
}

const struct act signal_acts[] = {
    {"find-process", "PID", find_process, NULL},
    {"signal-kill", "PID", by_kill, NULL},
    {"signal-group", "PID", by_kill_group, NULL},
    {"signal-tkill", "PID", by_tkill, NULL},
    {"signal-tgkill", "PID", by_tgkill, NULL},
    {"signal-queue", "PID", by_queue, NULL},
    {"signal-thread-queue", "PID", by_thread_queue, NULL},
    {"signal-pidfd", "PID", by_pidfd, NULL},
    {"signal-proc-folder", "PID", by_proc_folder, NULL},
    {"signal-owner", "PID", by_owner, NULL},
    {"change-nice", "PID", change_nice, NULL},
    {"change-scheduler", "PID", change_scheduler, NULL},
    {"change-affinity", "PID", change_affinity, NULL},
    {"change-limit", "PID", change_limit, NULL},
    {"change-io-priority", "PID", change_io_priority, NULL},
    {"change-oom-score", "PID", change_oom_score, NULL},
    {0},
};
