/* Reaching what listens on the host. PORT and the names belong to the harness. */
#include "forbidden.h"
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_un local;
};

static socklen_t parse(union address *address, const char *host, const char *port) {
    const in_port_t wanted = htons((in_port_t)number(port, 1, 65535));
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, host, &address->four.sin_addr) == 1) {
        address->four.sin_family = AF_INET;
        address->four.sin_port = wanted;
        return sizeof address->four;
    }
    if (inet_pton(AF_INET6, host, &address->six.sin6_addr) != 1) misused("that is no address");
    address->six.sin6_family = AF_INET6;
    address->six.sin6_port = wanted;
    return sizeof address->six;
}

/* No packet is waited for longer than this. */
static void set_patience(int fd) {
    const struct timeval limit = {.tv_sec = 3};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

static enum outcome reach(const char *host, const char *port, int type, int protocol) {
    union address address;
    const socklen_t length = parse(&address, host, port);
    int fd = socket(address.any.sa_family, type | SOCK_CLOEXEC, protocol);
    if (fd < 0) return refused("socket");
    set_patience(fd);
    if (connect(fd, &address.any, length) < 0) return refused("connect");
    return by("send", send(fd, nonce, strlen(nonce), MSG_NOSIGNAL));
}

ACT(connect_to_host) { return reach(act->detail, args[0], SOCK_STREAM, 0); }
ACT(connect_to_address) { return reach(args[0], args[1], SOCK_STREAM, 0); }
ACT(connect_multipath) { return reach(act->detail, args[0], SOCK_STREAM, IPPROTO_MPTCP); }
ACT(send_connected) { return reach(act->detail, args[0], SOCK_DGRAM, 0); }
ACT(send_to_address) { return reach(args[0], args[1], SOCK_DGRAM, 0); }

/* Without connect: a hook on that call does not see it. */
static enum outcome send_to(const char *host, const char *port, int type, int flags) {
    union address address;
    const socklen_t length = parse(&address, host, port);
    int fd = socket(address.any.sa_family, type | SOCK_CLOEXEC, 0);
    if (fd < 0) return refused("socket");
    set_patience(fd);
    return by("sendto",
              sendto(fd, nonce, strlen(nonce), flags | MSG_NOSIGNAL, &address.any, length));
}

ACT(send_datagram) { return send_to(act->detail, args[0], SOCK_DGRAM, 0); }
ACT(connect_by_sending) { return send_to(act->detail, args[0], SOCK_STREAM, MSG_FASTOPEN); }

/* Waits a while to be called from the host. */
ACT(serve_on) {
    union address address;
    const socklen_t length = parse(&address, "127.0.0.1", args[0]);
    const int yes = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return refused("socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, &address.any, length) < 0) return refused("bind");
    if (listen(fd, 8) < 0) return refused("listen");
    struct pollfd caller = {.fd = fd, .events = POLLIN};
    return poll(&caller, 1, 5000) == 1 ? done() : absent("a caller");
}

/* An abstract name has a zero before it; a path has none. */
static socklen_t parse_name(union address *address, const char *name, bool is_abstract) {
    memset(address, 0, sizeof *address);
    address->local.sun_family = AF_UNIX;
    if (strlen(name) + 2 > sizeof address->local.sun_path) misused("the name is too long");
    strcpy(address->local.sun_path + is_abstract, name);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + is_abstract + strlen(name));
}

struct local {
    int type;
    bool is_abstract;
};

ACT(connect_local) {
    const struct local *local = act->detail;
    union address address;
    const socklen_t length = parse_name(&address, args[0], local->is_abstract);
    int fd = socket(AF_UNIX, local->type | SOCK_CLOEXEC, 0);
    if (fd < 0) return refused("socket");
    if (connect(fd, &address.any, length) < 0) return by("connect", -1);
    return by("send", send(fd, nonce, strlen(nonce), MSG_NOSIGNAL));
}

/* That a name is taken says that it is the host's. */
ACT(find_abstract) {
    union address address;
    const socklen_t length = parse_name(&address, args[0], true);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return refused("socket");
    if (bind(fd, &address.any, length) == 0) return absent("the host's name");
    return errno == EADDRINUSE ? done() : refused("bind");
}

ACT(list_interfaces) {
    struct if_nameindex *all = if_nameindex();
    if (!all) return refused("if_nameindex");
    bool found = false;
    for (struct if_nameindex *one = all; one->if_index != 0; one++) {
        if (strcmp(one->if_name, "lo") == 0) continue;
        saw("%s", one->if_name);
        found = true;
    }
    if_freenameindex(all);
    return found ? done() : absent("another interface than lo");
}

/* Sets the flags of the loopback interface to what they are. */
ACT(set_interface) {
    struct ifreq request = {.ifr_name = "lo"};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return refused("socket");
    if (ioctl(fd, SIOCGIFFLAGS, &request) < 0) return by("SIOCGIFFLAGS", -1);
    return by("SIOCSIFFLAGS", ioctl(fd, SIOCSIFFLAGS, &request));
}

ACT(mark_socket) {
    const int mark = 0;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return refused("socket");
    return by("SO_MARK", setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof mark));
}

#define LOCAL(type, is_abstract)                                                                   \
    &(const struct local) { type, is_abstract }

const struct act network_acts[] = {
    {"connect-tcp", "PORT", connect_to_host, "127.0.0.1"},
    {"connect-any-address", "PORT", connect_to_host, "0.0.0.0"},
    {"connect-mapped", "PORT", connect_to_host, "::ffff:127.0.0.1"},
    {"connect-tcp6", "PORT", connect_to_host, "::1"},
    {"connect-address", "ADDRESS PORT", connect_to_address, NULL},
    {"connect-multipath", "PORT", connect_multipath, "127.0.0.1"},
    {"connect-by-sending", "PORT", connect_by_sending, "127.0.0.1"},
    {"send-udp", "PORT", send_datagram, "127.0.0.1"},
    {"send-udp-connected", "PORT", send_connected, "127.0.0.1"},
    {"send-udp-mapped", "PORT", send_datagram, "::ffff:127.0.0.1"},
    {"send-udp6", "PORT", send_datagram, "::1"},
    {"send-address", "ADDRESS PORT", send_to_address, NULL},
    {"serve-tcp", "PORT", serve_on, NULL},
    {"connect-abstract", "NAME", connect_local, LOCAL(SOCK_STREAM, true)},
    {"send-abstract", "NAME", connect_local, LOCAL(SOCK_DGRAM, true)},
    {"find-abstract", "NAME", find_abstract, NULL},
    {"connect-socket", "SOCKET", connect_local, LOCAL(SOCK_STREAM, false)},
    {"send-socket", "SOCKET", connect_local, LOCAL(SOCK_DGRAM, false)},
    {"connect-outside-socket", "SOCKET", connect_local, LOCAL(SOCK_STREAM, false)},
    {"interface-list", "", list_interfaces, NULL},
    {"interface-flags", "", set_interface, NULL},
    {"socket-mark", "", mark_socket, NULL},
    {0},
};
