/* Devices that are there, and devices that are made. Those found are opened, nothing else. */
#include "forbidden.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { QUIETLY = O_NONBLOCK | O_NOCTTY | O_CLOEXEC };

ACT(open_device) { return by("open", open(act->detail, O_RDONLY | QUIETLY)); }

/* The first of several names, for what is named by hardware; the list ends with NULL. */
ACT(open_first) {
    int fd = -1;
    errno = ENOENT;
    for (const char *const *path = act->detail; *path && fd < 0 && errno == ENOENT; path++)
        fd = open(*path, O_RDONLY | QUIETLY);
    return by("open", fd);
}

/* Anything in /dev that a program in a sandbox has no need of. */
ACT(list_devices) {
    static const char *const usual[] = {
        ".",    "..",  "null", "zero",  "full",   "random", "urandom", "tty",     "pts",
        "ptmx", "shm", "fd",   "stdin", "stdout", "stderr", "mqueue",  "console", "core"};
    DIR *folder = opendir("/dev");
    if (!folder) return by("open", -1);
    for (struct dirent *entry; (entry = readdir(folder));) {
        bool known = false;
        for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
            known = known || strcmp(entry->d_name, usual[i]) == 0;
        if (known) continue;
        saw("/dev/%s", entry->d_name);
        return done();
    }
    return absent("more than the usual devices");
}

struct node {
    mode_t type;
    unsigned major, minor;
    long more; /* bits of the mode that the kernel does not read */
    bool at;   /* by mknodat */
};

static long make_node(const struct node *node, const char *path) {
    const long mode = (long)(node->type | 0600) | node->more;
    const dev_t number = makedev(node->major, node->minor);
#ifdef SYS_mknod
    if (!node->at) return syscall(SYS_mknod, path, mode, number);
#endif
    return syscall(SYS_mknodat, AT_FDCWD, path, mode, number);
}

ACT(make_device) {
    const struct node *node = act->detail;
    return by("mknod", make_node(node, args[0]));
}

/* Made and opened: a mount without devices refuses the second. */
ACT(use_device) {
    const struct node *node = act->detail;
    if (make_node(node, args[0]) < 0) return by("mknod", -1);
    enum outcome outcome = by("open", open(args[0], O_RDONLY | QUIETLY));
    unlink(args[0]);
    return outcome;
}

static const struct node null_device = {.type = S_IFCHR, .major = 1, .minor = 3};
static const struct node null_device_at = {.type = S_IFCHR, .major = 1, .minor = 3, .at = true};
static const struct node no_disk = {.type = S_IFBLK, .major = 0, .minor = 0};
/* Since Linux 5.8 anybody may make a character device 0:0: overlays mean a deletion by it. */
static const struct node whiteout = {.type = S_IFCHR};
static const struct node whiteout_at = {.type = S_IFCHR, .at = true};
static const struct node wide_whiteout = {.type = S_IFCHR, .more = 0x7000000000010000L};

static const char *const disks[] = {"/dev/vda",     "/dev/sda",   "/dev/nvme0n1", "/dev/xvda",
                                    "/dev/mmcblk0", "/dev/zram0", "/dev/dm-0",    NULL};

const struct act device_acts[] = {
    {"device-list", "", list_devices, NULL},
    {"device-mem", "", open_device, "/dev/mem"},
    {"device-port", "", open_device, "/dev/port"},
    {"device-kmsg", "", open_device, "/dev/kmsg"},
    {"device-kvm", "", open_device, "/dev/kvm"},
    {"device-fuse", "", open_device, "/dev/fuse"},
    {"device-tun", "", open_device, "/dev/net/tun"},
    {"device-loop", "", open_device, "/dev/loop0"},
    {"device-loop-control", "", open_device, "/dev/loop-control"},
    {"device-mapper", "", open_device, "/dev/mapper/control"},
    {"device-disk", "", open_first, disks},
    {"device-console", "", open_device, "/dev/console"},
    {"device-tty0", "", open_device, "/dev/tty0"},
    {"device-screen", "", open_device, "/dev/vcs"},
    {"device-vsock", "", open_device, "/dev/vsock"},
    {"device-userfaultfd", "", open_device, "/dev/userfaultfd"},
    {"device-uinput", "", open_device, "/dev/uinput"},
    {"device-input", "", open_device, "/dev/input/event0"},
    {"device-graphics", "", open_device, "/dev/dri/card0"},
    {"device-autofs", "", open_device, "/dev/autofs"},
    {"device-btrfs", "", open_device, "/dev/btrfs-control"},
    {"device-latency", "", open_device, "/dev/cpu_dma_latency"},
    {"device-hwrng", "", open_device, "/dev/hwrng"},
    {"mknod-device", "FILE", make_device, &null_device},
    {"mknodat-device", "FILE", make_device, &null_device_at},
    {"mknod-disk", "FILE", make_device, &no_disk},
    {"mknod-whiteout", "FILE", make_device, &whiteout},
    {"mknodat-whiteout", "FILE", make_device, &whiteout_at},
    {"mknod-wide-mode", "FILE", make_device, &wide_whiteout},
    {"mknod-and-open", "FILE", use_device, &null_device},
    {0},
};
