/* The kernel as PiSystem sees it: one function a system call.
 *
 * Each returns a number of at least 0, or -errno. A call that a signal interrupted is made again,
 * so EINTR never comes out. Nothing here allocates, locks or decides; Swift does not import what
 * hides behind _GNU_SOURCE, is variadic or a macro, and this is where such things become plain
 * functions.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* files.c */

struct pi_stat {
    uint32_t mode; /* with the kind of file */
    uint32_t uid, gid, links;
    uint64_t size, allocated, inode, device, mount;
    uint64_t represents; /* of a device node: its number */
    int64_t modified_ns, changed_ns;
};

enum { PI_WORKING_FOLDER = -100 }; /* AT_FDCWD */

/* Written out, so that Swift sees one spelling on x86-64 and aarch64, where some of them differ. */
enum pi_open_flag {
    PI_OPEN_READ = 1,
    PI_OPEN_WRITE = 2,
    PI_OPEN_APPEND = 4,
    PI_OPEN_CREATE = 8,
    PI_OPEN_EXCLUSIVE = 16,
    PI_OPEN_TRUNCATE = 32,
    PI_OPEN_FOLDER = 64,
    PI_OPEN_NO_BLOCK = 512,
};

enum pi_resolve_flag {
    PI_RESOLVE_NO_LINKS = 1,
    PI_RESOLVE_BENEATH = 2,
    PI_RESOLVE_NO_MOUNTS = 4,
};

int pi_open(int folder, const char *path, uint32_t flags, uint32_t mode, uint32_t resolve);
int pi_close(int fd);
int pi_duplicate(int fd);
int64_t pi_read(int fd, void *bytes, size_t count);
int64_t pi_write(int fd, const void *bytes, size_t count);
int64_t pi_read_at(int fd, void *bytes, size_t count, uint64_t offset);
int pi_sync(int fd);
int pi_sync_data(int fd);
int pi_sync_file_system(int fd); /* the one that the file is of */
int pi_truncate(int fd, uint64_t size);
int pi_stat(int folder, const char *path, struct pi_stat *result); /* follows no last link */
int pi_stat_of(int fd, struct pi_stat *result);
int pi_rename(int from_folder, const char *from, int to_folder, const char *to, bool replace);
int pi_exchange(int folder, const char *name, int other_folder, const char *other);
int pi_remove(int folder, const char *name, bool is_folder);
int pi_make_folder(int folder, const char *name, uint32_t mode);
int pi_make_whiteout(int folder, const char *name); /* as overlayfs has them: anybody may */
int pi_change_mode(int folder, const char *name, uint32_t mode, bool of_folder); /* of no link */
int pi_change_owner(int folder, const char *name, uint32_t user, uint32_t group);
int64_t pi_entry_attribute(int folder, const char *name, const char *attribute, void *value,
                           size_t size); /* of no link, as the next two */
int64_t pi_entry_attributes(int folder, const char *name, char *names, size_t size);
int pi_set_entry_attribute(int folder, const char *name, const char *attribute, const void *value,
                           size_t size);
int pi_remove_entry_attribute(int folder, const char *name, const char *attribute);
int pi_change_modified(int folder, const char *name, int64_t modified_ns);
int pi_link(int from_folder, const char *from, int folder, const char *name);
int pi_copy(int from, int to); /* all that is in one file, with its holes, to an empty one */
int pi_make_link(const char *target, int folder, const char *name);
int64_t pi_read_link(int folder, const char *name, char *target, size_t size);
int pi_lock(int fd, bool exclusive, bool wait);
int pi_unlock(int fd);
int64_t pi_read_folder(int fd, void *records, size_t size); /* getdents64 */
bool pi_may_write(const char *path);
int pi_open_again(int fd); /* for writing, with a position and flags of its own if that can be */
int pi_set_blocking(int fd, bool blocks);
int pi_wait_writable(int fd);
int pi_wait_readable(int fd);
int pi_pipe(int ends[2]);
int pi_widen_pipe(int fd, int bytes);
int pi_shared_memory(void); /* a page of System V shared memory, by its number */
int pi_remove_shared_memory(int number);
int pi_memory_file(const void *bytes, size_t count); /* sealed: nobody can change it any more */
/* Of the file system that it is on; where that is not known, nothing. */
enum { PI_FULL_OF_BYTES = 1, PI_FULL_OF_NAMES = 2 };
int pi_is_full(int fd);
int pi_unread(int fd); /* bytes in a pipe; 0 if it is none */
bool pi_is_terminal(int fd);
int pi_terminal_columns(int fd);

/* terminals.c: the settings of a terminal, as they were, in `saved` */

enum { PI_TERMINAL_SETTINGS = 64 };

int pi_terminal_raw(int fd, uint8_t saved[PI_TERMINAL_SETTINGS]);
int pi_terminal_restore(int fd, const uint8_t saved[PI_TERMINAL_SETTINGS]);
int pi_terminal_forget(int fd); /* what was typed and not read */
int pi_terminal_size(int fd, uint16_t *rows, uint16_t *columns);
int pi_terminal_resize(int fd, uint16_t rows, uint16_t columns);

/* processes.c */

