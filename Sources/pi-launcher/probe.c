/* Run inside a sandbox by `pi-runner doctor`: it tries what each wall forbids, and prints a line a
 * wall. An attempt that gets through changes nothing. */
#include "launcher.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

/* Of the outside, as the supervisor knows it. */
struct outside {
    pid_t process;
    bool six; /* what the host's loopback has: an IPv6-only host has no 127.0.0.1 */
    uint16_t port;
    int shared_memory;
    const char *file;
};

static void tell(const char *wall, bool holds, const char *attempt) {
    printf("%s %s %s: %s\n", wall, holds ? "holds" : "open", attempt,
           holds ? "refused" : "got through");
}

static bool fails(long result, int expected) { return result < 0 && errno == expected; }

static void probe_user(void) {
    char text[256] = {0};
    int file = open("/proc/self/uid_map", O_RDONLY);
    ssize_t count = file < 0 ? 0 : read(file, text, sizeof text - 1);
    unsigned inside = 0, outside = 0, length = 0;
    bool is_one = count > 0 && sscanf(text, "%u %u %u", &inside, &outside, &length) == 3;
    tell("user", is_one && length == 1 && setresuid(inside + 1, inside + 1, inside + 1) < 0,
         "becoming another user");
}

static void probe_view(const struct outside *outside) {
    struct stat facts;
    tell("view",
         fails(stat(outside->file, &facts), ENOENT) && fails(mkdir("/made-by-probe", 0700), EROFS),
         "seeing a file of the host, writing to the root");
}

static void probe_processes(const struct outside *outside) {
    char path[32];
    struct stat facts;
    snprintf(path, sizeof path, "/proc/%d", outside->process);
    tell("pid", fails(kill(outside->process, 0), ESRCH) && stat(path, &facts) < 0,
         "reaching the supervisor's process");
}

/* The errno of trying to connect; 0 if that worked. */
static int connecting(int type, const void *there, socklen_t length) {
    const struct sockaddr *address = there;
    int socket_fd = socket(address->sa_family, type | SOCK_CLOEXEC, 0);
    if (socket_fd < 0) return errno;
    int error = connect(socket_fd, address, length) < 0 ? errno : 0;
    close(socket_fd);
    return error;
}

static struct sockaddr_in place(uint32_t host, uint16_t port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(host)};
}

static bool is_listener_out_of_reach(const struct outside *outside) {
    struct sockaddr_in four = place(INADDR_LOOPBACK, outside->port);
    struct sockaddr_in6 six = {.sin6_family = AF_INET6,
                               .sin6_port = htons(outside->port),
                               .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int error = outside->six ? connecting(SOCK_STREAM, &six, sizeof six)
                             : connecting(SOCK_STREAM, &four, sizeof four);
    return error == ECONNREFUSED;
}

/* Where there is a gate, every address is one of the sandbox's own: what goes to it comes from it.
 */
static bool is_here(uint32_t host) {
    struct sockaddr_in there = place(host, 9), here = {0};
    socklen_t length = sizeof here;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool same = fd >= 0 && connect(fd, (struct sockaddr *)&there, sizeof there) == 0 &&
                getsockname(fd, (struct sockaddr *)&here, &length) == 0 &&
                here.sin_addr.s_addr == there.sin_addr.s_addr;
    close(fd);
    return same;
}

static void probe_network(const struct outside *outside) {
    /* 192.0.2.1, which is for documentation only */
    uint32_t host = 0xC0000201;
    struct sockaddr_in beyond = place(host, 9);
    bool nowhere = connecting(SOCK_DGRAM, &beyond, sizeof beyond) == ENETUNREACH;
    tell("net", is_listener_out_of_reach(outside) && (nowhere || is_here(host)),
         "connecting to a listener of the host, and beyond");
}

static void probe_ipc(const struct outside *outside) {
    struct shmid_ds facts;
    tell("ipc", outside->shared_memory < 0 || shmctl(outside->shared_memory, IPC_STAT, &facts) < 0,
         "looking at shared memory of the host");
}

static void probe_names(void) {
    struct utsname names;
    bool is_own = uname(&names) == 0 && strcmp(names.nodename, "sandbox") == 0;
    tell("uts", is_own && sethostname("x", 1) < 0, "changing the host's name");
    char text[4096] = {0};
    int file = open("/proc/self/cgroup", O_RDONLY);
    ssize_t count = file < 0 ? 0 : read(file, text, sizeof text - 1);
    bool all_at_root = true;
    for (char *line = strtok(text, "\n"); count > 0 && line; line = strtok(NULL, "\n")) {
        const char *path = strrchr(line, ':');
        all_at_root = all_at_root && path && strcmp(path, ":/") == 0;
    }
    close(file);
    tell("cgroup", all_at_root, "seeing where the host's control groups are");
}

static void probe_proc(void) {
    char byte;
    int core = open("/proc/kcore", O_RDONLY);
    bool is_empty = core < 0 || read(core, &byte, 1) <= 0;
    tell("proc", is_empty && open("/proc/sys/kernel/core_pattern", O_WRONLY) < 0,
         "reading the kernel's memory, changing its settings");
}

static void probe_devices(void) {
    static const char *const known[] = {".",     "..",     "fd",     "full",    "null",
                                        "ptmx",  "pts",    "random", "shm",     "stderr",
                                        "stdin", "stdout", "tty",    "urandom", "zero"};
    DIR *folder = opendir("/dev");
    bool only_known = folder != NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        bool is_known = false;
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
            is_known = is_known || strcmp(known[i], entry->d_name) == 0;
        only_known = only_known && is_known;
    }
    tell("dev", only_known && mknod("/tmp/device", S_IFCHR | 0600, 0x101) < 0,
         "finding or making a device");
}

