/* forbidden [--nonce WORD] ACT [ARG]...   tries one thing that a wall of the sandbox must forbid
 * forbidden --list                        names every act and its arguments
 * forbidden --make KIND [ARG]...          makes what an act looks for (make.c)
 *
 * It is harmless also where nothing forbids it: every act touches only what its arguments name, or
 * calls the kernel with arguments that it must turn down, and tells by the error whether the call
 * got that far. What it allocates, forks, writes and waits for is bounded.
 *
 * Standard output: `nonce WORD`, then `saw …` lines, then one of
 *
 *     done                    it happened, or the kernel's own code was reached     exit code 0
 *     refused ERROR step      or the signal that ended a child of its own           10
 *     absent what             what it needs is not there                            11
 *
 * Exit code 12 is a mistake of the test. Being killed by a signal is containment, too.
 */
#include "forbidden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct act *const tables[] = {
    file_acts,     link_acts,   setid_acts,       descriptor_acts, proc_acts,
    device_acts,   signal_acts, process_acts,     leftover_acts,   namespace_acts,
    syscall_acts,  filter_acts, network_acts,     family_acts,     ipc_acts,
    identity_acts, limit_acts,  environment_acts, terminal_acts,
};
enum { TABLES = sizeof tables / sizeof *tables };

static const struct act *find(const char *name) {
    for (int t = 0; t < TABLES; t++)
        for (const struct act *act = tables[t]; act->name; act++)
            if (strcmp(act->name, name) == 0) return act;
    return NULL;
}

static int list(void) {
    for (int t = 0; t < TABLES; t++)
        for (const struct act *act = tables[t]; act->name; act++)
            printf("%s%s%s\n", act->name, *act->args ? " " : "", act->args);
    return 0;
}

static int words(const char *text) {
    int count = 0;
    for (; *text != 0; text++)
        if (*text != ' ' && (text[1] == ' ' || text[1] == 0)) count++;
    return count;
}

int main(int argc, char **argv) {
    char **args = argv + 1;
    if (argc > 1 && strcmp(*args, "--list") == 0) return list();
    if (argc > 1 && strcmp(*args, "--make") == 0) return make(argc - 2, args + 1);
    if (argc > 2 && strcmp(*args, "--nonce") == 0) {
        nonce = args[1];
        args += 2;
    } else if (getenv("FORBIDDEN_NONCE")) {
        nonce = getenv("FORBIDDEN_NONCE");
    }
    if (!*args) misused("usage: forbidden [--nonce WORD] ACT [ARG]...");
    const struct act *act = find(*args++);
    if (!act) misused("there is no such act; --list names them");
    if (argv + argc - args != words(act->args)) misused("the act has other arguments, see --list");
    dprintf(STDOUT_FILENO, "nonce %s\n", nonce);
    return act->try(act, args);
}
