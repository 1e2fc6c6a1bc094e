/* What every root begins with, whatever the plan: made while the plan is still being decided. */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static void make_folder(int root, const char *name, mode_t mode, int item) {
    need(mkdirat(root, name, mode), PI_STEP_ROOT, item);
}

/* Something empty of each kind, which nobody can fill: what is hidden is covered by a copy of it.
 */
static void make_covers(int root) {
    make_folder(root, ".covers", 0555, 10);
    make_folder(root, ".covers/folder", 0555, 11);
    need(mknodat(root, ".covers/file", S_IFREG | 0444, 0), PI_STEP_ROOT, 12);
    const char *const covers[] = {".covers/folder", ".covers/file"};
    for (int i = 0; i < 2; i++) {
        int tree = mounts_clone(root, covers[i]);
        need(tree, PI_STEP_ROOT, 13 + i);
        /* Its copies are as closed as it is. */
        mounts_restrict(tree, PI_ENTRY_READ_ONLY | PI_ENTRY_NO_PROGRAMS, PI_STEP_ROOT, 15 + i);
        mounts_attach_at(tree, root, covers[i], PI_STEP_ROOT, 17 + i);
        close(tree);
    }
}

/* In a user namespace device nodes can't be made, only bound. */
static void make_devices(int root) {
    static const char *const devices[] = {"null", "zero", "full", "random", "urandom", "tty"};
    static const char *const links[][2] = {{"/proc/self/fd", "dev/fd"},
                                           {"fd/0", "dev/stdin"},
                                           {"fd/1", "dev/stdout"},
                                           {"fd/2", "dev/stderr"},
                                           {"pts/ptmx", "dev/ptmx"}};
    make_folder(root, "dev", 0755, 20);
    make_folder(root, "dev/pts", 0755, 21);
    make_folder(root, "dev/shm", 0755, 22);
    char from[16] = "/dev/", to[16] = "dev/";
    for (int i = 0; i < 6; i++) {
        stpcpy(from + 5, devices[i]);
        stpcpy(to + 4, devices[i]);
        int tree = mounts_open_source(from);
        need(tree, PI_STEP_ROOT, 30 + i);
        mounts_restrict(tree, PI_ENTRY_DEVICE | PI_ENTRY_NO_PROGRAMS, PI_STEP_ROOT, 40 + i);
        need(mknodat(root, to, S_IFREG | 0444, 0), PI_STEP_ROOT, 50 + i);
        mounts_attach_at(tree, root, to, PI_STEP_ROOT, 60 + i);
        close(tree);
    }
    for (int i = 0; i < 5; i++)
        need(symlinkat(links[i][0], root, links[i][1]), PI_STEP_ROOT, 70 + i);
}

void terminals_mount(const char *place) {
    need(mount("devpts", place, "devpts", MS_NOSUID | MS_NOEXEC,
               "newinstance,ptmxmode=0666,mode=620"),
         PI_STEP_TERMINALS, 0);
}

int root_begin(const struct pi_hello *hello) {
    /* Over the root of the host as this namespace sees it, which nobody else does. The few files of
     * our own need a few pages. */
    need(mount("pi-runner", "/", "tmpfs", MS_NOSUID | MS_NODEV, "size=16m,nr_inodes=8192,mode=755"),
         PI_STEP_ROOT, 0);
    /* Our own root is still the old one: only a path that is walked anew ends in what lies on top.
     */
    int root = open("/../", O_PATH | O_DIRECTORY | O_CLOEXEC);
    need(root, PI_STEP_ROOT, 1);
    mode_t before = umask(0);
    make_covers(root);
    if (has(hello, PI_WALL_DEV)) make_devices(root);
    make_folder(root, "proc", 0555, 2);
    umask(before);
    /* While the host's is in view: the kernel makes a new one only for those who can see one whole.
     */
    if (has(hello, PI_WALL_PROC)) {
        need(fchdir(root), PI_STEP_PROC, 1);
        need(mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), PI_STEP_PROC,
             2);
        /* Of a run with one call it is the call's own, and need not wait for the plan. */
        if (hello->only) proc_cover();
        if (hello->only && has(hello, PI_WALL_DEV)) terminals_mount("dev/pts");
        need(chdir("/"), PI_STEP_PROC, 7);
    }
    return root;
}
