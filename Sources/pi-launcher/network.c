/* Making a network namespace takes as long as all the rest of a start together, so another process
 * makes it while the root is being built, and hands it over. */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <net/if.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int maker_socket = -1;
static pid_t maker = -1;

/* It comes with its loopback down, and programs expect to reach themselves. */
static void loopback_up(void) {
    int socket_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    need(socket_fd, PI_STEP_LOOPBACK, 0);
    struct ifreq request = {.ifr_flags = IFF_UP | IFF_RUNNING};
    memcpy(request.ifr_name, "lo", sizeof "lo");
    need(ioctl(socket_fd, SIOCSIFFLAGS, &request), PI_STEP_LOOPBACK, 1);
    close(socket_fd);
}

void network_begin(void) {
    int ends[2];
    need(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), PI_STEP_NETWORK, 0);
    maker = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    need(maker, PI_STEP_NETWORK, 1);
    /* That of the slot before: its namespace has been handed over. */
    if (maker_socket >= 0) close(maker_socket);
    maker_socket = ends[0];
    if (maker > 0) {
        processors_elsewhere(maker);
        close(ends[1]);
        return;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    need(syscall(SYS_unshare, CLONE_NEWNET), PI_STEP_NETWORK, 2);
    loopback_up();
    int made = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    need(made, PI_STEP_NETWORK, 3);
    pass(ends[1], "n", 1, &made, 1);
    _exit(0);
}

/* Nothing else is to be done on this processor: the maker may wait for room on another. */
void network_here(void) {
    if (maker > 0) processors_here(maker);
}

/* Each is entered once, by whoever becomes the slot of one call. */
void network_enter(void) {
    char word;
    struct passed passed;
    /* Its maker has failed, and has said why. */
    if (receive(maker_socket, &word, 1, &passed) != 1 || passed.count != 1) _exit(125);
    need(syscall(SYS_setns, passed.fds[0], CLONE_NEWNET), PI_STEP_NETWORK, 4);
    close(passed.fds[0]);
    close(maker_socket);
}

/* Gone before a program starts that could see it; its parent alone can wait for it. */
void network_end(void) {
    if (maker > 0) waitpid(maker, NULL, 0);
    maker = -1;
}

/* Its number can be another process's from now on. */
void network_reaped(pid_t pid) {
    if (pid == maker) maker = -1;
}
