#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A copy of a mount and of all mounts below it, attached nowhere. */
int mounts_clone(int folder, const char *path) {
    return (int)syscall(SYS_open_tree, folder, path,
                        OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE |
                            (path[0] ? 0 : AT_EMPTY_PATH));
}

static int open_strictly(int folder, const char *path, uint64_t resolve) {
    struct open_how how = {
        .flags = O_PATH | O_CLOEXEC | O_NOFOLLOW,
        .resolve = resolve | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

/* The supervisor has resolved the path: a link in it now was put there since. */
int mounts_open_source(const char *path) {
    int found = open_strictly(AT_FDCWD, path, 0);
    if (found < 0) return -1;
    int tree = mounts_clone(found, "");
    int error = errno;
    close(found);
    errno = error;
    return tree;
}

static void check_source(int tree, const struct pi_entry *entry, int item) {
    struct stat facts;
    need(fstat(tree, &facts), PI_STEP_SOURCE, item);
    if (entry->inode && (facts.st_ino != entry->inode || facts.st_dev != entry->device))
        fail(PI_STEP_SOURCE, item, ESTALE);
}

/* Nothing that a workspace holds can lead out of the new root, or to another place in it. */
int mounts_inside(int root, const char *path) {
    while (*path == '/') path++;
    return open_strictly(root, *path ? path : ".", RESOLVE_IN_ROOT);
}

void mounts_restrict(int tree, uint32_t flags, enum pi_step step, int item) {
    /* A copy of a shared mount is its peer: what is mounted on one would appear on the other, a
     * cover of ours on the host as well as a mount of the host's in here. */
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_NOSUID, .propagation = MS_PRIVATE};
    if (!(flags & PI_ENTRY_DEVICE)) attributes.attr_set |= MOUNT_ATTR_NODEV;
    if (flags & PI_ENTRY_READ_ONLY) attributes.attr_set |= MOUNT_ATTR_RDONLY;
    if (flags & PI_ENTRY_NO_PROGRAMS) attributes.attr_set |= MOUNT_ATTR_NOEXEC;
    /* With all that is mounted below: a plain remount would leave that writable. */
    need(syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes,
                 sizeof attributes),
         step, item);
}

/* A file or folder like the tree, to mount it on, with the folders above it; in our own tmpfs only.
 */
int mounts_make_place(const char *path, int tree) {
    char part[4096];
    size_t length = strlen(path);
    struct stat facts;
    if (length >= sizeof part || fstat(tree, &facts) < 0) return -1;
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != 0) continue;
        memcpy(part, path, i);
        part[i] = 0;
        bool is_file = i == length && !S_ISDIR(facts.st_mode);
        int made = is_file ? mknod(part, S_IFREG | 0644, 0) : mkdir(part, 0755);
        /* In the root, which is read-only, they are there already. */
        if (made < 0 && errno != EEXIST && errno != EROFS) return -1;
    }
    return open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

/* A tmpfs of at most so many bytes and names, attached nowhere. */
int mounts_temporary(uint64_t size, uint64_t names, int item) {
    char text[24];
    char files[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)size);
    /* An empty file takes memory of the kernel's, too. */
    snprintf(files, sizeof files, "%llu", (unsigned long long)(names ? names : size / 4096 + 1024));
    int context = (int)syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC);
    need(context, PI_STEP_TEMPORARY, item);
    need(syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "size", text, 0), PI_STEP_TEMPORARY,
         item);
    need(syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "nr_inodes", files, 0),
         PI_STEP_TEMPORARY, item);
    need(syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "mode", "755", 0), PI_STEP_TEMPORARY,
         item);
    need(syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0), PI_STEP_TEMPORARY,
         item);
    int tree = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0);
    need(tree, PI_STEP_TEMPORARY, item);
    close(context);
    return tree;
}

void mounts_attach(int tree, int target, enum pi_step step, int item) {
    need(syscall(SYS_move_mount, tree, "", target, "",
                 MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH),
         step, item);
}

/* For names that are ours: nobody else could have put a link there. */
void mounts_attach_at(int tree, int folder, const char *name, enum pi_step step, int item) {
    need(syscall(SYS_move_mount, tree, "", folder, name, MOVE_MOUNT_F_EMPTY_PATH), step, item);
}

static void map_owners(int tree, int user_namespace, int item) {
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_IDMAP,
                                    .userns_fd = (uint64_t)user_namespace};
    need(syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes,
                 sizeof attributes),
         PI_STEP_ID_MAPPED_MOUNT, item);
}

/* The source of an entry, attached nowhere; its owners are those of the namespace, if there is one.
 */
int mounts_source_tree(const char *path, const struct pi_entry *checked, int user_namespace,
                       int item) {
    int tree = mounts_open_source(path);
    need(tree, PI_STEP_SOURCE, item);
    if (checked) check_source(tree, checked, item);
    if (user_namespace >= 0) map_owners(tree, user_namespace, item);
    return tree;
}
