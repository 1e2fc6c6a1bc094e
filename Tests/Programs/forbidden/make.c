/* forbidden --make KIND [ARG]...: what an act looks for, made on the host.
 *
 *     handle FILE             says the file's handle, for read-by-handle
 *     key NAME TEXT           a key in the user's keyring; says its number
 *     shm TEXT                shared memory of System V; says its id
 *     message TEXT            a message queue of System V with one message; says its id
 *     semaphore               a semaphore of System V with value 0; says its id
 *     queue NAME TEXT         a POSIX message queue with one message
 *     sleeper FILE            holds the file open as descriptor 9, says `ready`, then `signal` for
 *                             each SIGUSR1, until its standard input ends
 *     no-key ID, no-shm ID, no-message ID, no-semaphore ID, no-queue NAME   take it away again
 *     semaphore-value ID      says it
 *     listener, terminal, caller, in-terminal   see witness.c
 *
 * Exit code 0, or 12 with the reason on standard error.
 */
#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

static long need(const char *step, long result) {
    if (result >= 0) return result;
    perror(step);
    exit(MISUSED);
}

static int id(char **args) { return (int)number(args[0], 0, 0x7fffffff); }

static void make_handle(char **args) {
    union {
        struct file_handle head;
        char bytes[sizeof(struct file_handle) + MAX_HANDLE_SZ];
    } handle = {.head = {.handle_bytes = MAX_HANDLE_SZ}};
    int mount;
    need("name_to_handle_at", name_to_handle_at(AT_FDCWD, args[0], &handle.head, &mount, 0));
    printf("%d:", handle.head.handle_type);
    const unsigned char *bytes = handle.head.f_handle;
    for (unsigned i = 0; i < handle.head.handle_bytes; i++) printf("%02x", bytes[i]);
    puts("");
}

static void make_key(char **args) {
    printf("%ld\n", need("add_key", syscall(SYS_add_key, "user", args[0], args[1], strlen(args[1]),
                                            KEY_SPEC_USER_KEYRING)));
}

static void remove_key(char **args) {
    need("unlink", syscall(SYS_keyctl, KEYCTL_UNLINK, id(args), KEY_SPEC_USER_KEYRING));
}

static void make_memory(char **args) {
    const size_t size = strlen(args[0]) + 1;
    int made = (int)need("shmget", shmget(IPC_PRIVATE, size, IPC_CREAT | 0600));
    char *text = shmat(made, NULL, 0);
    need("shmat", text == (void *)-1 ? -1 : 0);
    memcpy(text, args[0], size);
    printf("%d\n", made);
}

static void remove_memory(char **args) { need("shmctl", shmctl(id(args), IPC_RMID, NULL)); }

static void make_message(char **args) {
    struct {
        long type;
        char text[1024];
    } message = {.type = 1};
    snprintf(message.text, sizeof message.text, "%s", args[0]);
    int made = (int)need("msgget", msgget(IPC_PRIVATE, IPC_CREAT | 0600));
    need("msgsnd", msgsnd(made, &message, strlen(message.text), 0));
    printf("%d\n", made);
}

static void remove_message(char **args) { need("msgctl", msgctl(id(args), IPC_RMID, NULL)); }

static void make_semaphore(char **args) {
    (void)args;
    printf("%ld\n", need("semget", semget(IPC_PRIVATE, 1, IPC_CREAT | 0600)));
}

static void remove_semaphore(char **args) { need("semctl", semctl(id(args), 0, IPC_RMID)); }
static void show_semaphore(char **args) {
    printf("%ld\n", need("semctl", semctl(id(args), 0, GETVAL)));
}

static void make_queue(char **args) {
    struct mq_attr facts = {.mq_maxmsg = 2, .mq_msgsize = 1024};
    int queue = mq_open(args[0], O_RDWR | O_CREAT | O_EXCL, 0600, &facts);
    need("mq_open", queue);
    need("mq_send", mq_send(queue, args[1], strlen(args[1]), 0));
}

static void remove_queue(char **args) { need("mq_unlink", mq_unlink(args[0])); }

static void tell(int number) {
    (void)number;
    static const char line[] = "signal\n";
    if (write(STDOUT_FILENO, line, sizeof line - 1) < 0) _exit(MISUSED);
}

static void be_sleeper(char **args) {
    int fd = (int)need("open", open(args[0], O_RDONLY));
    need("dup2", dup2(fd, 9));
    if (fd != 9) close(fd);
    setpgid(0, 0);
    need("sigaction", sigaction(SIGUSR1, &(struct sigaction){.sa_handler = tell}, NULL));
    puts("ready");
    fflush(stdout);
    for (char byte;;) {
        ssize_t length = read(STDIN_FILENO, &byte, 1);
        if (length == 0 || (length < 0 && errno != EINTR)) return;
    }
}

static const struct {
    const char *kind;
    int count;
    void (*make)(char **args);
} kinds[] = {
    {"handle", 1, make_handle},
    {"key", 2, make_key},
    {"no-key", 1, remove_key},
    {"shm", 1, make_memory},
    {"no-shm", 1, remove_memory},
    {"message", 1, make_message},
    {"no-message", 1, remove_message},
    {"semaphore", 0, make_semaphore},
    {"no-semaphore", 1, remove_semaphore},
    {"semaphore-value", 1, show_semaphore},
    {"queue", 2, make_queue},
    {"no-queue", 1, remove_queue},
    {"sleeper", 1, be_sleeper},
    {"listener", 4, be_listener},
    {"terminal", 0, be_terminal},
    {"caller", 1, be_caller},
    {"in-terminal", 1, run_in_terminal},
};

int make(int count, char **args) {
    for (size_t i = 0; count > 0 && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, args[0]) != 0 || kinds[i].count > count - 1) continue;
        kinds[i].make(args + 1);
        return 0;
    }
    misused("there is no such thing to make, or it needs more arguments; see make.c");
}
