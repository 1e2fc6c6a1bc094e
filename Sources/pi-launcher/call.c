/* From the slot to the program: what is different for each call, and then exec. */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MOST_TEXTS = 1 << 18 };

/* The program's arguments and environment become pointers in the plan's own memory, a page that is
 * ours alone. */
static char **pointers(const struct plan *plan, uint32_t at, uint32_t count, char **room) {
    const uint32_t *offsets = plan_part(plan, at, count, sizeof *offsets);
    for (uint32_t i = 0; i < count; i++) room[i] = (char *)plan_text(plan, offsets[i]);
    room[count] = NULL;
    return room;
}

/* What the new process has to say to the slot, whose memory it uses until it is another program. */
static struct pi_report failure;

_Noreturn static void give_up(enum pi_step step, int item, int error) {
    failure =
        (struct pi_report){.kind = PI_REPORT_FAILED, .step = step, .item = item, .error = error};
    _exit(127);
}

static void try(int64_t result, enum pi_step step, int item) {
    if (result < 0) give_up(step, item, errno);
}

static int open_terminal(const struct pi_call_plan *call, int *slave) {
    int master = open("/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    need(master, PI_STEP_TERMINAL, 0);
    int unlocked = 0;
    need(ioctl(master, TIOCSPTLCK, &unlocked), PI_STEP_TERMINAL, 1);
    struct winsize size = {.ws_row = (uint16_t)call->rows, .ws_col = (uint16_t)call->columns};
    need(ioctl(master, TIOCSWINSZ, &size), PI_STEP_TERMINAL, 2);
    *slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    need(*slave, PI_STEP_TERMINAL, 3);
    return master;
}

static void set_limits(const struct plan *plan, const struct pi_call_plan *call) {
    const struct pi_limit *limits =
        plan_part(plan, call->limits, call->limit_count, sizeof *limits);
    for (uint32_t i = 0; i < call->limit_count; i++) {
        struct rlimit64 have, want = {limits[i].value, limits[i].value + limits[i].grace};
        /* What the host gives us less of stays less. */
        try(syscall(SYS_prlimit64, 0, limits[i].resource, NULL, &have), PI_STEP_LIMITS, (int)i);
        if (want.rlim_max > have.rlim_max) want.rlim_max = have.rlim_max;
        if (want.rlim_cur > want.rlim_max) want.rlim_cur = want.rlim_max;
        try(syscall(SYS_prlimit64, 0, limits[i].resource, &want, NULL), PI_STEP_LIMITS, (int)i);
    }
}

struct start {
    const struct plan *plan;
    const struct pi_call_plan *call;
    const struct world *world;
    int streams[3];
};

_Noreturn static int become_program(void *argument) {
    const struct start *start = argument;
    const struct plan *plan = start->plan;
    const struct pi_call_plan *call = start->call;
    const struct pi_hello *hello = &start->world->hello;
    static char *texts[2][MOST_TEXTS];
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    if (has(hello, PI_WALL_SESSION) || call->terminal) try(setsid(), PI_STEP_SESSION, 0);
    for (int i = 0; i < 3; i++) try(dup2(start->streams[i], i), PI_STEP_DESCRIPTORS, i);
    if (call->terminal) try(ioctl(0, TIOCSCTTY, 0), PI_STEP_TERMINAL, 4);
    if (has(hello, PI_WALL_DESCRIPTORS))
        try(syscall(SYS_close_range, 3, ~0U, 0), PI_STEP_DESCRIPTORS, 3);
    try(chdir(plan_text(plan, call->working_folder)), PI_STEP_WORKING_FOLDER, 0);
    if (has(hello, PI_WALL_RLIMITS)) set_limits(plan, call);
    if (call->argument_count >= MOST_TEXTS || call->environment_count >= MOST_TEXTS)
        give_up(PI_STEP_EXEC, 0, E2BIG);
    char **arguments = pointers(plan, call->arguments, call->argument_count, texts[0]);
    char **environment = pointers(plan, call->environment, call->environment_count, texts[1]);
    const uint32_t *candidates =
        plan_part(plan, call->candidates, call->candidate_count, sizeof *candidates);
    int worst = ENOENT;
    for (uint32_t i = 0; i < call->candidate_count; i++) {
        execve(plan_text(plan, candidates[i]), arguments, environment);
        /* As shells do: a program that may not be run is told of only if no other is found. */
        if (errno == EACCES || (errno != ENOENT && errno != ENOTDIR)) worst = errno;
        if (worst != EACCES && worst != ENOENT) break;
    }
    give_up(PI_STEP_EXEC, 0, worst);
}

/* As vfork(2) does: no memory is copied, and the slot goes on when the program runs or has failed.
 */
static pid_t start_program(struct start *start) {
    static _Alignas(16) char stack[16 << 10];
    pid_t pid =
        clone(become_program, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, start);
    need(pid, PI_STEP_EXEC, 1);
    if (failure.kind) fail(failure.step, failure.item, failure.error);
    return pid;
}

pid_t call_start(const struct plan *plan, const struct pi_call_plan *call,
                 const struct world *world, const struct passed *passed, int *terminal) {
    struct start start = {.plan = plan, .call = call, .world = world};
    int slave = -1;
    if (call->terminal) {
        *terminal = open_terminal(call, &slave);
        for (int i = 0; i < 3; i++) start.streams[i] = slave;
    } else if (passed->count == 4) {
        memcpy(start.streams, passed->fds + 1, sizeof start.streams);
    } else {
        fail(PI_STEP_DESCRIPTORS, 4, EBADMSG);
    }
    pid_t pid = start_program(&start);
    for (int i = 1; i < passed->count; i++) close(passed->fds[i]);
    if (slave >= 0) close(slave);
    return pid;
}
