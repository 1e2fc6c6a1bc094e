/* The contract between the supervisor and the launcher.
 *
 * The supervisor decides everything and writes it down as two plans; the launcher carries them out
 * in order, checks every step and tells which one failed. Both sides are built from this file: a
 * plan is plain memory, with offsets from its own beginning instead of pointers, in a sealed memfd.
 * No text of it is ever parsed.
 */
/* clang-format off
 *
 *   supervisor ── keeper socket ── keeper ── init, PID 1 ── slot, PID 1 of a call ── program
 *       ├──────── init socket ───────────────┘              │
 *       └──────── slot socket ──────────────────────────────┘
 */
/* clang-format on */
#pragma once
#include "pi_filters.h"
#include <stdint.h>

enum { PI_PLAN_MAGIC = 0x70695232, PI_KEEPER_SOCKET = 3, PI_INIT_SOCKET = 4 };

/* Each can be left out by a test, to show that another one holds by itself. The program never does.
 */
enum pi_wall {
    PI_WALL_USER = 1 << 0,
    PI_WALL_VIEW = 1 << 1,
    PI_WALL_PID = 1 << 2,
    PI_WALL_NET = 1 << 3,
    PI_WALL_IPC = 1 << 4,
    PI_WALL_UTS = 1 << 5,
    PI_WALL_CGROUP = 1 << 6,
    PI_WALL_PROC = 1 << 7,
    PI_WALL_DEV = 1 << 8,
    PI_WALL_DESCRIPTORS = 1 << 9,
    PI_WALL_SESSION = 1 << 10,
    PI_WALL_CAPABILITIES = 1 << 11,
    PI_WALL_NO_NEW_PRIVILEGES = 1 << 12,
    PI_WALL_RLIMITS = 1 << 13,
    PI_WALL_LANDLOCK = 1 << 14,
    PI_WALL_SECCOMP = 1 << 15,
};

/* What a launch does, in order; the supervisor has a sentence for each. */
enum pi_step {
    PI_STEP_NONE,
    PI_STEP_HELLO,
    PI_STEP_NAMESPACES,
    PI_STEP_ID_MAP,
    PI_STEP_IDENTITY,
    PI_STEP_PRIVATE_MOUNTS,
    PI_STEP_NETWORK,
    PI_STEP_LOOPBACK,
    PI_STEP_HOST_NAME,
    PI_STEP_PLAN,
    PI_STEP_ROOT,
    PI_STEP_SOURCE,
    PI_STEP_ID_MAPPED_MOUNT,
    PI_STEP_OVERLAY,
    PI_STEP_ENTRY,
    PI_STEP_PIVOT,
    PI_STEP_CALL_NAMESPACES,
    PI_STEP_CGROUP,
    PI_STEP_CGROUP_NAMESPACE,
    PI_STEP_PROC,
    PI_STEP_PROC_MASK,
    PI_STEP_TEMPORARY,
    PI_STEP_TERMINALS,
    PI_STEP_CAPABILITIES,
    PI_STEP_NO_NEW_PRIVILEGES,
    PI_STEP_LANDLOCK,
    PI_STEP_FILTER,
    PI_STEP_CALL_PLAN,
    PI_STEP_SESSION,
    PI_STEP_TERMINAL,
    PI_STEP_DESCRIPTORS,
    PI_STEP_LIMITS,
    PI_STEP_WORKING_FOLDER,
    PI_STEP_EXEC,
    PI_STEP_GATE,
};

/* The first packet to the keeper: what has to be known to make the namespaces. */
struct pi_hello {
    uint32_t magic;
    uint32_t walls;
    /* The one id of the run: its number inside, and on the host. */
    uint32_t inside_user, inside_group;
    uint32_t host_user, host_group;
    uint32_t privileged; /* the keeper is root: it opens the sources and maps ids freely */
    uint32_t only;       /* there will be one call, and init itself becomes its slot */
};

enum pi_entry_kind {
    PI_ENTRY_FOLDER, /* an empty folder of our own */
    PI_ENTRY_FILE,   /* a file with our own content */
    PI_ENTRY_LINK,
    PI_ENTRY_BIND,      /* a file or folder of the host */
    PI_ENTRY_OVERLAY,   /* a folder of the host, below layers that take what is changed in it */
    PI_ENTRY_TEMPORARY, /* a tmpfs that lasts as long as the run */
    PI_ENTRY_SELF,      /* what is there already, bound on itself */
    PI_ENTRY_HIDE,      /* what is there already, covered by something empty */
};

enum pi_entry_flag {
    PI_ENTRY_READ_ONLY = 1,
    PI_ENTRY_ID_MAPPED = 2,
    PI_ENTRY_NO_PROGRAMS = 4,
    PI_ENTRY_DEVICE = 8, /* the only mounts on which device nodes work */
};

struct pi_entry {
    uint32_t kind, flags;
    uint32_t path;          /* inside, absolute; an offset, as all texts are */
    uint32_t source;        /* a path of the host, the target of a link, or a content */
    uint32_t length;        /* of a content */
    uint32_t mode;          /* of what is made */
    uint64_t size;          /* of a tmpfs; of an overlay, if what is written goes into one */
    uint64_t device, inode; /* what the source was when the supervisor looked at it; 0: not asked */
    /* Of an overlay: the folder that holds `upper` and `work`, and offsets of the paths of what
     * lies between that and the source, the topmost first. */
    uint32_t writable, layers, layer_count;
    uint32_t names; /* the most that such a tmpfs may hold; 0: by its size */
};

