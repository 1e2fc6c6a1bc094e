/* What the kernel shows and lets be set below /proc and /sys.
 *
 * Nothing is changed: a value is written back as it was read, or a file is opened and closed.
 */
#include "forbidden.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* One byte is enough, and is not shown: what stands there is the host's. */
ACT(peek) {
    int fd = open(act->detail, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return by("open", fd);
    char word[8]; /* kpagecount and its kind read in words */
    ssize_t length = read(fd, word, sizeof word);
    if (length < 0) return refused("read");
    return length == 0 ? absent("content") : done();
}

/* What a mask has laid over a file can be opened, too. */
static enum outcome opened(int fd) {
    struct statfs facts;
    if (fd < 0) return by("open", fd);
    if (fstatfs(fd, &facts) < 0) return refused("fstatfs");
    const bool is_real = facts.f_type == PROC_SUPER_MAGIC || facts.f_type == SYSFS_MAGIC;
    return is_real ? done() : absent("the kernel's file");
}

ACT(open_reading) { return opened(open(act->detail, O_RDONLY | O_NONBLOCK | O_CLOEXEC)); }
ACT(open_writing) { return opened(open(act->detail, O_WRONLY | O_CLOEXEC)); }

ACT(write_back) {
    int fd = open(act->detail, O_RDWR | O_CLOEXEC);
    if (fd < 0) return by("open", fd);
    char value[256];
    ssize_t length = pread(fd, value, sizeof value, 0);
    if (length <= 0) return by("read", length);
    return by("write", pwrite(fd, value, (size_t)length, 0));
}

ACT(list) {
    DIR *folder = opendir(act->detail);
    if (!folder) return by("open", -1);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.') return done();
    return absent("entries");
}

/* Looks for a line with a word in it. */
ACT(find_line) {
    FILE *file = fopen(act->detail, "re");
    if (!file) return by("open", -1);
    bool found = false;
    for (char line[1024]; !found && fgets(line, sizeof line, file);) {
        found = strstr(line, args[0]);
        if (found) saw("%s", line);
    }
    fclose(file);
    return found ? done() : absent("such a line");
}

/* A port stands there in hexadecimal digits. */
ACT(find_port) {
    char word[16];
    snprintf(word, sizeof word, ":%04lX ", number(args[0], 1, 65535));
    char *words[] = {word, NULL};
    return find_line(act, words);
}

/* The host's cgroups, version 2 or 1; NULL if there are none. */
static const char *cgroups(const char *name) {
    static char path[PATH_MAX];
    const char *const places[] = {"", "unified/", "pids/", "memory/", "systemd/"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(path, sizeof path, "/sys/fs/cgroup/%s%s", places[i], name);
        if (access(path, F_OK) == 0) return path;
    }
    return NULL;
}

ACT(cgroup_list) { return cgroups("cgroup.procs") ? done() : absent("cgroup.procs"); }

/* Out of the call's limits: a child moves itself to the topmost group. */
ACT(cgroup_leave) {
    const char *path = cgroups("cgroup.procs");
    if (!path) return absent("cgroup.procs");
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return by("open", fd);
    return by("write", write(fd, "0", 1));
}

ACT(cgroup_leave_in_child) { return in_child("leave", cgroup_leave, act, args); }

ACT(cgroup_make) {
    if (!cgroups("cgroup.procs")) return absent("cgroup.procs");
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", cgroups("cgroup.procs"));
    snprintf(strrchr(path, '/'), 64, "/forbidden-%.40s", nonce);
    if (mkdir(path, 0755) < 0) return by("mkdir", -1);
    rmdir(path);
    return done();
}

ACT(cgroup_agent) {
    const char *path = cgroups("release_agent");
    if (!path) return absent("release_agent");
    return by("open", open(path, O_WRONLY | O_CLOEXEC));
}

const struct act proc_acts[] = {
    {"sysctl-hostname", "", write_back, "/proc/sys/kernel/hostname"},
    {"sysctl-domainname", "", write_back, "/proc/sys/kernel/domainname"},
    {"sysctl-core-pattern", "", open_writing, "/proc/sys/kernel/core_pattern"},
    {"sysctl-forwarding", "", open_writing, "/proc/sys/net/ipv4/ip_forward"},
    {"sysctl-caches", "", open_writing, "/proc/sys/vm/drop_caches"},
    {"proc-sysrq", "", open_writing, "/proc/sysrq-trigger"},
    {"proc-irq", "", open_writing, "/proc/irq/default_smp_affinity"},
    {"proc-kcore", "", peek, "/proc/kcore"},
    {"proc-keys", "", peek, "/proc/keys"},
    {"proc-key-users", "", peek, "/proc/key-users"},
    {"proc-timer-list", "", peek, "/proc/timer_list"},
    {"proc-kallsyms", "", peek, "/proc/kallsyms"},
    {"proc-kmsg", "", open_reading, "/proc/kmsg"},
    {"proc-kpagecount", "", peek, "/proc/kpagecount"},
    {"proc-kpageflags", "", peek, "/proc/kpageflags"},
    {"proc-slabinfo", "", peek, "/proc/slabinfo"},
    {"proc-vmallocinfo", "", peek, "/proc/vmallocinfo"},
    {"proc-iomem", "", peek, "/proc/iomem"},
    {"proc-interrupts", "", peek, "/proc/interrupts"},
    {"proc-modules", "", peek, "/proc/modules"},
    {"proc-config", "", peek, "/proc/config.gz"},
    {"proc-sched-debug", "", peek, "/proc/sched_debug"},
    {"proc-latency", "", peek, "/proc/latency_stats"},
    {"proc-bus", "", list, "/proc/bus/pci"},
    {"proc-fs", "", list, "/proc/fs"},
    {"proc-acpi", "", list, "/proc/acpi"},
    {"proc-scsi", "", list, "/proc/scsi"},
    {"proc-asound", "", list, "/proc/asound"},
    {"proc-shm", "ID", find_line, "/proc/sysvipc/shm"},
    {"proc-unix", "NAME", find_line, "/proc/net/unix"},
    {"proc-tcp", "PORT", find_port, "/proc/net/tcp"},

    {"sys-list", "", list, "/sys/kernel"},
    {"sys-firmware", "", list, "/sys/firmware"},
    {"sys-block", "", list, "/sys/block"},
    {"sys-net", "", list, "/sys/class/net/lo"},
    {"sys-write", "", open_writing, "/sys/kernel/mm/transparent_hugepage/enabled"},
    {"sys-power", "", open_writing, "/sys/power/state"},
    {"cgroup-list", "", cgroup_list, NULL},
    {"cgroup-leave", "", cgroup_leave_in_child, NULL},
    {"cgroup-make", "", cgroup_make, NULL},
    {"cgroup-agent", "", cgroup_agent, NULL},
    {0},
};
