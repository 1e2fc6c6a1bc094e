#include "again.h"
#include "pi_system.h"
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_DESCRIPTORS = 16 };

/* Copies above the numbers that the child will use: dup2 onto 1 must not destroy what is to be 2.
 */
static int lift(const struct pi_spawn_plan *plan, int lifted[]) {
    for (int i = 0; i < plan->descriptor_count; i++) {
        lifted[i] = AGAIN_INT(fcntl(plan->descriptors[i], F_DUPFD_CLOEXEC, MOST_DESCRIPTORS));
        if (lifted[i] < 0) return lifted[i];
    }
    return 0;
}

static int describe(const struct pi_spawn_plan *plan, const int lifted[],
                    posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes) {
    int failure = 0;
    for (int i = 0; i < plan->descriptor_count && !failure; i++)
        failure = posix_spawn_file_actions_adddup2(actions, lifted[i], i);
    if (!failure && plan->working_folder >= 0)
        failure = posix_spawn_file_actions_addfchdir_np(actions, plan->working_folder);
    if (!failure)
        failure = posix_spawn_file_actions_addclosefrom_np(actions, plan->descriptor_count);

    /* The child starts with no signal blocked and none ignored, whatever this process does. */
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    if (!failure) failure = posix_spawnattr_setsigmask(attributes, &none);
    if (!failure) failure = posix_spawnattr_setsigdefault(attributes, &all);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (plan->new_session) flags |= POSIX_SPAWN_SETSID;
    if (!failure) failure = posix_spawnattr_setflags(attributes, flags);
    return -failure;
}

int pi_spawn(const struct pi_spawn_plan *plan, int *pidfd) {
    if (plan->descriptor_count > MOST_DESCRIPTORS) return -E2BIG;
    int lifted[MOST_DESCRIPTORS];
    memset(lifted, -1, sizeof lifted);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);

    pid_t pid = -1;
    int result = lift(plan, lifted);
    if (result == 0) result = describe(plan, lifted, &actions, &attributes);
    if (result == 0)
        result = -posix_spawn(&pid, plan->program, &actions, &attributes, plan->arguments,
                              plan->environment);
    /* No race: nobody else waits for this child, so its PID is its own until it is reaped. */
    if (result == 0) {
        *pidfd = AGAIN_INT(syscall(SYS_pidfd_open, pid, 0));
        result = *pidfd < 0 ? *pidfd : pid;
        if (*pidfd < 0) {
            kill(pid, SIGKILL);
            waitpid(pid, NULL, 0);
        }
    }

    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    for (int i = 0; i < plan->descriptor_count; i++)
        if (lifted[i] >= 0) close(lifted[i]);
    return result;
}

int pi_wait(int pidfd, bool block, struct pi_exit *result) {
    siginfo_t info = {0};
    struct rusage usage = {0};
    /* The bare call: glibc's waitid leaves out the fifth argument, the use of resources. */
    int failure = AGAIN_INT(
        syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED | (block ? 0 : WNOHANG), &usage));
    if (failure < 0) return failure;
    *result = (struct pi_exit){
        .ended = info.si_pid != 0,
        .by_signal = info.si_code != CLD_EXITED,
        .number = info.si_status,
        .user_us = usage.ru_utime.tv_sec * INT64_C(1000000) + usage.ru_utime.tv_usec,
        .system_us = usage.ru_stime.tv_sec * INT64_C(1000000) + usage.ru_stime.tv_usec,
        .peak_kib = usage.ru_maxrss,
    };
    return 0;
}

int pi_signal(int pidfd, int signal) {
    return AGAIN_INT(syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0));
}

/* A stop has to hold the thread that asks for it: sent to the process, any other thread may take
 * it, and this one would go on for a moment. Every other signal may be blocked in this thread. */
int pi_raise(int signal) {
    return AGAIN_INT(signal == SIGSTOP ? raise(signal) : kill(getpid(), signal));
}

int pi_processors(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) < 0 ? 1 : CPU_COUNT(&set);
}

/* A new process or thread stays where it was made, and waits there until its maker sleeps, however
 * idle the other processors are. It is a matter of time alone: where it can't be had nothing is
 * lost.
 */
static bool others(cpu_set_t *set) {
    int here = sched_getcpu();
    if (here < 0 || sched_getaffinity(0, sizeof *set, set) < 0) return false;
    CPU_CLR(here, set);
    return CPU_COUNT(set) > 0;
}

