#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

const char *nonce = "";

void saw(const char *format, ...) {
    char line[4200] = "saw ";
    va_list values;
    va_start(values, format);
    int length = vsnprintf(line + 4, sizeof line - 5, format, values);
    va_end(values);
    if (length < 0) return;
    /* One line a sight, whatever was seen. */
    for (char *at = line; *at != 0; at++)
        if (*at == '\n' || *at == '\r') *at = ' ';
    dprintf(STDOUT_FILENO, "%s\n", line);
}

enum outcome done(void) {
    dprintf(STDOUT_FILENO, "done\n");
    return DONE;
}

enum outcome refused(const char *step) {
    const char *name = strerrorname_np(errno);
    dprintf(STDOUT_FILENO, "refused %s %s\n", name ? name : "E?", step);
    return REFUSED;
}

enum outcome absent(const char *what) {
    dprintf(STDOUT_FILENO, "absent %s\n", what);
    return ABSENT;
}

enum outcome by(const char *step, long result) {
    if (result >= 0) return done();
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
    case ENXIO:
    case ENODEV:
    case ESRCH: return absent(step);
    default: return refused(step);
    }
}

enum outcome show(int fd) {
    char text[4096];
    ssize_t length = read(fd, text, sizeof text - 1);
    if (length < 0) return refused("read");
    close(fd);
    /* An empty file laid over another hides it. */
    if (length == 0) return absent("content");
    for (ssize_t i = 0; i < length; i++)
        if (text[i] == 0) text[i] = ' ';
    text[length] = 0;
    saw("%s", text);
    return done();
}

enum outcome show_file(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    return fd < 0 ? by("open", fd) : show(fd);
}

pid_t fork_bound(void) {
    pid_t child = fork();
    if (child == 0) prctl(PR_SET_PDEATHSIG, SIGKILL);
    return child;
}

enum outcome in_child(const char *step, attempt *try, const struct act *act, char **args) {
    pid_t child = fork_bound();
    if (child < 0) return refused("fork");
    if (child == 0) _exit(try(act, args));
    int status;
    if (waitpid(child, &status, 0) < 0) return refused("wait");
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    const char *name = sigabbrev_np(WTERMSIG(status));
    dprintf(STDOUT_FILENO, "refused SIG%s %s\n", name ? name : "?", step);
    return REFUSED;
}

void misused(const char *why) {
    fprintf(stderr, "forbidden: %s\n", why);
    exit(MISUSED);
}

long number(const char *text, long least, long most) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != 0 || value < least || value > most)
        misused("a number is no number, or out of bounds");
    return value;
}

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_BOOTTIME, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void burn(long seconds) {
    for (long end = now() + seconds * 1000; now() < end;) continue;
}

void rest(long seconds) {
    const struct timespec moment = {.tv_nsec = 20000000};
    for (long end = now() + seconds * 1000; now() < end;) nanosleep(&moment, NULL);
}
