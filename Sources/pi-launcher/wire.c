#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int report_socket = -1;

const void *plan_part(const struct plan *plan, uint32_t at, uint64_t count, size_t each) {
    if (at > plan->size || count > (plan->size - at) / each) fail(PI_STEP_PLAN, (int)at, EBADMSG);
    return plan->base + at;
}

const char *plan_text(const struct plan *plan, uint32_t at) {
    /* The last byte of every plan is a zero, so a text that begins inside ends inside. */
    if (at >= plan->size) fail(PI_STEP_PLAN, (int)at, EBADMSG);
    return plan->base + at;
}

void plan_open(struct plan *plan, int fd, enum pi_step step) {
    struct stat facts;
    need(fstat(fd, &facts), step, 0);
    if (facts.st_size < 8 || facts.st_size > 64 << 20) fail(step, 0, EBADMSG);
    plan->size = (uint32_t)facts.st_size;
    void *base = mmap(NULL, plan->size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (base == MAP_FAILED) fail(step, 0, errno);
    close(fd);
    plan->base = base;
    const uint32_t *head = base;
    if (head[0] != PI_PLAN_MAGIC || head[1] != plan->size || plan->base[plan->size - 1] != 0)
        fail(step, 0, EBADMSG);
}

void fail(enum pi_step step, int item, int error) {
    struct pi_report failure = {
        .kind = PI_REPORT_FAILED, .step = step, .item = item, .error = error};
    report(&failure, -1);
    _exit(125);
}

void report(const struct pi_report *report, int fd) {
    /* Whoever should hear it has gone: then this process is about to be ended anyway. */
    pass(report_socket, report, sizeof *report, &fd, fd < 0 ? 0 : 1);
}

bool pass(int socket, const void *bytes, size_t size, const int *fds, int count) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * MOST_PASSED)];
    } control;
    struct iovec part = {(void *)bytes, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0) {
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count);
        memset(&control, 0, message.msg_controllen);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
        memcpy(CMSG_DATA(header), fds, sizeof(int) * (size_t)count);
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)size;
}

ssize_t receive(int socket, void *bytes, size_t size, struct passed *passed) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * MOST_PASSED)];
    } control;
    struct iovec part = {bytes, size};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    ssize_t count;
    /* Not close-on-exec: at the one exec there is, the wall `descriptors` closes all that is left,
     * and a test has to see what happens without it. */
    do count = recvmsg(socket, &message, 0);
    while (count < 0 && errno == EINTR);
    passed->count = 0;
    if (count < 0) return -1;
    /* Descriptors come in one piece, whatever their number: unix(7). */
    const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
        passed->count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        memcpy(passed->fds, CMSG_DATA(header), sizeof(int) * (size_t)passed->count);
    }
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        errno = EMSGSIZE;
        return -1;
    }
    return count;
}
