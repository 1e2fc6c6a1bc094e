extension CodePage {
    /// 04, 05 and 07: inheritance and bounds, examples, and what this version does.
    static let composition: [DiagnosticCode: CodePage] = [
        .notFound: CodePage(
            why: """
                What a policy extends is a part of it, and without that part nobody knows what it \
                says, nor what it denies. A name without `.yaml` is a ready-made policy, one with \
                it a file below the first file's folder.
                """,
            wrong: """
                version: 1
                name: example
                extends: [base/locked-dwon]
                """,
            right: """
                version: 1
                name: example
                extends: [base/locked-down]
                """),
        .wider: CodePage(
            why: """
                A bound of the host, of the workspace or of `--bound` limits every policy, and the \
                narrower of the two values is in force. So a run may end sooner, or be refused \
                more, than the policy says.
                """,
            wrong: """
                version: 1
                name: example
                limits: {wall: 2h}   # the bound says `limits: {wall: 1h}`
                """,
            right: """
                version: 1
                name: example
                limits: {wall: 1h}
                """),
        .parentsDisagree: CodePage(
            why: """
                Policies side by side in `extends` are equals, so none of them wins by its place \
                in the list. The file that extends them says which value is meant.
                """,
            wrong: """
                version: 1
                name: example
                extends: [default, review-only]   # 1h or 15m?
                """,
            right: """
                version: 1
                name: example
                extends: [default, review-only]
                budgets: {wall: 1h, turns: 40, cost_usd: 2.00}
                """),
        .takenAway: CodePage(
            why: """
                Rules that deny or ask add up along `extends` and can't be changed or taken away, \
                so whoever wrote one can rely on it wherever it is extended. Add a rule of another \
                name.
                """,
            wrong: """
                version: 1
                name: example
                extends: [ceiling.example]
                network:
                  deny:
                    inside: {cidrs: [10.0.0.0/8]}   # the inherited rule names more
                """,
            right: """
                version: 1
                name: example
                extends: [ceiling.example]
                network:
                  deny:
                    partners: {cidrs: [198.51.100.0/24]}
                """),
        .cycle: CodePage(
            why: """
                A policy that is a part of itself has no beginning, so nobody could say which of \
                its values come first. What several policies need goes into one that all of them \
                extend.
                """,
            wrong: """
                version: 1
                name: example
                extends: [example.yaml]   # the file itself
                """,
            right: """
                version: 1
                name: example
                extends: [base/locked-down]
                """),
        .tooManyFiles: CodePage(
            why: """
                At most 32 policies can make up one, and at most 8 can stand above each other, the \
                first one counted: with more of them nobody can see where a value comes from. Join \
                some of them.
                """,
            wrong: """
                version: 1
                name: example
                extends: [team-1.yaml]   # which extends team-2.yaml, and so on to team-8.yaml
                """,
            right: """
                version: 1
                name: example
                extends: [team.yaml]   # which says what the eight said
                """),
        .leavesFolder: CodePage(
            why: """
                A file is found from the folder of the first policy and below it, and nowhere \
                else: what lies outside could be written by somebody else. A policy that is shared \
                is named by `user:NAME` or `host:NAME`, a ready-made one by its name without \
                `.yaml`.
                """,
            wrong: """
                version: 1
                name: example
                extends: [../base/locked-down.yaml]
                """,
            right: """
                version: 1
                name: example
                extends: [base/locked-down]
                """),
        .notInBound: CodePage(
            why: """
                Whoever can change a repository can change its `.pi-runner/policy.yaml`, so that \
                file can only narrow what runs there. It names no secrets and no variables, and \
                extends ready-made policies only.
                """,
            wrong: """
                version: 1
                name: example
                files: {hide: ["${env:HOME}/notes"]}   # in .pi-runner/policy.yaml
                """,
            right: """
                version: 1
                name: example
                files: {hide: ["~/notes"]}   # in .pi-runner/policy.yaml
                """),
        .brokenExample: CodePage(
            why: """
                The examples under `tests` say what you expect of the policy. If one does not \
                hold, the policy is not what its author thinks it is, and it is not used until the \
                policy or the example is mended.
                """,
            wrong: """
                version: 1
                name: example
                tools: {bash: allow}
                tests:
                  - {deny: {tool: bash, command: [git, push]}}
                """,
            right: """
                version: 1
                name: example
                tools:
                  bash: {decision: allow, deny: [{command: [git, push, "..."]}]}
                tests:
                  - {deny: {tool: bash, command: [git, push]}}
                """),
        .notEnforced: CodePage(
            why: """
                The policy is right, but no part of this version keeps what it asks for, and a \
                wall that does not stand is worse than none, since you rely on it. So `run` and \
                `exec` refuse to start; take the value out, or use a version that has the part.
                """,
            wrong: """
                version: 1
                name: example
                schedule: {cron: "30 2 * * *"}
                """,
            right: """
                version: 1
                name: example
                """),
        .nobodyAsked: CodePage(
            why: """
                The policy wants a person's word for something, and this version has no way to ask \
                for it. Silence never means yes: whatever would be asked is refused, and the agent \
                is told so. The run goes on, with less than the policy could allow.
                """,
            wrong: """
                version: 1
                name: example
                approvals: {ask: wait, timeout: 10m}
                """,
            right: """
                version: 1
                name: example
                approvals: {ask: deny}
                """),
    ]
}
