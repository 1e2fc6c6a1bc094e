extension PolicySchema {
    static let require = Fields([
        Field(
            "user_namespace", .flag, "users of its own for each run", bound: .later, part: .sandbox,
            refusing: ["false"]),
        Field(
            "seccomp", .flag, "a filter of system calls", bound: .later, part: .sandbox,
            refusing: ["false"]),
        Field(
            "landlock", .either([.word(["off", "any"]), .count(1...99)]),
            "the file rules a second time, by Landlock; a number is the least version",
            bound: .later, part: .sandbox, refusing: ["off"]),
        Field(
            "cgroup", .word(["off", "any", "v2"]),
            "limits by control groups; with `any` the supervisor watches where there are none",
            bound: .later, part: .sandbox, refusing: ["off"]),
        Field(
            "on_missing", .word(["report", "refuse"]),
            "what becomes of a start on a host that can't raise a wall", standard: "refuse",
            bound: .later, part: .sandbox),
    ])

    static let workspace = Fields([
        Field(
            "mode", .word(["read-only", "overlay", "direct", "live"]),
            "what becomes of writes: refused; kept until `apply`; applied after each call; made at once",
            standard: "read-only", bound: .earlier, part: .sandbox),
        Field(
            "source",
            .either([
                .word(["here", "empty"]),
                .fields(
                    Fields(
                        [
                            Field(
                                "git", .text(.revision), "a checkout of this revision",
                                part: .sandbox)
                        ], rule: .atLeastOne)),
            ]), "what the workspace holds at the start", standard: "here", part: .sandbox),
        Field(
            "size", .size, "the most that its changes may take", bound: .smaller, part: .sandbox),
        Field(
            "files", .count(1...1_000_000_000), "the most names that its changes may have",
            bound: .smaller, part: .sandbox),
        Field(
            "upper", .word(["disk", "memory"]),
            "where changes are written while a call runs: in memory `size` and `files` are the kernel's word",
            standard: "disk", part: .sandbox),
        Field(
            "protect", .list(.text(.pathPattern)), "what may be read and not changed",
            bound: .union,
            part: .sandbox, addsUp: true),
        Field(
            "hide", .list(.text(.pathPattern)), "what does not exist for the agent", bound: .union,
            part: .sandbox, addsUp: true),
        Field(
            "apply", .word(["never", "ask", "on_success"]),
            "whether changes reach the real workspace when the run ends", standard: "never",
            bound: .earlier, part: .sandbox),
        Field(
            "checkpoint", .word(["never", "each_turn", "each_call"]),
            "what `undo` can go back to of what was applied", standard: "each_turn",
            part: .sandbox),
        Field(
            "discard", .text(.keeping), "when changes that nobody applied are removed",
            part: .sandbox),
        Field(
            "unfit", .word(["refuse", "copy"]),
            "a file system that can't be laid over: refuse, or work on a copy", standard: "refuse",
            bound: .earlier, part: .sandbox, refusing: ["refuse"]),
        Field(
            "trust", .text(.revision),
            "the revision whose instructions and policy are believed, instead of those that lie there",
            part: .sandbox),
        Field(
            "owner", .word(["root"]), "allow a workspace that belongs to root", part: .sandbox),
    ])

    static let files = Fields([
        Field(
            "read", .list(.text(.pathPattern)), "what may be read besides the workspace",
            bound: .both, part: .sandbox, addsUp: true),
        Field(
            "write", .list(.text(.pathPattern)), "what may be changed besides the workspace",
            bound: .both, part: .sandbox, addsUp: true),
        Field(
            "hide", .list(.text(.pathPattern)), "what does not exist, whatever else is said",
            bound: .union, part: .sandbox, addsUp: true),
        Field(
            "tmp",
            .fields(Fields([Field("size", .size, "its size", bound: .smaller, part: .sandbox)])),
            "a `/tmp` of its own for each call"),
        Field(
            "scratch",
            .fields(
                Fields([
                    Field("at", .text(.path), "where", part: .sandbox, required: true),
                    Field(
                        "size", .size, "its size", bound: .smaller, part: .sandbox, required: true),
                ])), "a folder that lasts from call to call, as long as the run"),
        Field(
            "cache", .named(.name, .fields(cache)), "folders that last from run to run",
            bound: .both),
    ])

    private static let cache = Fields([
        Field("at", .text(.path), "where", part: .workspace, required: true),
        Field(
            "mode", .word(["read-only", "read-write"]), "what calls may do there",
            standard: "read-only", bound: .earlier, part: .workspace),
        Field("size", .size, "its size", bound: .smaller, part: .workspace),
        Field(
            "key", .list(.text(.workspacePath)), "files whose contents decide which cache it is",
            part: .workspace),
    ])

    static let environment = Fields([
        Field(
            "set", .named(.variableName, .text(.line)), "variables with these values", bound: .both,
            part: .sandbox),
        Field(
            "pass", .list(.text(.variableName)),
            "variables copied from the caller, by name and never by pattern", bound: .both,
            part: .sandbox),
    ])

    static let secret = Fields([
        Field(
            "from", .text(.secretSource), "where the supervisor gets it", part: .interception,
            required: true),
        Field(
            "env", .text(.variableName), "the variable in which a call sees a placeholder",
            part: .interception),
        Field("send", .fields(send), "where the gate puts it into a request"),
        Field(
            "rotate", .duration, "how old it may get before it is read again", part: .interception),
    ])

    private static let send = Fields(
        [
            Field("header", .text(.headerName), "in this header", part: .interception),
            Field(
                "format", .text(.headerFormat), "the header's value", standard: "${secret}",
                part: .interception),
            Field(
                "query", .text(.headerName), "in this parameter of the address", part: .interception
            ),
            Field("basic", .text(.line), "as the password of this user", part: .interception),
            Field(
                "sigv4",
                .fields(
                    Fields([
                        Field(
                            "region", .text(.name), "the region", part: .interception,
                            required: true),
                        Field(
                            "service", .text(.name), "the service", part: .interception,
                            required: true),
                    ])), "as a signature by AWS Signature Version 4"),
        ], rule: .atLeastOne)

    static let limits = Fields([
        Field(
            "wall", .duration, "time on the clock", standard: "60s", bound: .smaller, part: .sandbox
        ),
        Field(
            "cpu", .duration, "time on a processor", standard: "60s", bound: .smaller,
            part: .sandbox),
        Field(
            "memory", .size, "resident memory", standard: "1GiB", bound: .smaller, part: .sandbox),
        Field(
            "processes", .count(1...4_000_000), "processes and threads at a time", standard: "64",
            bound: .smaller, part: .sandbox),
        Field(
            "open_files", .count(8...1_000_000), "open files of one process", standard: "256",
            bound: .smaller, part: .sandbox),
        Field(
            "file_size", .size, "one file that it writes", standard: "256MiB", bound: .smaller,
            part: .sandbox),
        Field("disk_write", .size, "all that it writes", bound: .smaller, part: .sandbox),
        Field("output", .fields(callOutput), "what it prints"),
    ])

    private static let callOutput = Fields([
        Field(
            "keep", .size, "how much a result holds, half of it from each end", standard: "64KiB",
            bound: .smaller, part: .sandbox),
        Field(
            "hard", .size, "how much may be printed at all", standard: "64MiB", bound: .smaller,
            part: .sandbox),
        Field(
            "on_hard", .word(["kill", "drop"]),
            "past that: end the call, or drop and count the rest", standard: "kill",
            bound: .earlier, part: .sandbox),
    ])
}
