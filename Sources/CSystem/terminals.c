#include "again.h"
#include "pi_system.h"
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

_Static_assert(sizeof(struct termios) <= PI_TERMINAL_SETTINGS, "the settings fit");

int pi_terminal_raw(int fd, uint8_t saved[PI_TERMINAL_SETTINGS]) {
    struct termios settings;
    int failure = AGAIN_INT(tcgetattr(fd, &settings));
    if (failure < 0) return failure;
    memcpy(saved, &settings, sizeof settings);
    cfmakeraw(&settings);
    return AGAIN_INT(tcsetattr(fd, TCSADRAIN, &settings));
}

int pi_terminal_restore(int fd, const uint8_t saved[PI_TERMINAL_SETTINGS]) {
    struct termios settings;
    memcpy(&settings, saved, sizeof settings);
    return AGAIN_INT(tcsetattr(fd, TCSADRAIN, &settings));
}

int pi_terminal_forget(int fd) { return AGAIN_INT(tcflush(fd, TCIFLUSH)); }

int pi_terminal_size(int fd, uint16_t *rows, uint16_t *columns) {
    struct winsize size = {0};
    int failure = AGAIN_INT(ioctl(fd, TIOCGWINSZ, &size));
    *rows = size.ws_row;
    *columns = size.ws_col;
    return failure;
}

int pi_terminal_resize(int fd, uint16_t rows, uint16_t columns) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return AGAIN_INT(ioctl(fd, TIOCSWINSZ, &size));
}
