/* Becoming somebody else, or having more power than nobody. */
#include "forbidden.h"
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { SOMEBODY = 65533 };

ACT(become_root) { return by("setuid", setuid(0)); }
ACT(become_root_group) { return by("setgid", setgid(0)); }
ACT(become_somebody) { return by("setresuid", setresuid(SOMEBODY, SOMEBODY, SOMEBODY)); }
ACT(join_group) { return by("setresgid", setresgid(SOMEBODY, SOMEBODY, SOMEBODY)); }
ACT(drop_groups) { return by("setgroups", setgroups(0, NULL)); }

/* It never says no: what it is now says more. */
ACT(become_somebody_for_files) {
    setfsuid(SOMEBODY);
    errno = EPERM;
    return setfsuid((uid_t)-1) == SOMEBODY ? done() : refused("setfsuid");
}

/* Set-id programs gain nothing: the program run is this one, as `gained`. */
ACT(gained) {
    uid_t real, effective, saved;
    gid_t real_group, group, saved_group;
    getresuid(&real, &effective, &saved);
    getresgid(&real_group, &group, &saved_group);
    saw("uid %d %d %d gid %d %d %d", real, effective, saved, real_group, group, saved_group);
    const bool more = effective != real || saved != real || group != real_group;
    return more ? done() : absent("another identity");
}

ACT(exec_setid) {
    execl(args[0], "forbidden", "--nonce", nonce, "gained", NULL);
    return by("exec", -1);
}

static bool has_capabilities(void) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2] = {{0}};
    if (syscall(SYS_capget, &head, sets) < 0) return false;
    saw("capabilities %08x%08x %08x%08x %08x%08x", sets[1].effective, sets[0].effective,
        sets[1].permitted, sets[0].permitted, sets[1].inheritable, sets[0].inheritable);
    return sets[0].effective | sets[1].effective | sets[0].permitted | sets[1].permitted |
           sets[0].inheritable | sets[1].inheritable;
}

ACT(held) { return has_capabilities() ? done() : absent("capabilities"); }

/* Whoever runs it as another id: root's programs get everything anyway. */
ACT(exec_capable) {
    if (geteuid() == 0 && setresuid(SOMEBODY, SOMEBODY, SOMEBODY) < 0) return by("setresuid", -1);
    execl(args[0], "forbidden", "--nonce", nonce, "capabilities-held", NULL);
    return by("exec", -1);
}

ACT(held_after_exec) {
    execl("/proc/self/exe", "forbidden", "--nonce", nonce, "capabilities-held", NULL);
    return by("exec", -1);
}

ACT(bounding) {
    for (unsigned long i = 0; i < 64; i++)
        if (prctl(PR_CAPBSET_READ, i, 0, 0, 0) == 1) return done();
    return absent("anything in the bounding set");
}

ACT(regain) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2] = {{0}};
    sets[0].effective = sets[0].permitted = 1u << CAP_SYS_CHROOT;
    return by("capset", syscall(SYS_capset, &head, sets));
}

ACT(raise_inheritable) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2] = {{0}};
    if (syscall(SYS_capget, &head, sets) < 0) return refused("capget");
    sets[0].inheritable |= 1u << CAP_SYS_CHROOT;
    if (syscall(SYS_capset, &head, sets) < 0) return refused("capset");
    return by("ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SYS_CHROOT, 0, 0));
}

/* To what they are. */
ACT(set_securebits) {
    return by("securebits", prctl(PR_SET_SECUREBITS, prctl(PR_GET_SECUREBITS), 0, 0, 0));
}

ACT(find_securebits_open) {
    const int bits = prctl(PR_GET_SECUREBITS);
    const int locks = SECURE_ALL_LOCKS & ~SECURE_NO_CAP_AMBIENT_RAISE_LOCKED;
    return (bits & locks) != locks ? done() : absent("an unlocked bit");
}

ACT(find_new_privileges) {
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 ? done() : absent("new privileges");
}

ACT(drop_bounding_here) { return by("drop", prctl(PR_CAPBSET_DROP, CAP_WAKE_ALARM, 0, 0, 0)); }
ACT(drop_bounding) { return in_child("drop", drop_bounding_here, act, args); }

ACT(set_name_of_host) {
    struct utsname facts;
    if (uname(&facts) < 0) return refused("uname");
    return by("sethostname", sethostname(facts.nodename, strlen(facts.nodename)));
}

ACT(set_name_of_domain) {
    struct utsname facts;
    if (uname(&facts) < 0) return refused("uname");
    return by("setdomainname", setdomainname(facts.domainname, strlen(facts.domainname)));
}

ACT(show_name_of_host) {
    struct utsname facts;
    if (uname(&facts) < 0) return refused("uname");
    saw("host %s", facts.nodename);
    return strcmp(facts.nodename, args[0]) == 0 ? done() : absent("the host's name");
}

/* Which cgroup of the host this is. */
ACT(show_cgroup) {
    FILE *file = fopen("/proc/self/cgroup", "re");
    if (!file) return by("open", -1);
    bool found = false;
    for (char line[4096]; fgets(line, sizeof line, file);) {
        const char *path = strrchr(line, ':');
        if (!path || strcmp(path, ":/\n") == 0) continue;
        saw("%s", line);
        found = true;
    }
    fclose(file);
    return found ? done() : absent("a path above its own");
}

const struct act identity_acts[] = {
    {"become-root", "", become_root, NULL},
    {"become-root-group", "", become_root_group, NULL},
    {"become-somebody", "", become_somebody, NULL},
    {"become-somebody-for-files", "", become_somebody_for_files, NULL},
    {"join-group", "", join_group, NULL},
    {"drop-groups", "", drop_groups, NULL},
    {"exec-setuid", "PROGRAM", exec_setid, NULL},
    {"exec-setgid", "PROGRAM", exec_setid, NULL},
    {"exec-file-capability", "PROGRAM", exec_capable, NULL},
    {"gained", "", gained, NULL},
    {"capabilities-held", "", held, NULL},
    {"capabilities-after-exec", "", held_after_exec, NULL},
    {"capabilities-bounding", "", bounding, NULL},
    {"capabilities-regain", "", regain, NULL},
    {"capabilities-ambient", "", raise_inheritable, NULL},
    {"capabilities-drop-bounding", "", drop_bounding, NULL},
    {"securebits-set", "", set_securebits, NULL},
    {"securebits-open", "", find_securebits_open, NULL},
    {"new-privileges", "", find_new_privileges, NULL},
    {"hostname-set", "", set_name_of_host, NULL},
    {"domainname-set", "", set_name_of_domain, NULL},
    {"hostname-show", "NAME", show_name_of_host, NULL},
    {"cgroup-show", "", show_cgroup, NULL},
    {0},
};
