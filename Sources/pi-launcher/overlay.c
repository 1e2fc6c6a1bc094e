/* A folder of the host that can be changed without being changed: what is written in it goes into a
 * layer of the run's own. Of the host's folder itself there is no writable mount. */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static void configure(int context, unsigned command, const char *key, const char *value, int number,
                      int item) {
    need(syscall(SYS_fsconfig, context, command, key, value, number), PI_STEP_OVERLAY, item);
}

/* As many as the kernel takes. */
enum { MOST_LAYERS = 500 };

/* Opened and added, the topmost first. Attached nowhere, they show no path of the host in mountinfo
 * inside. Each has to stay open until the overlay is created: a mount
 * that is attached nowhere goes with its descriptor. */
static void add_layers(int context, const struct plan *plan, const struct pi_entry *entry,
                       int user_namespace, int trees[MOST_LAYERS], int item) {
    const uint32_t *layers = plan_part(plan, entry->layers, entry->layer_count, sizeof *layers);
    if (entry->layer_count >= MOST_LAYERS) fail(PI_STEP_OVERLAY, item, E2BIG);
    for (uint32_t i = 0; i < entry->layer_count; i++)
        trees[i] = mounts_source_tree(plan_text(plan, layers[i]), NULL, user_namespace, item);
    trees[entry->layer_count] =
        mounts_source_tree(plan_text(plan, entry->source), entry, user_namespace, item);
    for (uint32_t i = 0; i <= entry->layer_count; i++)
        configure(context, FSCONFIG_SET_FD, "lowerdir+", NULL, trees[i], item);
}

/* The kernel makes what is new in the upper layer in the name of whoever made the overlay. Root has
 * no number in layers whose owners are mapped, so it makes it in the run's name, with its own
 * rights.
 */
static void create(int context, const struct pi_hello *owner, int item) {
    int bits = prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);
    need(bits, PI_STEP_OVERLAY, item);
    if (owner) {
        need(prctl(PR_SET_SECUREBITS, bits | SECBIT_NO_SETUID_FIXUP, 0, 0, 0), PI_STEP_OVERLAY,
             item);
        need(syscall(SYS_setresgid, -1, owner->host_group, -1), PI_STEP_OVERLAY, item);
        need(syscall(SYS_setresuid, -1, owner->host_user, -1), PI_STEP_OVERLAY, item);
    }
    configure(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0, item);
    if (owner) {
        need(syscall(SYS_setresuid, -1, 0, -1), PI_STEP_OVERLAY, item);
        need(syscall(SYS_setresgid, -1, 0, -1), PI_STEP_OVERLAY, item);
        need(prctl(PR_SET_SECUREBITS, bits, 0, 0, 0), PI_STEP_OVERLAY, item);
    }
}

static void make_in(int tree, const char *name, const struct stat *like,
                    const struct pi_hello *owner, int item) {
    need(mkdirat(tree, name, 0700), PI_STEP_OVERLAY, item);
    if (owner)
        need(fchownat(tree, name, owner->host_user, owner->host_group, 0), PI_STEP_OVERLAY, item);
    need(fchmodat(tree, name, like->st_mode & 0777, 0), PI_STEP_OVERLAY, item);
}

/* In memory, and no larger than it may be: the kernel's word. The supervisor gets it, too, for what
 * is in it is to outlast the sandbox. */
static int layer_in_memory(const struct plan *plan, const struct pi_entry *entry,
                           const struct pi_hello *owner, int item) {
    int on_disk = mounts_open_source(plan_text(plan, entry->writable));
    need(on_disk, PI_STEP_SOURCE, item);
    int tree = mounts_temporary(entry->size, entry->names, item);
    for (int i = 0; i < 2; i++) {
        const char *name = i == 0 ? "upper" : "work";
        struct stat like;
        need(fstatat(on_disk, name, &like, AT_SYMLINK_NOFOLLOW), PI_STEP_SOURCE, item);
        make_in(tree, name, &like, owner, item);
    }
    close(on_disk);
    struct pi_report news = {.kind = PI_REPORT_WRITTEN, .item = item};
    report(&news, tree);
    return tree;
}

static int overlay_make(const struct plan *plan, const struct pi_entry *entry,
                        const struct pi_hello *owner, int user_namespace, int item) {
    int context = (int)syscall(SYS_fsopen, "overlay", FSOPEN_CLOEXEC);
    need(context, PI_STEP_OVERLAY, item);
    configure(context, FSCONFIG_SET_FLAG, "userxattr", NULL, 0, item);
    /* One device number for files of all layers; else `du -x` and its like pass them by. */
    configure(context, FSCONFIG_SET_STRING, "xino", "on", 0, item);
    /* Nothing of its own is written into the upper layer. */
    configure(context, FSCONFIG_SET_STRING, "uuid", "null", 0, item);

    int trees[MOST_LAYERS];
    add_layers(context, plan, entry, user_namespace, trees, item);
    /* Both by way of one mount: the kernel wants it so. */
    int writable = entry->size ? layer_in_memory(plan, entry, owner, item)
                               : mounts_source_tree(plan_text(plan, entry->writable), NULL,
                                                    user_namespace, item);
    int upper = mounts_inside(writable, "upper"), work = mounts_inside(writable, "work");
    need(upper, PI_STEP_SOURCE, item);
    need(work, PI_STEP_SOURCE, item);
    configure(context, FSCONFIG_SET_FD, "upperdir", NULL, upper, item);
    configure(context, FSCONFIG_SET_FD, "workdir", NULL, work, item);
    create(context, owner, item);
    int tree =
        (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
    need(tree, PI_STEP_OVERLAY, item);
    /* Where the kernel can't make its work folder, it says that all is well and lets nobody write.
     */
    struct statvfs facts;
    need(fstatvfs(tree, &facts), PI_STEP_OVERLAY, item);
    if (facts.f_flag & ST_RDONLY) fail(PI_STEP_OVERLAY, item, EROFS);
    for (uint32_t i = 0; i <= entry->layer_count; i++) close(trees[i]);
    close(work);
    close(upper);
    close(writable);
    close(context);
    return tree;
}

bool source_is_wanted(const struct pi_entry *entry) {
    return entry->kind == PI_ENTRY_BIND || entry->kind == PI_ENTRY_OVERLAY;
}

/* Attached nowhere. `owner` is whose the new files of an overlay are, if that is not ourselves. */
int source_open(const struct plan *plan, const struct pi_entry *entry, const struct pi_hello *owner,
                int user_namespace, int item) {
    if (entry->kind == PI_ENTRY_OVERLAY)
        return overlay_make(plan, entry, owner, user_namespace, item);
    int users = entry->flags & PI_ENTRY_ID_MAPPED ? user_namespace : -1;
    return mounts_source_tree(plan_text(plan, entry->source), entry, users, item);
}
