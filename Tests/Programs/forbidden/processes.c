/* Seeing processes of the host, and looking into them. PID is a sleeper that was started for this;
 * FD is a file that it holds open for reading. */
#include "forbidden.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/kcmp.h>
#include <linux/ptrace.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t pid(const char *text) { return (pid_t)number(text, 2, INT_MAX); }

/* Says which processes have a word in their arguments; it has that word itself. */
ACT(list_processes) {
    DIR *processes = opendir("/proc");
    if (!processes) return by("open", -1);
    bool found = false;
    for (struct dirent *entry; (entry = readdir(processes));) {
        char path[300], line[4096] = "";
        if (atoi(entry->d_name) <= 0 || atoi(entry->d_name) == getpid()) continue;
        snprintf(path, sizeof path, "/proc/%s/cmdline", entry->d_name);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0) continue;
        ssize_t length = read(fd, line, sizeof line - 1);
        close(fd);
        if (length <= 0 || !memmem(line, (size_t)length, args[0], strlen(args[0]))) continue;
        saw("process %s", entry->d_name);
        found = true;
    }
    closedir(processes);
    return found ? done() : absent("such a process");
}

ACT(show_proc_file) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid(args[0]), (const char *)act->detail);
    return show_file(path);
}

ACT(show_proc_link) {
    char path[64], target[PATH_MAX] = "";
    snprintf(path, sizeof path, "/proc/%d/%s", pid(args[0]), (const char *)act->detail);
    if (readlink(path, target, sizeof target - 1) < 0) return by("readlink", -1);
    saw("%s", target);
    return done();
}

ACT(open_memory) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", pid(args[0]));
    return by("open", open(path, O_RDWR | O_CLOEXEC));
}

ACT(open_its_file) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd/%ld", pid(args[0]), number(args[1], 0, 1 << 20));
    return show_file(path);
}

ACT(take_its_file) {
    int process = (int)syscall(SYS_pidfd_open, pid(args[0]), 0);
    if (process < 0) return by("pidfd_open", process);
    int fd = (int)syscall(SYS_pidfd_getfd, process, number(args[1], 0, 1 << 20), 0);
    if (fd < 0) return by("pidfd_getfd", fd);
    char text[4096] = "";
    if (pread(fd, text, sizeof text - 1, 0) < 0) return refused("read");
    saw("%s", text);
    return done();
}

/* Seizing does not stop it; the kernel lets go when this process ends. */
ACT(seize) { return by("ptrace", syscall(SYS_ptrace, PTRACE_SEIZE, pid(args[0]), 0, 0)); }

ACT(attach) {
    const pid_t target = pid(args[0]);
    if (syscall(SYS_ptrace, PTRACE_ATTACH, target, 0, 0) < 0) return by("ptrace", -1);
    waitpid(target, NULL, __WALL);
    syscall(SYS_ptrace, PTRACE_DETACH, target, 0, 0);
    return done();
}

/* No memory of anybody's is at address 16: EFAULT comes after all permissions were asked. */
static enum outcome reach_memory(long call, pid_t target) {
    char byte = 0;
    const struct iovec here = {&byte, 1}, there = {(void *)16, 1};
    long result = syscall(call, target, &here, 1, &there, 1, 0);
    return result < 0 && errno == EFAULT ? done() : by("process_vm", result);
}

ACT(read_memory) { return reach_memory(SYS_process_vm_readv, pid(args[0])); }
ACT(write_memory) { return reach_memory(SYS_process_vm_writev, pid(args[0])); }

ACT(compare) { return by("kcmp", syscall(SYS_kcmp, getpid(), pid(args[0]), KCMP_VM, 0, 0)); }

ACT(advise) {
    int process = (int)syscall(SYS_pidfd_open, pid(args[0]), 0);
    if (process < 0) return by("pidfd_open", process);
    const struct iovec nothing = {(void *)4096, 0};
    return by("process_madvise", syscall(SYS_process_madvise, process, &nothing, 1, MADV_COLD, 0));
}

ACT(find_pages) {
    return by("move_pages", syscall(SYS_move_pages, pid(args[0]), 0, NULL, NULL, NULL, 0));
}

ACT(find_robust_list) {
    void *head;
    size_t length;
    return by("get_robust_list", syscall(SYS_get_robust_list, pid(args[0]), &head, &length));
}

/* Where the process is already, so that nothing changes. */
static enum outcome join(int fd, int kinds) {
    if (fd < 0) return by("open", fd);
    return by("setns", setns(fd, kinds));
}

ACT(join_by_proc) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/ns/uts", pid(args[0]));
    return join(open(path, O_RDONLY | O_CLOEXEC), CLONE_NEWUTS);
}

ACT(join_by_pidfd) {
    return join((int)syscall(SYS_pidfd_open, pid(args[0]), 0), CLONE_NEWUTS | CLONE_NEWNET);
}

/* What started this program may hold what it did not pass on. */
ACT(show_parent_environment) {
    char path[64];
    if (getppid() == 0) return absent("a parent");
    snprintf(path, sizeof path, "/proc/%d/environ", getppid());
    FILE *file = fopen(path, "re");
    if (!file) return by("open", -1);
    static char text[1 << 20];
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    for (size_t at = 0; at < length; at += strlen(text + at) + 1) {
        if (strncmp(text + at, args[0], strlen(args[0])) != 0) continue;
        saw("%s", text + at);
        return done();
    }
    return absent("such a variable");
}

const struct act process_acts[] = {
    {"list-processes", "WORD", list_processes, NULL},
    {"process-environment", "PID", show_proc_file, "environ"},
    {"process-maps", "PID", show_proc_file, "maps"},
    {"process-mounts", "PID", show_proc_file, "mountinfo"},
    {"process-auxv", "PID", show_proc_file, "auxv"},
    {"process-exe", "PID", show_proc_link, "exe"},
    {"process-folder", "PID", show_proc_link, "cwd"},
    {"process-namespace", "PID", show_proc_link, "ns/net"},
    {"process-file-name", "PID", show_proc_link, "fd/0"},
    {"process-file", "PID FD", open_its_file, NULL},
    {"process-memory", "PID", open_memory, NULL},
    {"pidfd-getfd", "PID FD", take_its_file, NULL},
    {"ptrace-seize", "PID", seize, NULL},
    {"ptrace-attach", "PID", attach, NULL},
    {"memory-read", "PID", read_memory, NULL},
    {"memory-write", "PID", write_memory, NULL},
    {"kcmp", "PID", compare, NULL},
    {"process-madvise", "PID", advise, NULL},
    {"process-pages", "PID", find_pages, NULL},
    {"process-robust-list", "PID", find_robust_list, NULL},
    {"setns-process", "PID", join_by_proc, NULL},
    {"setns-pidfd", "PID", join_by_pidfd, NULL},
    {"parent-environment", "NAME", show_parent_environment, NULL},
    {0},
};
