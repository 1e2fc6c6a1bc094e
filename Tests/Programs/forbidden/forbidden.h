/* The words that all acts share. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdnoreturn.h>
#include <sys/types.h>

/* How an act ended: the exit code of the program. */
enum outcome { DONE = 0, REFUSED = 10, ABSENT = 11, MISUSED = 12 };

struct act;
typedef enum outcome attempt(const struct act *act, char **args);

/* One thing that a wall must forbid. */
struct act {
    const char *name;
    const char *args; /* their names, for --list; as many must be given */
    attempt *try;
    const void *detail; /* what acts of one kind differ in */
};

/* An act looks at its detail or its arguments, seldom at both. */
#define ACT(name)                                                                                  \
    static enum outcome name(const struct act *act __attribute__((unused)),                        \
                             char **args __attribute__((unused)))

/* The tables, one a topic; each ends with an act without a name. */
extern const struct act file_acts[], link_acts[], setid_acts[], descriptor_acts[], proc_acts[],
    device_acts[], signal_acts[], process_acts[], leftover_acts[], namespace_acts[], syscall_acts[],
    filter_acts[], network_acts[], family_acts[], ipc_acts[], identity_acts[], limit_acts[],
    environment_acts[], terminal_acts[];

extern const char *nonce;

/* What an act says on standard output: `saw` as often as it likes, one of the others once, last. */
void saw(const char *format, ...) __attribute__((format(printf, 1, 2)));
enum outcome done(void);
enum outcome refused(const char *step); /* by errno */
enum outcome absent(const char *what);

/* Done if a call gave no error. An error of what is not there (ENOENT and its kin) is `absent`. */
enum outcome by(const char *step, long result);

/* Shows what stands in a file, so that it can be found in the output; closes it. */
enum outcome show(int fd);
enum outcome show_file(const char *path);

/* Does it in a process of its own, because it would change this one. Whoever is killed for it was
 * refused: `refused SIGSYS step`. */
enum outcome in_child(const char *step, attempt *try, const struct act *act, char **args);

/* A fork whose child is not left behind when this process is killed. */
pid_t fork_bound(void);

/* A whole number between two bounds, else a usage error. */
long number(const char *text, long least, long most);
noreturn void misused(const char *why);

/* Keeps a processor busy or asleep for some seconds, and never longer. */
void burn(long seconds);
void rest(long seconds);

/* What the harness can't easily make by itself: `--make`, see make.c. */
int make(int count, char **args);
void be_listener(char **args);
void be_terminal(char **args);
void be_caller(char **args);
void run_in_terminal(char **args);
