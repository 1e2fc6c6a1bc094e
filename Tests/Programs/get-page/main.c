/* A page by plain HTTP, for a program that is linked with a C library of its own and nothing else.
 */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **words) {
    if (count != 3) return 2;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    int failure = getaddrinfo(words[1], words[2], &hints, &found);
    if (failure != 0) {
        fprintf(stderr, "%s: %s\n", words[1], gai_strerror(failure));
        return 1;
    }
    int line = -1;
    for (struct addrinfo *one = found; one != NULL && line < 0; one = one->ai_next) {
        line = socket(one->ai_family, SOCK_STREAM, 0);
        if (line >= 0 && connect(line, one->ai_addr, one->ai_addrlen) != 0) {
            close(line);
            line = -1;
        }
    }
    freeaddrinfo(found);
    if (line < 0) {
        perror("connect");
        return 1;
    }
    dprintf(line, "GET /nonce HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n", words[1],
            words[2]);
    char page[4096];
    size_t filled = 0;
    for (ssize_t got; filled < sizeof page - 1 &&
                      (got = read(line, page + filled, sizeof page - 1 - filled)) > 0;)
        filled += (size_t)got;
    page[filled] = 0;
    const char *body = strstr(page, "\r\n\r\n");
    if (body == NULL) return 1;
    fputs(body + 4, stdout);
    return 0;
}
