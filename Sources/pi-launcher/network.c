#include "launcher.h"
#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* A network namespace comes with its loopback down, and programs expect to reach themselves. */
void loopback_up(void) {
    int socket_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    need(socket_fd, PI_STEP_LOOPBACK, 0);
    struct ifreq request = {.ifr_flags = IFF_UP | IFF_RUNNING};
    memcpy(request.ifr_name, "lo", sizeof "lo");
    need(ioctl(socket_fd, SIOCSIFFLAGS, &request), PI_STEP_LOOPBACK, 1);
    close(socket_fd);
}