enum pi_rule_access {
    PI_RULE_READ = 1,   /* files and folders, and running programs */
    PI_RULE_WRITE = 2,  /* everything that changes a file or folder */
    PI_RULE_LIST = 8,   /* names in a folder, and no more */
    PI_RULE_DEVICE = 4, /* reading, writing and ioctl on a device node */
};

/* A rule for Landlock: the second lock on the same door. */
struct pi_rule {
    uint32_t path, access;
};

enum { PI_TEMPORARY_PLACES = 8 };

/* Where names are asked for, 127.0.0.53, and how many ports a call may be given besides: those of
 * a policy, and one for those who insist on a proxy. */
enum { PI_GATE_STUB = 0x7F000035, PI_GATE_PORTS = 65 };

struct pi_sandbox_plan {
    uint32_t magic, size;
    uint32_t host_name;
    uint32_t entries, entry_count;
    uint32_t rules, rule_count;
    uint32_t landlock; /* 1: the kernel has it */
    uint32_t report_refusals;
    /* What each call gets anew, all of it on one tmpfs of this size; 0: nothing is writable. */
    uint64_t temporary_size;
    uint32_t temporary_count;
    uint32_t temporary[PI_TEMPORARY_PLACES]; /* paths inside; the last is /dev/shm */
    /* Offsets of the paths of trees that lie below one of these places, such as a workspace in
     * /tmp. */
    uint32_t nested, nested_count;
    /* Ports at which a call may knock on the gate; 0: there is none, and no way out. */
    uint32_t ports, port_count;
};

struct pi_limit {
    uint32_t resource, grace; /* between the gentle limit and the hard one */
    uint64_t value;
};

struct pi_call_plan {
    uint32_t magic, size;
    uint32_t arguments, argument_count; /* offsets of texts, ending with 0 */
    uint32_t environment, environment_count;
    uint32_t candidates, candidate_count; /* the paths that the program may have */
    uint32_t working_folder;
    uint32_t limits, limit_count;
    uint32_t terminal; /* 1: a terminal of its own instead of the three descriptors */
    uint32_t rows, columns;
    /* The launcher's own watch, where there is no cgroup; 0: not watched. */
    uint64_t watch_memory, watch_processor_us, watch_written;
};

enum pi_order {
    PI_ORDER_PLAN = 1, /* to keeper and init; carries the plan, and to init what was kept */
    PI_ORDER_SLOT,     /* to init; carries the slot's socket and the cgroup's files */
    PI_ORDER_CALL,     /* to a slot; carries the plan and, without a terminal, three descriptors */
    PI_ORDER_SIGNAL,   /* to a slot */
    PI_ORDER_CLEAN_UP, /* to the keeper: carries the folders of cgroups to remove at the end */
};

struct pi_packet_order {
    uint32_t order;
    uint32_t number;   /* of a slot or a signal */
    uint32_t everyone; /* a signal for all processes of the call, not only the program's group */
};

enum pi_report_kind {
    PI_REPORT_FAILED = 1,
    PI_REPORT_SLOT,    /* by init: carries the slot's pidfd */
    PI_REPORT_STARTED, /* by a slot: the program runs; carries the terminal, if there is one */
    PI_REPORT_ENDED,   /* by a slot: nothing of the call is left but the slot itself */
    PI_REPORT_GATE,    /* by a slot, before it starts: carries the gate's sockets */
    PI_REPORT_REFUSED, /* by a slot, before the end: a refused system call, and how often */
    PI_REPORT_KEPT,    /* by init: carries a temporary folder, which a sandbox after it may have */
    PI_REPORT_WRITTEN, /* by whoever made an overlay: carries the tmpfs that takes what is written
                        */
};

/* What the launcher read back after raising the walls of a slot. */
struct pi_facts {
    uint32_t seccomp_mode, no_new_privileges;
    uint64_t effective, permitted, inheritable, bounding, ambient;
    uint32_t secure_bits;
    int32_t landlock; /* its version in force, or -errno */
    uint32_t refusals_reported;
    uint32_t unused;
};

enum pi_watched { PI_WATCHED_NOTHING, PI_WATCHED_MEMORY, PI_WATCHED_PROCESSOR, PI_WATCHED_WRITTEN };

struct pi_report {
    uint32_t kind, step;
    int32_t item, error;
    /* PI_REPORT_SLOT, PI_REPORT_REFUSED: the slot, the system call's number;
     * PI_REPORT_ENDED: how many processes were ended with the program */
    uint32_t number, count;
    uint64_t arguments[6]; /* of the first of these calls */
    char program[16];      /* as the kernel calls it */
    /* PI_REPORT_ENDED */
    int32_t by_signal, code;
    uint32_t watched, more_refusals;
    int64_t user_us, system_us, peak_kib, written;
    struct pi_facts facts; /* PI_REPORT_STARTED */
};
