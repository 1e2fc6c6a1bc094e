/* The only way out. Every address there is leads back into the call's own network namespace, where
 * a few sockets wait that are served from outside; whoever calls at another port is refused at once
 * by the kernel. */
#include "launcher.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOPBACK = 1 }; /* the first interface of every namespace */

/* Room for any of the messages below. */
struct request {
    struct nlmsghdr head;
    unsigned char body[64];
};

static void add(struct request *request, const void *part, uint32_t size) {
    memcpy(request->body + request->head.nlmsg_len - sizeof request->head, part, size);
    request->head.nlmsg_len += NLMSG_ALIGN(size);
}

static void add_attribute(struct request *request, uint16_t kind, const void *value,
                          uint16_t size) {
    struct rtattr attribute = {.rta_len = RTA_LENGTH(size), .rta_type = kind};
    add(request, &attribute, sizeof attribute);
    add(request, value, size);
}

/* 0, or -errno. */
static int ask(int netlink, struct request *request, uint16_t kind) {
    request->head.nlmsg_type = kind;
    request->head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE;
    struct {
        struct nlmsghdr head;
        struct nlmsgerr error;
        char rest[256];
    } answer;
    if (send(netlink, request, request->head.nlmsg_len, 0) < 0) return -errno;
    ssize_t count = recv(netlink, &answer, sizeof answer, 0);
    if (count < 0) return -errno;
    if ((size_t)count < sizeof answer.head + sizeof answer.error.error ||
        answer.head.nlmsg_type != NLMSG_ERROR)
        return -EBADMSG;
    return answer.error.error;
}

/* As `ip route add local 0.0.0.0/0 dev lo` does. */
static int all_local(int netlink, unsigned char family) {
    struct request request = {.head.nlmsg_len = sizeof request.head};
    struct rtmsg route = {.rtm_family = family,
                          .rtm_table = RT_TABLE_LOCAL,
                          .rtm_protocol = RTPROT_BOOT,
                          .rtm_scope = RT_SCOPE_HOST,
                          .rtm_type = RTN_LOCAL};
    uint32_t interface = LOOPBACK;
    add(&request, &route, sizeof route);
    add_attribute(&request, RTA_OIF, &interface, sizeof interface);
    return ask(netlink, &request, RTM_NEWROUTE);
}

/* An address of each family that is not loopback's own: who has none is told no addresses of that
 * family by a resolver that is asked for what is of use (AI_ADDRCONFIG). */
static void own_address(int netlink, unsigned char family) {
    static const unsigned char four[4] = {198, 19, 255, 254};
    static const unsigned char six[16] = {0xFD, 0x70, 0x69, 0x72, 0x6E, 0, 0, 1,
                                          0,    0,    0,    0,    0,    0, 0, 1};
    struct request request = {.head.nlmsg_len = sizeof request.head};
    bool is_six = family == AF_INET6;
    struct ifaddrmsg address = {
        .ifa_family = family, .ifa_prefixlen = is_six ? 128 : 32, .ifa_index = LOOPBACK};
    add(&request, &address, sizeof address);
    add_attribute(&request, IFA_LOCAL, is_six ? six : four, is_six ? sizeof six : sizeof four);
    int error = ask(netlink, &request, RTM_NEWADDR);
    if (error < 0) fail(PI_STEP_GATE, -6, -error);
}

static socklen_t place(int family, uint32_t host, uint16_t port, struct sockaddr_storage *address) {
    memset(address, 0, sizeof *address);
    if (family == AF_INET6) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(port);
        return sizeof *six;
    }
    struct sockaddr_in *four = (struct sockaddr_in *)address;
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    four->sin_addr.s_addr = htonl(host);
    return sizeof *four;
}

static int bound(int family, int type, uint32_t host, uint16_t port, int item) {
    int fd = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    need(fd, PI_STEP_GATE, item);
    /* One for both families. */
    int no = 0;
    if (family == AF_INET6)
        need(setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no), PI_STEP_GATE, item);
    /* A rule may name the stub's own port: then the stub has its one address, and the rule the
     * rest. */
    int yes = 1;
    if (port == 53)
        need(setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes), PI_STEP_GATE, item);
    struct sockaddr_storage address;
    socklen_t length = place(family, host, port, &address);
    need(bind(fd, (struct sockaddr *)&address, length), PI_STEP_GATE, item);
    if (type == SOCK_STREAM) need(listen(fd, 1024), PI_STEP_GATE, item);
    return fd;
}

void gate_open(const struct world *world) {
    const struct pi_sandbox_plan *sandbox = world->sandbox;
    uint32_t count = sandbox->port_count;
    if (count == 0) return;
    if (count > PI_GATE_PORTS) fail(PI_STEP_GATE, 0, E2BIG);
    const uint32_t *ports = plan_part(&world->plan, sandbox->ports, count, sizeof *ports);

    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    need(netlink, PI_STEP_GATE, -1);
    int four = all_local(netlink, AF_INET), six = all_local(netlink, AF_INET6);
    if (four >= 0) own_address(netlink, AF_INET);
    if (six >= 0) own_address(netlink, AF_INET6);
    close(netlink);
    /* A kernel may do without one of them. */
    if (four < 0 && six < 0) fail(PI_STEP_GATE, -2, -four);
    int family = six < 0 ? AF_INET : AF_INET6;

    int sockets[2 + PI_GATE_PORTS];
    sockets[0] = bound(AF_INET, SOCK_DGRAM, PI_GATE_STUB, 53, -3);
    sockets[1] = bound(AF_INET, SOCK_STREAM, PI_GATE_STUB, 53, -4);
    for (uint32_t i = 0; i < count; i++)
        sockets[2 + i] = bound(family, SOCK_STREAM, INADDR_ANY, (uint16_t)ports[i], (int)i);
    struct pi_report opened = {.kind = PI_REPORT_GATE, .count = 2 + count};
    if (!pass(report_socket, &opened, sizeof opened, sockets, 2 + (int)count))
        fail(PI_STEP_GATE, -5, errno);
    for (uint32_t i = 0; i < 2 + count; i++) close(sockets[i]);
}
