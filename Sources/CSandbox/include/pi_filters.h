/* The filters of system calls, compiled in: building one at every start would cost it four
 * milliseconds. What they mean is written in Sources/PiSandbox/SystemCalls/.
 */
#pragma once
#include <linux/filter.h>
#include <stdint.h>

struct pi_filter {
    const struct sock_filter *code;
    uint16_t length;
};

/* Never NULL. A reporting filter needs a listener; it leaves refusals other than ENOSYS to it. */
const struct pi_filter *pi_filter(int aarch64, int reporting);

/* What a listener must answer to a call that a reporting filter handed to it. Only numbers and
 * arguments are looked at, which the program can't change any more; nothing that they point to.
 */
int pi_refusal_errno(uint32_t number, const uint64_t arguments[6], int aarch64);
