/* What the files of the launcher know of each other. One thread, no allocation, no stdio, no locks.
 */
#pragma once
#include "pi_sandbox.h"
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { MOST_PASSED = 2 + PI_GATE_PORTS };

/* wire.c: packets, plans, reports */

struct plan {
    const char *base; /* the sealed memory, which ends with a zero */
    uint32_t size;
};

struct passed {
    int count;
    int fds[MOST_PASSED];
};

/* A plan is from the supervisor, and is held to its own bounds all the same: a bug of ours must end
 * the start, not become an address. */
const void *plan_part(const struct plan *plan, uint32_t at, uint64_t count, size_t each);
const char *plan_text(const struct plan *plan, uint32_t at);
void plan_open(struct plan *plan, int fd, enum pi_step step);

extern int report_socket; /* where failures go */
_Noreturn void fail(enum pi_step step, int item, int error);

/* In sight of every file, so that whoever reads or analyses one knows that what follows has
 * succeeded. */
static inline void need(int64_t result, enum pi_step step, int item) {
    if (result < 0) fail(step, item, errno);
}

void report(const struct pi_report *report, int fd);
ssize_t receive(int socket, void *bytes, size_t size, struct passed *passed);
bool pass(int socket, const void *bytes, size_t size, const int *fds, int count);

/* keeper.c, init.c, slot.c: the three processes */

_Noreturn void keeper(void);
_Noreturn void init(const struct pi_hello *hello, int keeper_socket);

struct world {
    struct pi_hello hello;
    struct plan plan;
    const struct pi_sandbox_plan *sandbox;
};

int ends_of_children(void); /* a descriptor to read them from */
_Noreturn void slot(const struct world *world, int socket);
bool has(const struct pi_hello *hello, enum pi_wall wall);
pid_t make_process(uint64_t flags, int *pidfd);

/* processors.c */

void processors_as_parent(void);
void processors_elsewhere(pid_t process);
void processors_here(pid_t process);

/* mounts.c: system calls of mounting that glibc does not name */

int mounts_clone(int folder, const char *path);
int mounts_open_source(const char *path);
int mounts_source_tree(const char *path, const struct pi_entry *checked, int user_namespace,
                       int item);
int mounts_inside(int root, const char *path);
void mounts_restrict(int tree, uint32_t flags, enum pi_step step, int item);
int mounts_make_place(const char *path, int tree);
int mounts_temporary(uint64_t size, uint64_t names, int item);
void mounts_attach(int tree, int target, enum pi_step step, int item);
void mounts_attach_at(int tree, int folder, const char *name, enum pi_step step, int item);

/* overlay.c: a folder of the host, as it is or below layers */

bool source_is_wanted(const struct pi_entry *entry);
int source_open(const struct plan *plan, const struct pi_entry *entry, const struct pi_hello *owner,
                int user_namespace, int item);

/* one file a wall */

int root_begin(const struct pi_hello *hello);
/* `kept`: the temporary folders of a sandbox before, in the order of their entries, or none. */
void root_build(const struct world *world, int begun, const int *sources, const int *kept,
                int kept_count);
void proc_mount(bool has_root);
void proc_cover(void); /* of the folder that is worked in */
void terminals_mount(const char *place);
void network_begin(void);
void network_here(void);
void network_enter(void);
void network_end(void);
void network_reaped(pid_t pid);
void gate_open(const struct world *world);
void capabilities_drop(void);
int landlock_restrict(const struct world *world); /* its version */
int filter_install(bool reports); /* the listener, or -1 if refusals can't be reported */
void walls_read_back(const struct world *world, struct pi_facts *facts);

/* call.c: the program */

pid_t call_start(const struct plan *plan, const struct pi_call_plan *call,
                 const struct world *world, const struct passed *passed, int *terminal);

/* probe.c: what `doctor` runs inside */

int probe(char *const arguments[4]);

/* filter.c: counts what the filter refused */

struct refusals {
    int listener;
    uint32_t used, more;
    struct pi_report table[32];
};

void refusals_answer(struct refusals *refusals);

/* watch.c: what the processes of a call use, where there is no cgroup */

struct watch_use {
    int64_t processor_us, written;
    uint64_t memory;
};

struct watch_use watch_look(void);
