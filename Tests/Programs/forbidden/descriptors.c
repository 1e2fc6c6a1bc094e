/* Descriptors that the caller had open. FD is the host's root folder. */
#include "forbidden.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int folder(const char *fd) { return (int)number(fd, 3, 1 << 20); }

ACT(read_leaked) {
    int fd = openat(folder(args[0]), args[1] + 1, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? by("openat", fd) : show(fd);
}

ACT(read_leaked_by_proc) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "/proc/self/fd/%d%s", folder(args[0]), args[1]);
    return show_file(path);
}

ACT(write_leaked) {
    int fd = openat(folder(args[0]), args[1] + 1, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    return by("openat", fd);
}

ACT(find_leaked) {
    struct stat facts;
    return by("fstatat", fstatat(folder(args[0]), args[1] + 1, &facts, 0));
}

ACT(enter_leaked) {
    if (fchdir(folder(args[0])) < 0) return by("fchdir", -1);
    return show_file(args[1] + 1);
}

ACT(list_leaked) {
    int fd = dup(folder(args[0]));
    if (fd < 0) return by("dup", fd);
    DIR *entries = fdopendir(fd);
    if (!entries) return by("fdopendir", -1);
    return readdir(entries) ? done() : absent("entries");
}

/* Whatever is open beyond the three streams. */
ACT(any_descriptor) {
    for (int fd = 3; fd < 65536; fd++) {
        if (fcntl(fd, F_GETFD) < 0) continue;
        saw("descriptor %d", fd);
        return done();
    }
    return absent("a fourth descriptor");
}

ACT(any_folder) {
    for (int fd = 0; fd < 65536; fd++) {
        struct stat facts;
        if (fstat(fd, &facts) < 0 || !S_ISDIR(facts.st_mode)) continue;
        saw("folder %d", fd);
        return done();
    }
    return absent("a folder's descriptor");
}

const struct act descriptor_acts[] = {
    {"leaked-read", "FD FILE", read_leaked, NULL},
    {"leaked-read-by-proc", "FD FILE", read_leaked_by_proc, NULL},
    {"leaked-create", "FD FILE", write_leaked, NULL},
    {"leaked-find", "FD FILE", find_leaked, NULL},
    {"leaked-enter", "FD FILE", enter_leaked, NULL},
    {"leaked-list", "FD", list_leaked, NULL},
    {"leaked-any", "", any_descriptor, NULL},
    {"leaked-folder", "", any_folder, NULL},
    {0},
};
