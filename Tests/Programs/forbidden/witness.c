/* forbidden --make KIND: those outside who tell what reached them (make.c).
 *
 * Each says a line for everything that comes, and answers a line on its standard input with
 * `synced` when it has told of all that came before. It ends with its standard input.
 */
#include "forbidden.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 16 };

struct post {
    const char *name;
    int fd;
    bool accepts;
};

static struct post posts[MOST];
static nfds_t count;

static void must(const char *step, long result) {
    if (result >= 0) return;
    perror(step);
    exit(MISUSED);
}

static void add(const char *name, int fd, bool accepts) {
    if (accepts) must("listen", listen(fd, 8));
    posts[count++] = (struct post){name, fd, accepts};
}

/* On a port that is free; false where the host has no such address. */
static bool add_port(const char *name, const struct sockaddr *wanted, socklen_t length, int type) {
    struct sockaddr_in6 address;
    memcpy(&address, wanted, length);
    int fd = socket(wanted->sa_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) < 0) return false;
    must("getsockname", getsockname(fd, (struct sockaddr *)&address, &length));
    printf("%s %d\n", name, ntohs(address.sin6_port)); /* it lies where that of IPv4 does */
    add(name, fd, type == SOCK_STREAM);
    return true;
}

static void add_local(const char *name, const char *path, bool is_abstract, int type) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) + 2 > sizeof address.sun_path) misused("the path is too long for a socket");
    strcpy(address.sun_path + is_abstract, path);
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) misused("there are no local sockets here");
    const size_t length = offsetof(struct sockaddr_un, sun_path) + is_abstract + strlen(path);
    must("bind", bind(fd, (struct sockaddr *)&address, (socklen_t)length));
    add(name, fd, type == SOCK_STREAM);
}

/* An address that the host has beside its loopback. */
static void add_address(void) {
    struct ifaddrs *all;
    if (getifaddrs(&all) < 0) return;
    for (struct ifaddrs *one = all; one; one = one->ifa_next) {
        if (!one->ifa_addr || one->ifa_addr->sa_family != AF_INET) continue;
        if (one->ifa_flags & IFF_LOOPBACK || !(one->ifa_flags & IFF_UP)) continue;
        struct sockaddr_in address;
        memcpy(&address, one->ifa_addr, sizeof address);
        const struct sockaddr *any = (const struct sockaddr *)&address;
        char text[INET_ADDRSTRLEN];
        printf("address %s\n", inet_ntop(AF_INET, &address.sin_addr, text, sizeof text));
        add_port("address-port", any, sizeof address, SOCK_STREAM);
        add_port("address-udp", any, sizeof address, SOCK_DGRAM);
        break;
    }
    freeifaddrs(all);
}

/* True if something had come. */
static bool hear(const struct post *post) {
    if (post->accepts) {
        int caller = accept4(post->fd, NULL, NULL, SOCK_CLOEXEC);
        if (caller < 0) return false;
        close(caller);
        printf("connected %s\n", post->name);
        return true;
    }
    char text[512];
    ssize_t length = read(post->fd, text, sizeof text - 1);
    if (length <= 0) return false;
    printf("heard %s %.*s\n", post->name, (int)length, text);
    return true;
}

/* False at the end of our own input. */
static bool answer(void) {
    char order[64];
    ssize_t length = read(STDIN_FILENO, order, sizeof order);
    if (length < 0 && errno == EINTR) return true;
    if (length <= 0) return false;
    for (bool more = true; more;) {
        more = false;
        for (nfds_t i = 0; i < count; i++) more = hear(&posts[i]) || more;
    }
    puts("synced");
    return true;
}

static void attend(void) {
    puts("ready");
    for (bool goes_on = true; goes_on;) {
        fflush(stdout);
        goes_on = answer();
    }
}

/* NAME of the abstract sockets, then the paths of the two sockets and of the one outside. */
void be_listener(char **args) {
    const struct sockaddr_in four = {.sin_family = AF_INET,
                                     .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    const struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    const struct sockaddr *by4 = (const struct sockaddr *)&four;
    const struct sockaddr *by6 = (const struct sockaddr *)&six;
    add_port("port", by4, sizeof four, SOCK_STREAM);
    add_port("udp", by4, sizeof four, SOCK_DGRAM);
    add_port("port6", by6, sizeof six, SOCK_STREAM);
    add_port("udp6", by6, sizeof six, SOCK_DGRAM);
    add_address();
    char name[100];
    snprintf(name, sizeof name, "%s-datagram", args[0]);
    add_local("abstract", args[0], true, SOCK_STREAM);
    add_local("abstract-datagram", name, true, SOCK_DGRAM);
    add_local("socket", args[1], false, SOCK_STREAM);
    add_local("socket-datagram", args[2], false, SOCK_DGRAM);
    add_local("outside-socket", args[3], false, SOCK_STREAM);
    attend();
}

static int master_of_terminal(char name[64]) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    must("posix_openpt", master);
    must("grantpt", grantpt(master));
    must("unlockpt", unlockpt(master));
    must("ptsname", -ptsname_r(master, name, 64));
    return master;
}

/* A terminal that somebody sits at: says `terminal NAME`. */
void be_terminal(char **args) {
    (void)args;
    char name[64];
    int master = master_of_terminal(name);
    int slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    must("open", slave);
    printf("terminal %s\n", name);
    add("terminal", master, false);
    attend();
}

/* Runs a program in a terminal of its own: its standard input, and the terminal of its session.
 * What comes out at the other side is told on standard error. */
void run_in_terminal(char **args) {
    char name[64], text[4096];
    int master = master_of_terminal(name);
    pid_t child = fork();
    must("fork", child);
    if (child == 0) {
        setsid();
        int slave = open(name, O_RDWR);
        if (slave < 0 || ioctl(slave, TIOCSCTTY, 0) < 0 || dup2(slave, 0) < 0) _exit(MISUSED);
        close(slave);
        execv(args[0], args);
        _exit(MISUSED);
    }
    int status;
    must("wait", waitpid(child, &status, 0));
    ssize_t length = read(master, text, sizeof text - 1);
    if (length > 0) fprintf(stderr, "heard terminal %.*s\n", (int)length, text);
    exit(WIFEXITED(status) ? WEXITSTATUS(status) : MISUSED);
}

/* Tries for a while to reach somebody at a port: says `served` when they answer. */
void be_caller(char **args) {
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((in_port_t)number(args[0], 1, 65535)),
                                        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    bool served = false;
    puts("ready");
    fflush(stdout);
    struct pollfd end = {.fd = STDIN_FILENO, .events = POLLIN};
    for (int left = 100; left > 0 && !served; left--) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0) misused("there is no network here");
        served = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
        close(fd);
        if (!served && poll(&end, 1, 50) > 0) break;
    }
    if (served) puts("served");
    puts("synced");
}
