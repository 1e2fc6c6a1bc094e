/* More memory, processes, files, bytes, processor time and time than a call may have.
 *
 * Every quantity is an argument with an upper bound here, so that nothing suffers where no limit
 * is.
 */
#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/ioprio.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_MEBIBYTES = 256, MOST_PROCESSES = 300, MOST_SECONDS = 30, MOST_FILES = 4096 };
static const size_t MEBIBYTE = 1 << 20;

/* Touched, because memory that nobody has written to is no memory. */
static bool fill_memory(size_t mebibytes) {
    char *memory = mmap(NULL, mebibytes * MEBIBYTE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return false;
    memset(memory, 1, mebibytes * MEBIBYTE);
    return true;
}

ACT(take_memory_here) {
    return fill_memory((size_t)number(args[0], 1, MOST_MEBIBYTES)) ? done() : refused("mmap");
}

ACT(take_memory) { return in_child("memory", take_memory_here, act, args); }

/* Four processes share what one may not have; each holds its part until all have it. */
ACT(take_memory_together) {
    const size_t part = (size_t)number(args[0], 4, MOST_MEBIBYTES) / 4;
    pid_t children[4];
    int ready[2];
    if (pipe2(ready, O_CLOEXEC) < 0) return refused("pipe2");
    for (int i = 0; i < 4; i++) {
        children[i] = fork_bound();
        if (children[i] != 0) continue;
        close(ready[0]);
        if (!fill_memory(part) || write(ready[1], "x", 1) != 1) _exit(1);
        close(ready[1]);
        rest(MOST_SECONDS);
        _exit(0);
    }
    close(ready[1]);
    int count = 0;
    for (char byte; count < 4 && read(ready[0], &byte, 1) == 1;) count++;
    int alive = 0;
    for (int i = 0; i < 4; i++) {
        if (children[i] <= 0) continue;
        if (waitpid(children[i], NULL, WNOHANG) == 0) {
            alive++;
            kill(children[i], SIGKILL);
            waitpid(children[i], NULL, 0);
        }
    }
    errno = ENOMEM;
    return alive == 4 ? done() : refused("memory");
}

static enum outcome fill_file(int fd, size_t mebibytes) {
    if (fd < 0) return by("open", fd);
    static char block[1 << 20];
    memset(block, 1, sizeof block);
    for (size_t i = 0; i < mebibytes; i++) {
        ssize_t written = write(fd, block, sizeof block);
        if (written == (ssize_t)sizeof block) continue;
        if (written >= 0) errno = ENOSPC;
        return refused("write");
    }
    return done();
}

/* Memory that belongs to a file without a name; no limit of a single process counts it. */
ACT(take_nameless_memory_here) {
    int fd = memfd_create("forbidden", MFD_CLOEXEC);
    return fill_file(fd, (size_t)number(args[0], 1, MOST_MEBIBYTES));
}

ACT(take_nameless_memory) { return in_child("memory", take_nameless_memory_here, act, args); }

/* A file that is gone with its descriptor. */
ACT(fill_folder) {
    int fd = open(args[0], O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    return fill_file(fd, (size_t)number(args[1], 1, MOST_MEBIBYTES));
}

ACT(fill_folder_in_child) { return in_child("write", fill_folder, act, args); }

/* Long, but empty: it takes no room. SIGXFSZ would end the process before it hears of EFBIG. */
ACT(make_long_file) {
    signal(SIGXFSZ, SIG_IGN);
    const off_t end = (off_t)number(args[1], 1, 1 << 20) * (off_t)MEBIBYTE;
    int fd = open(args[0], O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) return by("open", fd);
    return by("write", pwrite(fd, "x", 1, end));
}

ACT(make_long_file_by_truncate) {
    signal(SIGXFSZ, SIG_IGN);
    const off_t end = (off_t)number(args[1], 1, 1 << 20) * (off_t)MEBIBYTE;
    int fd = open(args[0], O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) return by("open", fd);
    return by("ftruncate", ftruncate(fd, end));
}

/* They wait for an end that comes when this process ends, whoever ends it. */
ACT(start_many) {
    const long wanted = number(args[0], 1, MOST_PROCESSES);
    pid_t children[MOST_PROCESSES];
    long count = 0;
    int error = 0;
    for (; count < wanted; count++) {
        children[count] = fork_bound();
        if (children[count] == 0) {
            rest(MOST_SECONDS);
            _exit(0);
        }
        if (children[count] < 0) {
            error = errno;
            break;
        }
    }
    saw("processes %ld", count);
    for (long i = 0; i < count; i++) kill(children[i], SIGKILL);
    for (long i = 0; i < count; i++) waitpid(children[i], NULL, 0);
    errno = error;
    return count == wanted ? done() : refused("fork");
}

static void *idle(void *nothing) {
    rest(3);
    return nothing;
}

ACT(start_many_threads) {
    const long wanted = number(args[0], 1, MOST_PROCESSES);
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 64 << 10);
    long count = 0;
    for (pthread_t thread; count < wanted; count++) {
        errno = pthread_create(&thread, &small, idle, NULL);
        if (errno != 0) break;
    }
    saw("threads %ld", count);
    return count == wanted ? done() : refused("thread");
}

/* Ended, never waited for: each still has a number. */
ACT(keep_zombies) {
    const long wanted = number(args[0], 1, MOST_PROCESSES);
    long count = 0;
    for (; count < wanted; count++) {
        pid_t child = fork_bound();
        if (child == 0) _exit(0);
        if (child < 0) break;
    }
    saw("zombies %ld", count);
    return count == wanted ? done() : refused("fork");
}

ACT(open_many) {
    const long wanted = number(args[0], 1, MOST_FILES);
    for (long i = 0; i < wanted; i++)
        if (dup(STDOUT_FILENO) < 0) return refused("dup");
    return done();
}

/* Past the hard limit: that takes a capability. */
ACT(raise_limit) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return refused("getrlimit");
    limit.rlim_max += 1;
    return by("setrlimit", setrlimit(RLIMIT_NOFILE, &limit));
}

