import PiJSON

extension Reach {
    // MARK: - Private files that can be sent away

    /// Settings and programs in a home, which hold no secrets by their nature; with all that is below them.
    private static let harmless = [
        "~/.gitconfig", "~/.config/git", "~/.gitignore", "~/.vimrc", "~/.inputrc",
        "~/.editorconfig",
        "~/.tool-versions", "~/.nvmrc", "~/.rustup/toolchains", "~/.cargo/bin", "~/.cargo/registry",
        "~/.nvm/versions", "~/.pyenv/versions", "~/.rbenv/versions", "~/.sdkman/candidates",
        "~/.swiftpm/configuration", "~/go/pkg", "~/.local/share/mise", "~/.local/share/swiftly",
    ]

    mutating func checkPrivateFiles() {
        let read = ["read", "write"].flatMap { policy["files"]?[$0]?.elements ?? [] }
        if let file = read.first(where: { isPrivate($0, isLimited: true) }) {
            for rule in grants where canUpload(rule.value) {
                guard let tool = toolUsing(rule.name) else { continue }
                return warn(file, rule, who: "`\(tool)`")
            }
        }
        for server in servers {
            let files = ["read", "write"].flatMap { server.value["files"]?[$0]?.elements ?? [] }
            guard let file = files.first(where: { isPrivate($0, isLimited: false) }) else {
                continue
            }
            let network = server.value["network"]
            let rule = grants.first { rule in
                canUpload(rule.value)
                    && (network?.text == "inherit"
                        || network?.elements.contains { $0.text == rule.name } ?? false)
            }
            if let rule { warn(file, rule, who: "the server `\(server.name)`") }
        }
    }

    private mutating func warn(_ file: PolicyValue, _ rule: PolicyValue.Member, who: String) {
        findings.warning(
            .privateReach,
            "\(who) can read `\(file.shown)` and send what it reads to `\(rule.name)`",
            at: file.origin, "private files",
            also: [rule.nameOrigin.excerpt("lets data out")],
            help:
                "read less, give the rule `http: [{methods: [GET]}]` with `tls: intercept`, or name the tools that may use it"
        )
    }

    /// Whether the pattern names something in a home, and the policy hides not all of it.
    private func isPrivate(_ pattern: PolicyValue, isLimited: Bool) -> Bool {
        guard let text = pattern.text else { return false }
        // Most patterns are elsewhere, and need no closer look.
        let first = text.begins(with: "/") ? text.pieces(at: Ascii.slash).first ?? "" : ""
        let own = Surroundings.split(surroundings.home).first ?? ""
        if !first.isEmpty, !first.utf8.contains(Ascii.star), !["home", "root", own].contains(first)
        {
            return false
        }
        let others = ["/home/x", "/root"].map { $0 + "/x" }
        let isAbove = ["~/x"].contains { covers(text, $0) } || others.contains { covers(text, $0) }
        if isAbove {
            return (["~/x"] + others).contains { covers(text, $0) && (!isLimited || canRead($0)) }
        }
        let path = sample(of: text)
        let homes = ["~", "/home", "/root"]
        guard homes.contains(where: { covers($0, path) }),
            !Self.harmless.contains(where: { covers($0, path) })
        else { return false }
        return !isLimited || canRead(path)
    }

    /// Whether a request over the rule can carry anything out that matters.
    private func canUpload(_ rule: PolicyValue) -> Bool {
        guard let http = rule["http"] else { return true }
        return http.elements.contains { request in
            guard let methods = request["methods"]?.elements.compactMap(\.text) else { return true }
            return !methods.allSatisfy(["GET", "HEAD", "OPTIONS"].contains)
        }
    }

    /// A tool that runs what the agent says, and may use that rule.
    private func toolUsing(_ rule: String) -> String? {
        let tools = ToolRules(policy, .policy, surroundings)
        let still: Set<String> = ["default", "read", "ls", "find", "grep", "write", "edit"]
        let names = Set(policy["tools"]?.members.map(\.name) ?? []).union(["bash"]).subtracting(
            still)
        return names.sorted().first { name in
            guard tools.scope(of: name).allows(rule) else { return false }
            let tool = policy["tools"]?[name]
            let decision = tool?["decision"] ?? policy["tools"]?["default"]
            return decision.map { $0.text != "deny" } ?? false
                || ["allow", "ask"].contains { tool?[$0]?.elements.isEmpty == false }
        }
    }

