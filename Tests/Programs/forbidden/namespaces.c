/* New namespaces, and entering others, in a child each. A user namespace is asked for along with
 * the others, because then an ordinary user may have them, too. */
#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int unshare(int); /* <sched.h> and <linux/sched.h> can't be included together */
int setns(int, int);

struct kind {
    unsigned long flag;
    const char *name; /* below /proc/self/ns */
};

ACT(unshare_here) {
    const struct kind *kind = act->detail;
    return by("unshare", unshare((int)(CLONE_NEWUSER | kind->flag)));
}

ACT(by_unshare) { return in_child("unshare", unshare_here, act, args); }

static enum outcome ended(const char *step, long child) {
    if (child == 0) _exit(0);
    if (child > 0) waitpid((pid_t)child, NULL, __WALL);
    return by(step, child);
}

ACT(by_clone) {
    const struct kind *kind = act->detail;
    const unsigned long flags = CLONE_NEWUSER | kind->flag | SIGCHLD;
    return ended("clone", syscall(SYS_clone, flags, 0, 0, 0, 0));
}

ACT(by_clone3) {
    const struct kind *kind = act->detail;
    struct clone_args how = {.flags = kind->flag, .exit_signal = SIGCHLD};
    if (kind->flag) how.flags |= CLONE_NEWUSER;
    return ended("clone3", syscall(SYS_clone3, &how, sizeof how));
}

/* Told to expect another kind, the kernel says EINVAL before it asks whether we may. */
ACT(by_setns) {
    const struct kind *kind = act->detail;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/ns/%s", kind->name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return by("open", fd);
    const int other = kind->flag == CLONE_NEWUTS ? CLONE_NEWIPC : CLONE_NEWUTS;
    if (setns(fd, other) < 0 && errno == EINVAL) return done();
    return refused("setns");
}

/* Without a user namespace around it: for whoever still has a capability. */
ACT(unshare_alone_here) {
    const struct kind *kind = act->detail;
    return by("unshare", unshare((int)kind->flag));
}

ACT(by_unshare_alone) { return in_child("unshare", unshare_alone_here, act, args); }

/* A mount of its own, in namespaces of its own: the host never sees it. */
ACT(mount_here) {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) return by("unshare", -1);
    return by("mount", mount("none", args[0], "tmpfs", 0, "size=64k"));
}

ACT(mount_in_child) { return in_child("mount", mount_here, act, args); }

#define KIND(flag, name)                                                                           \
    &(const struct kind) { flag, name }
#define EACH(prefix, try)                                                                          \
    {prefix "user", "", try, KIND(CLONE_NEWUSER, "user")},                                         \
        {prefix "mount", "", try, KIND(CLONE_NEWNS, "mnt")},                                       \
        {prefix "pid", "", try, KIND(CLONE_NEWPID, "pid")},                                        \
        {prefix "net", "", try, KIND(CLONE_NEWNET, "net")},                                        \
        {prefix "ipc", "", try, KIND(CLONE_NEWIPC, "ipc")},                                        \
        {prefix "uts", "", try, KIND(CLONE_NEWUTS, "uts")}, {                                      \
        prefix "cgroup", "", try, KIND(CLONE_NEWCGROUP, "cgroup")                                  \
    }

const struct act namespace_acts[] = {
    EACH("unshare-", by_unshare),
    {"unshare-time", "", by_unshare, KIND(CLONE_NEWTIME, "time")},
    EACH("unshare-alone-", by_unshare_alone),
    EACH("clone-", by_clone),
    /* The kernel reads 32 bits of the flags. */
    {"clone-wide", "", by_clone, KIND(CLONE_NEWUSER | 0x7000000000000000UL, "user")},
    EACH("clone3-", by_clone3),
    {"clone3-time", "", by_clone3, KIND(CLONE_NEWTIME, "time")},
    {"clone3-plain", "", by_clone3, KIND(0, "")},
    EACH("setns-", by_setns),
    {"setns-time", "", by_setns, KIND(CLONE_NEWTIME, "time")},
    {"mount-in-namespace", "FOLDER", mount_in_child, NULL},
    {0},
};
