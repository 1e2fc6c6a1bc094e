/* PID 1 of a call. It raises every wall on itself before there is a program, so that a call that
 * comes has only to be started, and stays to reap, to count what is refused and to end everything.
 */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* One tmpfs for all that a call may write, so that there is one size; its places are parts of it.
 * It first lies where its last place goes on top of it, and so is out of sight as a whole. */
static void make_temporary(const struct world *world) {
    const struct pi_sandbox_plan *sandbox = world->sandbox;
    uint32_t count = sandbox->temporary_count;
    if (count == 0 || sandbox->temporary_size == 0) return;
    if (count > PI_TEMPORARY_PLACES) fail(PI_STEP_TEMPORARY, 0, E2BIG);
    const char *base = plan_text(&world->plan, sandbox->temporary[count - 1]);
    int tree = mounts_temporary(sandbox->temporary_size, 0, -1);
    int place = open(base, O_PATH | O_DIRECTORY | O_CLOEXEC);
    need(place, PI_STEP_TEMPORARY, -2);
    mounts_restrict(tree, 0, PI_STEP_TEMPORARY, -3);
    mounts_attach(tree, place, PI_STEP_TEMPORARY, -4);
    close(place);
    umask(0);
    for (uint32_t i = 0; i < count; i++) {
        char name[2] = {(char)('a' + i), 0};
        need(mkdirat(tree, name, i < 2 || i + 1 == count ? 01777 : 0700), PI_STEP_TEMPORARY,
             (int)i);
        int part = mounts_clone(tree, name);
        need(part, PI_STEP_TEMPORARY, (int)i);
        place =
            open(plan_text(&world->plan, sandbox->temporary[i]), O_PATH | O_DIRECTORY | O_CLOEXEC);
        need(place, PI_STEP_TEMPORARY, (int)i);
        mounts_attach(part, place, PI_STEP_TEMPORARY, (int)i);
        close(place);
        close(part);
    }
    umask(022);
    close(tree);
}

enum { MOST_NESTED = 32 };

/* What lies where a new folder will be mounted is taken out before and put back on top. */
static void with_nested(const struct world *world, void (*mount_over)(const struct world *)) {
    const struct pi_sandbox_plan *sandbox = world->sandbox;
    uint32_t count = sandbox->nested_count;
    const uint32_t *paths = plan_part(&world->plan, sandbox->nested, count, sizeof *paths);
    int trees[MOST_NESTED];
    if (count > MOST_NESTED) fail(PI_STEP_TEMPORARY, -5, E2BIG);
    for (uint32_t i = 0; i < count; i++) {
        trees[i] = mounts_clone(AT_FDCWD, plan_text(&world->plan, paths[i]));
        need(trees[i], PI_STEP_TEMPORARY, -6);
    }
    mount_over(world);
    for (uint32_t i = 0; i < count; i++) {
        const char *path = plan_text(&world->plan, paths[i]);
        int place = mounts_make_place(path, trees[i]);
        need(place, PI_STEP_TEMPORARY, -7);
        mounts_attach(trees[i], place, PI_STEP_TEMPORARY, -8);
        close(place);
        close(trees[i]);
    }
}

/* In the order of the design: mounts, capabilities, no new privileges, Landlock, and the filter
 * last, because the steps before it need calls that it refuses. */
