/* Names for communication that are no files, and who holds them on the host (`--make`). */
#include "forbidden.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/keyctl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

static int id(const char *text) { return (int)number(text, 0, INT_MAX); }

/* Holes in the table make EINVAL of an id, removal makes EIDRM: both mean that it is not there. */
static enum outcome by_id(const char *step, long result) {
    if (result < 0 && (errno == EINVAL || errno == EIDRM)) return absent(step);
    return by(step, result);
}

ACT(attach_memory) {
    const char *text = shmat(id(args[0]), NULL, SHM_RDONLY);
    if (text == (void *)-1) return by_id("shmat", -1);
    saw("%.4000s", text);
    return done();
}

ACT(find_memory) {
    struct shmid_ds facts;
    return by_id("shmctl", shmctl(id(args[0]), IPC_STAT, &facts));
}

ACT(list_memory) {
    struct shm_info facts;
    if (shmctl(0, SHM_INFO, (struct shmid_ds *)&facts) < 0) return refused("shmctl");
    return facts.used_ids > 0 ? done() : absent("shared memory");
}

struct message {
    long type;
    char text[1024];
};

ACT(send_message) {
    struct message message = {.type = 1};
    snprintf(message.text, sizeof message.text, "%s", nonce);
    return by_id("msgsnd", msgsnd(id(args[0]), &message, strlen(message.text), IPC_NOWAIT));
}

ACT(take_message) {
    struct message message = {.type = 0};
    ssize_t length =
        msgrcv(id(args[0]), &message, sizeof message.text, 0, IPC_NOWAIT | MSG_NOERROR);
    if (length < 0) return by_id("msgrcv", -1);
    saw("%.*s", (int)length, message.text);
    return done();
}

ACT(raise_semaphore) {
    struct sembuf up = {.sem_op = 1, .sem_flg = IPC_NOWAIT};
    return by_id("semop", semop(id(args[0]), &up, 1));
}

/* The queue of the name: /NAME. */
ACT(take_from_queue) {
    mqd_t queue = mq_open(args[0], O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (queue < 0) return by("mq_open", -1);
    static char text[8193]; /* the longest message, where nobody set another length */
    if (mq_receive(queue, text, sizeof text - 1, NULL) < 0) return refused("mq_receive");
    saw("%.4000s", text);
    return done();
}

ACT(read_posix_memory) {
    int fd = shm_open(args[0], O_RDONLY, 0);
    return fd < 0 ? by("shm_open", fd) : show(fd);
}

/* A key in the keyring that all processes of a user share. */
ACT(read_key) {
    long key = syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, "user", args[0], 0);
    if (key < 0 && errno == ENOKEY) return absent("the key");
    if (key < 0) return refused("search");
    char text[1024] = "";
    if (syscall(SYS_keyctl, KEYCTL_READ, key, text, sizeof text - 1) < 0) return refused("read");
    saw("%s", text);
    return done();
}

const struct act ipc_acts[] = {
    {"shm-attach", "ID", attach_memory, NULL},
    {"shm-find", "ID", find_memory, NULL},
    {"shm-list", "", list_memory, NULL},
    {"message-send", "ID", send_message, NULL},
    {"message-take", "ID", take_message, NULL},
    {"semaphore-raise", "ID", raise_semaphore, NULL},
    {"queue-take", "NAME", take_from_queue, NULL},
    {"posix-memory", "NAME", read_posix_memory, NULL},
    {"key-read", "NAME", read_key, NULL},
    {0},
};
