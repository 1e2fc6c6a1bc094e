/* A /proc of the call's own PID namespace: what tells of the whole machine is covered, what sets it
 * is read-only. Without a capability none of it could be written anyway; this is the second lock.
 */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const covered[] = {
    "acpi",       "asound",      "bus",           "config.gz",  "dynamic_debug", "fs",
    "interrupts", "irq",         "kallsyms",      "kcore",      "key-users",     "keys",
    "kmsg",       "kpagecgroup", "kpagecount",    "kpageflags", "latency_stats", "sched_debug",
    "scsi",       "softirqs",    "sysrq-trigger", "timer_list", "timer_stats",   "vmallocinfo",
};

static void cover(int proc, const char *name, int item) {
    struct stat facts;
    /* Each kernel has only some of them. */
    if (fstatat(proc, name, &facts, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT) return;
    int place = openat(proc, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    need(place, PI_STEP_PROC_MASK, item);
    need(fstat(place, &facts), PI_STEP_PROC_MASK, item);
    int empty =
        mounts_clone(AT_FDCWD, S_ISDIR(facts.st_mode) ? "/.covers/folder" : "/.covers/file");
    need(empty, PI_STEP_PROC_MASK, item);
    mounts_restrict(empty, PI_ENTRY_READ_ONLY | PI_ENTRY_NO_PROGRAMS, PI_STEP_PROC_MASK, item);
    mounts_attach(empty, place, PI_STEP_PROC_MASK, item);
    close(empty);
    close(place);
}

static void freeze(int proc, const char *name, int item) {
    int place = openat(proc, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    need(place, PI_STEP_PROC_MASK, item);
    int tree = mounts_clone(place, "");
    need(tree, PI_STEP_PROC_MASK, item);
    mounts_restrict(tree, PI_ENTRY_READ_ONLY | PI_ENTRY_NO_PROGRAMS, PI_STEP_PROC_MASK, item);
    mounts_attach(tree, place, PI_STEP_PROC_MASK, item);
    close(tree);
    close(place);
}

void proc_mount(bool masks) {
    need(mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), PI_STEP_PROC, 3);
    /* Without a root of ours there is nothing to cover with. */
    if (!masks) return;
    int proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    need(proc, PI_STEP_PROC, 4);
    int count = sizeof covered / sizeof covered[0];
    for (int i = 0; i < count; i++) cover(proc, covered[i], i);
    freeze(proc, "sys", count);
    close(proc);
}
