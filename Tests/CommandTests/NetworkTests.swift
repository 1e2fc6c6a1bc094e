import PiJSON
import PiSystem
import PiTesting
import Testing

/// The network of `exec` and `run`, by real policies and with a server on loopback.
@Suite(.timeLimit(.minutes(10))) struct NetworkTests {
    /// Names below `localhost` are loopback to everybody; Python asks for them like for any other.
    private static func fetch(_ host: String, _ port: String, _ path: String = "/") -> RawText {
        RawText(
            """
            python3 -c 'import urllib.request as u; print(u.urlopen("http://\(host):\(port)\(path)", timeout=300).read().decode())' 2>&1 | tail -1
            """)!
    }

    private static let page: [Peer.Step] = [
        .read, .send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\nthe page"),
    ]

    private static func rule(_ port: String, _ more: String = "") -> String {
        "page: {hosts: [docs.localhost], cidrs: [127.0.0.0/8, \"::1/128\"], ports: [\(port)], tls: plain\(more)}"
    }

    @Test func `what a rule names is reached, everything else is refused and told`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try await Peer.with([Self.page]) { peer, base in
                let port = String(base.split(separator: ":").last!.prefix { $0 != "/" })
                let policy = try person.write(
                    policy:
                        "network: {allow: {\(Self.rule(port))}, deny: {it: {hosts: [evil.localhost], reason: we know them}}}"
                )
                let reached = try await person.exec(
                    ["--policy", policy, "--json"],
                    ["bash", "-c", Self.fetch("docs.localhost", port)]
                ).run()
                let json = try JSONReader.read(
                    Array(reached.output.utf8), .exact(sizeLimit: 1 << 20)
                ).value
                #expect(json["output"]?["stdout"] == "the page\n", "\(reached.output)")
                let network = json["network"]?.array ?? []
                #expect(network.count == 1)
                #expect(network[0]["decision"] == "allowed")
                #expect(network[0]["to"]?.string == "docs.localhost:\(port)")
                #expect(network[0]["rule"] == "network.allow.page")
                #expect(network[0]["address"] == "127.0.0.1")
                #expect(peer.requests.count == 1)
                #expect(peer.requests[0].contains("Host: docs.localhost:\(port)\r\n"))

                let refused = try await person.exec(
                    ["--policy", policy],
                    ["bash", "-c", RawText("\(Self.fetch("evil.localhost", port)); exit 3")!]
                ).run()
                #expect(refused.code == 3)
                #expect(
                    refused.error.contains(
                        "warning: the network refused evil.localhost: `network.deny.it` names it: we know them"
                    ), "\(refused.error)")
                let elsewhere = try await person.exec(
                    ["--policy", policy],
                    ["bash", "-c", RawText("\(Self.fetch("8.8.8.8", port)); exit 3")!]
                ).run()
                #expect(
                    elsewhere.error.contains("refused 8.8.8.8:\(port): no rule names it"),
                    "\(elsewhere.error)")
                #expect(peer.requests.count == 1)

                for (place, word) in [
                    ("docs.localhost:\(port)", "allow"), ("docs.localhost:1", "deny"),
                    ("evil.localhost:\(port)", "deny"), ("8.8.8.8:\(port)", "deny"),
                ] {
                    var explain = try person.exec([], ["x"])
                    explain.arguments = [
                        "policy", "explain", policy, "--", "connect", RawText(place)!,
                    ]
                    #expect(try await explain.run().output.hasPrefix(word), "\(place)")
                }
                let plan = try await person.exec(["--policy", policy, "--plan"], ["true"]).run()
                #expect(plan.output.contains("network.allow.page"), "\(plan.output)")
            }
        }
    }

    @Test func `a record of the run has what was decided`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try person.write(policy: "network: {allow: {\(Self.rule("8081"))}}")
            let run = try await person.exec(
                ["--policy", policy], ["bash", "-c", Self.fetch("secret-word.evil.test", "8081")]
            ).run()
            #expect(run.code == 0)
            var show = try person.exec([], ["x"])
            show.arguments = ["show", "--json"]
            let shown = try await show.run()
            #expect(
                shown.output.contains("secret-word.evil.test"), "\(shown.output) \(shown.error)")
        }
    }

    @Test func `a tool may use its own rules alone, and the model is told what was refused`()
        async throws
    {
        try await World.with { world in
            try await Peer.with([Self.page]) { peer, base in
                let port = String(base.split(separator: ":").last!.prefix { $0 != "/" })
                func call(_ command: RawText) -> String {
                    let json = JSONWriter.write(.string("\(command)"), layout: .compact)
                    return
                        "  - steps: [{call: {name: bash, arguments: {command: \(String(decoding: json, as: UTF8.self))}}}]\n"
                }
                let turns =
                    call(Self.fetch("docs.localhost", port))
                    + call(RawText("\(Self.fetch("other.example", port)); false")!)
                    + call("cat /etc/resolv.conf") + "  - say: done\n"
                let here = try RunWorld(in: world, turns: turns)
                let policy = try here.person.write(
                    policy: "network: {allow: {\(Self.rule(port))}}", extending: "default")
                let run = try await here.run(["--policy", policy]).run()
                #expect(run.code == 0, "\(run.error)")
                let results = try here.results()
                #expect(results[0].text.contains("the page"), "\(results)")
                #expect(
                    results[1].text.contains(
                        "[the network refused other.example: no rule names it, and the default is deny]"
                    ), "\(results[1])")
                #expect(results[2].text.contains("nameserver 127.0.0.53"))
                #expect(peer.requests.count == 1)
                let details = try here.session().compactMap { $0["message"]?["details"] }
                #expect(details.contains { $0["network"]?.array?.first?["decision"] == "allowed" })

                // The same, but for a rule that `bash` may not use.
                try here.write(turns: turns)
                let narrow = try here.person.write(
                    policy: """
                        network: {allow: {\(Self.rule(port)), more: {hosts: [more.localhost], ports: [8082]}}}
                        tools: {bash: {network: [more]}}
                        """, extending: "default")
                let second = try await here.run(["--policy", narrow]).run()
                #expect(second.code == 0, "\(second.error)")
                let refused = try here.results()[0].text
                #expect(!refused.contains("the page"), "\(refused)")
                #expect(peer.requests.count == 1)
            }
        }
    }

    /// Holds a connection until somebody else ends it, and then tries again.
    private static func hold(_ port: String, after first: String) -> RawText {
        RawText(
            """
            \(first)
            python3 -c 'if True:
                import socket
                line = socket.create_connection(("docs.localhost", \(port)), timeout=300)
                line.sendall(b"GET / HTTP/1.1\\r\\nHost: docs.localhost:\(port)\\r\\n\\r\\n")
                got = b""
                try:
                    while piece := line.recv(1000): got += piece
                except ConnectionResetError: print("cut behind", got[-4:].decode())
                try: socket.create_connection(("docs.localhost", \(port)), timeout=300)
                except OSError as error: print(type(error).__name__)
            '
            """)!
    }

    /// Not for ever: a run that ends early changes nothing any more.
    private static func wait(on loop: EventLoop, until isSo: () -> Bool) async throws {
        for _ in 0..<15_000 where !isSo() {
            try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(20))
        }
    }

    /// What comes behind the run, as what it made that is kept, doesn't cover what came in it.
    @Test(arguments: ["read-only", "overlay, apply: on_success"])
    func `a rule taken out of the policy cuts what it let out, and that is recorded`(
        workspace: String
    ) async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let half: [Peer.Step] = [
                .read, .send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf"), .untilGone,
            ]
            try await Peer.with([half]) { peer, base in
                let port = String(base.split(separator: ":").last!.prefix { $0 != "/" })
                let other = "other: {hosts: [other.localhost], ports: [\(port)], tls: plain}"
                let policy = try person.write(
                    policy:
                        "workspace: {mode: \(workspace)}\nnetwork: {allow: {\(Self.rule(port)), \(other)}}"
                )
                let run = try person.exec(
                    ["--policy", policy, "--json"],
                    ["bash", "-c", Self.hold(port, after: "echo kept >made")])
                let running = Task { try await run.run() }
                try await EventLoop.run { loop in
                    try await Self.wait(on: loop) { !peer.requests.isEmpty }
                    // Half a file is no policy, and nothing is taken from it.
                    _ = try person.write(policy: "network: {allow: {")
                    try await loop.sleep(until: Clock<Monotonic>.system.now + .seconds(3))
                    #expect(peer.gone == 0)
                    _ = try person.write(
                        policy:
                            "workspace: {mode: \(workspace)}\nnetwork: {allow: {\(other)}}\nlimits: {processes: 60}"
                    )
                    try await Self.wait(on: loop) { peer.gone > 0 }
                }
                let ended = try await running.value
                let json = try JSONReader.read(
                    Array(ended.output.utf8), .exact(sizeLimit: 1 << 20)
                ).value
                #expect(
                    json["output"]?["stdout"] == "cut behind half\ngaierror\n", "\(ended.output)")
                let told = (json["diagnostics"]?.array ?? []).compactMap { $0["message"]?.string }
                #expect(
                    told.contains { $0.contains("changed meanwhile and can't be put in force") },
                    "\(told)")
                #expect(
                    told.contains { $0.contains("what it says of the network now is in force") })
                var show = try person.exec([], ["x"])
                show.arguments = ["show", "--json"]
                let record = try await show.run().output
                #expect(record.contains("\"in_force\": \"network\""), "\(record)")
                let digests = record.matches(of: /sha256:[0-9a-f]{64}/).map { String($0.output) }
                #expect(Set(digests).count == 2, "\(record)")
                if workspace.contains("on_success") {
                    #expect(try person.read("made") == "kept\n", "\(ended.output)")
                }
            }
        }
    }

    @Test func `a change that can't be written down has no effect until it can`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try await Peer.with([[.read, .send("HTTP/1.1 200 OK\r\n"), .untilGone]]) { peer, base in
                let port = String(base.split(separator: ":").last!.prefix { $0 != "/" })
                let other = "other: {hosts: [other.localhost], ports: [\(port)], tls: plain}"
                let policy = try person.write(
                    policy: "network: {allow: {\(Self.rule(port)), \(other)}}")
                let run = try person.exec(
                    ["--policy", policy], ["bash", "-c", Self.hold(port, after: "true")])
                let running = Task { try await run.run() }
                var inRuns = Program("/bin/sh", [])
                inRuns.folder = person.home
                try await EventLoop.run { loop in
                    try await Self.wait(on: loop) { !peer.requests.isEmpty }
                    // Nothing takes the place of a folder.
                    inRuns.arguments = [
                        "-ec", "cd state/pi-runner/runs/*/ && mv run.json kept && mkdir run.json",
                    ]
                    #expect(try await inRuns.run().code == 0)
                    _ = try person.write(policy: "network: {allow: {\(other)}}")
                    try await loop.sleep(until: Clock<Monotonic>.system.now + .seconds(8))
                    #expect(peer.gone == 0)
                    inRuns.arguments = [
                        "-ec", "cd state/pi-runner/runs/*/ && rmdir run.json && mv kept run.json",
                    ]
                    #expect(try await inRuns.run().code == 0)
                    try await Self.wait(on: loop) { peer.gone > 0 }
                }
                let ended = try await running.value
                #expect(ended.error.contains("run.json"), "\(ended.error)")
                #expect(
                    ended.error.contains("what it says of the network now is in force"),
                    "\(ended.error)")
                var show = try person.exec([], ["x"])
                show.arguments = ["show", "--json"]
                #expect(try await show.run().output.contains("\"in_force\": \"all\""))
            }
        }
    }

    @Test func `a run has as many connections at once as there are files for, and others later`()
        async throws
    {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try await Peer.with([[.read, .send("x"), .untilGone]]) { peer, base in
                let port = String(base.split(separator: ":").last!.prefix { $0 != "/" })
                let policy = try person.write(policy: "network: {allow: {\(Self.rule(port))}}")
                var run = try person.exec(
                    ["--policy", policy],
                    [
                        "python3", "-c",
                        RawText(
                            """
                            import socket, sys, time
                            def reached():
                                lines, said = [], []
                                for _ in range(150):
                                    try:
                                        line = socket.create_connection(("127.0.0.1", \(port)), timeout=300)
                                        line.sendall(b"GET / HTTP/1.1\\r\\n\\r\\n")
                                        lines.append(line)
                                    except OSError: pass
                                for line in lines:
                                    try: said.append(line.recv(1))
                                    except OSError: pass
                                return said.count(b"x") == len(said) and len(said)
                            print(reached())
                            # Those that were there before are gone soon.
                            for _ in range(1000):
                                if (later := reached()) >= 28: break
                                time.sleep(0.1)
                            print(later)
                            sys.exit(3)
                            """)!,
                    ])
                let own = run.program
                run.program = "/bin/bash"
                run.arguments =
                    ["-c", "ulimit -n 400; exec \"$@\"", "bash", RawText("\(own)")!] + run.arguments
                let ended = try await run.run()
                let counts = ended.output.split(separator: "\n").compactMap { Int($0) }
                #expect(counts.count == 2, "\(ended.output) \(ended.error)")
                // Two descriptors each, of 144, and five while it is dialled.
                #expect(counts.allSatisfy { (28...72).contains($0) }, "\(counts)")
                #expect(
                    ended.error.contains("as it may open files (`ulimit -n`)"), "\(ended.error)")
            }
        }
    }

    @Test func `a policy that the run itself can write gives it nothing`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try await Peer.with([Self.page]) { peer, base in
                let port = String(base.split(separator: ":").last!.prefix { $0 != "/" })
                let owner = UserID.current == .root ? ", owner: root" : ""
                func text(_ rules: String) -> String {
                    """
                    version: 1
                    name: test
                    extends: [exec]
                    workspace: {mode: live\(owner)}
                    network: {allow: {\(rules)}}

                    """
                }
                let other = "other: {hosts: [other.localhost], ports: [\(port)], tls: plain}"
                let both = "\(other), \(Self.rule(port))"
                try ExecWorld.write(text(other), to: person.work.appending("policy.yaml"))
                try ExecWorld.write(text(both), to: person.work.appending("wider.yaml"))
                let run = try await person.exec(
                    ["--policy", "policy.yaml"],
                    [
                        "bash", "-c",
                        RawText(
                            """
                            cp wider.yaml policy.yaml
                            mkdir -p .pi-runner; echo nonsense >.pi-runner/policy.yaml
                            for i in 1 2 3 4 5 6; do sleep 0.5; \(Self.fetch("docs.localhost", port)); done
                            """)!,
                    ]
                ).run()
                #expect(peer.requests.isEmpty)
                #expect(!run.output.contains("the page"), "\(run.output)")
                #expect(run.error.contains("it takes away, and gives nothing"), "\(run.error)")
            }
        }
    }

    @Test func `the proxy is announced if the policy says so, and only then`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            for announced in [true, false] {
                let policy = try person.write(
                    policy: """
                        network: {announce_proxy: \(announced), allow: {a: {hosts: [a.example], ports: [3128, 443]}}}
                        """)
                let run = try await person.exec(["--policy", policy], ["env"]).run()
                #expect(run.output.contains("https_proxy=http://127.0.0.1:3129\n") == announced)
                #expect(run.output.contains("NO_PROXY=localhost") == announced)
            }
        }
    }

    @Test func `what nothing reads yet is refused by its name`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            for (key, text) in [
                (
                    "network.allow.a.tls",
                    "network: {allow: {a: {hosts: [a.example], tls: intercept}}}"
                ),
                (
                    "network.allow.a.limits.requests",
                    "network: {allow: {a: {hosts: [a.example], tls: plain, limits: {requests: 5}}}}"
                ),
            ] {
                let policy = try person.write(policy: text)
                let run = try await person.exec(["--policy", policy], ["true"]).run()
                #expect(run.code == 125)
                #expect(
                    run.error.contains("P0701") && run.error.contains("`\(key)`"), "\(run.error)")
            }
        }
    }
}
