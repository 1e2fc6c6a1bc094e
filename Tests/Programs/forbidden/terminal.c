/* The terminal of whoever called. Its input gets the nonce, one line, never more. */
#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/tiocl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel reads 32 bits of a request. */
#define WIDE 0x7000000000000000L

static long request(int fd, long number, const void *argument) {
    return syscall(SYS_ioctl, fd, number, argument);
}

static enum outcome push(int fd, long number) {
    for (const char *byte = nonce; *byte != 0; byte++)
        if (request(fd, number, byte) < 0) return refused("TIOCSTI");
    return by("TIOCSTI", request(fd, number, "\n"));
}

/* By the name that always means one's own. */
ACT(push_input) {
    const long *number = act->detail;
    int fd = open("/dev/tty", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    return fd < 0 ? by("open", fd) : push(fd, *number);
}

/* By a descriptor that is still open. */
ACT(push_input_standard) {
    for (int fd = 0; fd <= 2; fd++)
        if (isatty(fd)) return push(fd, TIOCSTI);
    return absent("a terminal");
}

ACT(find_terminal) {
    int fd = open("/dev/tty", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    return by("open", fd);
}

ACT(write_terminal) {
    int fd = open(args[0], O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return by("open", fd);
    return by("write", write(fd, nonce, strlen(nonce)));
}

ACT(find_session) {
    /* 0 stands for one outside of the caller's own PID namespace. */
    const long session = number(args[0], 0, 0x7fffffff);
    saw("session %d", getsid(0));
    return getsid(0) == session ? done() : absent("that session");
}

/* A terminal of its own, in a child that leads a session: only the filter stands in the way. */
static int own_terminal(void) {
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0) return -1;
    setsid();
    int fd = open(ptsname(master), O_RDWR | O_NOCTTY);
    if (fd >= 0 && ioctl(fd, TIOCSCTTY, 0) < 0) return -1;
    return fd;
}

/* Of a host that has switched it off (dev.tty.legacy_tiocsti) it is EIO. */
ACT(push_own_here) {
    const long *number = act->detail;
    int fd = own_terminal();
    if (fd < 0) return by("terminal", fd);
    if (request(fd, *number, "x") < 0 && errno != EIO) return refused("TIOCSTI");
    return done();
}

ACT(push_own) { return in_child("TIOCSTI", push_own_here, act, args); }

/* A virtual console only: others say ENOTTY, or EINVAL, of their own. */
ACT(console_own_here) {
    const long *number = act->detail;
    const char nothing = 127;
    int fd = own_terminal();
    if (fd < 0) return by("terminal", fd);
    if (request(fd, *number, &nothing) < 0 && errno != ENOTTY && errno != EINVAL)
        return refused("TIOCLINUX");
    return done();
}

ACT(console_own) { return in_child("TIOCLINUX", console_own_here, act, args); }

/* A line discipline that there is none of. */
ACT(discipline_own_here) {
    const int none = 1000;
    int fd = own_terminal();
    if (fd < 0) return by("terminal", fd);
    if (request(fd, TIOCSETD, &none) < 0 && errno != EINVAL) return refused("TIOCSETD");
    return done();
}

ACT(discipline_own) { return in_child("TIOCSETD", discipline_own_here, act, args); }

#define NUMBER(number)                                                                             \
    &(const long) { number }

const struct act terminal_acts[] = {
    {"push-input", "", push_input, NUMBER(TIOCSTI)},
    {"push-input-wide", "", push_input, NUMBER(WIDE | TIOCSTI)},
    {"push-input-standard", "", push_input_standard, NULL},
    {"terminal-open", "", find_terminal, NULL},
    {"terminal-write", "TERMINAL", write_terminal, NULL},
    {"session-shared", "SESSION", find_session, NULL},
    {"own-push-input", "", push_own, NUMBER(TIOCSTI)},
    {"own-push-input-wide", "", push_own, NUMBER(WIDE | TIOCSTI)},
    {"own-console", "", console_own, NUMBER(TIOCLINUX)},
    {"own-console-wide", "", console_own, NUMBER(WIDE | TIOCLINUX)},
    {"own-discipline", "", discipline_own, NULL},
    {0},
};
