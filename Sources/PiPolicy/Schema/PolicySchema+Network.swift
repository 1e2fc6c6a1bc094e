extension PolicySchema {
    static let network = Fields([
        Field(
            "default", .word(["deny", "ask"]), "the answer where no rule speaks", standard: "deny",
            bound: .earlier, part: .approvals, refusing: ["deny"]),
        Field(
            "allow", .named(.name, .fields(allowRule)), "connections that are made", bound: .both),
        Field(
            "ask", .named(.name, .fields(askRule)), "connections that a person decides on",
            bound: .both),
        Field(
            "deny", .named(.name, .fields(denyRule)),
            "connections that are refused, whatever else is said", bound: .union),
        Field(
            "announce_proxy", .flag, "set `HTTP_PROXY` and the like for programs that insist",
            standard: "false", part: .gate),
    ])

    private static func destination(_ part: Part) -> [Field] {
        [
            Field(
                "hosts", .list(.text(.host)),
                "names; `*.` stands for one label, `**.` for any number, `@` for a group",
                part: part),
            Field("cidrs", .list(.text(.addressRange)), "literal addresses", part: part),
            Field(
                "ports", .list(.either([.count(1...65_535), .text(.portRange)])),
                "ports, in a `deny` all if left out", standard: "[443]", part: part),
        ]
    }

    private static func reason(_ part: Part) -> Field {
        Field("reason", .text(.line), "why, for people and the model", part: part)
    }

    private static func grant(_ part: Part) -> [Field] {
        destination(part) + [
            Field(
                "tls", .word(["pass", "intercept", "plain"]),
                "encrypted and unread; read by the gate; HTTP that is not encrypted",
                standard: "pass", part: .interception, refusing: ["pass", "plain"]),
            Field(
                "http", .list(.fields(http)), "the only requests that may be made",
                part: .interception),
            Field(
                "secret", .text(.name), "the secret that the gate puts into requests",
                part: .interception),
            Field("limits", .fields(ruleLimits), "how much of it"),
            Field(
                "idempotency",
                .fields(
                    Fields([
                        Field(
                            "header", .text(.headerName), "the header that carries the key",
                            part: .interception, required: true)
                    ])), "how a request is marked that must not be repeated"),
            reason(part),
        ]
    }

    private static let allowRule = Fields(grant(.gate))

    private static let askRule = Fields(
        grant(.approvals) + [
            Field(
                "remember", .word(["call", "run", "session"]), "how long an answer holds",
                standard: "call", bound: .earlier, part: .approvals)
        ])

    private static let denyRule = Fields(destination(.gate) + [reason(.gate)])

    private static let http = Fields(
        [
            Field("methods", .list(.word(methods)), "all if left out", part: .interception),
            Field(
                "paths", .list(.text(.requestPath)),
                "as they are once decoded; `*` within a segment, `**` across", part: .interception),
            Field("query", .list(.text(.headerName)), "the only parameters", part: .interception),
            Field(
                "body",
                .fields(
                    Fields([
                        Field(
                            "size", .size, "the most that it may hold", bound: .smaller,
                            part: .interception
                        )
                    ])),
                "the request's body"),
        ], rule: .atLeastOne)

    private static let ruleLimits = Fields([
        Field("upload", .size, "bytes out", bound: .smaller, part: .gate),
        Field("download", .size, "bytes in", bound: .smaller, part: .gate),
        Field(
            "connections", .count(1...1_000_000_000), "connections", bound: .smaller, part: .gate),
        Field(
            "requests", .count(1...1_000_000_000), "requests", bound: .smaller, part: .interception),
        Field(
            "per", .duration, "the time that the limits are for; the whole run if left out",
            part: .gate),
    ])

    static let mcp = Fields([
        Field(
            "servers", .named(.name, .fields(server)), "by the names that tools carry", bound: .both
        )
    ])

    private static let server = Fields([
        Field("command", .list(.text(.line)), "the program and its arguments", part: .mcp),
        Field("url", .text(.url), "the address of a remote server", part: .mcp),
        Field(
            "era", .word(["auto", "stateful", "stateless"]),
            "which revision of the protocol it speaks", standard: "auto", part: .mcp),
        Field(
            "network", ruleNames, "the network rules that it may use", standard: "none", part: .mcp),
        Field("secrets", .list(.text(.name)), "the secrets that it may use", part: .mcp),
        Field(
            "files",
            .fields(
                Fields([
                    Field("read", .list(.text(.pathPattern)), "what it may read", part: .mcp),
                    Field("write", .list(.text(.pathPattern)), "what it may change", part: .mcp),
                ])), "what it sees besides the workspace"),
        Field(
            "pin", .text(.digest), "the digest of the program or of its list of tools", part: .mcp),
    ])

    static let ruleNames = Shape.either([.word(["none", "inherit"]), .list(.text(.name))])
}
