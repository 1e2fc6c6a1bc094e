/* Reading, finding and changing files that the policy does not list. */
#include "forbidden.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <unistd.h>

ACT(read_file) { return show_file(args[0]); }

ACT(read_openat2) {
    struct open_how how = {.flags = O_RDONLY | O_CLOEXEC};
    int fd = (int)syscall(SYS_openat2, AT_FDCWD, args[0], &how, sizeof how);
    return fd < 0 ? by("openat2", fd) : show(fd);
}

/* An O_PATH descriptor is given for less; opening it again must ask anew. */
ACT(read_twice) {
    int place = open(args[0], O_PATH | O_CLOEXEC);
    if (place < 0) return by("open", place);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", place);
    return show_file(path);
}

ACT(find_file) {
    struct stat facts;
    return by("stat", stat(args[0], &facts));
}

ACT(find_by_access) { return by("access", access(args[0], F_OK)); }

ACT(find_by_statx) {
    struct statx facts;
    return by("statx", statx(AT_FDCWD, args[0], AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &facts));
}

ACT(list_folder) {
    DIR *folder = opendir(args[0]);
    if (!folder) return by("open", -1);
    int left = 200;
    for (struct dirent *entry; left-- > 0 && (entry = readdir(folder));) saw("%s", entry->d_name);
    closedir(folder);
    return done();
}

ACT(enter_folder) { return by("chdir", chdir(args[0])); }

ACT(watch_folder) {
    int watcher = inotify_init1(IN_CLOEXEC);
    if (watcher < 0) return refused("inotify_init1");
    return by("inotify_add_watch", inotify_add_watch(watcher, args[0], IN_ACCESS | IN_MODIFY));
}

static enum outcome append_to(int fd) {
    if (fd < 0) return by("open", fd);
    return by("write", write(fd, "forbidden\n", 10));
}

ACT(write_file) { return append_to(open(args[0], O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK)); }

ACT(truncate_file) { return by("truncate", truncate(args[0], 0)); }

/* Cuts a file off although it is opened for reading only. */
ACT(truncate_reading) { return by("open", open(args[0], O_RDONLY | O_TRUNC | O_CLOEXEC)); }

ACT(create_file) { return append_to(open(args[0], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644)); }

/* Gives a file without a name one. */
ACT(create_nameless) {
    int fd = open(args[0], O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644);
    if (fd < 0) return by("open", fd);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return by("linkat", linkat(AT_FDCWD, path, AT_FDCWD, args[1], AT_SYMLINK_FOLLOW));
}

ACT(create_folder) { return by("mkdir", mkdir(args[0], 0755)); }
ACT(create_link) { return by("symlink", symlink("/nowhere", args[0])); }
ACT(create_fifo) { return by("mkfifo", mkfifo(args[0], 0644)); }

ACT(create_socket) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(args[0]) >= sizeof address.sun_path) misused("the path is too long for a socket");
    strcpy(address.sun_path, args[0]);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return refused("socket");
    return by("bind", bind(fd, (struct sockaddr *)&address, sizeof address));
}

ACT(hard_link) { return by("link", link(args[0], args[1])); }
ACT(rename_file) { return by("rename", rename(args[0], args[1])); }

ACT(exchange_files) {
    return by("renameat2", renameat2(AT_FDCWD, args[0], AT_FDCWD, args[1], RENAME_EXCHANGE));
}

ACT(remove_file) { return by("unlink", unlink(args[0])); }
ACT(remove_folder) { return by("rmdir", rmdir(args[0])); }

/* Changes a bit of the mode that gives nothing to anybody. */
ACT(change_mode) {
    struct stat facts;
    if (stat(args[0], &facts) < 0) return by("stat", -1);
    return by("chmod", chmod(args[0], (facts.st_mode & 0777) ^ S_IXUSR));
}

ACT(change_times) {
    const struct timespec times[2] = {{.tv_sec = 1000000}, {.tv_sec = 1000000}};
    return by("utimensat", utimensat(AT_FDCWD, args[0], times, 0));
}

ACT(change_attribute) { return by("setxattr", setxattr(args[0], "user.forbidden", "1", 1, 0)); }

/* Writes through a hard link that it first makes beside the file. */
ACT(write_by_link) {
    if (link(args[0], args[1]) < 0) return by("link", -1);
    return append_to(open(args[1], O_WRONLY | O_APPEND | O_CLOEXEC));
}

/* Writes through a symbolic link that it first makes. */
ACT(write_by_symlink) {
    if (symlink(args[0], args[1]) < 0) return by("symlink", -1);
    return append_to(open(args[1], O_WRONLY | O_APPEND | O_CLOEXEC));
}

/* Takes the place of a file with another. */
ACT(replace_file) {
    int fd = open(args[1], O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) return by("open", fd);
    if (write(fd, "forbidden\n", 10) < 0) return refused("write");
    close(fd);
    return by("rename", rename(args[1], args[0]));
}

