#include "pi_system.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

const char *pi_build_commit(void) { return PI_COMMIT; }
const char *pi_build_toolchain(void) { return PI_TOOLCHAIN; }

/* The GNU form, which is no buffer that another thread may overwrite; null for no errno. */
const char *pi_errno_sentence(int number) { return strerrordesc_np(number); }

int pi_kernel_release(char *buffer, size_t size) {
    struct utsname name;
    if (uname(&name) < 0) return -errno;
    size_t length = strnlen(name.release, sizeof name.release);
    if (length + 1 > size) return -ENAMETOOLONG;
    memcpy(buffer, name.release, length);
    buffer[length] = 0;
    return 0;
}

const char *pi_variable(const char *name) { return getenv(name); }
