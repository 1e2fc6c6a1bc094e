extension CodePage {
    /// 06: what a policy makes possible that its author may not have meant.
    static let reach: [DiagnosticCode: CodePage] = [
        .secretReach: CodePage(
            why: """
                The secret goes to every host that the rule names. With a wildcard, a group or a \
                name at a company that gives names to anybody, one of them may be a stranger's, \
                who would then have the secret.
                """,
            wrong: """
                version: 1
                name: example
                secrets:
                  forge: {from: "env:FORGE_TOKEN", send: {header: Authorization}}
                network:
                  allow:
                    api: {hosts: ["*.example.org"], tls: intercept, secret: forge}
                """,
            right: """
                version: 1
                name: example
                secrets:
                  forge: {from: "env:FORGE_TOKEN", send: {header: Authorization}}
                network:
                  allow:
                    api: {hosts: [api.example.org], tls: intercept, secret: forge}
                """),
        .metadataReach: CodePage(
            why: """
                A cloud hands out a machine's credentials to whoever asks at such an address from \
                that machine. A call that reaches it can act as the host, and not only in the \
                sandbox.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    inside: {cidrs: [10.0.0.0/8, 169.254.0.0/16], ports: [80]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    inside: {cidrs: [10.0.0.0/8], ports: [80]}
                """),
        .privateReach: CodePage(
            why: """
                A tool that can read private files and reach a host that takes data can send them \
                away, also because a text that the agent read told it to. Take one of the two from \
                it: read less, allow requests without contents only, or name the tools that may \
                use the rule.
                """,
            wrong: """
                version: 1
                name: example
                files: {read: ["~/notes"]}
                network:
                  allow:
                    index: {hosts: [packages.example.org]}
                tools: {bash: allow}
                """,
            right: """
                version: 1
                name: example
                files: {read: ["~/notes"]}
                network:
                  allow:
                    index: {hosts: [packages.example.org]}
                tools:
                  bash: {decision: allow, network: none}
                """),
        .executedOutside: CodePage(
            why: """
                What a shell, a scheduler or Git runs by itself runs outside of the sandbox, with \
                your rights. An agent that can write such a file is out of the sandbox with the \
                next login or commit.
                """,
            wrong: """
                version: 1
                name: example
                workspace: {mode: direct}
                """,
            right: """
                version: 1
                name: example
                workspace: {mode: direct, protect: [.git/hooks, .git/config]}
                """),
        .passedCredential: CodePage(
            why: """
                The agent, and all that it runs, can read a variable and send it away. Of a secret \
                the sandbox sees a placeholder, and the gate puts the value into the requests of \
                the rules that name it.
                """,
            wrong: """
                version: 1
                name: example
                environment: {pass: [FORGE_TOKEN]}
                """,
            right: """
                version: 1
                name: example
                secrets:
                  forge:
                    from: "env:FORGE_TOKEN"
                    env: FORGE_TOKEN
                    send: {header: Authorization, format: "Bearer ${secret}"}
                network:
                  allow:
                    api: {hosts: [api.example.org], tls: intercept, secret: forge}
                """),
    ]
}
