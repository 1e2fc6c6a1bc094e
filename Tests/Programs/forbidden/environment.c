/* Variables that the caller had and did not mean to pass on. */
#include "forbidden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ACT(show_variable) {
    const char *value = getenv(args[0]);
    if (!value) return absent("the variable");
    saw("%s", value);
    return done();
}

/* What the kernel put on the stack, past what the program's start made of it. */
ACT(show_start_environment) {
    FILE *file = fopen("/proc/self/environ", "re");
    if (!file) return by("open", -1);
    static char text[1 << 20];
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    const char *found = memmem(text, length, args[0], strlen(args[0]));
    if (!found) return absent("the variable");
    saw("%s", found);
    return done();
}

/* The first variable of a list that is set; the list ends with NULL. */
ACT(find_variable) {
    for (const char *const *name = act->detail; *name; name++) {
        if (!getenv(*name)) continue;
        saw("%s", *name);
        return done();
    }
    return absent("such a variable");
}

static const char *const loader[] = {
    "LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "BASH_ENV", "PROMPT_COMMAND",    "PYTHONSTARTUP",
    "PYTHONPATH", "NODE_OPTIONS",    "PERL5OPT", "RUBYOPT",  "JAVA_TOOL_OPTIONS", NULL};

static const char *const agents[] = {"SSH_AUTH_SOCK",
                                     "GPG_AGENT_INFO",
                                     "DBUS_SESSION_BUS_ADDRESS",
                                     "DOCKER_HOST",
                                     "KUBECONFIG",
                                     "WAYLAND_DISPLAY",
                                     "GIT_SSH_COMMAND",
                                     "GIT_ASKPASS",
                                     "SUDO_USER",
                                     NULL};

const struct act environment_acts[] = {
    {"environment-secret", "NAME", show_variable, NULL},
    {"environment-start", "NAME", show_start_environment, NULL},
    {"environment-loader", "", find_variable, loader},
    {"environment-agents", "", find_variable, agents},
    {0},
};
