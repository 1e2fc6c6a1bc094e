#include "pi_gate.h"
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <string.h>
#include <sys/socket.h>

int pi_resolve(const char *name, struct pi_found_address *found, int limit, int completes) {
    /* This thread's own settings: a name is whole, and no domain is tried behind it. */
    if (res_init() < 0) return -EAGAIN;
    if (!completes) _res.options &= ~(unsigned long)(RES_DNSRCH | RES_DEFNAMES);
    struct addrinfo wanted = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *list = NULL;
    errno = 0;
    int failure = getaddrinfo(name, NULL, &wanted, &list);
    if (failure == EAI_NONAME || failure == EAI_NODATA) return 0;
    if (failure != 0) return failure == EAI_SYSTEM && errno ? -errno : -EAGAIN;
    int count = 0;
    for (struct addrinfo *one = list; one && count < limit; one = one->ai_next) {
        const void *bytes;
        if (one->ai_family == AF_INET)
            bytes = &((const struct sockaddr_in *)(const void *)one->ai_addr)->sin_addr;
        else if (one->ai_family == AF_INET6)
            bytes = &((const struct sockaddr_in6 *)(const void *)one->ai_addr)->sin6_addr;
        else continue;
        found[count].length = one->ai_family == AF_INET ? 4 : 16;
        memcpy(found[count].bytes, bytes, found[count].length);
        count++;
    }
    freeaddrinfo(list);
    return count;
}
