#include "again.h"
#include "pi_system.h"
#include <grp.h>
#include <pwd.h>

/* The calls return errno itself, and 0 with no record for a name that nobody has. */
static int found(int failure, const void *record) {
    if (failure) return -failure;
    return record ? 0 : -ENOENT;
}

int pi_user_by_id(uint32_t uid, struct pi_user_record *result, char *buffer, size_t size) {
    struct passwd entry, *record = NULL;
    int failure = found(getpwuid_r(uid, &entry, buffer, size, &record), record);
    if (failure == 0)
        *result = (struct pi_user_record){entry.pw_uid, entry.pw_gid, entry.pw_name, entry.pw_dir};
    return failure;
}

int pi_user_by_name(const char *name, struct pi_user_record *result, char *buffer, size_t size) {
    struct passwd entry, *record = NULL;
    int failure = found(getpwnam_r(name, &entry, buffer, size, &record), record);
    if (failure == 0)
        *result = (struct pi_user_record){entry.pw_uid, entry.pw_gid, entry.pw_name, entry.pw_dir};
    return failure;
}

int64_t pi_group_by_name(const char *name, char *buffer, size_t size) {
    struct group entry, *record = NULL;
    int failure = found(getgrnam_r(name, &entry, buffer, size, &record), record);
    return failure < 0 ? failure : (int64_t)entry.gr_gid;
}