ACT(burn_here) {
    burn(number(args[0], 1, MOST_SECONDS));
    return done();
}

/* By its own time and not by the clock's: on a busy host others have a part of that. */
static bool use_processor(long seconds) {
    struct timespec used, now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    const time_t end = now.tv_sec + MOST_SECONDS;
    do {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
        clock_gettime(CLOCK_BOOTTIME, &now);
    } while (used.tv_sec < seconds && now.tv_sec < end);
    return used.tv_sec >= seconds;
}

ACT(use_here) { return use_processor(number(args[0], 1, MOST_SECONDS)) ? done() : absent("time"); }

ACT(burn_processor) { return in_child("processor", use_here, act, args); }

/* Two at once use two seconds in one. */
ACT(burn_together) {
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork_bound();
        if (children[i] != 0) continue;
        _exit(use_processor(number(args[0], 1, MOST_SECONDS)) ? 0 : 1);
    }
    bool is_whole = true;
    for (int i = 0, status; i < 2; i++)
        is_whole = waitpid(children[i], &status, 0) > 0 && status == 0 && is_whole;
    errno = EPERM;
    return is_whole ? done() : refused("processor");
}

ACT(sleep_long) {
    rest(number(args[0], 1, MOST_SECONDS));
    return done();
}

ACT(sleep_deaf) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    rest(number(args[0], 1, MOST_SECONDS));
    return done();
}

/* A child wakes it up again. */
ACT(sleep_stopped) {
    const pid_t self = getpid();
    pid_t child = fork_bound();
    if (child < 0) return refused("fork");
    if (child == 0) {
        rest(number(args[0], 1, MOST_SECONDS));
        kill(self, SIGCONT);
        _exit(0);
    }
    raise(SIGSTOP);
    waitpid(child, NULL, 0);
    return done();
}