    // MARK: - What others execute

    /// What a shell, a login, a scheduler or a version control system runs by itself; folders with all in them.
    private static let executed = [
        "~/.bashrc", "~/.bash_profile", "~/.bash_login", "~/.bash_aliases", "~/.profile",
        "~/.zshrc",
        "~/.zshenv", "~/.zprofile", "~/.zlogin", "~/.ssh", "~/.config/autostart",
        "~/.config/systemd", "~/.config/fish", "~/.config/environment.d", "~/.gitconfig",
        "~/.config/git", "~/.vimrc", "~/.config/nvim", "~/.emacs", "~/.emacs.d",
        "~/.local/share/systemd",
        "/etc/cron.d", "/etc/cron.hourly", "/etc/cron.daily", "/etc/cron.weekly",
        "/etc/cron.monthly",
        "/etc/crontab", "/etc/profile", "/etc/profile.d", "/etc/bash.bashrc", "/etc/environment",
        "/etc/systemd", "/etc/init.d", "/etc/rc.local", "/etc/udev", "/etc/xdg/autostart",
        "/etc/ld.so.preload", "/etc/ld.so.conf.d", "/etc/sudoers", "/etc/sudoers.d", "/etc/pam.d",
        "/lib", "/usr/lib", "/var/spool/cron", "/boot",
    ]

    /// The same in a workspace; a hook of any name is run by the next action of that name.
    private static let executedInWorkspace = [
        ".git/hooks/pre-commit", ".git/hooks/post-checkout", ".git/hooks/post-merge", ".git/config",
    ]

    mutating func checkExecuted() {
        for pattern in policy["files"]?["write"]?.elements ?? [] {
            guard let path = executed(by: pattern.text ?? "", isLimited: true) else { continue }
            warnExecuted(pattern, path)
        }
        for server in servers {
            for pattern in server.value["files"]?["write"]?.elements ?? [] {
                guard let path = executed(by: pattern.text ?? "", isLimited: false) else {
                    continue
                }
                warnExecuted(pattern, path)
            }
        }
        let workspace = policy["workspace"]
        guard let mode = workspace?["mode"], let word = mode.text, word != "read-only",
            word != "overlay" || (workspace?["apply"]?.text ?? "never") != "never",
            workspace?["source"]?.text != "empty",
            let path = Self.executedInWorkspace.first(where: canWrite)
        else { return }
        warnExecuted(mode, path)
    }

    /// What of the writable pattern is executed by others; nil if nothing is known to be.
    private func executed(by pattern: String, isLimited: Bool) -> String? {
        let path = sample(of: pattern)
        let known = Self.executed.first { folder in
            touches(pattern, folder)
                && (!isLimited || canWrite(covers(pattern, folder) ? folder : path))
        }
        if let known { return known }
        // Folders of programs, and checkouts: by their names, wherever they are.
        let isProgramFolder = path.pieces(at: Ascii.slash).contains {
            ["bin", "sbin", ".git"].contains($0)
        }
        let bin = [
            "~/bin/x", "~/.local/bin/x", "/usr/local/bin/x", "/usr/bin/x", "/bin/x", "/opt/x/bin/x",
        ]
        .first { covers(pattern, $0) && (!isLimited || canWrite($0)) }
        if let bin { return String(bin.utf8.dropLast(2)) }
        let inWorkspace =
            surroundings.resolve(path)?.starts(with: surroundings.workspaceSegments) ?? false
        return isProgramFolder && !inWorkspace && (!isLimited || canWrite(path)) ? path : nil
    }

    private mutating func warnExecuted(_ value: PolicyValue, _ path: String) {
        findings.warning(
            .executedOutside,
            "`\(SafeText(path, limit: 80))` may be written, and is executed outside of the sandbox",
            at: value.origin, "lets it be written",
            help: path.begins(with: ".git/")
                ? "protect it: `protect: [.git/hooks, .git/config]`" : "write less")
    }
}
