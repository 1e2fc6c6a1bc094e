/* The root of a run: an empty tmpfs, and in it only what the plan names. */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int root = -1;

/* The folder that a path of ours lies in; its last part, in `name`. */
static int parent_of(const char *path, const char **name, int item) {
    static char folder[4096];
    const char *slash = strrchr(path, '/');
    size_t length = (size_t)(slash - path);
    if (!slash || length >= sizeof folder) fail(PI_STEP_ENTRY, item, ENAMETOOLONG);
    memcpy(folder, path, length);
    folder[length] = 0;
    *name = slash + 1;
    int parent = mounts_inside(root, folder);
    need(parent, PI_STEP_ENTRY, item);
    return parent;
}

static void make_folder(const struct pi_entry *entry, const char *path, int item) {
    const char *name;
    int parent = parent_of(path, &name, item);
    if (mkdirat(parent, name, entry->mode) < 0 && errno != EEXIST) fail(PI_STEP_ENTRY, item, errno);
    close(parent);
}

static void make_file(const struct pi_entry *entry, const char *path, const char *content,
                      int item) {
    const char *name;
    int parent = parent_of(path, &name, item);
    int file =
        openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, entry->mode);
    need(file, PI_STEP_ENTRY, item);
    for (uint32_t done = 0; done < entry->length;) {
        ssize_t count = write(file, content + done, entry->length - done);
        need(count, PI_STEP_ENTRY, item);
        done += (uint32_t)count;
    }
    close(file);
    close(parent);
}

static void make_link(const char *path, const char *target, int item) {
    const char *name;
    int parent = parent_of(path, &name, item);
    need(symlinkat(target, parent, name), PI_STEP_ENTRY, item);
    close(parent);
}

/* Only where the plan says so, which is never inside a tree of the host: no stub is left there. */
static int place_for(const struct pi_entry *entry, const char *path, int tree, int item) {
    if (entry->mode) {
        struct stat facts;
        need(fstat(tree, &facts), PI_STEP_ENTRY, item);
        if (S_ISDIR(facts.st_mode)) {
            make_folder(entry, path, item);
        } else {
            const char *name;
            int parent = parent_of(path, &name, item);
            int made = mknodat(parent, name, S_IFREG | entry->mode, 0);
            if (made < 0 && errno != EEXIST) fail(PI_STEP_ENTRY, item, errno);
            close(parent);
        }
    }
    int place = mounts_inside(root, path);
    need(place, PI_STEP_ENTRY, item);
    return place;
}

static void put_in_place(const struct pi_entry *entry, const char *path, int tree, int item) {
    mounts_restrict(tree, entry->flags, PI_STEP_ENTRY, item);
    int place = place_for(entry, path, tree, item);
    mounts_attach(tree, place, PI_STEP_ENTRY, item);
    close(place);
}

static void attach(const struct pi_entry *entry, const char *path, int tree, int item) {
    put_in_place(entry, path, tree, item);
    close(tree);
}

/* One that is new, or that a sandbox of this run has had before. A copy of the mount goes to the
 * supervisor, which never looks inside: what a run has put there outlives this sandbox. */
static void attach_temporary(const struct world *world, const struct pi_entry *entry,
                             const char *path, int kept, int item) {
    int tree = kept < 0 ? mounts_temporary(entry->size, 0, item) : kept;
    put_in_place(entry, path, tree, item);
    if (!world->hello.only) {
        /* Of this very mount, whatever its path leads to by now. */
        int copy = mounts_clone(tree, "");
        need(copy, PI_STEP_ENTRY, item);
        struct pi_report news = {.kind = PI_REPORT_KEPT, .item = item};
        report(&news, copy);
        close(copy);
    }
    close(tree);
}

/* What is there is covered by something of its kind that is empty and can't be changed: a copy of
 * our own, never a device that the tree could have brought along. */
static int cover_for(const char *path, int item) {
    int found = mounts_inside(root, path);
    need(found, PI_STEP_ENTRY, item);
    struct stat facts;
    need(fstat(found, &facts), PI_STEP_ENTRY, item);
    close(found);
    int cover = mounts_clone(root, S_ISDIR(facts.st_mode) ? ".covers/folder" : ".covers/file");
    need(cover, PI_STEP_ENTRY, item);
    return cover;
}

/* `given`: its tree, opened by the keeper or kept from before; negative if it has none. */
static void carry_out(const struct world *world, const struct pi_entry *entry, int given,
                      int item) {
    const struct plan *plan = &world->plan;
    const char *path = plan_text(plan, entry->path);
    int tree;
    switch ((enum pi_entry_kind)entry->kind) {
    case PI_ENTRY_FOLDER: return make_folder(entry, path, item);
    case PI_ENTRY_FILE:
        return make_file(entry, path, plan_part(plan, entry->source, entry->length, 1), item);
    case PI_ENTRY_LINK: return make_link(path, plan_text(plan, entry->source), item);
    case PI_ENTRY_BIND:
    case PI_ENTRY_OVERLAY:
        tree = given < 0 ? source_open(plan, entry, NULL, -1, item) : given;
        return attach(entry, path, tree, item);
    case PI_ENTRY_TEMPORARY: return attach_temporary(world, entry, path, given, item);
    case PI_ENTRY_SELF:
        tree = mounts_inside(root, path);
        need(tree, PI_STEP_ENTRY, item);
        int copy = mounts_clone(tree, "");
        need(copy, PI_STEP_ENTRY, item);
        close(tree);
        return attach(entry, path, copy, item);
    case PI_ENTRY_HIDE: return attach(entry, path, cover_for(path, item), item);
    }
    fail(PI_STEP_ENTRY, item, EBADMSG);
}

/* From here on there is no path to the host: the old root is gone, not only out of sight. */
static void enter(void) {
    need(fchdir(root), PI_STEP_PIVOT, 0);
    need(syscall(SYS_pivot_root, ".", "."), PI_STEP_PIVOT, 1);
    need(umount2(".", MNT_DETACH), PI_STEP_PIVOT, 2);
    need(chdir("/"), PI_STEP_PIVOT, 3);
}

void root_build(const struct world *world, int begun, const int *sources, const int *kept,
                int kept_count) {
    const struct pi_sandbox_plan *sandbox = world->sandbox;
    root = begun;
    umask(0);
    const struct pi_entry *entries =
        plan_part(&world->plan, sandbox->entries, sandbox->entry_count, sizeof *entries);
    int next = 0;
    for (uint32_t i = 0; i < sandbox->entry_count; i++) {
        bool has_kept = entries[i].kind == PI_ENTRY_TEMPORARY && next < kept_count;
        carry_out(world, &entries[i], has_kept ? kept[next++] : sources[i], (int)i);
    }
    if (next != kept_count) fail(PI_STEP_PLAN, next, EBADMSG);
    enter();
    umask(022);
    need(mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL),
         PI_STEP_PIVOT, 4);
    close(root);
}
