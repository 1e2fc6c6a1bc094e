#include "again.h"
#include "pi_system.h"
#include <arpa/inet.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_PASSED = 67 };

int pi_packet_pair(int ends[2]) {
    return AGAIN_INT(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends));
}

int64_t pi_send_packet(int fd, const void *bytes, size_t count, const int *fds, int fd_count) {
    if (fd_count > MOST_PASSED) return -E2BIG;
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(MOST_PASSED * sizeof(int))] = {0};
    if (fd_count > 0) {
        size_t passed = (size_t)fd_count * sizeof(int);
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(passed);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(passed);
        memcpy(CMSG_DATA(header), fds, passed);
    }
    return AGAIN(sendmsg(fd, &message, MSG_NOSIGNAL));
}

int pi_receive_packet(int fd, void *bytes, size_t size, int *fds, int fd_limit,
                      struct pi_packet *result) {
    if (fd_limit > MOST_PASSED) return -E2BIG;
    struct iovec part = {.iov_base = bytes, .iov_len = size};
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(MOST_PASSED * sizeof(int))] = {0};
    struct msghdr message = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = control,
        .msg_controllen = sizeof control,
    };
    int64_t count = AGAIN(recvmsg(fd, &message, MSG_CMSG_CLOEXEC));
    if (count < 0) return (int)count;

    *result = (struct pi_packet){.count = (size_t)count};
    result->is_cut = message.msg_flags & (MSG_TRUNC | MSG_CTRUNC);
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        int passed = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (int i = 0; i < passed; i++) {
            int received;
            memcpy(&received, CMSG_DATA(header) + (size_t)i * sizeof(int), sizeof received);
            if (result->fd_count < fd_limit) fds[result->fd_count++] = received;
            else {
                result->is_cut = true;
                close(received);
            }
        }
    }
    /* Half a message is none: what came with it is closed here, where it can't be forgotten. */
    if (result->is_cut) {
        for (int i = 0; i < result->fd_count; i++) close(fds[i]);
        result->fd_count = 0;
    }
    return 0;
}

/* Length of the address written. */
static socklen_t loopback(bool ipv6, uint16_t port, struct sockaddr_storage *address) {
    memset(address, 0, sizeof *address);
    if (ipv6) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(port);
        six->sin6_addr = in6addr_loopback;
        return sizeof *six;
    }
    struct sockaddr_in *four = (struct sockaddr_in *)address;
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    four->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return sizeof *four;
}

static int stream(bool ipv6) {
    int family = ipv6 ? AF_INET6 : AF_INET;
    return AGAIN_INT(socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

static int closing(int fd, int failure) {
    close(fd);
    return failure;
}

int pi_listen(bool ipv6, uint16_t port) {
    int fd = stream(ipv6);
    if (fd < 0) return fd;
    int yes = 1;
    struct sockaddr_storage address;
    socklen_t length = loopback(ipv6, port, &address);
    int failure = AGAIN_INT(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
    if (failure == 0) failure = AGAIN_INT(bind(fd, (struct sockaddr *)&address, length));
    if (failure == 0) failure = AGAIN_INT(listen(fd, 128));
    return failure < 0 ? closing(fd, failure) : fd;
}

int pi_port(int fd) {
    struct sockaddr_storage address = {0};
    socklen_t length = sizeof address;
    int failure = AGAIN_INT(getsockname(fd, (struct sockaddr *)&address, &length));
    if (failure < 0) return failure;
    if (address.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    return ntohs(((struct sockaddr_in *)&address)->sin_port);
}

int pi_accept(int fd) { return AGAIN_INT(accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)); }

int pi_connect(const uint8_t *bytes, bool ipv6, uint16_t port, bool *made) {
    int fd = stream(ipv6);
    if (fd < 0) return fd;
    struct sockaddr_storage address;
    socklen_t length = loopback(ipv6, port, &address);
    if (ipv6) memcpy(&((struct sockaddr_in6 *)&address)->sin6_addr, bytes, 16);
    else memcpy(&((struct sockaddr_in *)&address)->sin_addr, bytes, 4);
    int yes = 1;
    int failure = AGAIN_INT(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes));
    if (failure == 0 && connect(fd, (struct sockaddr *)&address, length) < 0) failure = -errno;
    /* It goes on by itself; on loopback it is there by now, and only a second call tells. */
    if (failure == -EINPROGRESS || failure == -EINTR)
        failure = connect(fd, (struct sockaddr *)&address, length) < 0 ? -errno : 0;
    if (failure == -EISCONN) failure = 0;
    *made = failure == 0;
    if (failure == -EALREADY || failure == -EINTR) failure = 0;
    return failure < 0 ? closing(fd, failure) : fd;
}

int pi_socket_error(int fd) {
    int error = 0;
    socklen_t length = sizeof error;
    int failure = AGAIN_INT(getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length));
    return failure < 0 ? failure : -error;
}

int pi_end_writing(int fd) { return AGAIN_INT(shutdown(fd, SHUT_WR)); }

int pi_shut_down(int fd) { return AGAIN_INT(shutdown(fd, SHUT_RDWR)); }

/* What came by way of the other family is told as what it is. */
static int endpoint(int fd, struct pi_endpoint *found) {
    struct sockaddr_in6 six;
    memset(&six, 0, sizeof six);
    socklen_t length = sizeof six;
    int failure = AGAIN_INT(getsockname(fd, (struct sockaddr *)&six, &length));
    if (failure < 0) return failure;
    /* The family and the port are at the same places in both. */
    uint8_t bytes[sizeof six];
    memcpy(bytes, &six, sizeof six);
    static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    const uint8_t *address = bytes + offsetof(struct sockaddr_in6, sin6_addr);
    *found = (struct pi_endpoint){.length = 16, .port = ntohs(six.sin6_port)};
    if (six.sin6_family == AF_INET) {
        found->length = 4;
        address = bytes + offsetof(struct sockaddr_in, sin_addr);
    } else if (memcmp(address, mapped, sizeof mapped) == 0) {
        found->length = 4;
        address += sizeof mapped;
    }
    memcpy(found->bytes, address, found->length);
    return 0;
}

int pi_accept_at(int fd, struct pi_endpoint *local) {
    int accepted = pi_accept(fd);
    if (accepted < 0) return accepted;
    int yes = 1, failure = endpoint(accepted, local);
    if (failure == 0)
        failure = AGAIN_INT(setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes));
    return failure < 0 ? closing(accepted, failure) : accepted;
}

int64_t pi_receive_from(int fd, void *bytes, size_t size, struct pi_peer *peer) {
    socklen_t length = sizeof peer->address;
    int64_t count = AGAIN(recvfrom(fd, bytes, size, 0, (struct sockaddr *)peer->address, &length));
    peer->length = length;
    return count;
}

int64_t pi_send_to(int fd, const void *bytes, size_t count, const struct pi_peer *peer) {
    return AGAIN(sendto(fd, bytes, count, MSG_NOSIGNAL, (const struct sockaddr *)peer->address,
                        peer->length));
}

int pi_reset_at_close(int fd) {
    struct linger at_once = {.l_onoff = true};
    return AGAIN_INT(setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once));
}

int pi_parse_address(const char *text, uint8_t bytes[16]) {
    if (inet_pton(AF_INET, text, bytes) == 1) return 4;
    return inet_pton(AF_INET6, text, bytes) == 1 ? 16 : 0;
}

int pi_unsent(int fd) {
    int count = 0;
    int failure = AGAIN_INT(ioctl(fd, SIOCOUTQ, &count));
    return failure < 0 ? failure : count;
}
