import PiJSON

/// Looks at what the values of a policy mean together.
enum Meaning {
    static func check(
        _ loaded: LoadedPolicy, isBound: Bool, _ groups: Groups, _ findings: inout Findings
    ) {
        var check = NetworkMeaning(loaded.value, groups, isBound: isBound, findings)
        check.run()
        findings = check.findings
        checkTools(loaded.value, isBound, &findings)
        checkLimits(loaded.value, isBound, &findings)
        checkWorkspace(loaded.value, isBound, &findings)
    }

    /// The groups that the policies name, by their names.
    static func groups(named policies: [LoadedPolicy], _ groups: Groups) -> [Groups.Group] {
        let names = policies.reduce(into: Set<String>()) { $0.formUnion($1.value.groupNames) }
        return names.sorted().compactMap(groups.find)
    }

    // MARK: - Tools

    private static func checkTools(
        _ policy: PolicyValue, _ isBound: Bool, _ findings: inout Findings
    ) {
        let rules = NameIndex(policy.grants)
        let denied = NameIndex(policy.networkRules("deny"))
        for tool in policy["tools"]?.members ?? [] where tool.name != "default" {
            checkName(tool, &findings)
            checkRuleNames(tool.value["network"], rules, denied, &findings)
            for list in ["allow", "ask", "deny"] {
                for matcher in tool.value[list]?.elements ?? [] {
                    checkMatcher(matcher, tool.name, &findings)
                }
            }
            checkOutput(tool.value["limits"], &findings)
            if tool.value["decision"]?.text == "deny", !isBound,
                tool.value["allow"] == nil, tool.value["ask"] == nil,
                let idle = ["calls", "limits", "network", "remember"].lazy
                    .compactMap({ tool.value.member($0) }).first
            {
                findings.warning(
                    .noEffect, "`\(idle.name)` has no effect: the tool is denied",
                    at: idle.nameOrigin, "of a tool that is never called",
                    also: (tool.value["decision"]?.origin.excerpt("denied here")).map { [$0] }
                        ?? [],
                    help: "remove it, or allow the tool")
            }
        }
        for server in policy["mcp"]?["servers"]?.members ?? [] {
            checkRuleNames(server.value["network"], rules, denied, &findings)
            for secret in server.value["secrets"]?.elements ?? [] {
                NetworkMeaning.checkSecretName(secret, policy, &findings)
            }
            let ways = ["command", "url"].compactMap { server.value.member($0) }
            if ways.count != 1 {
                findings.error(
                    .contradiction,
                    ways.isEmpty
                        ? "the server has neither a command nor an address"
                        : "the server has a command and an address",
                    at: ways.last?.nameOrigin ?? server.nameOrigin, "which one?",
                    help: "write `command: [PROGRAM]` or `url: ADDRESS`")
            }
        }
        checkRuleNames(policy["proposals"]?["ceiling"]?["network"], rules, denied, &findings)
    }

    /// Of a name that is nearly that of a tool: what is said of it would mean nothing.
    private static func checkName(_ tool: PolicyValue.Member, _ findings: inout Findings) {
        let names = PolicySchema.builtInTools
        if PolicySchema.toolKeys.contains(tool.name) {
            findings.warning(
                .noEffect, "this is a tool that is called `\(tool.name)`", at: tool.nameOrigin,
                "beside the tools, not in one",
                help: "indent it below the tool that it is about: `bash: {\(tool.name): …}`")
        }
        guard !names.contains(where: tool.name.isExactly), !tool.name.ends(with: "*"),
            tool.name.utf8.count > 3,
            let near = NearestWord.to(tool.name, among: names), near.utf8.count > 3,
            abs(near.utf8.count - tool.name.utf8.count) <= 1
        else { return }
        findings.warning(
            .noEffect, "no tool that is built in is called \(quoted(tool.name))",
            at: tool.nameOrigin,
            "of no effect, unless a tool of that name is added", help: "did you mean `\(near)`?")
    }

