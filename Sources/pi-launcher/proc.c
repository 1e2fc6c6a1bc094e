/* A /proc of the call's own PID namespace: what tells of the whole machine is covered, what sets it
 * is read-only. Without a capability none of it could be written anyway; this is the second lock.
 */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/syscall.h>
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

static void cover(int root, int proc, const struct covered *what, int item) {
    int empty = mounts_clone(root, what->is_folder ? ".covers/folder" : ".covers/file");
    need(empty, PI_STEP_PROC_MASK, item);
    long moved = syscall(SYS_move_mount, empty, "", proc, what->name, MOVE_MOUNT_F_EMPTY_PATH);
    /* Each kernel has only some of them. */
    if (moved < 0 && errno != ENOENT) fail(PI_STEP_PROC_MASK, item, errno);
    close(empty);
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

void proc_cover(int root) {
    int proc = openat(root, "proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    need(proc, PI_STEP_PROC, 4);
    int count = sizeof covered / sizeof covered[0];
    for (int i = 0; i < count; i++) cover(root, proc, &covered[i], i);
    freeze(proc, "sys", count);
    close(proc);
}

void proc_mount(bool has_root) {
    need(mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), PI_STEP_PROC, 3);
    /* Without a root of ours there is nothing to cover with. */
    if (!has_root) return;
    int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    need(root, PI_STEP_PROC, 8);
    proc_cover(root);
    close(root);
}
