#include "again.h"
#include "pi_system.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

static uint64_t open_flags(uint32_t flags) {
    uint64_t result = O_CLOEXEC | O_NOCTTY;
    if (flags & PI_OPEN_WRITE) result |= flags & PI_OPEN_READ ? O_RDWR : O_WRONLY;
    if (flags & PI_OPEN_APPEND) result |= O_APPEND;
    if (flags & PI_OPEN_CREATE) result |= O_CREAT;
    if (flags & PI_OPEN_EXCLUSIVE) result |= O_EXCL;
    if (flags & PI_OPEN_TRUNCATE) result |= O_TRUNC;
    if (flags & PI_OPEN_FOLDER) result |= O_DIRECTORY;
    if (flags & PI_OPEN_NO_BLOCK) result |= O_NONBLOCK;
    return result;
}

/* Inside our own sandbox the filter hides openat2, as it can't look at what that is told. What
 * openat can hold just as well is asked of it: no promise at all, or those about a single name that
 * is not "..". */
static int open_by_old_call(int folder, const char *path, uint32_t flags, uint32_t mode,
                            uint32_t resolve) {
    if (resolve & PI_RESOLVE_NO_MOUNTS) return -ENOSYS;
    if (resolve && (strchr(path, '/') || strcmp(path, "..") == 0)) return -ENOSYS;
    int how = (int)open_flags(flags) | (resolve ? O_NOFOLLOW : 0);
    return AGAIN_INT(openat(folder, path, how, flags & PI_OPEN_CREATE ? mode : 0));
}

int pi_open(int folder, const char *path, uint32_t flags, uint32_t mode, uint32_t resolve) {
    struct open_how how = {.flags = open_flags(flags)};
    /* Unless anything goes: /dev/stdout and the like are such links. */
    if (resolve) how.resolve |= RESOLVE_NO_MAGICLINKS;
    if (flags & PI_OPEN_CREATE) how.mode = mode;
    if (resolve & PI_RESOLVE_NO_LINKS) how.resolve |= RESOLVE_NO_SYMLINKS;
    if (resolve & PI_RESOLVE_BENEATH) how.resolve |= RESOLVE_BENEATH;
    if (resolve & PI_RESOLVE_NO_MOUNTS) how.resolve |= RESOLVE_NO_XDEV;
    int result;
    /* EAGAIN: a rename or mount raced with the walk (openat2(2)); the kernel asks to try again. */
    int tries = 32;
    do result = AGAIN_INT(syscall(SYS_openat2, folder, path, &how, sizeof how));
    while (result == -EAGAIN && how.resolve & RESOLVE_BENEATH && --tries > 0);
    if (result == -ENOSYS) return open_by_old_call(folder, path, flags, mode, resolve);
    return result;
}

/* Not made again on EINTR: on Linux the descriptor is gone even so, and may be another's by now. */
int pi_close(int fd) { return close(fd) < 0 && errno != EINTR ? -errno : 0; }

int pi_duplicate(int fd) { return AGAIN_INT(fcntl(fd, F_DUPFD_CLOEXEC, 3)); }
int64_t pi_read(int fd, void *bytes, size_t count) { return AGAIN(read(fd, bytes, count)); }
int64_t pi_write(int fd, const void *bytes, size_t count) { return AGAIN(write(fd, bytes, count)); }
int64_t pi_read_at(int fd, void *bytes, size_t count, uint64_t offset) {
    return AGAIN(pread(fd, bytes, count, (off_t)offset));
}
int pi_sync(int fd) { return AGAIN_INT(fsync(fd)); }
int pi_sync_data(int fd) { return AGAIN_INT(fdatasync(fd)); }
int pi_sync_file_system(int fd) { return AGAIN_INT(syncfs(fd)); }
int pi_truncate(int fd, uint64_t size) { return AGAIN_INT(ftruncate(fd, (off_t)size)); }

/* A file may claim any year; one past 2262 is shown as the last that fits. */
static int64_t nanoseconds(const struct statx_timestamp *time) {
    int64_t result;
    if (__builtin_mul_overflow(time->tv_sec, INT64_C(1000000000), &result) ||
        __builtin_add_overflow(result, (int64_t)time->tv_nsec, &result))
        return time->tv_sec < 0 ? INT64_MIN : INT64_MAX;
    return result;
}

static int stat_at(int folder, const char *path, int flags, struct pi_stat *result) {
    struct statx found;
    unsigned int wanted = STATX_BASIC_STATS | STATX_MNT_ID;
    int failure = AGAIN_INT(statx(folder, path, flags, wanted, &found));
    if (failure < 0) return failure;
    *result = (struct pi_stat){
        .mode = found.stx_mode,
        .uid = found.stx_uid,
        .gid = found.stx_gid,
        .links = found.stx_nlink,
        .size = found.stx_size,
        .allocated = found.stx_blocks * 512,
        .inode = found.stx_ino,
        .device = makedev(found.stx_dev_major, found.stx_dev_minor),
        .mount = found.stx_mnt_id,
        .represents = makedev(found.stx_rdev_major, found.stx_rdev_minor),
        .modified_ns = nanoseconds(&found.stx_mtime),
        .changed_ns = nanoseconds(&found.stx_ctime),
    };
    return 0;
}

