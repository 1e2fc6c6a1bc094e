/* Kinds of sockets that no tool needs. They are made and closed, never used. */
#include "forbidden.h"
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel reads 32 bits of each number. */
#define WIDE 0x7000000000000000L

struct family {
    long family, type, protocol;
};

ACT(make_socket) {
    const struct family *wanted = act->detail;
    long fd = syscall(SYS_socket, wanted->family, wanted->type, wanted->protocol);
    return fd < 0 ? refused("socket") : done();
}

ACT(make_pair) {
    const struct family *wanted = act->detail;
    int ends[2];
    long result = syscall(SYS_socketpair, wanted->family, wanted->type, wanted->protocol, ends);
    return result < 0 ? refused("socketpair") : done();
}

#define FAMILY(...)                                                                                \
    make_socket, &(const struct family) { __VA_ARGS__ }
#define NETLINK(protocol) FAMILY(AF_NETLINK, SOCK_RAW, protocol)

const struct act family_acts[] = {
    {"socket-packet", "", FAMILY(AF_PACKET, SOCK_RAW, 0)},
    {"socket-packet-datagram", "", FAMILY(AF_PACKET, SOCK_DGRAM, 0)},
    /* The kernel makes AF_PACKET of this old form. */
    {"socket-packet-old", "", FAMILY(AF_INET, SOCK_PACKET, 0x300)},
    {"socket-raw", "", FAMILY(AF_INET, SOCK_RAW, IPPROTO_ICMP)},
    {"socket-raw-flags", "", FAMILY(AF_INET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_RAW)},
    {"socket-raw6", "", FAMILY(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6)},
    {"socket-vsock", "", FAMILY(AF_VSOCK, SOCK_STREAM, 0)},
    {"socket-vsock-datagram", "", FAMILY(AF_VSOCK, SOCK_DGRAM, 0)},
    {"socket-vsock-wide", "", FAMILY(WIDE | AF_VSOCK, SOCK_STREAM, 0)},
    {"socket-alg", "", FAMILY(AF_ALG, SOCK_SEQPACKET, 0)},
    {"socket-xdp", "", FAMILY(AF_XDP, SOCK_RAW, 0)},
    {"socket-key", "", FAMILY(AF_KEY, SOCK_RAW, 2)},
    {"socket-llc", "", FAMILY(AF_LLC, SOCK_STREAM, 0)},
    {"socket-bluetooth", "", FAMILY(AF_BLUETOOTH, SOCK_RAW, 1)},
    {"socket-can", "", FAMILY(AF_CAN, SOCK_RAW, 1)},
    {"socket-tipc", "", FAMILY(AF_TIPC, SOCK_STREAM, 0)},
    {"socket-rds", "", FAMILY(AF_RDS, SOCK_SEQPACKET, 0)},
    {"socket-kcm", "", FAMILY(AF_KCM, SOCK_DGRAM, 0)},
    {"socket-qipcrtr", "", FAMILY(AF_QIPCRTR, SOCK_DGRAM, 0)},
    {"socket-smc", "", FAMILY(AF_SMC, SOCK_STREAM, 0)},
    {"socket-nfc", "", FAMILY(AF_NFC, SOCK_SEQPACKET, 0)},
    {"socket-pppox", "", FAMILY(AF_PPPOX, SOCK_STREAM, 0)},
    {"socket-mctp", "", FAMILY(AF_MCTP, SOCK_DGRAM, 0)},
    {"netlink-diag", "", NETLINK(NETLINK_SOCK_DIAG)},
    {"netlink-audit", "", NETLINK(NETLINK_AUDIT)},
    {"netlink-netfilter", "", NETLINK(NETLINK_NETFILTER)},
    {"netlink-xfrm", "", NETLINK(NETLINK_XFRM)},
    {"netlink-events", "", NETLINK(NETLINK_KOBJECT_UEVENT)},
    {"netlink-generic", "", NETLINK(NETLINK_GENERIC)},
    {"netlink-connector", "", NETLINK(NETLINK_CONNECTOR)},
    {"netlink-routes-lookup", "", NETLINK(NETLINK_FIB_LOOKUP)},
    {"netlink-crypto", "", NETLINK(NETLINK_CRYPTO)},
    {"netlink-wide", "", FAMILY(WIDE | AF_NETLINK, SOCK_RAW, WIDE | NETLINK_GENERIC)},
    {"socketpair-tipc", "", make_pair, &(const struct family){AF_TIPC, SOCK_SEQPACKET, 0}},
    {0},
};
