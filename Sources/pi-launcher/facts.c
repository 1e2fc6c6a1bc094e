/* What the kernel says of this process after the walls went up. A wall that is not there by its
 * word is not there. */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static uint64_t number_after(const char *text, const char *name, int base) {
    const char *found = strstr(text, name);
    if (!found) fail(PI_STEP_CAPABILITIES, 9, EBADMSG);
    uint64_t value = 0;
    for (found += strlen(name); *found == '\t' || *found == ' '; found++) {}
    for (; *found && *found != '\n'; found++) {
        int digit = *found <= '9' ? *found - '0' : *found - 'a' + 10;
        value = value * (uint64_t)base + (uint64_t)digit;
    }
    return value;
}

void walls_read_back(const struct world *world, struct pi_facts *facts) {
    char text[4096];
    int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    need(file, PI_STEP_PROC, 5);
    ssize_t count = read(file, text, sizeof text - 1);
    need(count, PI_STEP_PROC, 6);
    close(file);
    text[count] = 0;
    facts->inheritable = number_after(text, "\nCapInh:", 16);
    facts->permitted = number_after(text, "\nCapPrm:", 16);
    facts->effective = number_after(text, "\nCapEff:", 16);
    facts->bounding = number_after(text, "\nCapBnd:", 16);
    facts->ambient = number_after(text, "\nCapAmb:", 16);
    facts->no_new_privileges = (uint32_t)number_after(text, "\nNoNewPrivs:", 10);
    facts->seccomp_mode = (uint32_t)number_after(text, "\nSeccomp:", 10);
    facts->secure_bits = (uint32_t)prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);

    const struct pi_hello *hello = &world->hello;
    uint64_t left = facts->inheritable | facts->permitted | facts->effective | facts->ambient;
    if (has(hello, PI_WALL_USER)) left |= facts->bounding;
    if (has(hello, PI_WALL_CAPABILITIES) && left) fail(PI_STEP_CAPABILITIES, 8, EPERM);
    if (has(hello, PI_WALL_NO_NEW_PRIVILEGES) && !facts->no_new_privileges)
        fail(PI_STEP_NO_NEW_PRIVILEGES, 8, EPERM);
    if (has(hello, PI_WALL_SECCOMP) && facts->seccomp_mode != 2) fail(PI_STEP_FILTER, 8, EPERM);
}
