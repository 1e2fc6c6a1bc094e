// Tries what a sandbox is made of, each in a process of its own, and prints what the kernel said to
// it.
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// What stands in a row of `trials`: 0 or a number worth showing, or -1 with errno.
typedef int trial(void);

static int write_to(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t written = write(file, text, strlen(text));
    close(file);
    return written < 0 ? -1 : 0;
}

static int make_user_namespace(void) { return unshare(CLONE_NEWUSER); }

/// One's own number is the only one that exists inside.
static int map_users(void) {
    char uids[64], gids[64];
    snprintf(uids, sizeof uids, "%d %d 1", getuid(), getuid());
    snprintf(gids, sizeof gids, "%d %d 1", getgid(), getgid());
    if (make_user_namespace() != 0) return -1;
    if (write_to("/proc/self/setgroups", "deny") != 0) return -1;
    if (write_to("/proc/self/uid_map", uids) != 0) return -1;
    return write_to("/proc/self/gid_map", gids);
}

static int make_both_namespaces(void) { return unshare(CLONE_NEWUSER | CLONE_NEWNS); }

static int end_propagation(void) {
    if (make_both_namespaces() != 0) return -1;
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

static int mount_by_path(void) {
    if (make_both_namespaces() != 0) return -1;
    return mount("tmpfs", "/tmp", "tmpfs", 0, NULL);
}

static int mount_by_descriptor(void) {
    if (make_both_namespaces() != 0) return -1;
    int context = fsopen("tmpfs", FSOPEN_CLOEXEC);
    if (context < 0) return -1;
    if (fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) != 0) return -1;
    int tree = fsmount(context, FSMOUNT_CLOEXEC, 0);
    if (tree < 0) return -1;
    return move_mount(tree, "", AT_FDCWD, "/tmp", MOVE_MOUNT_F_EMPTY_PATH);
}

static int move_root(void) {
    if (mount_by_path() != 0) return -1;
    if (chdir("/tmp") != 0) return -1;
    return (int)syscall(SYS_pivot_root, ".", ".");
}

/// On a disk, and with attributes of the user: an overlay without them loses much in silence.
static int mount_overlay(void) {
    char place[] = "/var/tmp/vm-probe.XXXXXX";
    if (mkdtemp(place) == NULL || chdir(place) != 0) return -1;
    if (mkdir("lower", 0755) != 0 || mkdir("upper", 0755) != 0 || mkdir("work", 0755) != 0)
        return -1;
    if (map_users() != 0 || unshare(CLONE_NEWNS) != 0) return -1;
    return mount("overlay", "/tmp", "overlay", 0,
                 "userxattr,lowerdir=lower,upperdir=upper,workdir=work");
}

static int landlock_abi(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static const struct {
    const char *name;
    trial *try;
} trials[] = {
    {"user namespace", make_user_namespace},
    {"user namespace with its users", map_users},
    {"user and mount namespace", make_both_namespaces},
    {"end of propagation", end_propagation},
    {"mount by path", mount_by_path},
    {"mount by descriptor", mount_by_descriptor},
    {"root moved", move_root},
    {"overlay", mount_overlay},
    {"Landlock", landlock_abi},
};

int main(void) {
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        fflush(stdout); // or the child would print it again
        pid_t child = fork();
        if (child < 0) return 1;
        if (child == 0) {
            int answer = trials[i].try();
            printf("%s: ", trials[i].name);
            if (answer < 0) puts(strerrorname_np(errno));
            else if (answer == 0) puts("yes");
            else printf("%d\n", answer);
            return 0;
        }
        int status;
        if (waitpid(child, &status, 0) != child || status != 0) return 1;
    }
    return 0;
}
