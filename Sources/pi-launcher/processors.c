/* Where processes run. A new one stays on its parent's processor and waits there until the parent
 * sleeps, however idle the others are; what shall be done side by side has to be told. */
#include "launcher.h"
#include <sched.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BITS = 8 * sizeof(unsigned long) };

struct set {
    unsigned long bits[8192 / BITS]; /* the most processors that there can be */
};

/* The size that this kernel's sets have. */
static long read_set(pid_t of, struct set *set) {
    return syscall(SYS_sched_getaffinity, of, sizeof *set, set);
}

/* The supervisor has sent the launcher out of its own way; from now on it, and all that it starts,
 * may run wherever the supervisor may. */
void processors_as_parent(void) {
    struct set set;
    long size = read_set(getppid(), &set);
    need(size, PI_STEP_HELLO, 1);
    need(syscall(SYS_sched_setaffinity, 0, size, &set), PI_STEP_HELLO, 2);
}

/* To where it should go on; it may leave again as soon as it likes. A matter of time alone: where
 * it can't be had nothing is lost. */
static void move(pid_t process, bool here) {
    struct set all, some = {{0}};
    int current = sched_getcpu();
    long size = read_set(0, &all);
    if (current < 0 || size < 0) return;
    unsigned long bit = 1UL << current % BITS;
    if (here) {
        some.bits[current / BITS] = bit;
    } else {
        some = all;
        some.bits[current / BITS] &= ~bit;
    }
    if (syscall(SYS_sched_setaffinity, process, size, &some) == 0)
        syscall(SYS_sched_setaffinity, process, size, &all);
}

void processors_elsewhere(pid_t process) { move(process, false); }
void processors_here(pid_t process) { move(process, true); }
