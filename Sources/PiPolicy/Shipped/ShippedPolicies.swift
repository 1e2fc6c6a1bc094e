/// The ready-made policies, as they are in `policies/`.
///
/// A copied program has them all, and nothing on disk can stand in for one. Written by `make golden`; a test
/// holds it against the files.
package enum ShippedPolicies {
    package static let all: [(name: String, text: String)] = [
        (
            "base/locked-down",
            #"""
            # What every ready-made policy starts from.
            version: 1
            name: locked-down
            description: Read the workspace and nothing else. No network, no secrets, nothing kept.

            require:                          # tried before anything starts, not presumed
              user_namespace: true
              seccomp: true
              landlock: any                   # off, any, or the least version; a server's owner should raise it to 4
              cgroup: any                     # off, any or v2; a server's owner should raise it to v2
              on_missing: refuse              # refuse or report

            workspace:
              mode: read-only                 # read-only, overlay, direct or live
              protect: [.git/hooks, .git/config, .pi-runner, "**/AGENTS.md", "**/CLAUDE.md"]
              hide: ["**/.env", "**/*.pem", "**/*.key"]

            files:
              read: [/usr, /bin, /lib, /lib64, /etc/ssl/certs]
              hide: ["~/.ssh", "~/.aws", "~/.gnupg", "~/.netrc"]
              tmp: {size: 256MiB}

            environment:
              set: {PATH: "/usr/bin:/bin", LANG: C.UTF-8, HOME: /home/agent}
              pass: []                        # names copied from the caller; never by pattern

            network:
              default: deny

            tools:
              default: deny
              read: allow
              ls: allow
              find: allow
              grep: allow

            limits:                           # of one call, for any tool that does not ask for less
              wall: 60s
              cpu: 60s
              memory: 1GiB
              processes: 64
              open_files: 256
              file_size: 256MiB
              output: {keep: 64KiB, hard: 64MiB, on_hard: kill}

            budgets:                          # of the whole run
              wall: 10m
              turns: 25
              tool_calls: 100
              tokens: 500000
              cost_usd: 1.00
              on_exceed: stop                 # stop or ask
              unknown_price: refuse           # refuse or count_as_zero

            approvals:
              ask: deny                       # what an "ask" becomes: deny, wait or park

            proposals:
              accept: []                      # of tool, skill, prompt

            tests:
              - {allow: {tool: read, read: README.md}}
              - {deny: {tool: write, write: README.md}}
              - {deny: {tool: bash, command: [ls]}}
              - {deny: {read: "~/.ssh/id_ed25519"}}
              - {deny: {read: config/.env}}
              - {deny: {connect: "example.org:443"}}

            """#
        ),
        (
            "ceiling.example",
            #"""
            # A bound for a shared server: copy it to /etc/pi-runner/ceiling.yaml, owned by root.
            # Every policy that is used on the host is limited by it.
            version: 1
            name: ceiling
            description: What no run on this host may exceed, whatever its policy says.

            require: {landlock: any, seccomp: true, on_missing: refuse}   # landlock: 4 where the kernel has it

            workspace: {mode: overlay, hide: ["**/.env"]}

            network:
              deny:
                inside:
                  cidrs: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, "fc00::/7"]
                  reason: the company's network

            budgets: {cost_usd: 30.00, wall: 8h}

            approvals: {self_approval: false}

            """#
        ),
        (
            "ci-fix",
            #"""
            # A CI job on a pull request.
            version: 1
            name: ci-fix
            description: Make a failing build pass. What leaves is one patch and one comment, checked by a later step.
            extends: [base/locked-down]

            model:
              allow: ["anthropic/*", "openai/*"]
              hosted_tools: deny              # a search that the provider runs is a way out too

            workspace:
              mode: overlay
              size: 4GiB
              apply: never                    # never, ask or on_success; here the outbox carries the patch
              protect: [".github/**", "ci/**", "policies/**", Package.resolved]

            files:
              cache:
                packages: {at: /cache/packages, mode: read-write, size: 2GiB, key: [Package.resolved]}

            network:
              allow:
                packages:
                  hosts: ["@swift", "@python"]          # groups of this host: `pi-runner policy groups`
                  ports: [443]
                  tls: pass                             # name and port are checked, the contents are not seen
                  limits: {upload: 1MiB, download: 500MiB, connections: 200}
              deny:
                cloud-metadata: {cidrs: [169.254.0.0/16, "fd00:ec2::254/128"], reason: no instance credentials}

            tools:
              write: allow
              edit: allow
              bash:
                decision: allow
                network: [packages]                     # inherit, none or names of rules
                calls: 150
                limits: {wall: 10m, cpu: 30m, memory: 6GiB, processes: 512, output: {keep: 128KiB}}
                deny:
                  - {command: [git, push, "..."], reason: "a patch leaves through the outbox, not by push"}
              outbox.patch: {decision: allow, calls: 1}
              outbox.comment: {decision: allow, calls: 1}

            outbox:                                     # written here, applied by a step with rights, after checks
              patch: {max: 1, size: 256KiB, paths: ["Sources/**", "Tests/**"]}
              comment: {max: 1, size: 16KiB, links: ["https://docs.example.org/**"]}

            budgets: {wall: 20m, turns: 60, tool_calls: 200, tokens: 3000000, cost_usd: 3.00}

            tests:                                      # tried whenever the file is loaded
              - {allow: {tool: bash, command: [swift, build]}}
              - {deny: {tool: bash, command: [git, push, origin, main]}}
              - {deny: {write: .github/workflows/release.yml}}
              - {deny: {connect: "169.254.169.254:80"}}
              - {deny: {connect: "collector.example.net:443"}}

            """#
        ),
        (
            "default",
            #"""
            # What `pi-runner run` takes when no policy is named.
            version: 1
            name: default
            description: Work on a copy of this checkout, without a network; a person looks before anything is kept.
            extends: [base/locked-down]

            workspace:
              mode: overlay                   # writes wait for `pi-runner apply`
              size: 4GiB
              apply: ask

            tools:
              write: allow
              edit: allow
              bash:
                decision: allow
                limits: {wall: 10m, cpu: 30m, memory: 4GiB, processes: 512}

            budgets: {wall: 1h, turns: 100, tool_calls: 500, tokens: 5000000, cost_usd: 5.00}

            tests:
              - {allow: {tool: bash, command: [swift, test]}}
              - {allow: {tool: write, write: Sources/main.swift}}
              - {deny: {write: .git/hooks/pre-commit}}
              - {deny: {connect: "example.org:443", tool: bash}}
              - {deny: {tool: "mcp:anything"}}

            """#
        ),
        (
            "exec",
            #"""
            # What `pi-runner exec` takes when no policy is named.
            version: 1
            name: exec
            description: Run one command that can read this folder and the system's programs, and change nothing.
            extends: [base/locked-down]

            limits:
              wall: 8h
              cpu: 8h
              output: {hard: 10GiB}

            tests:
              - {allow: {read: Makefile}}
              - {allow: {read: /usr/bin/env}}
              - {deny: {write: Makefile}}
              - {deny: {read: /etc/shadow}}
              - {deny: {connect: "example.org:443"}}

            """#
        ),
        (
            "laptop",
            #"""
            # A developer at the keyboard.
            version: 1
            name: laptop
            description: Work in my checkout without asking for what the walls already make harmless.
            extends: [base/locked-down]

            workspace:
              mode: direct                              # writes land at the end of each call …
              checkpoint: each_turn                     # … and `pi-runner undo` takes back a turn

            files:
              read: ["~/.gitconfig", "~/.config/git"]
              hide: ["~/.config/git/credentials"]       # where Git may keep passwords
              cache:
                packages: {at: /cache/packages, mode: read-write, size: 10GiB}

            environment:
              pass: [TERM, COLORTERM, TZ]

            secrets:
              forge:
                from: "command:gh auth token"           # run by the supervisor, never in the sandbox
                env: GH_TOKEN                           # the sandbox sees a placeholder under this name
                send: {header: Authorization, format: "Bearer ${secret}"}

            network:
              allow:
                packages: {hosts: ["@swift", "@python", "@node"], ports: [443]}
                docs: {hosts: ["*.swift.org", developer.mozilla.org], ports: [443], tls: intercept, http: [{methods: [GET, HEAD]}]}
                forge:
                  hosts: [api.forge.example]
                  ports: [443]
                  tls: intercept                        # a CA of the run's own, known only inside this sandbox
                  secret: forge
                  http:
                    - {methods: [GET], paths: ["/repos/**"]}
                    - {methods: [POST], paths: ["/repos/acme/*/issues/*/comments"]}
              ask:
                anything-else: {hosts: ["**"], ports: [443], remember: run}   # any host that no other rule names

            tools:
              write: allow
              edit: allow
              bash:
                decision: allow
                limits: {wall: 15m, memory: 8GiB, processes: 1024}
                ask:
                  - {command: [git, push, "..."], reason: publishing}
                  - {command: [git, reset, --hard, "..."], reason: throws work away}
              "mcp:*":
                decision: ask
                remember: run

            approvals:
              ask: wait
              timeout: 10m
              on_timeout: deny
              via: [terminal, web]

            proposals:
              accept: [tool, skill, prompt]
              tests: required
              approve: {people: 1, expires: 90d}

            budgets: {wall: 4h, turns: 400, tool_calls: 3000, tokens: 20000000, cost_usd: 15.00, on_exceed: ask}

            tests:
              - {ask: {tool: bash, command: [git, push]}}
              - {deny: {connect: "api.forge.example:443", method: DELETE, path: /repos/acme/app}}
              - {ask: {connect: "example.org:443"}}
              - {deny: {read: "~/.ssh/id_ed25519"}}
              - {deny: {read: "~/.config/git/credentials"}}

            """#
        ),
        (
            "nightly",
            #"""
            # A run that nobody watches.
            version: 1
            name: nightly
            description: Triage issues and refresh dependencies every night; every step provable in the morning.
            extends: [base/locked-down]

            # A server's owner should ask for more than every kernel has, and refuse a weaker host:
            # require: {landlock: 4, cgroup: v2}

            model:
              allow: ["anthropic/claude-sonnet-*"]
              fallback: ["openai/gpt-5*"]
              hosted_tools: deny

            workspace: {mode: overlay, size: 8GiB, apply: ask}

            secrets:
              forge:
                from: "file:${credentials}/forge-token" # a systemd credential, or a file that a vault's agent writes
                env: FORGE_TOKEN
                send: {header: Authorization, format: "Bearer ${secret}"}
                rotate: 8h                              # older than this: read again, or stop

            network:
              allow:
                packages: {hosts: ["@swift"], ports: [443], limits: {upload: 1MiB}}
                forge-read:
                  hosts: [api.forge.example]
                  ports: [443]
                  tls: intercept
                  secret: forge
                  http: [{methods: [GET], paths: ["/repos/acme/app/**"]}]
                  limits: {requests: 500, per: 1h}
                forge-comment:
                  hosts: [api.forge.example]
                  ports: [443]
                  tls: intercept
                  secret: forge
                  http: [{methods: [POST], paths: ["/repos/acme/app/issues/*/comments"], body: {size: 16KiB}}]
                  limits: {requests: 20}
                  idempotency: {header: Idempotency-Key}

            tools:
              write: allow
              edit: allow
              bash: {decision: allow, network: [packages], calls: 400, limits: {wall: 20m, memory: 8GiB, processes: 512}}
              forge-issues: {decision: allow, network: [forge-read], calls: 300}
              forge-comment:
                decision: ask
                network: [forge-comment]                # the only tool that gets this rule
                effect: external                        # pure, workspace or external
                on_ambiguous: ask                       # after a crash between start and outcome

            approvals:
              ask: park                                 # the run ends and resumes when decided
              approvers: ["group:maintainers"]
              people: 1
              self_approval: false
              timeout: 18h
              on_timeout: deny
              via: [web, "webhook:ops-chat"]

            proposals:
              accept: [tool]
              max_pending: 3
              tests: required
              ceiling: {network: none, files: {write: ["${workspace}/**"]}}
              approve:
                people: 2
                approvers: ["group:maintainers"]
                signature: ssh                          # checked against `approvers/allowed_signers`
                expires: 30d

            budgets:
              wall: 6h
              turns: 500
              tool_calls: 4000
              tokens: 30000000
              cost_usd: 25.00
              per: policy
              per_day: {runs: 3, cost_usd: 40.00}

            schedule: {cron: "30 2 * * *", overlap: skip, catch_up: one}

            tests:
              - {allow: {connect: "api.forge.example:443", method: GET, path: /repos/acme/app/issues/7, tool: forge-issues}}
              - {deny: {connect: "api.forge.example:443", method: POST, path: /repos/acme/app/issues/7/comments, tool: bash}}
              - {deny: {connect: "api.forge.example:443", method: GET, path: /repos/acme/other/issues/7, tool: forge-issues}}
              - {ask: {tool: forge-comment}}

            """#
        ),
        (
            "review-only",
            #"""
            # For reading a change and writing about it.
            version: 1
            name: review-only
            description: Read the checkout and its history, run nothing that writes, and leave one review.
            extends: [base/locked-down]

            tools:
              bash:
                allow:
                  - {command: [git, log, "..."]}
                  - {command: [git, show, "..."]}
                  - {command: [git, diff, "..."]}
                  - {command: [git, blame, "..."]}
                  - {command: [git, status, "..."]}
              outbox.review: {decision: allow, calls: 1}

            outbox:
              review: {max: 1, size: 64KiB}

            budgets: {wall: 15m, turns: 40, cost_usd: 2.00}

            tests:
              - {allow: {tool: bash, command: [git, log, --oneline]}}
              - {deny: {tool: bash, command: [git, push]}}
              - {deny: {tool: bash, command: [make]}}
              - {deny: {tool: write, write: README.md}}
              - {allow: {tool: outbox.review}}

            """#
        ),
        (
            "untrusted-prompt",
            #"""
            # A stranger's prompt on a shared server.
            version: 1
            name: untrusted-prompt
            description: Nothing of the host to read, nothing to steal, nothing left behind, no neighbour disturbed.
            extends: [base/locked-down]

            # A server's owner should ask for more than every kernel has, and refuse a weaker host:
            # require: {landlock: 4, cgroup: v2}

            model:
              allow: ["local/*"]
              hosted_tools: deny

            workspace:
              mode: overlay
              source: empty                             # not even a checkout
              size: 512MiB
              files: 20000
              apply: never
              discard: at_end                           # at_end, or a time such as after 24h

            files:
              tmp: {size: 128MiB}
              hide: ["~"]

            tools:
              write: allow
              edit: allow
              bash:
                decision: allow
                network: none
                calls: 60
                limits:
                  wall: 30s
                  cpu: 30s
                  memory: 512MiB
                  processes: 48
                  disk_write: 256MiB
                  output: {keep: 32KiB, hard: 8MiB, on_hard: kill}

            budgets:
              wall: 5m
              turns: 20
              tool_calls: 60
              tokens: 200000
              cost_usd: 0.20
              per: user                                 # the same budgets also hold for one user's day
              per_day: {runs: 50, cost_usd: 2.00}

            fair:                                       # between runs on one machine
              cpu_weight: 10
              io_weight: 10
              concurrent_runs: 2

            tests:
              - {deny: {read: /etc/machine-id}}
              - {deny: {read: "~/.bashrc"}}
              - {deny: {connect: "127.0.0.1:5432"}}
              - {deny: {connect: "example.org:443"}}
              - {allow: {tool: bash, command: [python3, -c, "1 + 1"]}}

            """#
        ),
    ]

    package static func text(_ name: String) -> String? {
        all.first { $0.name == name }?.text
    }
}
