import PiGate
import PiSandbox
import PiSystem
import PiTesting
import Testing

/// A sandbox, a gate and servers that stand for the Internet.
struct GateWorld {
    let internet: Internet
    let table: Table
    let gate: Gate
    let sandbox: SmallSandbox

    static let here = IPAddress.loopback4

    /// On a thread of its own: all of it waits, and the threads that tasks share are needed by others.
    static func with(
        _ table: [String: [[IPAddress]]] = [:], byProxy credentials: String? = nil,
        isRoomy: Bool = false, _ body: @escaping @Sendable (GateWorld) throws -> Void
    ) async throws {
        try await World.with { world in
            let folder = world.path
            try await onOwnThread {
                let internet = try Internet(in: folder)
                let hosts = [
                    "good.example", "plain.example", "one.wild.example", "moving.example",
                ]
                let known = Table(
                    Dictionary(uniqueKeysWithValues: hosts.map { ($0, [[here]]) })
                        .merging(table) { _, given in given })
                let proxy = try credentials.flatMap { given in
                    try UpstreamProxy(
                        "http://\(given)127.0.0.9:\(internet.port("proxy"))/",
                        exceptions: "elsewhere.example, .wild.example")
                }
                let gate = try Gate(resolver: known, by: proxy)
                let tests = Repository.root.appending("Tests/ContainmentTests/Gate").text
                let sandbox = try SmallSandbox(
                    [
                        .init(path: "/tests", source: tests, access: .readOnly),
                        .init(path: "/world", source: folder.text, access: .readOnly),
                    ] + (isRoomy ? Self.settingsOfPrograms : []),
                    ports: Set(internet.ports.values).sorted(), isRoomy: isRoomy)
                try body(
                    GateWorld(internet: internet, table: known, gate: gate, sandbox: sandbox))
                try sandbox.end()
                gate.end()
            }
        }
    }

    /// Where Debian keeps which program a name stands for, and Java what it begins with.
    private static var settingsOfPrograms: [SandboxSpec.Tree] {
        ["/etc/alternatives", "/etc/java-17-openjdk", "/etc/java-21-openjdk"]
            .compactMap(FilePath.init)
            .filter { (try? Folder.open($0, resolving: .noLinks)) != nil }
            .map { .init(path: $0.text, source: $0.text, access: .readOnly) }
    }

    /// The three hosts, each at its port.
    func rules(
        upload: Int? = nil, download: Int? = nil, connections: Int? = nil
    ) -> Rules {
        var rules = Rules()
        rules.theInternet = [Self.here]
        rules.allow(
            "tls", ["good.example", "*.wild.example", "moving.example", "git.example"],
            at: [internet.port("tls")])
        rules.allow(
            "plain", ["plain.example"], at: [internet.port("plain")], .plain, upload: upload,
            download: download, connections: connections)
        rules.addresses[IPAddress([127, 0, 0, 9])!] = GateTerms(
            rule: "raw", contents: .encrypted,
            limits: [
                GateLimit("raw", upload: upload, download: download, connections: connections)
            ])
        return rules
    }

    /// What a script prints, and what was decided meanwhile.
    func run(_ script: String, _ rules: Rules) throws -> (said: String, report: GateReport) {
        let call = gate.call(rules.gate)
        let said = try sandbox.run(script, network: Doorkeeper(call))
        return (said, try call.end())
    }

    /// The ports as variables of the script.
    func script(_ text: String) -> String {
        internet.ports.map { "\($0.key)=\($0.value)\n" }.joined() + text
    }
}

