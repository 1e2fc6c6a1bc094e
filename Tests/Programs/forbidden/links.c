/* Ways around a path check: links, dots and the links of /proc that are none. */
#include "forbidden.h"
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* More of them than any path is deep: those above the root stay there. */
#define UP "../../../../../../../../../../../../../../../../../../../../../../../../.."

static enum outcome read_below(const char *prefix, const char *path) {
    char whole[PATH_MAX];
    snprintf(whole, sizeof whole, "%s%s", prefix, path);
    return show_file(whole);
}

static enum outcome read_by_link(const char *target, const char *link) {
    if (symlink(target, link) < 0) return by("symlink", -1);
    enum outcome outcome = show_file(link);
    unlink(link);
    return outcome;
}

ACT(link_absolute) { return read_by_link(args[1], args[0]); }

ACT(link_relative) {
    char target[PATH_MAX];
    snprintf(target, sizeof target, UP "%s", args[1]);
    return read_by_link(target, args[0]);
}

/* A link to a link to the root folder, and the file below that. */
ACT(link_chain) {
    char second[PATH_MAX];
    snprintf(second, sizeof second, "%s-2", args[0]);
    if (symlink("/", second) < 0) return by("symlink", -1);
    enum outcome outcome;
    if (symlink(second, args[0]) < 0) outcome = by("symlink", -1);
    else outcome = read_below(args[0], args[1]);
    unlink(args[0]);
    unlink(second);
    return outcome;
}

ACT(link_magic) {
    char target[PATH_MAX];
    snprintf(target, sizeof target, "/proc/self/root%s", args[1]);
    return read_by_link(target, args[0]);
}

ACT(dots) {
    char prefix[PATH_MAX];
    snprintf(prefix, sizeof prefix, "%s/" UP, args[0]);
    return read_below(prefix, args[1]);
}

ACT(climb) {
    for (int i = 0; i < 100; i++)
        if (chdir("..") < 0) return by("chdir", -1);
    return show_file(args[0] + 1);
}

ACT(by_prefix) { return read_below(act->detail, args[0]); }

ACT(by_process) {
    char prefix[64];
    snprintf(prefix, sizeof prefix, "/proc/%ld/%s", number(args[0], 1, INT_MAX),
             (const char *)act->detail);
    return read_below(prefix, args[1]);
}

/* A second root does not hold who kept a folder outside it open. */
ACT(chroot_and_climb) {
    int outside = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (outside < 0) return by("open", outside);
    if (syscall(SYS_chroot, args[0]) < 0) return by("chroot", -1);
    if (fchdir(outside) < 0) return by("fchdir", -1);
    for (int i = 0; i < 100; i++)
        if (chdir("..") < 0) return by("chdir", -1);
    return show_file(args[1] + 1);
}

const struct act link_acts[] = {
    {"link-absolute", "LINK FILE", link_absolute, NULL},
    {"link-relative", "LINK FILE", link_relative, NULL},
    {"link-chain", "LINK FILE", link_chain, NULL},
    {"link-magic", "LINK FILE", link_magic, NULL},
    {"dots", "FOLDER FILE", dots, NULL},
    {"climb", "FILE", climb, NULL},
    {"self-root", "FILE", by_prefix, "/proc/self/root"},
    {"self-cwd", "FILE", by_prefix, "/proc/self/cwd/" UP},
    {"thread-root", "FILE", by_prefix, "/proc/thread-self/root"},
    {"task-root", "FILE", by_prefix, "/proc/self/task/../root"},
    {"init-root", "FILE", by_prefix, "/proc/1/root"},
    {"init-cwd", "FILE", by_prefix, "/proc/1/cwd/" UP},
    {"process-root", "PID FILE", by_process, "root"},
    {"process-cwd", "PID FILE", by_process, "cwd/" UP},
    {"chroot-and-climb", "FOLDER FILE", chroot_and_climb, NULL},
    {0},
};
