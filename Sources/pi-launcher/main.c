#include "launcher.h"
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

int main(void) {
    if (fcntl(PI_KEEPER_SOCKET, F_GETFD) >= 0 && fcntl(PI_INIT_SOCKET, F_GETFD) >= 0) keeper();
    /* Started by hand there is nobody to tell it what to do. */
    static const char advice[] =
        "pi-launcher is started by pi-runner; try: pi-runner exec -- true\n";
    return write(2, advice, sizeof advice - 1) < 0 ? 2 : 2;
}