static int raise_walls(const struct world *world, struct pi_facts *facts) {
    const struct pi_hello *hello = &world->hello;
    need(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), PI_STEP_CAPABILITIES, 7);
    /* What a run with one call has had since its root was begun. */
    bool has_early = hello->only && has(hello, PI_WALL_VIEW) && has(hello, PI_WALL_PROC);
    if (has(hello, PI_WALL_PROC) && !has_early) proc_mount(has(hello, PI_WALL_VIEW));
    if (has(hello, PI_WALL_VIEW)) with_nested(world, make_temporary);
    if (has(hello, PI_WALL_DEV) && has(hello, PI_WALL_VIEW) && !has_early)
        terminals_mount("/dev/pts");
    if (has(hello, PI_WALL_CAPABILITIES)) capabilities_drop();
    /* Landlock and the filter are only to be had with it. */
    if (hello->walls & (PI_WALL_NO_NEW_PRIVILEGES | PI_WALL_LANDLOCK | PI_WALL_SECCOMP))
        need(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), PI_STEP_NO_NEW_PRIVILEGES, 0);
    if (has(hello, PI_WALL_LANDLOCK)) facts->landlock = landlock_restrict(world);
    int listener = -1;
    if (has(hello, PI_WALL_SECCOMP)) listener = filter_install(world->sandbox->report_refusals);
    facts->refusals_reported = listener >= 0;
    walls_read_back(world, facts);
    return listener;
}