/* The file, if there is one, is the folder's core or core.PID. */
ACT(dump_core) {
    if (chdir(args[0]) < 0) return by("chdir", -1);
    pid_t child = fork_bound();
    if (child < 0) return refused("fork");
    if (child == 0) {
        struct rlimit limit;
        if (getrlimit(RLIMIT_CORE, &limit) == 0) limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_CORE, &limit);
        abort();
    }
    int status;
    if (waitpid(child, &status, 0) < 0) return refused("wait");
    return WIFSIGNALED(status) && WCOREDUMP(status) ? done() : absent("a core");
}

struct flood {
    int stream;
    char byte;
    bool has_lines;
};

ACT(flood) {
    const struct flood *flood = act->detail;
    static char block[1 << 16];
    memset(block, flood->byte, sizeof block);
    if (flood->has_lines)
        for (size_t i = 79; i < sizeof block; i += 80) block[i] = '\n';
    for (long left = number(args[0], 1, 64) * 16; left > 0; left--)
        for (size_t at = 0; at < sizeof block;) {
            ssize_t written = write(flood->stream, block + at, sizeof block - at);
            if (written < 0) return refused("write");
            at += (size_t)written;
        }
    dprintf(STDOUT_FILENO, "\n");
    return done();
}

ACT(raise_priority) {
    errno = 0;
    int nice = getpriority(PRIO_PROCESS, 0);
    if (nice == -1 && errno != 0) return refused("getpriority");
    return by("setpriority", setpriority(PRIO_PROCESS, 0, nice - 1));
}

/* For a moment, and without work to do. */
ACT(be_realtime) {
    const struct sched_param least = {.sched_priority = 1}, none = {0};
    if (sched_setscheduler(0, SCHED_RR, &least) < 0) return by("sched_setscheduler", -1);
    sched_setscheduler(0, SCHED_OTHER, &none);
    return done();
}

ACT(be_realtime_for_disks) {
    return by("ioprio_set", syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0,
                                    IOPRIO_PRIO_VALUE(IOPRIO_CLASS_RT, 7)));
}

/* Less likely than others to be ended when memory runs out. */
ACT(be_spared) {
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return by("open", fd);
    return by("write", write(fd, "-500", 4));
}

#define FLOOD(...)                                                                                 \
    flood, &(const struct flood) { __VA_ARGS__ }

const struct act limit_acts[] = {
    {"memory-hog", "MEBIBYTES", take_memory, NULL},
    {"memory-hog-together", "MEBIBYTES", take_memory_together, NULL},
    {"memory-hog-nameless", "MEBIBYTES", take_nameless_memory, NULL},
    {"fill-tmp", "FOLDER MEBIBYTES", fill_folder_in_child, NULL},
    {"fill-shm", "FOLDER MEBIBYTES", fill_folder_in_child, NULL},
    {"file-size", "FOLDER MEBIBYTES", make_long_file, NULL},
    {"file-size-truncate", "FOLDER MEBIBYTES", make_long_file_by_truncate, NULL},
    {"fork-storm", "COUNT", start_many, NULL},
    {"thread-storm", "COUNT", start_many_threads, NULL},
    {"zombie-storm", "COUNT", keep_zombies, NULL},
    {"open-many", "COUNT", open_many, NULL},
    {"raise-limit", "", raise_limit, NULL},
    {"burn-processor", "SECONDS", burn_processor, NULL},
    {"burn-together", "SECONDS", burn_together, NULL},
    {"sleep-long", "SECONDS", sleep_long, NULL},
    {"sleep-deaf", "SECONDS", sleep_deaf, NULL},
    {"sleep-stopped", "SECONDS", sleep_stopped, NULL},
    {"burn-long", "SECONDS", burn_here, NULL},
    {"core-dump", "FOLDER", dump_core, NULL},
    {"output-lines", "MEBIBYTES", FLOOD(STDOUT_FILENO, 'x', true)},
    {"output-binary", "MEBIBYTES", FLOOD(STDOUT_FILENO, 0, false)},
    {"output-errors", "MEBIBYTES", FLOOD(STDERR_FILENO, 'e', false)},
    {"raise-priority", "", raise_priority, NULL},
    {"realtime", "", be_realtime, NULL},
    {"realtime-disk", "", be_realtime_for_disks, NULL},
    {"oom-spared", "", be_spared, NULL},
    {0},
};
