/// Every key of the policy language.
///
/// A key that is not here does not exist: the reader, the JSON Schema, the reference page and the
/// suggestions are all made from this table.
package enum PolicySchema {
    package static let version = 1

    package static let root = Fields([
        Field(
            "version", .count(1...version), "the format of the file", part: .policy, required: true),
        Field(
            "name", .text(.policyName), "what the policy is called in messages and records",
            part: .policy, required: true),
        Field("description", .text(.prose), "what it is for, for people", part: .policy),
        Field(
            "extends", .list(.text(.reference)), "the policies that this one is composed from",
            part: .policy),
        Field("require", .fields(require), "walls without which nothing starts"),
        Field("model", .fields(model), "which models may be asked", live: true),
        Field("workspace", .fields(workspace), "the folder that the agent works on"),
        Field("files", .fields(files), "the rest of the file system"),
        Field("environment", .fields(environment), "the variables of a call"),
        Field(
            "secrets", .named(.name, .fields(secret)),
            "credentials that a call may use and never see", bound: .operatorsOnly),
        Field("network", .fields(network), "the only ways out", live: true),
        Field("tools", .fields(tools), "what the agent may call", live: true),
        Field("mcp", .fields(mcp), "servers of tools"),
        Field(
            "outbox", .named(.name, .fields(outbox)),
            "what may leave a run, checked and applied by a later step"),
        Field("limits", .fields(limits), "of one call, for any tool that does not ask for less"),
        Field("budgets", .fields(budgets), "of the whole run", live: true),
        Field("fair", .fields(fair), "between the runs of one machine"),
        Field("approvals", .fields(approvals), "what becomes of an `ask`", live: true),
        Field("proposals", .fields(proposals), "what the agent may write for itself"),
        Field("audit", .fields(audit), "the record that proves what happened"),
        Field("output", .fields(output), "what a run leaves for machines and people"),
        Field("schedule", .fields(schedule), "when a run starts by itself"),
        Field(
            "tests", .list(.fields(example)),
            "examples that must hold; they are tried whenever the file is loaded", part: .policy),
    ])

    /// What a file says of itself: neither inherited nor compared.
    static let keysOfTheFile: Set<String> = ["version", "name", "description", "extends", "tests"]

    /// The keys that `exec` is concerned with; `run` is concerned with all.
    package static let keysOfExec: Set<String> = [
        "require", "workspace", "files", "environment", "secrets", "network", "limits",
    ]

    private static let example = Fields(
        ["allow", "ask", "deny"].map { decision in
            Field(
                decision, .fields(request), "the answer must be \(decision)", part: .policy)
        }, rule: .exactlyOne)

    private static let request = Fields(
        [
            Field("tool", .text(.toolName), "a call of this tool", part: .policy),
            Field(
                "command", .list(.text(.line)),
                "the words of a command, for `bash` if no tool is named",
                part: .policy),
            Field("read", .text(.path), "reading this file", part: .policy),
            Field("write", .text(.path), "writing this file", part: .policy),
            Field("connect", .text(.line), "a connection to HOST:PORT", part: .policy),
            Field("method", .word(methods), "the method of a request over it", part: .policy),
            Field("path", .text(.line), "the path of a request over it", part: .policy),
        ], rule: .atLeastOne)

    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    static let decisions = ["deny", "ask", "allow"]
}