@Suite(.serialized, .timeLimit(.minutes(10))) struct GateTests {
    @Test func `nobody gets out by asking in another way`() async throws {
        let bad = [
            "private": [10, 0, 0, 7], "metadata": [169, 254, 169, 254], "carrier": [100, 64, 0, 1],
            "nowhere": [0, 0, 0, 0], "everyone": [224, 0, 0, 1], "denied": [127, 0, 0, 77],
            "linklocal": [0xFE, 0x80] + [UInt8](repeating: 0, count: 13) + [1],
            "mapped": [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 127, 0, 0, 1],
            "sixtofour": [0x20, 2, 0x7F, 0, 0, 1] + [UInt8](repeating: 0, count: 10),
            "nat": [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 1],
            "cloud": [0xFD, 0, 0x0E, 0xC2] + [UInt8](repeating: 0, count: 10) + [2, 0x54],
        ]
        var table = Dictionary(
            uniqueKeysWithValues: bad.map { ("\($0.key).example", [[IPAddress($0.value)!]]) })
        // What nobody may ask for has an answer, which nobody must get.
        table["canary.test"] = [[GateWorld.here]]
        try await GateWorld.with(table) { world in
            var rules = world.rules()
            rules.denied = [IPAddress([127, 0, 0, 77])!]
            rules.allow("bad", bad.keys.map { "\($0).example" }, at: [world.internet.port("tls")])
            let abstract = try AbstractSocket("pi-gate-canary")
            let (said, report) = try world.run(
                world.script("exec python3 /tests/knocks.py $tls $plain $canary"), rules)
            withExtendedLifetime(abstract) {}
            var attempts = 0
            var failed: [String] = []
            for line in said.split(separator: "\n") {
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                let isControl = line.hasPrefix("control")
                if !isControl { attempts += 1 }
                if (cells.last == "reached") != isControl { failed.append(String(line)) }
            }
            #expect(failed == [], "\(said)")
            #expect(attempts >= 150, "\(attempts)")
            #expect(said.contains("control a server of one's own\treached"))
            // Nobody was asked for a name that no rule allows, and nothing reached anybody unasked.
            let names = world.table.asked
            #expect(
                names.isSubset(of: Set(rules.rules.flatMap(\.hosts)).union(["one.wild.example"])))
            let seen = try world.internet.seen()
            #expect(seen.count { $0.hasPrefix("canary") } == 2, "\(seen)")
            #expect(
                !seen.contains { $0.contains("evil") || $0.contains("other.example") }, "\(seen)")
            #expect(report.records.contains { $0.subject.verdict == .denied })
            let metadata = report.records.first { $0.subject.place.hasPrefix("metadata.example:") }
            #expect(
                metadata?.subject.reason.contains("where clouds keep credentials") == true,
                "\(report.records)")
        }
    }

    @Test func `an answer that changes is checked each time, and what was checked is dialled`()
        async throws
    {
        let private4 = IPAddress([10, 0, 0, 1])!
        try await GateWorld.with([
            "moving.example": [[GateWorld.here], [private4], [GateWorld.here]]
        ]) {
            world in
            let (said, report) = try world.run(
                world.script(
                    """
                    for i in 1 2 3; do
                        curl -sS --cacert /world/certificate.pem https://moving.example:$tls/nonce 2>&1 | head -c 90
                    done
                    """), world.rules())
            let lines = said.split(separator: "\n")
            #expect(
                lines.count == 3 && lines[0] == "NONCE of a page" && lines[2] == lines[0], "\(said)"
            )
            let denied = report.records.filter { $0.subject.verdict == .denied }
            #expect(denied.map(\.subject.place) == ["moving.example:\(world.internet.port("tls"))"])
            #expect(denied[0].subject.reason.contains("10.0.0.1, and that is private"))
        }
    }

    @Test func `whole bodies come over both ways, and the end of half a connection is passed on`()
        async throws
    {
        try await GateWorld.with { world in
            let (said, report) = try world.run(
                world.script(
                    """
                    head -c 20000000 /dev/zero | curl -sS --data-binary @- http://plain.example:$plain/ 2>&1
                    head -c 3000000 /dev/urandom >/tmp/it
                    exec 3<>/dev/null
                    python3 -c '
                    import socket, sys
                    c = socket.create_connection(("127.0.0.9", int(sys.argv[1])))
                    said = open("/tmp/it", "rb").read()
                    import threading
                    def say(): c.sendall(said); c.shutdown(socket.SHUT_WR)
                    threading.Thread(target=say).start()
                    got = b""
                    while piece := c.recv(65536): got += piece
                    print(got == said + b"end")
                    ' $echo
                    """), world.rules())
            #expect(said == "got 20000000\nTrue\n")
            let allowed = report.records.filter { $0.subject.verdict == .allowed }
            #expect(allowed.count == 2, "\(report.records)")
            #expect(allowed.contains { $0.sent == 3_000_000 && $0.received == 3_000_003 })
        }
    }

    @Test func `a limit cuts what goes beyond it, and says so`() async throws {
        try await GateWorld.with { world in
            let (said, report) = try world.run(
                world.script(
                    """
                    head -c 3000000 /dev/zero | curl -sS --data-binary @- http://plain.example:$plain/ 2>&1
                    """), world.rules(upload: 1_000_000))
            #expect(!said.contains("got"), "\(said)")
            let limited = try #require(report.records.first { $0.subject.verdict == .limited })
            #expect(limited.subject.reason.contains("let out"), "\(limited)")
            let (_, second) = try world.run(
                world.script("exec 3<>/dev/tcp/127.0.0.9/$flood; head -c 9000000 <&3 | wc -c"),
                world.rules(download: 2_000_000))
            let cut = try #require(second.records.first { $0.subject.verdict == .limited })
            #expect(cut.received == 2_000_000)
            let (third, more) = try world.run(
                world.script(
                    """
                    for i in 1 2 3; do curl -sS -o /dev/null -w '%{http_code} ' http://plain.example:$plain/empty 2>/dev/null; done
                    """), world.rules(connections: 2))
            // One was had by the first call: it is the run that is limited.
            #expect(third == "200 000 000 ")
            #expect(more.records.contains { $0.subject.verdict == .limited && $0.count == 2 })
        }
    }

    @Test func `connections end with their call, and a fake address is nobody else's way out`()
        async throws
    {
        try await GateWorld.with { world in
            let (_, report) = try world.run(
                world.script("exec 3<>/dev/tcp/127.0.0.9/$hold; sleep 0.2"), world.rules())
            #expect(report.records.map(\.subject.verdict) == [.allowed])
            #expect(try world.internet.seen { $0 == "hold ended" }.contains("hold ended"))

            let (address, _) = try world.run(
                "getent ahostsv4 good.example | head -1 | cut -d' ' -f1", world.rules())
            #expect(address.hasPrefix("198.18."), "\(address)")
            // The same run, another tool: the address is known, and leads nowhere.
            let (said, other) = try world.run(
                world.script(
                    "curl -sS -k -m 3 --connect-to ::\(address.dropLast()):$tls https://good.example:$tls/nonce 2>&1"
                ), Rules())
            #expect(!said.contains("NONCE"), "\(said)")
            #expect(other.records.allSatisfy { $0.subject.verdict == .denied })
        }
    }

    @Test func `what was said last is delivered, whoever of the two ends first`() async throws {
        try await GateWorld.with { world in
            let (said, report) = try world.run(
                world.script(
                    """
                    for i in 1 2 3 4 5 6 7 8; do
                        head -c 30000000 /dev/zero | curl -sS -m 60 -H Expect: --data-binary @- http://127.0.0.9:$early/ 2>/dev/null
                    done; echo
                    head -c 300000 /dev/zero >/dev/tcp/127.0.0.9/$sink
                    """), world.rules())
            #expect(said == String(repeating: "NONCE", count: 8) + "\n")
            let seen = try world.internet.seen { $0.hasPrefix("sink ") }
            #expect(seen.contains("sink got 300000"), "\(seen)")
            #expect(
                report.records.allSatisfy { $0.subject.verdict == .allowed }, "\(report.records)")
        }
    }

    @Test func `a program that is still speaking when it is cut has the answer`() async throws {
        try await GateWorld.with { world in
            let (said, report) = try world.run(
                world.script(
                    """
                    exec 3<>/dev/tcp/127.0.0.9/$early
                    { printf 'POST / HTTP/1.1\\r\\n\\r\\n'; head -c 3000000 /dev/zero; } >&3
                    sleep 0.2
                    for i in 1 2 3; do head -c 1000 /dev/zero >&3 || exit; sleep 0.01; done
                    head -c 68 <&3 | grep -o NONCE
                    """), world.rules())
            #expect(said == "NONCE\n")
            #expect(report.records.map(\.subject.verdict) == [.allowed])
        }
    }

    @Test func `what a program says and leaves is said, though nobody was found yet`() async throws
    {
        try await GateWorld.with(["slow.example": [[GateWorld.here]]]) { world in
            var rules = world.rules()
            rules.allow("slow", ["slow.example"], at: [world.internet.port("plain")], .plain)
            let (_, report) = try world.run(
                world.script(
                    """
                    exec 3<>/dev/tcp/slow.example/$plain
                    printf 'GET /last HTTP/1.1\\r\\nHost: slow.example:%s\\r\\n\\r\\n' $plain >&3
                    """), rules)
            let seen = try world.internet.seen { $0.contains("GET /last") }
            #expect(seen.contains { $0.contains("GET /last") }, "\(seen)")
            let last = try #require(report.records.first { $0.subject.rule == "slow" })
            #expect(last.subject.verdict == .allowed && last.sent > 40, "\(last)")

            // Who is not there is not waited for.
            let (_, other) = try world.run(
                world.script("exec 3<>/dev/tcp/good.example/$plain; sleep 1000 & kill $!"), rules)
            #expect(other.records.allSatisfy { $0.sent == 0 })
        }
    }

    @Test func `a limit that is met and not passed cuts nothing`() async throws {
        try await GateWorld.with { world in
            let (said, report) = try world.run(
                world.script("cat </dev/tcp/127.0.0.9/$exactly | wc -c"),
                world.rules(download: 100_000))
            #expect(said == "100000\n")
            #expect(report.records.map(\.subject.verdict) == [.allowed], "\(report.records)")
        }
    }

    @Test func `one call that floods the stub is in no other call's way`() async throws {
        try await GateWorld.with { world in
            let flood = world.gate.call(world.rules().gate)
            let sandbox = world.sandbox
            let script = """
                exec timeout 3 python3 -c 'if True:
                    import os, socket
                    for _ in range(2): os.fork()
                    while True:
                        try: socket.create_connection(("127.0.0.53", 53)).close()
                        except OSError: pass
                '
                """
            let flooded = try Beside<String>.begin {
                try sandbox.run(script, network: Doorkeeper(flood))
            }
            let (said, _) = try world.run(
                world.script(
                    "for i in 1 2 3 4 5; do curl -sS -m 60 http://plain.example:$plain/nonce 2>&1; done"
                ),
                world.rules())
            #expect(said == String(repeating: "NONCE of a page\n", count: 5))
            _ = try flooded.value()
            _ = try flood.end()
        }
    }

    @Test func `a rule that is taken away takes its connections with it`() async throws {
        try await GateWorld.with { world in
            let call = world.gate.call(world.rules().gate)
            let sandbox = world.sandbox
            // What it prints tells when it has a connection, and what it is told after that.
            let script = world.script(
                """
                exec python3 -c 'if True:
                    import socket, sys
                    c = socket.create_connection(("127.0.0.9", int(sys.argv[1])))
                    c.sendall(b"one"); print(c.recv(9).decode())
                    # By another it says that this one stands; nothing more comes until it is cut.
                    h = socket.create_connection(("127.0.0.9", int(sys.argv[2])))
                    try: print(c.recv(9))
                    except OSError as error: print(type(error).__name__)
                    c = socket.create_connection(("127.0.0.9", int(sys.argv[1])))
                    try: c.sendall(b"two"); print(c.recv(9))
                    except OSError as error: print(type(error).__name__)
                ' $echo $hold
                """)
            let said = try Beside<String>.begin {
                try sandbox.run(script, network: Doorkeeper(call))
            }
            #expect(try world.internet.seen { $0 == "hold" }.contains("hold"))
            // Who may do more than before goes on.
            call.change(to: world.rules(upload: 1 << 30).gate)
            _ = try Readiness().wait(atMost: .milliseconds(300))
            #expect(try world.internet.seen().isEmpty)
            call.change(to: Rules().gate)
            let text = try said.value()
            #expect(text == "one\nConnectionResetError\nConnectionResetError\n")
            let denied = try call.end().records.filter { $0.subject.verdict == .denied }
            #expect(denied.count == 3, "\(denied)")
        }
    }

    @Test func `very many at once and those who say nothing are in nobody's way`() async throws {
        try await GateWorld.with { world in
            let (said, report) = try world.run(
                world.script(
                    """
                    exec python3 -c '
                    import socket, sys, threading
                    hold, plain = int(sys.argv[1]), int(sys.argv[2])
                    kept = [socket.create_connection(("127.0.0.9", hold)) for _ in range(150)]
                    silent = [socket.create_connection(("plain.example", plain)) for _ in range(50)]
                    halves = [socket.create_connection(("127.0.0.53", 53)) for _ in range(20)]
                    for s in silent: s.sendall(b"GET /")
                    for i in range(20):
                        c = socket.create_connection(("plain.example", plain))
                        c.sendall(b"GET /nonce HTTP/1.1\\r\\nHost: plain.example\\r\\nConnection: close\\r\\n\\r\\n")
                        got = b""
                        while piece := c.recv(65536): got += piece
                        assert b"NONCE" in got, got
                    print("well")
                    ' $hold $plain
                    """), world.rules())
            #expect(said == "well\n")
            #expect(report.records.reduce(0) { $0 + $1.count } == 220, "\(report.records)")
        }
    }

    @Test func `a program that insists on a proxy finds one, under the same rules`() async throws {
        try await GateWorld.with { world in
            let (said, report) = try world.run(
                world.script(
                    """
                    c() { curl -sS -m 60 --cacert /world/certificate.pem "$@" 2>&1 | head -1; }
                    p=http://127.0.0.1:\(SmallSandbox.proxyPort)
                    c -x $p https://good.example:$tls/nonce
                    c -x $p http://plain.example:$plain/nonce
                    c -x $p http://plain.example:$plain/empty http://plain.example:$plain/nonce
                    c -x socks5h://127.0.0.1:\(SmallSandbox.proxyPort) https://good.example:$tls/nonce
                    c -x socks5://127.0.0.1:\(SmallSandbox.proxyPort) https://good.example:$tls/nonce
                    python3 -c 'if True:
                        import socket, sys
                        c = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
                        c.sendall(f"CONNECT 127.0.0.9:{sys.argv[2]} HTTP/1.1\\r\\n\\r\\nx".encode())
                        said = b""
                        while b"NONCE" not in said: said += c.recv(1000)
                        print(said.split(b"\\n")[-2].decode())
                    ' \(SmallSandbox.proxyPort) $canary
                    python3 -c 'if True:
                        import socket, sys
                        for ask in b"\\5\\1\\0\\5\\1\\0\\1\\x7f\\0\\0\\x09\\0\\1", b"CONNECT 127.0.0.9:1 HTTP/1.1\\r\\n\\r\\n":
                            c = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
                            c.sendall(ask)
                            said = b""
                            try:
                                while more := c.recv(1000): said += more
                            except ConnectionResetError: pass
                            answer = said[3] if ask[0] == 5 else int(said.split()[1])
                            # Under way is as true as long as nobody knows.
                            print("absent" if answer in (4, 502, 0, 200) else answer)
                    ' \(SmallSandbox.proxyPort)
                    echo refused
                    c -x $p https://evil.example:$tls/nonce
                    c -x $p http://evil.example:$plain/nonce
                    c -x $p http://good.example:$tls/nonce
                    c -x $p https://127.0.0.1:$tls/nonce
                    c -x socks5h://127.0.0.1:\(SmallSandbox.proxyPort) https://evil.example:$tls/nonce
                    c -x $p --connect-to ::good.example:$tls https://other.example:$tls/nonce
                    """), world.rules())
            let parts = said.components(at: "refused\n")
            #expect(
                parts[0]
                    == "NONCE of a page\nNONCE of a page\nnothing\nNONCE of a page\nNONCE of a page\nNONCE-canary\nabsent\nabsent\n",
                "\(said)")
            #expect(
                !parts[1].contains("NONCE") && parts[1].split(separator: "\n").count == 6, "\(said)"
            )
            let refused = Set(
                report.records.filter { $0.subject.verdict == .denied }.map(\.subject.place))
            #expect(
                refused.contains("evil.example:\(world.internet.port("tls"))"), "\(report.records)")
            let seen = try world.internet.seen()
            #expect(!seen.contains { $0.contains("evil") || $0.contains("sni other") }, "\(seen)")
            // It was said before there was anybody to say it to.
            #expect(seen.contains("canary got b'x'"), "\(seen)")
            #expect(
                seen.count { $0.hasSuffix("GET /nonce HTTP/1.1") && $0.hasPrefix("plain") } == 2)
        }
    }

    @Test func `twenty thousand names are answered`() async throws {
        try await GateWorld.with { world in
            let (said, _) = try world.run(
                world.script(
                    """
                    exec python3 -c '
                    import socket, struct
                    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                    s.connect(("127.0.0.53", 53)); s.settimeout(30)
                    seen = set()
                    for i in range(20000):
                        name = b"n%d" % i
                        s.send(struct.pack("!6H", i & 65535, 256, 1, 0, 0, 0) + bytes([len(name)]) + name
                               + b"\\4wild\\7example\\0" + struct.pack("!2H", 1, 1))
                        got = s.recv(512)
                        assert got[3] & 15 == 0 and got[7] == 1, got
                        seen.add(got[-4:])
                    print(len(seen))
                    '
                    """), world.rules())
            #expect(said == "20000\n")
            #expect(world.table.asked == [])
        }
    }

    @Test func `without a gate, or after its end, the network is closed`() async throws {
        try await GateWorld.with { world in
            let sandbox = world.sandbox
            let script = world.script(
                "curl -sS -m 30 http://plain.example:$plain/nonce 2>&1; curl -sS -m 30 http://127.0.0.9:$echo/ 2>&1"
            )
            let closed = try sandbox.run(script)
            #expect(
                closed.contains("Could not resolve") && closed.contains("Couldn't connect"),
                "\(closed)")
            let call = world.gate.call(world.rules().gate)
            world.gate.end()
            let after = try sandbox.run(script, network: Doorkeeper(call))
            #expect(!after.contains("NONCE"), "\(after)")
            #expect(try call.end().records == [])
        }
    }

    @Test
    func `where the host has a proxy, the gate asks it by name, and shows nobody its password`()
        async throws
    {
        let nowhere = IPAddress([10, 0, 0, 7])!
        let table: [String: [[IPAddress]]] = [
            "good.example": [[]], "forbidden.example": [[]], "private.example": [[nowhere]],
        ]
        try await GateWorld.with(table, byProxy: "me:p%20w@") { world in
            var rules = world.rules()
            rules.allow(
                "more", ["forbidden.example", "private.example"], at: [world.internet.port("tls")])
            let script = world.script(
                """
                for h in good one.wild forbidden private; do
                    curl -sS -k -m 5 https://$h.example:$tls/nonce 2>&1 | head -1
                done
                env; cat /proc/net/tcp
                """)
            let (said, report) = try world.run(script, rules)
            let lines = said.split(separator: "\n")
            #expect(lines.prefix(2) == ["NONCE of a page", "NONCE of a page"], "\(said)")
            #expect(!lines[2].contains("NONCE") && !lines[3].contains("NONCE"))
            #expect(!said.contains("bWU6") && !said.contains("me:p"))
            let seen = try world.internet.seen().filter { $0.hasPrefix("proxy") }
            let port = world.internet.port("tls")
            #expect(
                seen == [
                    "proxy CONNECT good.example:\(port) HTTP/1.1",
                    "proxy CONNECT forbidden.example:\(port) HTTP/1.1",
                ])
            #expect(report.records.contains { $0.subject.reason.contains("refused with 403") })
            #expect(
                report.records.contains {
                    $0.subject.verdict == .denied && $0.subject.place.hasPrefix("private.example:")
                })
        }
        try await GateWorld.with(table, byProxy: "me:wrong@") { world in
            let (said, report) = try world.run(
                world.script("curl -sS -k -m 5 https://good.example:$tls/nonce 2>&1"), world.rules()
            )
            #expect(!said.contains("NONCE"))
            #expect(report.records.contains { $0.subject.reason.contains("refused with 407") })
        }
        #expect(throws: UpstreamProxy.Malformed.self) {
            _ = try UpstreamProxy("https://proxy.example:3128", exceptions: "")
        }
        #expect(try UpstreamProxy("", exceptions: "") == nil)
    }

    @Test func `programs with resolvers of their own work unchanged`() async throws {
        try await GateWorld.with(["git.example": [[GateWorld.here]]]) { world in
            _ = try Helper.ask(
                "/bin/sh",
                [
                    "-c",
                    """
                    cd "$1/pages" && git init -q --bare repo.git && git init -q made && cd made &&
                    echo text >file && git add . && git -c user.name=a -c user.email=a@b commit -q -m one &&
                    git push -q ../repo.git HEAD:refs/heads/main && cd ../repo.git &&
                    git symbolic-ref HEAD refs/heads/main && git update-server-info
                    """, "sh", world.internet.folder.text,
                ])
            let (said, report) = try world.run(
                world.script(
                    """
                    export HOME=/tmp GIT_SSL_CAINFO=/world/certificate.pem SSL_CERT_FILE=/world/certificate.pem
                    git clone -q https://good.example:$tls/repo.git /tmp/clone 2>&1 && cat /tmp/clone/file
                    curl -sS --cacert $SSL_CERT_FILE https://good.example:$tls/nonce 2>&1
                    echo | openssl s_client -connect good.example:$tls -servername good.example 2>/dev/null | grep -c BEGIN
                    python3 -c "import urllib.request as u; print(u.urlopen('https://good.example:$tls/nonce').read().decode(), end='')"
                    git clone -q https://elsewhere.example:$tls/repo.git /tmp/other 2>&1 | head -1
                    """), world.rules())
            #expect(
                said.hasPrefix(
                    "text\nNONCE of a page\n1\nNONCE of a page\nfatal: unable to access"),
                "\(said)")
            #expect(report.records.contains { $0.subject.place == "elsewhere.example" })
        }
    }
}

extension String {
    fileprivate func components(at mark: String) -> [String] {
        guard let range = firstRange(of: mark) else { return [self, ""] }
        return [String(self[..<range.lowerBound]), String(self[range.upperBound...])]
    }
}

/// A name outside of all folders, at which somebody listens.
private final class AbstractSocket {
    private let witness: Witness

    init(_ name: String) throws {
        witness = try Witness(
            "/usr/bin/python3",
            [
                "-c",
                """
                import socket, sys
                s = socket.socket(socket.AF_UNIX); s.bind("\\0" + sys.argv[1]); s.listen()
                print("ready", flush=True); sys.stdin.read()
                """, name,
            ])
    }
}
