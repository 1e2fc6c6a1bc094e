/* stopwatch ROUNDS PROGRAM [ARG]... [--- PEER [ARG]...]
 *
 * Runs the two in turn, so that both meet the same weather, and prints a line for each pair:
 * nanoseconds and peak KiB of the program, nanoseconds and peak KiB of the peer if there is one.
 *
 * It is small on purpose: a process inherits its parent's peak of memory when it starts another.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* What the last one left for the kernel to clear away, namespaces above all, is cleared by then,
 * and disturbs neither side. */
static void settle(void) {
    struct timespec moment = {.tv_nsec = 15000000};
    nanosleep(&moment, NULL);
}

static int measure(char **arguments, int64_t *nanoseconds, long *kib) {
    posix_spawn_file_actions_t silent;
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, 1, "/dev/null", O_WRONLY, 0);
    /* What it says of its progress has no place in a table of figures. */
    posix_spawn_file_actions_addopen(&silent, 2, "/dev/null", O_WRONLY, 0);
    settle();
    int64_t start = now();
    pid_t pid;
    int failure = posix_spawn(&pid, arguments[0], &silent, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&silent);
    if (failure) {
        fprintf(stderr, "stopwatch: cannot start %s: %s\n", arguments[0], strerror(failure));
        return 2;
    }
    int status;
    struct rusage usage;
    while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) continue;
    *nanoseconds = now() - start;
    *kib = usage.ru_maxrss;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
    fprintf(stderr, "stopwatch: %s failed; run it by itself to see why\n", arguments[0]);
    return 1;
}

int main(int argc, char **argv) {
    char **peer = NULL;
    for (int i = 2; i < argc && !peer; i++)
        if (strcmp(argv[i], "---") == 0) {
            argv[i] = NULL;
            peer = argv + i + 1;
        }
    if (argc < 3 || !argv[2] || (peer && !peer[0])) {
        fputs("usage: stopwatch ROUNDS PROGRAM [ARG]... [--- PEER [ARG]...]\n", stderr);
        return 2;
    }
    for (long round = atol(argv[1]); round > 0; round--) {
        int64_t time;
        long kib;
        int failure = measure(argv + 2, &time, &kib);
        if (failure) return failure;
        printf("%lld %ld", (long long)time, kib);
        if (peer) {
            failure = measure(peer, &time, &kib);
            if (failure) return failure;
            printf(" %lld %ld", (long long)time, kib);
        }
        putchar('\n');
    }
    return 0;
}