int pi_stat(int folder, const char *path, struct pi_stat *result) {
    return stat_at(folder, path, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, result);
}

int pi_stat_of(int fd, struct pi_stat *result) { return stat_at(fd, "", AT_EMPTY_PATH, result); }

int pi_rename(int from_folder, const char *from, int to_folder, const char *to, bool replace) {
    unsigned int flags = replace ? 0 : RENAME_NOREPLACE;
    return AGAIN_INT(renameat2(from_folder, from, to_folder, to, flags));
}

int pi_exchange(int folder, const char *name, int other_folder, const char *other) {
    return AGAIN_INT(renameat2(folder, name, other_folder, other, RENAME_EXCHANGE));
}

int pi_remove(int folder, const char *name, bool is_folder) {
    return AGAIN_INT(unlinkat(folder, name, is_folder ? AT_REMOVEDIR : 0));
}

int pi_make_folder(int folder, const char *name, uint32_t mode) {
    return AGAIN_INT(mkdirat(folder, name, mode));
}

int pi_make_whiteout(int folder, const char *name) {
    return AGAIN_INT(mknodat(folder, name, S_IFCHR, 0));
}

/* A descriptor of an entry that is no link, and a path to it for calls that have no other form. */
static int entry_path_of(int folder, const char *name, int flags, char path[32]) {
    int fd = AGAIN_INT(openat(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC | flags));
    if (fd < 0) return fd;
    snprintf(path, 32, "/proc/self/fd/%d", fd);
    struct stat facts;
    int failure = fstat(fd, &facts) < 0 ? -errno : S_ISLNK(facts.st_mode) ? -ELOOP : 0;
    if (failure == 0) return fd;
    close(fd);
    return failure;
}

static int entry_path(int folder, const char *name, char path[32]) {
    return entry_path_of(folder, name, 0, path);
}

int pi_change_mode(int folder, const char *name, uint32_t mode, bool of_folder) {
    /* The system call that takes no link in the last place came with 6.6 only. */
    char path[32];
    int fd = entry_path_of(folder, name, of_folder ? O_DIRECTORY : 0, path);
    if (fd < 0) return fd;
    int result = AGAIN_INT(chmod(path, mode));
    close(fd);
    return result;
}

int pi_change_owner(int folder, const char *name, uint32_t user, uint32_t group) {
    return AGAIN_INT(fchownat(folder, name, user, group, AT_SYMLINK_NOFOLLOW));
}

int64_t pi_entry_attribute(int folder, const char *name, const char *attribute, void *value,
                           size_t size) {
    char path[32];
    int fd = entry_path(folder, name, path);
    if (fd < 0) return fd;
    int64_t result = AGAIN(getxattr(path, attribute, value, size));
    close(fd);
    return result;
}

int64_t pi_entry_attributes(int folder, const char *name, char *names, size_t size) {
    char path[32];
    int fd = entry_path(folder, name, path);
    if (fd < 0) return fd;
    int64_t result = AGAIN(listxattr(path, names, size));
    close(fd);
    return result;
}

int pi_set_entry_attribute(int folder, const char *name, const char *attribute, const void *value,
                           size_t size) {
    char path[32];
    int fd = entry_path(folder, name, path);
    if (fd < 0) return fd;
    int result = AGAIN_INT(setxattr(path, attribute, value, size, 0));
    close(fd);
    return result;
}

int pi_remove_entry_attribute(int folder, const char *name, const char *attribute) {
    char path[32];
    int fd = entry_path(folder, name, path);
    if (fd < 0) return fd;
    int result = AGAIN_INT(removexattr(path, attribute));
    close(fd);
    return result;
}

int pi_change_modified(int folder, const char *name, int64_t modified_ns) {
    int64_t seconds = modified_ns / 1000000000, rest = modified_ns % 1000000000;
    struct timespec modified = {.tv_sec = rest < 0 ? seconds - 1 : seconds,
                                .tv_nsec = rest < 0 ? rest + 1000000000 : rest};
    struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, modified};
    return AGAIN_INT(utimensat(folder, name, times, AT_SYMLINK_NOFOLLOW));
}

int pi_link(int from_folder, const char *from, int folder, const char *name) {
    return AGAIN_INT(linkat(from_folder, from, folder, name, 0));
}

