#include "pi_system.h"
#include <errno.h>
#include <malloc.h>

/* A process that lives for days would else grow: each thread takes an arena for itself, and what is
 * large comes from the same heap as what is small once it has been given back (mallopt(3)). */
int pi_keep_memory_small(void) {
    enum { LARGE = 128 << 10 };
    bool taken = mallopt(M_ARENA_MAX, 2) && mallopt(M_MMAP_THRESHOLD, LARGE) &&
                 mallopt(M_TRIM_THRESHOLD, LARGE);
    return taken ? 0 : -EINVAL;
}

void pi_return_memory(void) { malloc_trim(0); }
