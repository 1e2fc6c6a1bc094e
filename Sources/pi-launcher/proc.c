/* A /proc of the call's own PID namespace: what tells of the whole machine is covered, what sets it
 * is read-only. Without a capability none of it could be written anyway; this is the second lock.
 */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static const struct covered {
    const char *name;
    bool is_folder;
} covered[] = {
    {"acpi", true},
    {"asound", true},
    {"bus", true},
    {"config.gz", false},
    {"diskstats", false},
    {"driver", true},
    {"dynamic_debug", true},
    {"fs", true},
    {"interrupts", false},
    {"iomem", false},
    {"ioports", false},
    {"irq", true},
    {"kallsyms", false},
    {"kcore", false},
    {"key-users", false},
    {"keys", false},
    {"kmsg", false},
    {"kpagecgroup", false},
    {"kpagecount", false},
    {"kpageflags", false},
    {"latency_stats", false},
    {"modules", false},
    {"mtrr", false},
    {"pagetypeinfo", false},
    {"partitions", false},
    {"sched_debug", false},
    {"scsi", true},
    {"slabinfo", false},
    {"softirqs", false},
    {"swaps", false},
    {"sysrq-trigger", false},
    {"timer_list", false},
    {"timer_stats", false},
    {"tty", true},
    {"vmallocinfo", false},
};

/* By two names that are ours alone to make, in one call: a copy that is made first and not used
 * after all would wait for every processor of the machine when it is closed. */
static void cover(const struct covered *what, int item) {
    char place[32] = "proc/";
    strcat(place, what->name);
    int made =
        mount(what->is_folder ? ".covers/folder" : ".covers/file", place, NULL, MS_BIND, NULL);
    /* Each kernel has only some of them. */
    if (made < 0 && errno != ENOENT) fail(PI_STEP_PROC_MASK, item, errno);
}

static void freeze(const char *place, int item) {
    int tree = mounts_clone(AT_FDCWD, place);
    need(tree, PI_STEP_PROC_MASK, item);
    mounts_restrict(tree, PI_ENTRY_READ_ONLY | PI_ENTRY_NO_PROGRAMS, PI_STEP_PROC_MASK, item);
    mounts_attach_at(tree, AT_FDCWD, place, PI_STEP_PROC_MASK, item);
    close(tree);
}

void proc_cover(void) {
    int count = sizeof covered / sizeof covered[0];
    for (int i = 0; i < count; i++) cover(&covered[i], i);
    freeze("proc/sys", count);
}

void proc_mount(bool has_root) {
    need(mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), PI_STEP_PROC, 3);
    /* Without a root of ours there is nothing to cover with. */
    if (!has_root) return;
    need(chdir("/"), PI_STEP_PROC, 8);
    proc_cover();
}
