extension CodePage {
    /// 03: what values mean together.
    static let meaning: [DiagnosticCode: CodePage] = [
        .unknownRule: CodePage(
            why: """
                A tool can use rules that exist under `network.allow` or `network.ask`, and no \
                others. A misspelt name would be no network today, and more than you meant once \
                somebody adds a rule of that name.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    index: {hosts: [packages.example.org]}
                tools:
                  bash: {decision: allow, network: [indx]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    index: {hosts: [packages.example.org]}
                tools:
                  bash: {decision: allow, network: [index]}
                """),
        .unknownSecret: CodePage(
            why: """
                The gate can put only such secrets into a request as are described under \
                `secrets`. Otherwise the request would leave without its credential, and fail far \
                from the cause.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    api: {hosts: [api.example.org], tls: intercept, secret: forge}
                """,
            right: """
                version: 1
                name: example
                secrets:
                  forge:
                    from: "env:FORGE_TOKEN"
                    send: {header: Authorization, format: "Bearer ${secret}"}
                network:
                  allow:
                    api: {hosts: [api.example.org], tls: intercept, secret: forge}
                """),
        .unknownGroup: CodePage(
            why: """
                A group stands for what the package clients of this host are configured to use, \
                and nobody has said yet what that is for this one. A rule with an empty group \
                looks as if it allowed something. Let `pi-runner policy groups refresh` ask the \
                clients, or name the hosts.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    index: {hosts: ["@python"]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    index: {hosts: [packages.example.org]}
                """),
        .unseenRequest: CodePage(
            why: """
                Inside TLS the gate sees a host's name and port and nothing more, so a rule about \
                methods, paths, headers or the number of requests could not be kept. A policy that \
                says more than it can keep is refused.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    docs: {hosts: [docs.example.org], tls: pass, http: [{methods: [GET]}]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    docs: {hosts: [docs.example.org], tls: intercept, http: [{methods: [GET]}]}
                """),
        .publicSuffix: CodePage(
            why: """
                Anybody can get a name below a public suffix, so such a wildcard lets strangers \
                in. Name the host, or put the wildcard below a name that has one owner.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    docs: {hosts: ["*.org"]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    docs: {hosts: ["*.example.org"]}
                """),
        .anyHost: CodePage(
            why: """
                With a bare `**` under `network.allow` every host could be reached, and all that \
                the agent can read could leave. Under `network.ask` a person decides on each host \
                that no other rule names.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    anything: {hosts: ["**"]}
                """,
            right: """
                version: 1
                name: example
                network:
                  ask:
                    anything: {hosts: ["**"]}
                """),
        .variable: CodePage(
            why: """
                There are `${workspace}`, `${credentials}`, `${env:NAME}` and, in the `format` of \
                a secret, `${secret}`. What a variable holds must fit where it stands, and in a \
                path it can't become a pattern: else it could name more than you see here.
                """,
            wrong: """
                version: 1
                name: example
                files: {read: ["${home}/notes"]}
                """,
            right: """
                version: 1
                name: example
                files: {read: ["~/notes"]}
                """),
        .badRange: CodePage(
            why: """
                A range of addresses with bits behind its length, or one of ports that runs \
                backwards, is mostly a slip. To guess what was meant could open more than you \
                want.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    inside: {cidrs: [10.0.0.1/8]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    inside: {cidrs: [10.0.0.1/32]}
                """),
        .noDestination: CodePage(
            why: """
                A rule of the network says to where. Without `hosts` and `cidrs` it could be taken \
                for one about every host, or for one about none.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    index: {ports: [443]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    index: {hosts: [packages.example.org], ports: [443]}
                """),
        .exposedSecret: CodePage(
            why: """
                The gate puts a secret only into requests that it reads itself and that leave \
                encrypted. With `tls: pass` it can't reach into them, and with `tls: plain` \
                everybody on the way could read the secret.
                """,
            wrong: """
                version: 1
                name: example
                secrets:
                  forge: {from: "env:FORGE_TOKEN", send: {header: Authorization}}
                network:
                  allow:
                    api: {hosts: [api.example.org], tls: plain, secret: forge}
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
        .contradiction: CodePage(
            why: """
                Values that can't hold together, or that say only half of something, would leave \
                it to the program to choose. It does not choose: keep what you mean.
                """,
            wrong: """
                version: 1
                name: example
                limits:
                  output: {keep: 64MiB, hard: 1MiB}
                """,
            right: """
                version: 1
                name: example
                limits:
                  output: {keep: 64KiB, hard: 1MiB}
                """),
        .tooManyPorts: CodePage(
            why: """
                Each port of `network.allow` and `network.ask` has a listener of its own, and more \
                than 64 of them would be a scan of ports turned around. Name the ports that are \
                needed.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    staging: {hosts: [staging.example.org], ports: [8000-8999]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    staging: {hosts: [staging.example.org], ports: [8000-8010]}
                """),
        .unplacedSecret: CodePage(
            why: """
                A secret without `send` has no place in a request, so the gate could not put it \
                into one. The place is said once, with the secret, for all rules that send it.
                """,
            wrong: """
                version: 1
                name: example
                secrets:
                  forge: {from: "env:FORGE_TOKEN"}
                network:
                  allow:
                    api: {hosts: [api.example.org], tls: intercept, secret: forge}
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
        .hiddenRule: CodePage(
            why: """
                `deny` counts before `ask` and `allow`, in whatever order they stand, so all that \
                this rule names is denied. One of the two is a mistake, and only you can tell \
                which.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    docs: {hosts: [docs.example.org]}
                  deny:
                    outside: {hosts: ["**.example.org"]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    docs: {hosts: [docs.example.org]}
                  deny:
                    outside: {hosts: ["**.example.net"]}
                """),
        .unusedSecret: CodePage(
            why: """
                The secret would be fetched and used by nobody, and what is fetched can be lost. \
                Mostly a rule lacks the line `secret: NAME`.
                """,
            wrong: """
                version: 1
                name: example
                secrets:
                  forge: {from: "env:FORGE_TOKEN", send: {header: Authorization}}
                network:
                  allow:
                    api: {hosts: [api.example.org], tls: intercept}
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
        .noEffect: CodePage(
            why: """
                The value is understood, and nothing follows from it where it stands. Whoever \
                reads the policy would take it for something that holds.
                """,
            wrong: """
                version: 1
                name: example
                workspace: {mode: read-only, size: 4GiB}
                """,
            right: """
                version: 1
                name: example
                workspace: {mode: overlay, size: 4GiB}
                """),
        .missingVariable: CodePage(
            why: """
                The variable has no value where the policy is looked at, so the text can't be \
                checked to its end, and nothing starts without it. Where the policy is used the \
                variable may well be set.
                """,
            wrong: """
                version: 1
                name: example
                output: {summary: "${env:SUMMARY_FILE}"}
                """,
            right: """
                version: 1
                name: example
                output: {summary: build/summary.md}
                """),
    ]
}