/* One stretch of data; by way of the kernel alone, and shared on disk where that can be. */
static int copy_stretch(int from, int to, off_t at, off_t end) {
    off_t in = at, out = at;
    while (in < end) {
        int64_t copied = AGAIN(copy_file_range(from, &in, to, &out, (size_t)(end - in), 0));
        if (copied == 0) return 0;
        if (copied > 0) continue;
        /* From one file system to another, or one that knows neither. */
        if (copied != -EXDEV && copied != -EINVAL && copied != -EOPNOTSUPP && copied != -ENOSYS)
            return (int)copied;
        if (lseek(to, out, SEEK_SET) < 0) return -errno;
        copied = AGAIN(sendfile(to, from, &in, (size_t)(end - in)));
        if (copied < 0) return (int)copied;
        if (copied == 0) return 0;
        out = in;
    }
    return 0;
}

int pi_copy(int from, int to) {
    struct stat facts;
    if (fstat(from, &facts) < 0) return -errno;
    int failure = AGAIN_INT(ftruncate(to, facts.st_size));
    for (off_t at = 0; failure == 0 && at < facts.st_size;) {
        off_t start = lseek(from, at, SEEK_DATA);
        /* The rest is a hole. */
        if (start < 0 && errno == ENXIO) break;
        if (start < 0) return -errno;
        off_t end = lseek(from, start, SEEK_HOLE);
        if (end < 0) return -errno;
        failure = copy_stretch(from, to, start, end);
        at = end;
    }
    return failure;
}

int pi_make_link(const char *target, int folder, const char *name) {
    return AGAIN_INT(symlinkat(target, folder, name));
}

int64_t pi_read_link(int folder, const char *name, char *target, size_t size) {
    return AGAIN(readlinkat(folder, name, target, size));
}

int pi_lock(int fd, bool exclusive, bool wait) {
    return AGAIN_INT(flock(fd, (exclusive ? LOCK_EX : LOCK_SH) | (wait ? 0 : LOCK_NB)));
}

int pi_unlock(int fd) { return AGAIN_INT(flock(fd, LOCK_UN)); }

int64_t pi_read_folder(int fd, void *records, size_t size) {
    return AGAIN(syscall(SYS_getdents64, fd, records, size));
}

int pi_set_blocking(int fd, bool blocks) {
    int flags = AGAIN_INT(fcntl(fd, F_GETFL));
    if (flags < 0) return flags;
    return AGAIN_INT(fcntl(fd, F_SETFL, blocks ? flags & ~O_NONBLOCK : flags | O_NONBLOCK));
}

static int wait_for(int fd, short events) {
    struct pollfd wanted = {.fd = fd, .events = events};
    return AGAIN_INT(poll(&wanted, 1, -1));
}

int pi_wait_writable(int fd) { return wait_for(fd, POLLOUT); }
int pi_wait_readable(int fd) { return wait_for(fd, POLLIN); }

bool pi_may_write(const char *path) { return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0; }

int pi_open_again(int fd) {
    struct stat facts;
    int failure = AGAIN_INT(fstat(fd, &facts));
    if (failure < 0) return failure;
    /* A file has one position, which whoever shares it must see move; a socket can't be opened. */
    if (S_ISFIFO(facts.st_mode) || S_ISCHR(facts.st_mode)) {
        char path[32];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        int own = AGAIN_INT(open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
        if (own >= 0) return own;
    }
    return AGAIN_INT(fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

int pi_pipe(int ends[2]) { return AGAIN_INT(pipe2(ends, O_CLOEXEC)); }

int pi_widen_pipe(int fd, int bytes) { return AGAIN_INT(fcntl(fd, F_SETPIPE_SZ, bytes)); }

int pi_memory_file(const void *bytes, size_t count) {
    int fd = AGAIN_INT(memfd_create("pi-runner", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (fd < 0) return fd;
    for (size_t done = 0; done < count;) {
        int64_t written = AGAIN(write(fd, (const char *)bytes + done, count - done));
        if (written < 0) {
            close(fd);
            return (int)written;
        }
        done += (size_t)written;
    }
    int failure =
        AGAIN_INT(fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE));
    if (failure < 0) close(fd);
    return failure < 0 ? failure : fd;
}

bool pi_is_terminal(int fd) { return isatty(fd) == 1; }

int pi_terminal_columns(int fd) {
    struct winsize size = {0};
    int failure = AGAIN_INT(ioctl(fd, TIOCGWINSZ, &size));
    return failure < 0 ? failure : size.ws_col;
}

int pi_shared_memory(void) { return AGAIN_INT(shmget(IPC_PRIVATE, 4096, 0600)); }

int pi_remove_shared_memory(int number) { return AGAIN_INT(shmctl(number, IPC_RMID, NULL)); }

int pi_unread(int fd) {
    struct stat facts;
    int count = 0;
    if (fstat(fd, &facts) < 0 || !S_ISFIFO(facts.st_mode) || ioctl(fd, FIONREAD, &count) < 0)
        return 0;
    return count;
}

int pi_is_full(int fd) {
    struct statvfs facts;
    if (fstatvfs(fd, &facts) < 0) return 0;
    return (facts.f_bavail == 0 ? PI_FULL_OF_BYTES : 0) |
           (facts.f_ffree == 0 ? PI_FULL_OF_NAMES : 0);
}
