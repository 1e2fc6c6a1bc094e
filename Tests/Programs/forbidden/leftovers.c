/* Processes that go on when the call has ended.
 *
 * Each has the nonce in its arguments, as it is a fork of this program, and ends by itself after
 * SECONDS.
 */
#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 60, CHAIN = 300 };

static void ignore_all(void) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (int i = 1; i < 65; i++) signal(i, SIG_IGN);
}

/* Whoever waits for the end of the output does not wait for a leftover. */
static void let_go(void) {
    int nothing = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= 2; fd++) {
        if (nothing >= 0) dup2(nothing, fd);
        else close(fd);
    }
    if (nothing > 2) close(nothing);
}

/* The end of a session is told to its members; nohup is as much. */
static void linger(void) {
    signal(SIGHUP, SIG_IGN);
    let_go();
    rest(SECONDS);
}

static void linger_in_session(void) {
    setsid();
    linger();
}

static void linger_as_orphan(void) {
    setsid();
    if (fork() == 0) linger();
}

static void linger_deaf(void) {
    setsid();
    ignore_all();
    linger();
}

/* A sibling wakes it up, so that it does not stay stopped for ever where nobody ends it. */
static void linger_stopped(void) {
    setsid();
    let_go();
    const int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    if (self < 0) return;
    if (fork() == 0) {
        rest(SECONDS);
        syscall(SYS_pidfd_send_signal, self, SIGCONT, NULL, 0);
        return;
    }
    raise(SIGSTOP);
}

static void linger_with_output(void) {
    setsid();
    rest(5);
}

static void linger_with_zombies(void) {
    for (int i = 0; i < 50; i++)
        if (fork() == 0) _exit(0);
    linger();
}

/* Is another process every few milliseconds: whoever kills by a list of numbers comes too late. */
static void linger_as_chain(void) {
    setsid();
    let_go();
    const struct timespec moment = {.tv_nsec = 20000000};
    for (int i = 0; i < CHAIN; i++) {
        if (fork() > 0) _exit(0);
        nanosleep(&moment, NULL);
    }
    rest(10);
}

/* Takes back what would end it with its parent. */
static void linger_unbound(void) {
    prctl(PR_SET_PDEATHSIG, 0);
    prctl(PR_SET_NAME, "kworker/0:1");
    linger_in_session();
}

struct manner {
    void (*go_on)(void);
};

ACT(leave) {
    const struct manner *manner = act->detail;
    pid_t child = fork();
    if (child < 0) return refused("fork");
    if (child == 0) {
        manner->go_on();
        _exit(0);
    }
    /* Until it is where it wants to be. */
    usleep(200000);
    return done();
}

#define LEAVE(how)                                                                                 \
    leave, &(const struct manner) { .go_on = how }

const struct act leftover_acts[] = {
    {"leave-child", "", LEAVE(linger)},
    {"leave-session", "", LEAVE(linger_in_session)},
    {"leave-orphan", "", LEAVE(linger_as_orphan)},
    {"leave-deaf", "", LEAVE(linger_deaf)},
    {"leave-stopped", "", LEAVE(linger_stopped)},
    {"leave-with-output", "", LEAVE(linger_with_output)},
    {"leave-zombies", "", LEAVE(linger_with_zombies)},
    {"leave-chain", "", LEAVE(linger_as_chain)},
    {"leave-unbound", "", LEAVE(linger_unbound)},
    {0},
};
