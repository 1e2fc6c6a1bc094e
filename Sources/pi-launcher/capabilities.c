/* No capability in any set, and no way back to one. */
#include "launcher.h"
#include <errno.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

void capabilities_drop(void) {
    /* A program of uid 0 would get all of them back at its exec; these say that it does not. An
     * ordinary user without a namespace can't set them, and has nothing to lose either. */
    unsigned long locked = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                           SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                           SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
    bool may = prctl(PR_SET_SECUREBITS, locked, 0, 0, 0) == 0;
    if (!may && errno != EPERM) fail(PI_STEP_CAPABILITIES, 0, errno);
    need(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0), PI_STEP_CAPABILITIES, 1);
    for (int capability = 0; may && capability < 64; capability++) {
        if (prctl(PR_CAPBSET_READ, capability, 0, 0, 0) < 0)
            break; /* the kernel's last was before */
        need(prctl(PR_CAPBSET_DROP, capability, 0, 0, 0), PI_STEP_CAPABILITIES, 2);
    }
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    need(syscall(SYS_capset, &head, none), PI_STEP_CAPABILITIES, 3);
}
