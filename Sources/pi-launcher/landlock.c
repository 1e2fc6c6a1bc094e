/* The same file rules a second time, by a part of the kernel that knows nothing of mounts. */
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Written out: Debian 12's headers end at the second version. */
enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_FOLDER = 1 << 3,
    ALL_OF_1 = (1 << 13) - 1,
    REFER = 1 << 13,        /* 2 */
    TRUNCATE = 1 << 14,     /* 3 */
    IOCTL_DEVICE = 1 << 15, /* 5 */
    ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE,
    SCOPE_ABSTRACT_SOCKETS = 1 << 0,
    SCOPE_SIGNALS = 1 << 1, /* both 6 */
};

struct ruleset {
    uint64_t files, network, scoped;
};

struct __attribute__((packed)) beneath {
    uint64_t access;
    int32_t parent;
};

static uint64_t handled(int version) {
    uint64_t access = ALL_OF_1;
    if (version >= 2) access |= REFER;
    if (version >= 3) access |= TRUNCATE;
    if (version >= 5) access |= IOCTL_DEVICE;
    return access;
}

static uint64_t granted(uint32_t access, uint64_t all) {
    uint64_t granted = 0;
    if (access & PI_RULE_LIST) granted |= READ_FOLDER;
    if (access & PI_RULE_READ) granted |= EXECUTE | READ_FILE | READ_FOLDER;
    if (access & PI_RULE_WRITE)
        granted |= all & ~(uint64_t)(EXECUTE | READ_FILE | READ_FOLDER | IOCTL_DEVICE);
    if (access & PI_RULE_DEVICE) granted |= READ_FILE | WRITE_FILE | READ_FOLDER | IOCTL_DEVICE;
    return granted & all;
}

static void add(int rules, const struct plan *plan, const struct pi_rule *rule, uint64_t all,
                int item) {
    struct beneath beneath = {.access = granted(rule->access, all)};
    beneath.parent = open(plan_text(plan, rule->path), O_PATH | O_CLOEXEC);
    need(beneath.parent, PI_STEP_LANDLOCK, item);
    struct stat facts;
    need(fstat(beneath.parent, &facts), PI_STEP_LANDLOCK, item);
    if (!S_ISDIR(facts.st_mode)) beneath.access &= ON_FILES;
    need(syscall(SYS_landlock_add_rule, rules, 1 /* path beneath */, &beneath, 0), PI_STEP_LANDLOCK,
         item);
    close(beneath.parent);
}

int landlock_restrict(const struct world *world) {
    int version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* the version */);
    /* The supervisor has asked before: it decides what a kernel without it means. */
    if (!world->sandbox->landlock) return version < 0 ? -errno : 0;
    need(version, PI_STEP_LANDLOCK, -1);
    uint64_t all = handled(version);
    struct ruleset head = {.files = all};
    if (version >= 6) head.scoped = SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS;
    /* An older kernel refuses what it has never heard of. */
    size_t size = version >= 6 ? sizeof head : version >= 4 ? 16 : 8;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &head, size, 0);
    need(rules, PI_STEP_LANDLOCK, -2);
    const struct pi_rule *list =
        plan_part(&world->plan, world->sandbox->rules, world->sandbox->rule_count, sizeof *list);
    for (uint32_t i = 0; i < world->sandbox->rule_count; i++)
        add(rules, &world->plan, &list[i], all, (int)i);
    need(syscall(SYS_landlock_restrict_self, rules, 0), PI_STEP_LANDLOCK, -3);
    close(rules);
    return version;
}
