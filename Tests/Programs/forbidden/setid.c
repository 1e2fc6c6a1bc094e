/* Leaving a set-id file behind on the host's storage, in each way that the kernel knows. */
#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

/* Not every way of creating a file keeps the bits: what counts is the file. */
static enum outcome by_bits(const char *step, long result, const char *path) {
    if (result < 0) return by(step, result);
    struct stat facts;
    if (stat(path, &facts) < 0) return by("stat", -1);
    if (facts.st_mode & (S_ISUID | S_ISGID)) return done();
    errno = EPERM;
    return refused("keep the bit");
}

static int make_plain(const char *path) { return open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0755); }

ACT(by_chmod) {
    const int *mode = act->detail;
    if (make_plain(args[0]) < 0) return by("open", -1);
    return by_bits("chmod", chmod(args[0], (mode_t)*mode), args[0]);
}

ACT(by_fchmod) {
    int fd = make_plain(args[0]);
    if (fd < 0) return by("open", fd);
    return by_bits("fchmod", fchmod(fd, 04755), args[0]);
}

ACT(by_fchmodat) {
    if (make_plain(args[0]) < 0) return by("open", -1);
    return by_bits("fchmodat", syscall(SYS_fchmodat, AT_FDCWD, args[0], 04755), args[0]);
}

ACT(by_fchmodat2) {
    if (make_plain(args[0]) < 0) return by("open", -1);
    return by_bits("fchmodat2", syscall(SYS_fchmodat2, AT_FDCWD, args[0], 04755, 0), args[0]);
}

/* The kernel reads 16 bits of a mode, a filter may read more. */
ACT(by_wide_mode) {
    if (make_plain(args[0]) < 0) return by("open", -1);
    return by_bits("fchmodat",
                   syscall(SYS_fchmodat, AT_FDCWD, args[0], 0x7000000000010000L | 04755), args[0]);
}

ACT(by_openat) {
    long fd = syscall(SYS_openat, AT_FDCWD, args[0], O_WRONLY | O_CREAT | O_EXCL, 04755);
    return by_bits("openat", fd, args[0]);
}

ACT(by_open) {
#ifdef SYS_open
    return by_bits("open", syscall(SYS_open, args[0], O_WRONLY | O_CREAT | O_EXCL, 04755), args[0]);
#else
    return absent("open");
#endif
}

ACT(by_creat) {
#ifdef SYS_creat
    return by_bits("creat", syscall(SYS_creat, args[0], 04755), args[0]);
#else
    return absent("creat");
#endif
}

/* Here the mode stands in memory, where no filter sees it. */
ACT(by_openat2) {
    struct open_how how = {.flags = O_WRONLY | O_CREAT | O_EXCL, .mode = 04755};
    return by_bits("openat2", syscall(SYS_openat2, AT_FDCWD, args[0], &how, sizeof how), args[0]);
}

ACT(by_nameless) {
    int fd = open(args[1], O_TMPFILE | O_WRONLY | O_CLOEXEC, 04755);
    if (fd < 0) return by("open", fd);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return by_bits("linkat", linkat(AT_FDCWD, path, AT_FDCWD, args[0], AT_SYMLINK_FOLLOW), args[0]);
}

ACT(by_mknodat) {
    return by_bits("mknodat", syscall(SYS_mknodat, AT_FDCWD, args[0], S_IFREG | 04755, 0), args[0]);
}

ACT(by_mknod) {
#ifdef SYS_mknod
    return by_bits("mknod", syscall(SYS_mknod, args[0], S_IFREG | 04755, 0), args[0]);
#else
    return absent("mknod");
#endif
}

/* A folder's set-gid bit gives its group to what is made below. */
ACT(by_folder) {
    if (mkdir(args[0], 0755) < 0) return by("mkdir", -1);
    return by_bits("chmod", chmod(args[0], 02755), args[0]);
}

ACT(by_capability) {
    struct vfs_cap_data data = {
        .magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE,
        .data = {{.permitted = 1u << CAP_NET_RAW}},
    };
    if (make_plain(args[0]) < 0) return by("open", -1);
    return by("setxattr", setxattr(args[0], "security.capability", &data, sizeof data, 0));
}

ACT(by_trusted_attribute) {
    if (make_plain(args[0]) < 0) return by("open", -1);
    return by("setxattr", setxattr(args[0], "trusted.forbidden", "1", 1, 0));
}

ACT(by_owner) {
    if (make_plain(args[0]) < 0) return by("open", -1);
    return by("chown", chown(args[0], 1, (gid_t)-1));
}

static const int setuid_mode = 04755, setgid_mode = 02755, both_mode = 06711;

const struct act setid_acts[] = {
    {"setid-chmod", "FILE", by_chmod, &setuid_mode},
    {"setid-chmod-group", "FILE", by_chmod, &setgid_mode},
    {"setid-chmod-both", "FILE", by_chmod, &both_mode},
    {"setid-fchmod", "FILE", by_fchmod, NULL},
    {"setid-fchmodat", "FILE", by_fchmodat, NULL},
    {"setid-fchmodat2", "FILE", by_fchmodat2, NULL},
    {"setid-wide-mode", "FILE", by_wide_mode, NULL},
    {"setid-openat", "FILE", by_openat, NULL},
    {"setid-open", "FILE", by_open, NULL},
    {"setid-creat", "FILE", by_creat, NULL},
    {"setid-openat2", "FILE", by_openat2, NULL},
    {"setid-nameless", "FILE FOLDER", by_nameless, NULL},
    {"setid-mknod", "FILE", by_mknod, NULL},
    {"setid-mknodat", "FILE", by_mknodat, NULL},
    {"setid-folder", "FOLDER", by_folder, NULL},
    {"file-capability", "FILE", by_capability, NULL},
    {"trusted-attribute", "FILE", by_trusted_attribute, NULL},
    {"give-away-file", "FILE", by_owner, NULL},
    {0},
};
