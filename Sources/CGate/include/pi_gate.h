/* Apart from all else, because a static program can't look names up, and some of ours are static.
 */
#pragma once
#include <stdint.h>

struct pi_found_address {
    uint8_t bytes[16];
    uint32_t length; /* 4 or 16 */
};

/* How many were found, by the system's own resolver, which waits; 0: there is no such name; below:
 * it can't be told now. A name that need not be whole is completed as this host does. */
int pi_resolve(const char *name, struct pi_found_address *found, int limit, int completes);