/* A new file in a folder of the system, which is taken away again at once. */
ACT(write_in_system_folder) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/.forbidden-%s", (const char *)act->detail, nonce);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return by("open", fd);
    unlink(path);
    return done();
}

/* The old root is reached by a handle, past all names; HANDLE is from `--make handle`. */
ACT(read_by_handle) {
    union {
        struct file_handle head;
        char bytes[sizeof(struct file_handle) + MAX_HANDLE_SZ];
    } handle = {.head = {0}};
    const char *digits = args[1];
    int type;
    unsigned byte;
    int used = 0;
    if (sscanf(digits, "%d:%n", &type, &used) != 1 || used == 0) misused("that is no handle");
    digits += used;
    unsigned char *to = handle.head.f_handle;
    while (handle.head.handle_bytes < MAX_HANDLE_SZ && sscanf(digits, "%2x", &byte) == 1) {
        to[handle.head.handle_bytes++] = (unsigned char)byte;
        digits += 2;
    }
    handle.head.handle_type = type;
    int mount = open(args[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (mount < 0) return by("open", mount);
    int fd = open_by_handle_at(mount, &handle.head, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? by("open_by_handle_at", fd) : show(fd);
}

const struct act file_acts[] = {
    {"read-outside", "FILE", read_file, NULL},
    {"read-readable", "FILE", read_file, NULL},
    {"read-sibling", "FILE", read_file, NULL},
    {"read-openat2", "FILE", read_openat2, NULL},
    {"read-twice", "FILE", read_twice, NULL},
    {"read-by-handle", "FOLDER HANDLE", read_by_handle, NULL},
    {"find-outside", "FILE", find_file, NULL},
    {"find-by-access", "FILE", find_by_access, NULL},
    {"find-by-statx", "FILE", find_by_statx, NULL},
    {"list-outside", "FOLDER", list_folder, NULL},
    {"enter-outside", "FOLDER", enter_folder, NULL},
    {"watch-outside", "FOLDER", watch_folder, NULL},
    {"write-outside", "FILE", write_file, NULL},
    {"truncate-outside", "FILE", truncate_file, NULL},
    {"truncate-reading", "FILE", truncate_reading, NULL},
    {"create-outside", "FILE", create_file, NULL},
    {"create-nameless", "FOLDER FILE", create_nameless, NULL},
    {"create-folder", "FOLDER", create_folder, NULL},
    {"create-symlink", "LINK", create_link, NULL},
    {"create-fifo", "FIFO", create_fifo, NULL},
    {"create-socket", "SOCKET", create_socket, NULL},
    {"hard-link-out", "FILE LINK", hard_link, NULL},
    {"hard-link-in", "FILE LINK", hard_link, NULL},
    {"rename-outside", "FILE NAME", rename_file, NULL},
    {"rename-in", "FILE NAME", rename_file, NULL},
    {"exchange-outside", "FILE FILE", exchange_files, NULL},
    {"remove-outside", "FILE", remove_file, NULL},
    {"remove-folder", "FOLDER", remove_folder, NULL},
    {"mode-outside", "FILE", change_mode, NULL},
    {"times-outside", "FILE", change_times, NULL},
    {"attribute-outside", "FILE", change_attribute, NULL},
    {"times-program", "FILE", change_times, NULL},

    {"leave-in-tmp", "FILE", create_file, NULL},
    {"leave-in-shm", "FILE", create_file, NULL},
    {"leave-in-run", "FILE", create_file, NULL},
    {"write-root", "", write_in_system_folder, "/"},
    {"write-usr", "", write_in_system_folder, "/usr"},
    {"write-etc", "", write_in_system_folder, "/etc"},

    {"read-only-write", "FILE", write_file, NULL},
    {"read-only-truncate", "FILE", truncate_file, NULL},
    {"read-only-create", "FILE", create_file, NULL},
    {"read-only-remove", "FILE", remove_file, NULL},
    {"read-only-rename", "FILE NAME", rename_file, NULL},
    {"read-only-mode", "FILE", change_mode, NULL},
    {"read-only-times", "FILE", change_times, NULL},
    {"read-only-attribute", "FILE", change_attribute, NULL},
    {"read-only-nested", "FILE", write_file, NULL},

    {"protected-write", "FILE", write_file, NULL},
    {"protected-slashes", "FILE", write_file, NULL},
    {"protected-dots", "FILE", write_file, NULL},
    {"protected-truncate", "FILE", truncate_file, NULL},
    {"protected-remove", "FILE", remove_file, NULL},
    {"protected-rename", "FILE NAME", rename_file, NULL},
    {"protected-replace", "FILE NAME", replace_file, NULL},
    {"protected-exchange", "FILE FILE", exchange_files, NULL},
    {"protected-mode", "FILE", change_mode, NULL},
    {"protected-times", "FILE", change_times, NULL},
    {"protected-link", "FILE LINK", write_by_link, NULL},
    {"protected-symlink", "FILE LINK", write_by_symlink, NULL},
    {"protected-parent", "FOLDER NAME", rename_file, NULL},
    {"protected-create", "FILE", create_file, NULL},
    {0},
};
