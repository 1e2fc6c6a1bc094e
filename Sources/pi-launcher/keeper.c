/* The half of the launcher that stays outside: it makes PID 1 and its ids, opens what only the
 * host's root can open, and removes what is left when all of it has ended, however that came about.
 */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct clean_up {
    int parents[8];
    int count;
    char name[64];
};

bool has(const struct pi_hello *hello, enum pi_wall wall) { return (hello->walls & wall) != 0; }

pid_t make_process(uint64_t flags, int *pidfd) {
    struct clone_args arguments = {
        .flags = flags | CLONE_PIDFD, .pidfd = (uint64_t)(uintptr_t)pidfd, .exit_signal = SIGCHLD};
    return (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
}

static uint64_t namespaces(const struct pi_hello *hello) {
    uint64_t flags = 0;
    if (has(hello, PI_WALL_USER)) flags |= CLONE_NEWUSER;
    if (has(hello, PI_WALL_PID)) flags |= CLONE_NEWPID;
    if (has(hello, PI_WALL_IPC)) flags |= CLONE_NEWIPC;
    if (has(hello, PI_WALL_UTS)) flags |= CLONE_NEWUTS;
    if (hello->walls & (PI_WALL_VIEW | PI_WALL_PROC | PI_WALL_DEV)) flags |= CLONE_NEWNS;
    return flags;
}

static void write_map(int process, const char *name, const char *text) {
    int fd = openat(process, name, O_WRONLY | O_CLOEXEC);
    need(fd, PI_STEP_ID_MAP, 0);
    ssize_t length = (ssize_t)strlen(text);
    if (write(fd, text, (size_t)length) != length) fail(PI_STEP_ID_MAP, 0, errno);
    close(fd);
}

static void map_ids(const struct pi_hello *hello, int process) {
    char text[64];
    /* Without the right to change groups nobody may map them and then give some up: 5.6's
     * user_namespaces(7). */
    if (!hello->privileged) write_map(process, "setgroups", "deny");
    snprintf(text, sizeof text, "%u %u 1\n", hello->inside_user, hello->host_user);
    write_map(process, "uid_map", text);
    snprintf(text, sizeof text, "%u %u 1\n", hello->inside_group, hello->host_group);
    write_map(process, "gid_map", text);
}

static void hand_over(struct passed *trees, int init_socket) {
    uint32_t count = (uint32_t)trees->count;
    /* Where init has gone, it has said why. */
    if (!pass(init_socket, &count, sizeof count, trees->fds, trees->count) && errno != EPIPE &&
        errno != ECONNRESET)
        fail(PI_STEP_SOURCE, 0, errno);
    for (int i = 0; i < trees->count; i++) close(trees->fds[i]);
    trees->count = 0;
}

/* As root, sources are opened here, with root's eyes: the run's own id may not even reach them.
 * Each is a copy of the mount that belongs to nobody yet, and init attaches it. */
static void open_sources(const struct pi_hello *hello, const struct plan *plan, int process,
                         int init_socket) {
    const struct pi_sandbox_plan *sandbox = plan_part(plan, 0, 1, sizeof *sandbox);
    const struct pi_entry *entries =
        plan_part(plan, sandbox->entries, sandbox->entry_count, sizeof *entries);
    int users = has(hello, PI_WALL_USER) ? openat(process, "ns/user", O_RDONLY | O_CLOEXEC) : -1;
    struct passed trees = {0};
    for (uint32_t i = 0; i < sandbox->entry_count; i++) {
        if (!source_is_wanted(&entries[i])) continue;
        int tree = source_open(plan, &entries[i], users < 0 ? NULL : hello, users, (int)i);
        trees.fds[trees.count++] = tree;
        if (trees.count == MOST_PASSED) hand_over(&trees, init_socket);
    }
    hand_over(&trees, init_socket);
    if (users >= 0) close(users);
}

/* The groups of the run's calls: all whose names begin with its own. */
static bool remove_groups(int parent, const char *name) {
    char records[8192];
    long count;
    bool all_gone = true;
    size_t length = strlen(name);
    int folder = openat(parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return true;
    while ((count = syscall(SYS_getdents64, folder, records, sizeof records)) > 0) {
        for (long at = 0; at < count;) {
            /* struct linux_dirent64: the length at 16, the name at 19 */
            const char *record = records + at;
            if (strncmp(record + 19, name, length) == 0 &&
                unlinkat(folder, record + 19, AT_REMOVEDIR) < 0 && errno != ENOENT)
                all_gone = false;
            uint16_t size;
            memcpy(&size, record + 16, sizeof size);
            at += size;
        }
    }
    close(folder);
    return all_gone;
}

/* False if a process in a group does not go. */
static bool clean(const struct clean_up *left) {
    bool all_gone = true;
    for (int i = 0; i < left->count; i++) {
        /* The kernel takes a moment to forget the last process of a group. */
        bool gone = remove_groups(left->parents[i], left->name);
        for (int attempt = 0; !gone && attempt < 200; attempt++) {
            struct timespec moment = {.tv_nsec = attempt < 20 ? 200000 : 5000000};
            nanosleep(&moment, NULL);
            gone = remove_groups(left->parents[i], left->name);
        }
        all_gone = all_gone && gone;
    }
    return all_gone;
}

void keeper(void) {
    report_socket = PI_KEEPER_SOCKET;
    /* Its own program, by which it was started. */
    syscall(SYS_close_range, PI_INIT_SOCKET + 1, ~0U, 0);
    /* It has its user's rights and none of its secrets, and nobody shall look into it. */
    need(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), PI_STEP_HELLO, 0);
    struct pi_hello hello;
    struct passed passed;
    if (receive(PI_KEEPER_SOCKET, &hello, sizeof hello, &passed) != sizeof hello ||
        hello.magic != PI_PLAN_MAGIC)
        fail(PI_STEP_HELLO, 0, EBADMSG);

    processors_as_parent();

    int ends[2], process_fd = -1;
    need(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), PI_STEP_NAMESPACES, 0);
    /* Not dumpable, its files in /proc would belong to root, and its map could not be written. */
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    pid_t pid = make_process(namespaces(&hello), &process_fd);
    need(pid, PI_STEP_NAMESPACES, 0);
    if (pid == 0) {
        close(ends[0]);
        close(PI_KEEPER_SOCKET);
        init(&hello, ends[1]);
    }
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    close(ends[1]);
    close(PI_INIT_SOCKET);

    char path[32];
    snprintf(path, sizeof path, "/proc/%d", pid);
    int process = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    need(process, PI_STEP_ID_MAP, 0);
    if (has(&hello, PI_WALL_USER)) map_ids(&hello, process);
    pass(ends[0], "m", 1, NULL, 0);

    struct clean_up left = {0};
    struct pollfd wanted[2] = {{.fd = PI_KEEPER_SOCKET, .events = POLLIN},
                               {.fd = process_fd, .events = POLLIN}};
    while (poll(wanted, 2, -1) >= 0 || errno == EINTR) {
        if (wanted[1].revents & POLLIN) {
            /* There will be no more news; what the groups counted may still be read. */
            waitpid(pid, NULL, 0);
            wanted[1].fd = -1;
            shutdown(PI_KEEPER_SOCKET, SHUT_WR);
        }
        if (!(wanted[0].revents & (POLLIN | POLLHUP))) continue;
        char bytes[sizeof(struct pi_packet_order) + sizeof left.name] = {0};
        ssize_t count = receive(PI_KEEPER_SOCKET, bytes, sizeof bytes, &passed);
        /* The supervisor has ended, in whatever way. */
        if (count <= 0) break;
        struct pi_packet_order order;
        memcpy(&order, bytes, sizeof order);
        if (order.order == PI_ORDER_PLAN && passed.count == 1) {
            struct plan plan;
            plan_open(&plan, passed.fds[0], PI_STEP_PLAN);
            open_sources(&hello, &plan, process, ends[0]);
        } else if (order.order == PI_ORDER_CLEAN_UP && passed.count <= 8 && left.count == 0) {
            memcpy(left.name, bytes + sizeof order, sizeof left.name - 1);
            memcpy(left.parents, passed.fds, sizeof(int) * (size_t)passed.count);
            left.count = passed.count;
        } else {
            fail(PI_STEP_PLAN, 0, EBADMSG);
        }
    }
    if (wanted[1].fd >= 0) {
        syscall(SYS_pidfd_send_signal, process_fd, SIGKILL, NULL, 0);
        waitpid(pid, NULL, 0);
    }
    _exit(clean(&left) ? 0 : 1);
}