static void probe_descriptors(void) {
    bool none = true;
    for (int fd = 3; fd < 1024; fd++) none = none && fcntl(fd, F_GETFD) < 0;
    tell("descriptors", none, "using a descriptor of the supervisor's");
    tell("session", getsid(0) == getpid() && open("/dev/tty", O_RDWR | O_NOCTTY) < 0,
         "opening the person's terminal");
}

static void probe_privileges(void) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2] = {{0}};
    bool none = syscall(SYS_capget, &head, sets) == 0;
    for (int i = 0; i < 2; i++)
        none = none && !sets[i].effective && !sets[i].permitted && !sets[i].inheritable;
    sets[0].effective = sets[0].permitted = 1 << CAP_KILL;
    tell("capabilities", none && syscall(SYS_capset, &head, sets) < 0, "getting a capability back");
    tell("no-new-privileges",
         prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) < 0,
         "taking the lock on privileges off");
}

static void probe_limits(void) {
    struct rlimit core, files;
    getrlimit(RLIMIT_CORE, &core);
    getrlimit(RLIMIT_NOFILE, &files);
    struct rlimit more = {files.rlim_max + 1, files.rlim_max + 1};
    tell("rlimits", core.rlim_max == 0 && setrlimit(RLIMIT_NOFILE, &more) < 0, "raising a limit");
}

static void probe_landlock(void) {
    /* No mount forbids it, and no filter: only the file rules give /proc for reading alone. */
    tell("landlock", fails(open("/proc/self/comm", O_WRONLY), EACCES),
         "writing where only it forbids it");
}

static void probe_filter(void) {
    bool refused = fails(syscall(SYS_unshare, CLONE_NEWUSER), EPERM) &&
                   fails(syscall(SYS_mount, NULL, "/tmp", NULL, 0, NULL), EPERM) &&
                   fails(syscall(SYS_ptrace, 0, 0, 0, 0), EPERM) && fails(syscall(2000), ENOSYS);
    tell("seccomp", refused, "making namespaces, mounting, tracing");
}

int probe(char *const arguments[4]) {
    const struct outside outside = {.process = atoi(arguments[0]),
                                    .six = arguments[1][0] == '6',
                                    .port = (uint16_t)atoi(arguments[1] + 2),
                                    .shared_memory = atoi(arguments[2]),
                                    .file = arguments[3]};
    probe_descriptors(); /* before the attempts below open some */
    probe_user();
    probe_view(&outside);
    probe_processes(&outside);
    probe_network(&outside);
    probe_ipc(&outside);
    probe_names();
    probe_proc();
    probe_devices();
    probe_privileges();
    probe_limits();
    probe_landlock();
    probe_filter();
    return fflush(stdout) == 0 ? 0 : 1;
}