void pi_send_elsewhere(int pid) {
    cpu_set_t rest;
    if (others(&rest)) sched_setaffinity(pid, sizeof rest, &rest);
}

int pi_pid(void) { return getpid(); }
uint32_t pi_user(void) { return geteuid(); }
uint32_t pi_group(void) { return getegid(); }

/* A handler and a pipe, not signalfd(2): that needs the signals blocked in every thread, and the
 * runtime has started threads of its own before any of our code runs. */
static volatile sig_atomic_t caught_end = -1;

static void note_signal(int signal) {
    int before = errno;
    unsigned char number = (unsigned char)signal;
    /* A full pipe holds plenty of the same news already. */
    ssize_t ignored = write(caught_end, &number, 1);
    (void)ignored;
    errno = before;
}

int pi_catch_signals(const int *signals, int count) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) return -errno;
    caught_end = ends[1];
    for (int i = 0; i < count; i++) {
        struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESTART}, before;
        int failure = AGAIN_INT(sigaction(signals[i], NULL, &before));
        /* Whoever started us with the signal ignored, as shells do for jobs in the background,
         * meant it. */
        if (failure == 0 && before.sa_handler != SIG_IGN)
            failure = AGAIN_INT(sigaction(signals[i], &action, NULL));
        if (failure < 0) return failure;
    }
    /* The caller may close its end; this one stays, or the handler would write to a pipe without
     * reader. */
    return AGAIN_INT(fcntl(ends[0], F_DUPFD_CLOEXEC, 3));
}

int pi_next_signal(int fd) {
    unsigned char number;
    int64_t count = AGAIN(read(fd, &number, 1));
    return count < 0 ? (int)count : number;
}

int pi_ignore_failed_writes(void) {
    /* Without these, a reader that goes or a limit of the file size would end us: signal(7). */
    bool failed = signal(SIGPIPE, SIG_IGN) == SIG_ERR || signal(SIGXFSZ, SIG_IGN) == SIG_ERR;
    return failed ? -errno : 0;
}

int pi_ignore_interrupts(void) {
    return signal(SIGINT, SIG_IGN) == SIG_ERR || signal(SIGQUIT, SIG_IGN) == SIG_ERR ? -errno : 0;
}

int pi_raise_open_files(void) {
    struct rlimit limit;
    int failure = AGAIN_INT(getrlimit(RLIMIT_NOFILE, &limit));
    if (failure < 0) return failure;
    struct rlimit raised = {limit.rlim_max, limit.rlim_max};
    if (AGAIN_INT(setrlimit(RLIMIT_NOFILE, &raised)) == 0) limit = raised;
    return limit.rlim_cur > INT32_MAX ? INT32_MAX : (int)limit.rlim_cur;
}

int pi_keep_secret(void) {
    struct rlimit none = {0, 0};
    int failure = AGAIN_INT(setrlimit(RLIMIT_CORE, &none));
    return failure < 0 ? failure : AGAIN_INT(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
}

int pi_landlock_version(void) {
    enum { CREATE_RULESET_VERSION = 1 };
    return AGAIN_INT(syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION));
}

void pi_end_by_signal(int number) {
    /* As if never caught, so that a parent sees the truth and a shell stops its script; but no core
     * is written, whatever the signal. */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    signal(number, SIG_DFL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
    _exit(128 + number);
}

void pi_end(int code) { _exit(code); }

struct thread_start {
    void (*run)(void *);
    void *argument;
};

static void *thread_main(void *start) {
    struct thread_start *given = start;
    void (*run)(void *) = given->run;
    void *argument = given->argument;
    free(given);
    run(argument);
    return NULL;
}

int pi_start_thread(void (*run)(void *), void *argument, bool elsewhere) {
    struct thread_start *start = malloc(sizeof *start);
    if (!start) return -ENOMEM;
    *start = (struct thread_start){run, argument};
    /* Signals belong to whoever catches them on purpose, never to a helper thread. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    cpu_set_t rest;
    if (elsewhere && others(&rest)) pthread_attr_setaffinity_np(&attributes, sizeof rest, &rest);
    pthread_t thread;
    int failure = pthread_create(&thread, &attributes, thread_main, start);
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failure) free(start);
    return -failure;
}