struct pi_spawn_plan {
    const char *program;    /* a path; nothing is searched for */
    char *const *arguments; /* ends with NULL, as does the environment */
    char *const *environment;
    const int *descriptors; /* these become 0, 1, 2, …; the child has no other */
    int descriptor_count;
    int working_folder; /* a descriptor, or PI_WORKING_FOLDER */
    bool new_session;
};

struct pi_exit {
    bool ended; /* else it still runs */
    bool by_signal;
    int number; /* exit code or signal */
    int64_t user_us, system_us;
    int64_t peak_kib;
};

int pi_spawn(const struct pi_spawn_plan *plan, int *pidfd); /* the PID */
int pi_wait(int pidfd, bool block, struct pi_exit *result);
int pi_signal(int pidfd, int signal);
int pi_raise(int signal); /* for the whole process */
int pi_processors(void);
void pi_send_elsewhere(int pid); /* to another processor than this thread's, if there is one */
int pi_pid(void);
uint32_t pi_user(void);
uint32_t pi_group(void);
int pi_catch_signals(const int *signals, int count); /* a descriptor to read them from */
int pi_next_signal(int fd);
int pi_ignore_failed_writes(void);
int pi_keep_memory_small(void);
void pi_return_memory(void);    /* to the system, what is free of it */
int pi_ignore_interrupts(void); /* they are for a child that has the terminal */
int pi_raise_open_files(void);  /* as far as this user may: how many */
int pi_keep_secret(void);       /* this process writes no core and can't be looked into */
int pi_landlock_version(void);
_Noreturn void pi_end_by_signal(int signal);
_Noreturn void pi_end(int code);
/* Elsewhere: never on the processor that this thread is on now, if there is another. */
int pi_start_thread(void (*run)(void *), void *argument, bool elsewhere);

/* users.c: the buffer takes the name and the home folder, each with its final zero */

struct pi_user_record {
    uint32_t uid, gid;
    const char *name;
    const char *home;
};

int pi_user_by_id(uint32_t uid, struct pi_user_record *result, char *buffer, size_t size);
int pi_user_by_name(const char *name, struct pi_user_record *result, char *buffer, size_t size);
int64_t pi_group_by_name(const char *name, char *buffer, size_t size);

/* sockets.c */

int pi_packet_pair(int ends[2]);
int64_t pi_send_packet(int fd, const void *bytes, size_t count, const int *fds, int fd_count);

struct pi_packet {
    size_t count;
    int fd_count;
    bool is_cut; /* the packet or its descriptors did not fit; none of the descriptors was kept */
};

int pi_receive_packet(int fd, void *bytes, size_t size, int *fds, int fd_limit,
                      struct pi_packet *result);
int pi_listen(bool ipv6, uint16_t port); /* on loopback, never elsewhere */
int pi_port(int fd);
int pi_accept(int fd);
/* Non-blocking; under way, or made already, as on loopback. */
int pi_connect(const uint8_t *address, bool ipv6, uint16_t port, bool *made);
int pi_socket_error(int fd);
int pi_end_writing(int fd);

/* How many bytes it has, 0 if the text is no address in its usual form. */
int pi_parse_address(const char *text, uint8_t bytes[16]);

struct pi_endpoint {
    uint8_t bytes[16];
    uint32_t length; /* 4 or 16 */
    uint16_t port;
};

/* And at which address the other side has called; small packets are not held back. */
int pi_accept_at(int fd, struct pi_endpoint *local);

/* Whoever sent a datagram, to answer to. */
struct pi_peer {
    uint8_t address[28];
    uint32_t length;
};

int64_t pi_receive_from(int fd, void *bytes, size_t size, struct pi_peer *peer);
int64_t pi_send_to(int fd, const void *bytes, size_t count, const struct pi_peer *peer);
int pi_unsent(int fd);         /* bytes that the other side has not taken yet */
int pi_reset_at_close(int fd); /* what is not yet sent is dropped, and the other side told */
int pi_shut_down(int fd);

/* events.c */

enum pi_interest { PI_READABLE = 1, PI_WRITABLE = 2, PI_HUNG_UP = 4 };

struct pi_event {
    uint64_t token;
    uint32_t ready;
};

enum pi_clock_kind { PI_CLOCK_WALL, PI_CLOCK_MONOTONIC, PI_CLOCK_BOOT };

int pi_epoll(void);
int pi_epoll_add(int epoll, int fd, uint32_t interest, uint64_t token);
int pi_epoll_change(int epoll, int fd, uint32_t interest, uint64_t token);
int pi_epoll_remove(int epoll, int fd);
int pi_epoll_wait(int epoll, struct pi_event *events, int limit, int64_t timeout_ns);
int pi_wake_up_call(void); /* an eventfd */

struct pi_wait_for {
    int fd; /* below 0: not waited for */
    uint32_t interest, ready;
};

int pi_poll(struct pi_wait_for *waits, int count, int64_t timeout_ns); /* below 0: no end */
int64_t pi_clock(int clock);
int pi_random(void *bytes, size_t count);
void pi_clear(void *bytes, size_t count); /* also if nobody reads them again */

/* build.c: what the build knew; empty if it was not told */

const char *pi_build_commit(void);
const char *pi_build_toolchain(void);
const char *pi_errno_sentence(int number);
int pi_kernel_release(char *buffer, size_t size);
const char *pi_variable(const char *name); /* of the environment; null if unset */
