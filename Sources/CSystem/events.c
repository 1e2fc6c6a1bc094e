#include "again.h"
#include "pi_system.h"
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

int pi_epoll(void) { return AGAIN_INT(epoll_create1(EPOLL_CLOEXEC)); }

static int control(int epoll, int operation, int fd, uint32_t interest, uint64_t token) {
    struct epoll_event event = {.data.u64 = token};
    if (interest & PI_READABLE) event.events |= EPOLLIN | EPOLLRDHUP;
    if (interest & PI_WRITABLE) event.events |= EPOLLOUT;
    return AGAIN_INT(epoll_ctl(epoll, operation, fd, &event));
}

int pi_epoll_add(int epoll, int fd, uint32_t interest, uint64_t token) {
    return control(epoll, EPOLL_CTL_ADD, fd, interest, token);
}

int pi_epoll_change(int epoll, int fd, uint32_t interest, uint64_t token) {
    return control(epoll, EPOLL_CTL_MOD, fd, interest, token);
}

int pi_epoll_remove(int epoll, int fd) { return control(epoll, EPOLL_CTL_DEL, fd, 0, 0); }

int pi_epoll_wait(int epoll, struct pi_event *events, int limit, int64_t timeout_ns) {
    enum { AT_ONCE = 64 };
    struct epoll_event ready[AT_ONCE];
    /* Rounded up: waking before a deadline would only mean to wait again. */
    int64_t timeout_ms = timeout_ns < 0 ? -1 : (timeout_ns + 999999) / 1000000;
    if (timeout_ms > 86400000) timeout_ms = 86400000;
    int count = epoll_wait(epoll, ready, limit < AT_ONCE ? limit : AT_ONCE, (int)timeout_ms);
    /* Not made again, as the time that is left has changed: to the caller nothing was ready. */
    if (count < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < count; i++) {
        uint32_t found = ready[i].events;
        events[i] = (struct pi_event){.token = ready[i].data.u64};
        if (found & (EPOLLIN | EPOLLRDHUP)) events[i].ready |= PI_READABLE;
        if (found & EPOLLOUT) events[i].ready |= PI_WRITABLE;
        if (found & (EPOLLERR | EPOLLHUP)) events[i].ready |= PI_HUNG_UP;
    }
    return count;
}

int pi_wake_up_call(void) { return AGAIN_INT(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }

int64_t pi_clock(int clock) {
    static const clockid_t ids[] = {
        [PI_CLOCK_WALL] = CLOCK_REALTIME,
        [PI_CLOCK_MONOTONIC] = CLOCK_MONOTONIC,
        [PI_CLOCK_BOOT] = CLOCK_BOOTTIME,
    };
    struct timespec now;
    if (clock_gettime(ids[clock], &now) < 0) return -errno;
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

void pi_clear(void *bytes, size_t count) { explicit_bzero(bytes, count); }

int pi_random(void *bytes, size_t count) {
    for (size_t done = 0; done < count;) {
        int64_t got = AGAIN(getrandom((char *)bytes + done, count - done, 0));
        if (got < 0) return (int)got;
        done += (size_t)got;
    }
    return 0;
}

int pi_poll(struct pi_wait_for *waits, int count, int64_t timeout_ns) {
    enum { MOST = 16 };
    struct pollfd list[MOST];
    if (count > MOST) return -E2BIG;
    for (int i = 0; i < count; i++) {
        list[i] = (struct pollfd){.fd = waits[i].fd};
        if (waits[i].interest & PI_READABLE) list[i].events |= POLLIN;
        if (waits[i].interest & PI_WRITABLE) list[i].events |= POLLOUT;
    }
    struct timespec timeout = {timeout_ns / 1000000000, timeout_ns % 1000000000};
    int ready = ppoll(list, (nfds_t)count, timeout_ns < 0 ? NULL : &timeout, NULL);
    /* As above: the time that is left has changed. */
    if (ready < 0 && errno != EINTR) return -errno;
    for (int i = 0; i < count; i++) {
        short found = ready > 0 ? list[i].revents : 0;
        waits[i].ready = 0;
        if (found & POLLIN) waits[i].ready |= PI_READABLE;
        if (found & POLLOUT) waits[i].ready |= PI_WRITABLE;
        if (found & (POLLERR | POLLHUP | POLLNVAL)) waits[i].ready |= PI_HUNG_UP;
    }
    return ready < 0 ? 0 : ready;
}