    private static func checkRuleNames(
        _ value: PolicyValue?, _ rules: NameIndex, _ denied: NameIndex, _ findings: inout Findings
    ) {
        for name in value?.elements ?? [] {
            guard let text = name.text, !rules.contains(text) else { continue }
            if ["inherit", "none"].contains(text) {
                findings.error(
                    .unknownRule, "there is no network rule \(quoted(text))", at: name.origin,
                    "a word, not a rule", help: "write it without the list: `\(text)`")
                continue
            }
            findings.error(
                .unknownRule, "there is no network rule \(quoted(text))", at: name.origin,
                "names nothing",
                help: denied.contains(text)
                    ? "`\(text)` is under `deny`; a tool is given rules of `allow` and `ask`"
                    : NearestWord.to(text, among: rules.names).map { "did you mean `\($0)`?" }
                        ?? "add `\(SafeText(text, limit: 64))` under `network.allow` or `network.ask`"
            )
        }
    }

    private static func checkMatcher(
        _ matcher: PolicyValue, _ tool: String, _ findings: inout Findings
    ) {
        if matcher["command"] == nil, matcher["path"] == nil {
            findings.error(
                .contradiction, "nothing says which calls are meant", at: matcher.origin,
                "a reason alone", help: "add `command: [WORD, …]` or `path: PATTERN`")
        }
        if let command = matcher.member("command"), let path = matcher.member("path") {
            findings.error(
                .contradiction, "a call is known by its command or by its path, not by both",
                at: path.nameOrigin, "one too many",
                also: [command.nameOrigin.excerpt("the other")], help: "write two elements")
        }
        if let command = matcher.member("command") {
            let words = command.value.elements
            if words.isEmpty {
                findings.error(
                    .contradiction, "a command has at least one word", at: command.value.origin,
                    "no words", help: "write its words: `[git, push, \"...\"]`")
            }
            if let first = words.first, first.text?.contains(" ") == true {
                findings.error(
                    .contradiction, "no program has a name with a space in it", at: first.origin,
                    "one word",
                    help:
                        "write each word by itself: `[\((first.text ?? "").pieces(at: UInt8(ascii: " ")).map { Spelling.scalar($0) }.joined(separator: ", "))]`"
                )
            }
            for word in words.dropLast() where word.text == "..." {
                findings.error(
                    .contradiction, "`...` stands for the rest, so it comes last", at: word.origin,
                    "words follow", help: "write `*` for any one word")
            }
            if tool != "bash", !tool.ends(with: "*") {
                findings.warning(
                    .noEffect, "only `bash` runs commands", at: command.nameOrigin,
                    "has no effect on `\(tool)`", help: "move it below `tools.bash`")
            }
        }
        if let path = matcher.member("path"),
            !PolicySchema.fileTools.contains(tool), !tool.ends(with: "*")
        {
            findings.warning(
                .noEffect, "`\(tool)` is not about one file", at: path.nameOrigin, "has no effect",
                help:
                    "`path` is for read, ls, find, grep, write and edit; what `bash` may touch is said under `files` and `workspace`"
            )
        }
    }

    // MARK: - Limits

    private static func checkLimits(
        _ policy: PolicyValue, _ isBound: Bool, _ findings: inout Findings
    ) {
        checkOutput(policy["limits"], &findings)
        checkOutput(policy["proposals"]?["ceiling"]?["limits"], &findings)
        if let send = policy["secrets"] {
            for secret in send.members { checkSend(secret, &findings) }
        }
        if let timeout = policy["approvals"]?.member("timeout"), !isBound,
            (policy["approvals"]?["ask"]?.text ?? "deny") == "deny"
        {
            findings.warning(
                .noEffect, "`timeout` has no effect: what would ask is denied at once",
                at: timeout.nameOrigin, "nobody is waited for",
                also: (policy["approvals"]?["ask"]?.origin.excerpt("denied here")).map { [$0] }
                    ?? [],
                help: "remove it, or write `ask: wait`")
        }
    }

