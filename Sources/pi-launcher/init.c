/* PID 1 of a run: it builds the world that all calls share, and then makes one slot after another.
 * It keeps its capabilities inside the namespaces, so nothing of a call may ever reach it: calls
 * live in PID namespaces of their own below, and it reads from nobody but the supervisor. */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* PI_TEMPORARY_PLACES folders at most; sources come one packet each. */
enum { MOST_ENTRIES = 2048 };
static int sources[MOST_ENTRIES];

static void become(const struct pi_hello *hello) {
    if (!has(hello, PI_WALL_USER)) return;
    /* An ordinary user may not give groups up; what they grant ends at the mounts. */
    if (hello->privileged) need(syscall(SYS_setgroups, 0, NULL), PI_STEP_IDENTITY, 0);
    uint32_t user = hello->inside_user, group = hello->inside_group;
    need(syscall(SYS_setresgid, group, group, group), PI_STEP_IDENTITY, 1);
    /* The capabilities stay: the old id has no number in here, so it is not root's that is given
     * up. */
    need(syscall(SYS_setresuid, user, user, user), PI_STEP_IDENTITY, 2);
}

/* The trees that the keeper opened, in the order of their entries. */
static void take_sources(const struct world *world, int keeper_socket) {
    const struct pi_entry *entries = plan_part(&world->plan, world->sandbox->entries,
                                               world->sandbox->entry_count, sizeof *entries);
    struct passed passed = {0};
    int next = 0;
    for (uint32_t i = 0; i < world->sandbox->entry_count; i++) {
        sources[i] = -1;
        if (!world->hello.privileged || !source_is_wanted(&entries[i])) continue;
        if (next == passed.count) {
            uint32_t count;
            /* The keeper has failed, and has said why. */
            if (receive(keeper_socket, &count, sizeof count, &passed) != sizeof count) _exit(125);
            if (passed.count == 0) fail(PI_STEP_SOURCE, (int)i, EBADMSG);
            next = 0;
        }
        sources[i] = passed.fds[next++];
    }
}

static void build(struct world *world, const struct passed *passed, int root, int keeper_socket) {
    plan_open(&world->plan, passed->fds[0], PI_STEP_PLAN);
    world->sandbox = plan_part(&world->plan, 0, 1, sizeof *world->sandbox);
    if (world->sandbox->entry_count > MOST_ENTRIES) fail(PI_STEP_PLAN, 0, E2BIG);
    if (root < 0 && passed->count > 1) fail(PI_STEP_PLAN, 1, EBADMSG);
    if (root < 0) return;
    take_sources(world, keeper_socket);
    root_build(world, root, sources, passed->fds + 1, passed->count - 1);
}

/* By its own word and not from outside: moving another process takes a lock that the whole machine
 * shares, and up to 11 ms. The files were opened by the supervisor, whose right to write them
 * counts. */
static void join_groups(const struct passed *passed) {
    for (int i = 1; i < passed->count; i++) {
        if (write(passed->fds[i], "0", 1) != 1) fail(PI_STEP_CGROUP, i - 1, errno);
        close(passed->fds[i]);
    }
}

/* From here on this process is the call's: what it still has of a run's PID 1 is closed. */
_Noreturn static void become_slot(const struct world *world, const struct passed *passed) {
    int socket = fcntl(passed->fds[0], F_DUPFD_CLOEXEC, 100);
    need(socket, PI_STEP_CALL_NAMESPACES, 1);
    join_groups(passed);
    if (has(&world->hello, PI_WALL_NET)) {
        network_enter();
        network_end();
    }
    syscall(SYS_close_range, 3, 99, 0);
    report_socket = socket;
    slot(world, socket);
}

static void make_slot(const struct world *world, const struct pi_packet_order *order,
                      struct passed *passed) {
    if (!world->sandbox || passed->count < 1) fail(PI_STEP_CALL_NAMESPACES, 0, EBADMSG);
    if (world->hello.only) become_slot(world, passed);
    const struct pi_hello *hello = &world->hello;
    uint64_t flags = 0;
    if (hello->walls & (PI_WALL_VIEW | PI_WALL_PROC | PI_WALL_DEV)) flags |= CLONE_NEWNS;
    if (has(hello, PI_WALL_PID)) flags |= CLONE_NEWPID;
    if (has(hello, PI_WALL_IPC)) flags |= CLONE_NEWIPC;
    if (has(hello, PI_WALL_UTS)) flags |= CLONE_NEWUTS;

    int pidfd = -1;
    pid_t pid = make_process(flags, &pidfd);
    need(pid, PI_STEP_CALL_NAMESPACES, (int)order->number);
    if (pid == 0) {
        /* Out of reach of a keeper that dies in this moment, too: init goes, and with it all below.
         */
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        close(report_socket);
        report_socket = passed->fds[0];
        join_groups(passed);
        if (has(hello, PI_WALL_NET)) network_enter();
        slot(world, report_socket);
    }
    struct pi_report made = {.kind = PI_REPORT_SLOT, .number = order->number};
    report(&made, pidfd);
    close(pidfd);
    for (int i = 0; i < passed->count; i++) close(passed->fds[i]);
    if (has(hello, PI_WALL_NET)) {
        network_end();
        network_begin();
    }
}

static void reap_slots(void) {
    pid_t ended;
    while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) network_reaped(ended);
}

void init(const struct pi_hello *hello, int keeper_socket) {
    report_socket = PI_INIT_SOCKET;
    /* It takes longest and needs no id: it begins before there is one. */
    if (has(hello, PI_WALL_NET)) network_begin();
    struct passed passed;
    char word;
    if (receive(keeper_socket, &word, 1, &passed) != 1) _exit(125);
    become(hello);
    /* After the change of ids, which would have undone both. */
    need(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), PI_STEP_IDENTITY, 3);
    need(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), PI_STEP_IDENTITY, 4);
    if (hello->walls & (PI_WALL_VIEW | PI_WALL_PROC | PI_WALL_DEV))
        need(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), PI_STEP_PRIVATE_MOUNTS, 0);
    int root = has(hello, PI_WALL_VIEW) ? root_begin(hello) : -1;

    struct world world = {.hello = *hello};
    int children = ends_of_children();
    need(children, PI_STEP_IDENTITY, 5);
    struct pollfd wanted[3] = {{.fd = PI_INIT_SOCKET, .events = POLLIN},
                               {.fd = children, .events = POLLIN},
                               {.fd = keeper_socket, .events = 0}};
    /* Before it waits for its first order. */
    if (poll(wanted, 3, 0) == 0) network_here();
    while (poll(wanted, 3, -1) >= 0 || errno == EINTR) {
        if (wanted[2].revents & POLLHUP) break; /* no keeper, no run */
        if (wanted[1].revents & POLLIN) {
            struct signalfd_siginfo ended;
            ssize_t ignored = read(children, &ended, sizeof ended);
            (void)ignored;
            reap_slots();
        }
        if (!(wanted[0].revents & (POLLIN | POLLHUP))) continue;
        struct pi_packet_order order;
        ssize_t count = receive(PI_INIT_SOCKET, &order, sizeof order, &passed);
        if (count <= 0) break;
        if (count == sizeof order && order.order == PI_ORDER_PLAN && passed.count >= 1 &&
            !world.sandbox)
            build(&world, &passed, root, keeper_socket);
        else if (count == sizeof order && order.order == PI_ORDER_SLOT)
            make_slot(&world, &order, &passed);
        else fail(PI_STEP_PLAN, 0, EBADMSG);
    }
    _exit(0);
}
