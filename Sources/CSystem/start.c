#include "pi_system.h"
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* Puts something in the place of a standard stream that the caller closed.
 *
 * Else the next file to be opened would become it, and an error message could end up in that file.
 * It happens before main, because the runtime opens descriptors of its own on the way there.
 */
__attribute__((constructor)) static void fill_standard_streams(void) {
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) >= 0) continue;
        /* For reading only, so that a write fails instead of vanishing. The lowest free number is
         * the missing one. */
        if (open("/dev/null", O_RDONLY) != fd) _exit(70);
    }
}

/* A caller may have left SIGCHLD ignored, and that survives exec: the kernel would then reap our
 * children before we hear how they ended, and their numbers would be anybody's (waitpid(2)). */
__attribute__((constructor)) static void keep_children(void) { signal(SIGCHLD, SIG_DFL); }
