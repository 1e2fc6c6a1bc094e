#include "launcher.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int main(int count, char *arguments[]) {
    /* The same program once more, inside, where it tries to get out. */
    if (count == 5 && strcmp(arguments[0], "pi-probe") == 0) return probe(arguments + 1);
    if (fcntl(PI_KEEPER_SOCKET, F_GETFD) >= 0 && fcntl(PI_INIT_SOCKET, F_GETFD) >= 0) keeper();
    /* Started by hand there is nobody to tell it what to do. */
    static const char advice[] =
        "pi-launcher is started by pi-runner; try: pi-runner exec -- true\n";
    ssize_t ignored = write(2, advice, sizeof advice - 1);
    (void)ignored;
    return 2;
}
