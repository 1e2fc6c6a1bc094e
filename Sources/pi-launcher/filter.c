/* The filter of system calls, and the count of what it refused. */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __aarch64__
enum { AARCH64 = 1 };
#else
enum { AARCH64 = 0 };
#endif

static int install(int reporting, unsigned int flags) {
    const struct pi_filter *filter = pi_filter(AARCH64, reporting);
    struct sock_fprog program = {.len = filter->length,
                                 .filter = (struct sock_filter *)filter->code};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

int filter_install(bool reports) {
    int listener = reports ? install(1, SECCOMP_FILTER_FLAG_NEW_LISTENER) : -1;
    if (listener >= 0) return listener;
    /* A filter around us has a listener already, and there can only be one. */
    if (reports && errno != EBUSY) fail(PI_STEP_FILTER, 0, errno);
    need(install(0, 0), PI_STEP_FILTER, 1);
    return -1;
}

static void program_name(uint32_t pid, char name[16]) {
    char path[40] = "/proc/";
    char digits[12];
    int length = 0;
    do digits[length++] = (char)('0' + pid % 10);
    while (pid /= 10);
    char *end = path + 6;
    while (length > 0) *end++ = digits[--length];
    memcpy(end, "/comm", 6);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return; /* it has gone: the count stands without a name */
    ssize_t count = read(file, name, 15);
    if (count > 0) name[name[count - 1] == '\n' ? count - 1 : count] = 0;
    close(file);
}

static void count(struct refusals *refusals, const struct seccomp_notif *asked) {
    struct pi_report found = {
        .kind = PI_REPORT_REFUSED, .number = (uint32_t)asked->data.nr, .count = 1};
    for (int i = 0; i < 6; i++) found.arguments[i] = asked->data.args[i];
    program_name(asked->pid, found.program);
    for (uint32_t i = 0; i < refusals->used; i++) {
        struct pi_report *known = &refusals->table[i];
        if (known->number != found.number || strcmp(known->program, found.program) != 0) continue;
        if (known->count < UINT32_MAX) known->count++;
        return;
    }
    /* A program that refuses to stop asking for new things is told of by number only. */
    if (refusals->used == sizeof refusals->table / sizeof refusals->table[0]) {
        if (refusals->more < UINT32_MAX) refusals->more++;
        return;
    }
    refusals->table[refusals->used++] = found;
}

/* Refuse and count, never let one go on: what its pointers point at could have changed since. */
void refusals_answer(struct refusals *refusals) {
    struct seccomp_notif asked;
    memset(&asked, 0, sizeof asked);
    /* The caller may have been killed meanwhile. */
    if (ioctl(refusals->listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) < 0) return;
    count(refusals, &asked);
    uint64_t arguments[6]; /* the kernel's type is another one of the same size */
    for (int i = 0; i < 6; i++) arguments[i] = asked.data.args[i];
    struct seccomp_notif_resp answer = {
        .id = asked.id,
        .error = -pi_refusal_errno((uint32_t)asked.data.nr, arguments, AARCH64),
    };
    ioctl(refusals->listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}