/* The end of a child is news like any other; nothing else is blocked. */
int ends_of_children(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_SETMASK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

struct running {
    pid_t program;
    struct pi_report ended;
    bool has_ended, is_only;
    const struct pi_call_plan *call;
};

/* Everybody's end is noted, the program's with its code. */
static bool reap(struct running *running, int flags) {
    siginfo_t info;
    struct rusage usage;
    for (;;) {
        memset(&info, 0, sizeof info);
        long result = syscall(SYS_waitid, P_ALL, 0, &info, WEXITED | flags, &usage);
        if (result < 0 && errno == EINTR) continue;
        if (result < 0) return false; /* there is nobody left */
        if (info.si_pid == 0) return true;
        if (running->has_ended) running->ended.count++; /* it was still there after the program */
        if (info.si_pid == running->program) {
            running->has_ended = true;
            running->ended.by_signal = info.si_code != CLD_EXITED;
            running->ended.code = info.si_status;
        }
    }
}

static void end(struct running *running, struct refusals *refusals, bool alone) {
    /* All that the call started goes with it, whatever session or parent it has found itself. */
    if (alone) {
        running->ended.count = 0; /* those that had ended by themselves */
        kill(-1, SIGKILL);
        reap(running, 0);
    }
    for (uint32_t i = 0; i < refusals->used; i++) report(&refusals->table[i], -1);
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    running->ended.kind = PI_REPORT_ENDED;
    running->ended.more_refusals = refusals->more;
    running->ended.user_us = usage.ru_utime.tv_sec * INT64_C(1000000) + usage.ru_utime.tv_usec;
    running->ended.system_us = usage.ru_stime.tv_sec * INT64_C(1000000) + usage.ru_stime.tv_usec;
    running->ended.peak_kib = usage.ru_maxrss;
    running->ended.written = usage.ru_oublock * INT64_C(512);
    report(&running->ended, -1);
    /* Its control group goes with it, so it stays until the supervisor has read what that counted.
     * A run's only slot leaves at once: there the keeper removes the group, when it is told to. */
    struct pi_packet_order order;
    struct passed passed;
    if (!running->is_only) receive(report_socket, &order, sizeof order, &passed);
    _exit(0);
}

static void forward(const struct running *running, const struct pi_packet_order *order,
                    bool alone) {
    pid_t whom = order->everyone && alone ? -1 : -running->program;
    if (kill(whom, (int)order->number) < 0) kill(running->program, (int)order->number);
}

static enum pi_watched over_limit(const struct pi_call_plan *call) {
    if (!call->watch_memory && !call->watch_processor_us && !call->watch_written)
        return PI_WATCHED_NOTHING;
    struct watch_use use = watch_look();
    if (call->watch_memory && use.memory > call->watch_memory) return PI_WATCHED_MEMORY;
    if (call->watch_processor_us && use.processor_us > (int64_t)call->watch_processor_us)
        return PI_WATCHED_PROCESSOR;
    if (call->watch_written && use.written > (int64_t)call->watch_written)
        return PI_WATCHED_WRITTEN;
    return PI_WATCHED_NOTHING;
}

_Noreturn static void serve(struct running *running, struct refusals *refusals, int children,
                            bool alone) {
    bool watches = running->call->watch_memory || running->call->watch_processor_us ||
                   running->call->watch_written;
    struct pollfd wanted[3] = {{.fd = report_socket, .events = POLLIN},
                               {.fd = children, .events = POLLIN},
                               {.fd = refusals->listener, .events = POLLIN}};
    for (;;) {
        int count = poll(wanted, 3, watches ? 20 : -1);
        if (count < 0 && errno != EINTR) _exit(125);
        if (count > 0 && wanted[2].revents & POLLIN) refusals_answer(refusals);
        /* The last process that the filter was for has gone: only ever this one. */
        if (count > 0 && wanted[2].revents & POLLHUP) wanted[2].fd = -1;
        if (count > 0 && wanted[1].revents & POLLIN) {
            struct signalfd_siginfo ended;
            ssize_t ignored = read(children, &ended, sizeof ended);
            (void)ignored;
            reap(running, WNOHANG);
            if (running->has_ended) end(running, refusals, alone);
        }
        if (count > 0 && wanted[0].revents & (POLLIN | POLLHUP)) {
            struct pi_packet_order order;
            struct passed passed;
            /* Nobody waits for the result any more: this exit takes the whole call with it. */
            if (receive(report_socket, &order, sizeof order, &passed) != sizeof order) _exit(0);
            if (order.order == PI_ORDER_SIGNAL) forward(running, &order, alone);
        }
        if (watches && running->ended.watched == PI_WATCHED_NOTHING) {
            running->ended.watched = over_limit(running->call);
            if (running->ended.watched != PI_WATCHED_NOTHING)
                kill(alone ? -1 : running->program, SIGKILL);
        }
    }
}

void slot(const struct world *world, int socket) {
    struct pi_facts facts = {0};
    /* At its end it kills everybody that it can reach: nobody may be in reach but the call. */
    if (has(&world->hello, PI_WALL_PID) && getpid() != 1) fail(PI_STEP_CALL_NAMESPACES, 3, EPERM);
    if (has(&world->hello, PI_WALL_UTS)) {
        const char *name = plan_text(&world->plan, world->sandbox->host_name);
        need(sethostname(name, strlen(name)), PI_STEP_HOST_NAME, 1);
    }
    if (has(&world->hello, PI_WALL_CGROUP))
        need(syscall(SYS_unshare, CLONE_NEWCGROUP), PI_STEP_CGROUP_NAMESPACE, 0);
    if (has(&world->hello, PI_WALL_NET)) gate_open(world);
    int children = ends_of_children();
    need(children, PI_STEP_CALL_PLAN, 1);
    struct refusals refusals = {.listener = raise_walls(world, &facts)};

    struct pi_packet_order order;
    struct passed passed;
    ssize_t count = receive(socket, &order, sizeof order, &passed);
    if (count == 0) _exit(0); /* made ready, and not needed */
    if (count != sizeof order || order.order != PI_ORDER_CALL || passed.count < 1)
        fail(PI_STEP_CALL_PLAN, 2, EBADMSG);
    struct plan plan;
    plan_open(&plan, passed.fds[0], PI_STEP_CALL_PLAN);
    const struct pi_call_plan *call = plan_part(&plan, 0, 1, sizeof *call);
    int terminal = -1;
    struct running running = {.call = call, .is_only = world->hello.only != 0};
    running.program = call_start(&plan, call, world, &passed, &terminal);
    struct pi_report started = {.kind = PI_REPORT_STARTED, .facts = facts};
    report(&started, terminal);
    if (terminal >= 0) close(terminal);
    /* Without a PID namespace "everybody" would be everybody on the host. */
    serve(&running, &refusals, children, has(&world->hello, PI_WALL_PID));
}
