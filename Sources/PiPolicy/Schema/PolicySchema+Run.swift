extension PolicySchema {
    static let model = Fields([
        Field(
            "allow", .list(.text(.modelPattern)), "models that may be asked", bound: .both,
            part: .agent),
        Field(
            "fallback", .list(.text(.modelPattern)), "models to go on with when the first fails",
            bound: .both, part: .agent),
        Field(
            "stronger", .list(.text(.modelPattern)),
            "models that a run may change to when it is stuck",
            bound: .both, part: .agent),
        Field(
            "summarizer", .list(.text(.modelPattern)),
            "the model that sums up a long conversation; the one at work if left out",
            bound: .both, part: .agent),
        Field(
            "hosted_tools", .word(["deny", "allow"]),
            "tools that the provider runs, such as a search: a way out too", standard: "deny",
            bound: .earlier, part: .agent),
    ])

    static let tools = Fields(
        [
            Field(
                "default", .word(decisions), "the answer for a tool that is not named",
                standard: "deny", bound: .earlier, part: .agent, refusing: ["deny"])
        ], others: (names: .toolName, shape: .fields(tool)))

    /// The tools that are about one file, which their argument `path` names.
    static let fileTools = ["read", "ls", "find", "grep", "write", "edit"]
    /// Tools that exist without being written or served by anybody else.
    static let builtInTools = fileTools + ["bash"]

    private static let tool = Fields(
        [
            Field(
                "decision", .word(decisions), "the answer where no list of this tool speaks",
                bound: .earlier, part: .agent, refusing: ["deny"]),
            Field(
                "network", ruleNames,
                "the network rules that its calls may use; for `bash` all if left out, for others none",
                bound: .both, part: .gate, refusing: ["none"]),
            Field(
                "calls", .count(0...1_000_000_000), "calls in a run", bound: .smaller, part: .agent),
            Field("limits", .fields(limits), "of one call of this tool"),
            Field(
                "allow", .list(.fields(matcher)), "calls that are made", bound: .both, part: .agent),
            Field(
                "ask", .list(.fields(matcher)), "calls that a person decides on", bound: .union,
                part: .agent, addsUp: true),
            Field(
                "deny", .list(.fields(matcher)), "calls that are refused", bound: .union,
                part: .agent, addsUp: true),
            Field(
                "effect", .word(["pure", "workspace", "external"]),
                "what a call changes, and so what a crash leaves in doubt", standard: "workspace",
                part: .supervisor),
            Field(
                "on_ambiguous", .word(["ask", "report", "retry_same_key"]),
                "after a crash between a call's start and its outcome", standard: "report",
                part: .supervisor),
            Field(
                "remember", .word(["call", "run", "session"]), "how long an answer holds",
                standard: "call", bound: .earlier, part: .approvals),
        ], shorthand: "decision")

    /// What can be said of a tool; a tool of such a name is mostly a line that is not indented enough.
    static let toolKeys = Set(tool.fields.map(\.name))

    private static let matcher = Fields(
        [
            Field(
                "command", .list(.text(.word)),
                "words of a simple command; steers people, contains nothing", part: .agent),
            Field("path", .text(.pathPattern), "the file that the call is about", part: .agent),
            Field("reason", .text(.line), "why, for people and the model", part: .agent),
        ], rule: .atLeastOne)

    static let outbox = Fields([
        Field("max", .count(0...1_000_000), "how many", bound: .smaller, part: .outbox),
        Field("size", .size, "of each", bound: .smaller, part: .outbox),
        Field(
            "paths", .list(.text(.pathPattern)), "the only files that it may be about",
            bound: .both, part: .outbox),
        Field(
            "links", .list(.text(.link)), "the only addresses that it may name", bound: .both,
            part: .outbox),
        Field("schema", .text(.workspacePath), "the JSON Schema that it must match", part: .outbox),
    ])

    private static func amounts(_ part: Part) -> [Field] {
        [
            Field(
                "turns", .count(1...1_000_000_000), "answers of the model", bound: .smaller,
                part: part),
            Field(
                "tool_calls", .count(0...1_000_000_000), "calls of tools", bound: .smaller,
                part: part),
            Field(
                "tokens", .count(0...1_000_000_000_000), "tokens, in and out", bound: .smaller,
                part: part),
            Field("cost_usd", .money, "dollars", bound: .smaller, part: part),
        ]
    }

    static let budgets = Fields(
        [Field("wall", .duration, "time on the clock", bound: .smaller, part: .budgets)]
            + amounts(.budgets) + [
                Field(
                    "on_exceed", .word(["stop", "ask"]), "when one is used up", standard: "stop",
                    bound: .earlier, part: .approvals, refusing: ["stop"]),
                Field(
                    "unknown_price", .word(["refuse", "count_as_zero"]),
                    "a model whose price nobody knows",
                    standard: "refuse", bound: .earlier, part: .budgets),
                Field(
                    "per", .word(["user", "policy", "workspace"]), "whose day `per_day` is about",
                    standard: "user", part: .supervisor),
                Field(
                    "per_day",
                    .fields(
                        Fields(
                            [
                                Field(
                                    "runs", .count(0...1_000_000_000), "runs", bound: .smaller,
                                    part: .supervisor)
                            ] + amounts(.supervisor))), "of all runs of a day"),
            ])

    static let fair = Fields([
        Field(
            "cpu_weight", .count(1...10_000), "share of the processors", bound: .smaller,
            part: .supervisor),
        Field(
            "io_weight", .count(1...10_000), "share of the disks", bound: .smaller,
            part: .supervisor),
        Field(
            "concurrent_runs", .count(1...100_000), "runs at a time", bound: .smaller,
            part: .supervisor),
    ])

    static let approvals = Fields([
        Field(
            "ask", .word(["deny", "park", "wait"]),
            "refuse at once; end the run until it is decided; wait", standard: "deny",
            bound: .earlier, part: .approvals, refusing: ["deny"]),
        Field(
            "approvers", .list(.text(.principal)),
            "who may decide; the person who started it if left out", bound: .both, part: .approvals),
        Field(
            "people", .count(1...100), "how many must agree", standard: "1", bound: .larger,
            part: .approvals),
        Field(
            "self_approval", .flag, "whether the person who started the run may decide",
            standard: "true", bound: .smaller, part: .approvals),
        Field("timeout", .duration, "how long to wait", bound: .smaller, part: .approvals),
        Field(
            "on_timeout", .word(["deny", "park"]), "silence never means yes", standard: "deny",
            bound: .earlier, part: .approvals),
        Field(
            "via", .list(.text(.channel)), "where the question is put", bound: .both,
            part: .approvals),
        Field(
            "remember", .word(["call", "run", "session"]), "how long an answer holds",
            standard: "call", bound: .earlier, part: .approvals),
    ])

    static let proposals = Fields([
        Field(
            "accept", .list(.word(["tool", "skill", "prompt"])), "what may be proposed",
            bound: .both, part: .approvals),
        Field(
            "max_pending", .count(0...10_000), "how many may wait", bound: .smaller,
            part: .approvals),
        Field(
            "tests", .word(["optional", "required"]), "whether a tool must bring tests",
            standard: "required", bound: .later, part: .approvals),
        Field("ceiling", .fields(proposalCeiling), "the most that a proposed tool may ask for"),
        Field("approve", .fields(proposalApproval), "what makes one take effect"),
    ])

    private static let proposalCeiling = Fields([
        Field(
            "network", ruleNames, "network rules", standard: "none", bound: .both, part: .approvals),
        Field(
            "files",
            .fields(
                Fields([
                    Field(
                        "read", .list(.text(.pathPattern)), "what it may read", bound: .both,
                        part: .approvals),
                    Field(
                        "write", .list(.text(.pathPattern)), "what it may change", bound: .both,
                        part: .approvals),
                ])), "files"),
        Field("limits", .fields(limits), "of one call"),
    ])

    private static let proposalApproval = Fields([
        Field(
            "people", .count(1...100), "how many must agree", standard: "1", bound: .larger,
            part: .approvals),
        Field("approvers", .list(.text(.principal)), "who may", bound: .both, part: .approvals),
        Field(
            "signature", .word(["none", "ssh"]), "how they prove who they are", standard: "none",
            bound: .later, part: .approvals),
        Field("expires", .duration, "how long it holds", bound: .smaller, part: .approvals),
    ])

    static let audit = Fields([
        Field(
            "required", .flag, "no durable record, no action", standard: "true", bound: .later,
            part: .audit, refusing: ["false"]),
        Field(
            "content", .word(["digests", "redacted", "full"]), "what is kept of what was said",
            standard: "redacted", bound: .earlier, part: .audit),
        Field(
            "redact", .list(.text(.redaction)), "what is blackened", bound: .union, part: .audit,
            addsUp: true),
        Field("sign", .text(.signingKey), "the key that signs checkpoints", part: .audit),
        Field(
            "checkpoint",
            .fields(
                Fields(
                    [
                        Field(
                            "every", .count(1...1_000_000), "so many records", bound: .smaller,
                            part: .audit),
                        Field(
                            "or", .duration, "so much time, whichever comes first", bound: .smaller,
                            part: .audit),
                    ], rule: .atLeastOne)), "how often the chain is sealed"),
        Field(
            "anchor", .list(.text(.anchor)), "where the seals are witnessed", bound: .union,
            part: .audit, addsUp: true),
        Field(
            "export",
            .fields(
                Fields([
                    Field(
                        "otlp", .text(.url), "a collector of OpenTelemetry", part: .audit,
                        required: true),
                    Field(
                        "content", .word(["digests", "redacted", "full"]), "what it is sent",
                        standard: "digests", bound: .earlier, part: .audit),
                ])), "a copy for others"),
        Field("file", .text(.path), "where the record is", part: .audit),
        Field("retain", .duration, "how long it is kept", bound: .larger, part: .audit),
    ])

    static let output = Fields([
        Field(
            "schema", .text(.workspacePath), "the JSON Schema of the agent's answer", part: .reports
        ),
        Field("junit", .text(.path), "results as JUnit XML", part: .reports),
        Field("sarif", .text(.path), "findings as SARIF", part: .reports),
        Field("summary", .text(.path), "a summary in Markdown", part: .reports),
        Field("report", .text(.path), "the whole run as one page", part: .reports),
    ])

    static let schedule = Fields([
        Field(
            "cron", .text(.cron), "minute, hour, day, month, weekday", part: .schedule,
            required: true),
        Field(
            "overlap", .word(["skip", "queue"]), "when the last one still runs", standard: "skip",
            part: .schedule),
        Field(
            "catch_up", .word(["none", "one", "all"]), "when some were missed", standard: "none",
            part: .schedule),
    ])
}
