#include "pi_filters.h"
#include <errno.h>
#include <sys/socket.h>

int pi_refusal_errno(uint32_t number, const uint64_t arguments[6], int aarch64) {
    const uint32_t socket_call = aarch64 ? 198 : 41, pair_call = aarch64 ? 199 : 53;
    if (number == pair_call) return EAFNOSUPPORT;
    if (number != socket_call) return EPERM;
    // The kernel reads an int, whatever stands above it in the register.
    const uint32_t family = (uint32_t)arguments[0], type = (uint32_t)arguments[1] & 0xF;
    switch (family) {
    case AF_UNIX: return EPERM; // it was the type
    case AF_INET:
    case AF_INET6: return type == SOCK_STREAM || type == SOCK_DGRAM ? EPROTONOSUPPORT : EPERM;
    default: return EAFNOSUPPORT;
    }
}