    private static func checkOutput(_ limits: PolicyValue?, _ findings: inout Findings) {
        guard let keep = limits?["output"]?["keep"], let hard = limits?["output"]?["hard"],
            case .size(let kept) = keep.content, case .size(let most) = hard.content, kept > most
        else { return }
        findings.error(
            .contradiction, "more output would be kept than may be printed", at: keep.origin,
            "more than", also: [hard.origin.excerpt("this")],
            help: "write a `keep` of at most \(hard.shown)")
    }

    private static func checkSend(_ secret: PolicyValue.Member, _ findings: inout Findings) {
        guard let send = secret.value["send"] else { return }
        let ways = ["header", "query", "basic", "sigv4"].compactMap { send.member($0) }
        if ways.count > 1 {
            findings.error(
                .contradiction, "a secret goes into one place of a request",
                at: ways[1].nameOrigin, "one too many",
                also: [ways[0].nameOrigin.excerpt("the first")],
                help: "keep one of `header`, `query`, `basic` and `sigv4`")
        }
        if let format = send.member("format"), send["header"] == nil {
            findings.error(
                .contradiction, "`format` is the value of a header, and none is named",
                at: format.nameOrigin, "of what?", help: "add `header: Authorization`, or the like")
        }
    }

    // MARK: - Workspace

    private static func checkWorkspace(
        _ policy: PolicyValue, _ isBound: Bool, _ findings: inout Findings
    ) {
        guard !isBound, let workspace = policy["workspace"] else { return }
        let mode = workspace["mode"]?.text ?? "read-only"
        let modeHere = (workspace["mode"]?.origin.excerpt("\(mode) here")).map { [$0] } ?? []
        let idle =
            mode == "read-only"
            ? ["size", "files", "upper", "apply", "checkpoint", "discard", "unfit"]
            : mode == "live"
                ? ["size", "files", "upper", "apply", "discard", "unfit"]
                : mode == "direct" ? ["apply", "discard", "unfit"] : []
        if mode == "live", let kept = workspace.member("checkpoint"), kept.value.text != "never" {
            findings.error(
                .contradiction,
                "of a `live` workspace nothing is kept that `undo` could go back to",
                at: kept.nameOrigin, "asks for something that would not be kept",
                also: modeHere,
                help: "write `mode: direct`, or `checkpoint: never`")
        }
        if let source = workspace.member("source"), source.value.text != "here",
            mode == "read-only" || mode == "live"
        {
            findings.error(
                .contradiction, "only where writes wait can other files stand for the workspace's",
                at: source.nameOrigin, "needs a layer",
                also: modeHere,
                help: "write `mode: overlay` or `mode: direct`")
        }
        if let upper = workspace.member("upper"), upper.value.text == "memory",
            workspace["size"] == nil
        {
            findings.error(
                .contradiction, "a layer in memory has to have a size",
                at: upper.nameOrigin, "would take as much memory as it likes",
                help: "write `size: 1GiB` beside it, or how much the changes may take")
        }
        for name in idle {
            guard let member = workspace.member(name) else { continue }
            if name == "apply", member.value.text == "never" { continue }
            if name == "unfit", member.value.text == "refuse" { continue }
            if name == "upper", member.value.text == "disk" { continue }
            if name == "checkpoint", member.value.text == "never" { continue }
            // Whoever sets the mode need not take back what the policy below says for another one.
            if let mode = workspace["mode"],
                mode.origin.source.name != member.nameOrigin.source.name
            {
                continue
            }
            findings.warning(
                .noEffect, "`workspace.\(name)` has no effect while the workspace is \(mode)",
                at: member.nameOrigin, "nothing to be kept here",
                also: modeHere,
                help: "remove it, or write `mode: overlay`")
        }
    }
}
