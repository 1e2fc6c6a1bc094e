import PiJSON
import PiPolicy
import Testing

/// Single answers, with what they say.
@Suite struct DecisionTests {
    private static let network = """
        network:
          allow:
            api: {hosts: [api.example.org], tls: intercept, http: [{methods: [GET], paths: ["/a/**"], query: [page]}]}
            zone: {hosts: ["*.one.example.org", "**.any.example.org"]}
            net: {cidrs: [192.0.2.0/24, "2001:db8::/32"], ports: [80, 8000-8010]}
          ask:
            rest: {hosts: ["**"]}
          deny:
            never: {hosts: [bad.any.example.org], reason: it is bad}
        """

    private static let connections: [(String, String?, String?, Verdict)] = [
        ("api.example.org:443", "GET", "/a/b", Verdict.allow),
        ("api.example.org:443", "GET", "/a", .allow),
        ("API.example.ORG.:443", "GET", "/a/b", .allow),
        ("api.example.org:443", "POST", "/a/b", .deny),
        ("api.example.org:443", "GET", "/b", .deny),
        ("api.example.org:443", "GET", "/a/../b", .deny),
        ("api.example.org:443", "GET", "/a/%2e%2e/b", .deny),
        ("api.example.org:443", "GET", "/%61/b", .allow),
        ("api.example.org:443", "GET", "/a%2fb", .deny),
        ("api.example.org:443", "GET", "//a", .deny),
        ("api.example.org:443", "GET", "/a?page=1;x=1", .deny),
        ("api.example.org:443", "GET", "/a/..;/b", .deny),
        ("api.example.org:443", "GET", "/a?page=a%0d%0ab", .deny),
        ("api.example.org:443", "GET", "/a b", .deny),
        ("api.example.org:443", "GET", "/a?page=2", .allow),
        ("api.example.org:443", "GET", "/a?x=2", .deny),
        ("api.example.org:443", nil, nil, .allow), ("api.example.org:80", nil, nil, .deny),
        ("x.one.example.org:443", nil, nil, .allow), ("one.example.org:443", nil, nil, .ask),
        ("y.x.one.example.org:443", nil, nil, .ask), ("any.example.org:443", nil, nil, .allow),
        ("a.b.any.example.org:443", nil, nil, .allow), ("bad.any.example.org:443", nil, nil, .deny),
        ("192.0.2.7:80", nil, nil, .allow), ("192.0.2.7:8005", nil, nil, .allow),
        ("192.0.2.7:8011", nil, nil, .deny), ("192.0.3.7:80", nil, nil, .deny),
        ("[2001:db8::1]:80", nil, nil, .allow), ("[::ffff:192.0.2.7]:80", nil, nil, .allow),
        ("other.example.net:443", nil, nil, .ask), ("other.example.net:22", nil, nil, .deny),
        ("127.1:443", nil, nil, .deny), ("0x7f000001:443", nil, nil, .deny),
        ("2130706433:443", nil, nil, .deny),
        ("a..example.net:443", nil, nil, .deny), ("*.example.net:443", nil, nil, .deny),
    ]

    @Test(arguments: connections)
    func `a connection is answered by name, address, port, method and path`(
        place: String, method: String?, path: String?, verdict: Verdict
    ) throws {
        let connection = try #require(Request.Connection(place, method: method, path: path))
        let decision = try #require(Loader().decide(Self.network, Request(connect: connection)))
        #expect(decision.verdict == verdict, "\(decision.sentence)")
    }

    @Test func `the model is told why, with the author's reason`() throws {
        let decision = try #require(
            Loader().decide(
                Self.network, Request(connect: Request.Connection("bad.any.example.org:443"))))
        #expect(
            decision.sentence
                == "connecting to `bad.any.example.org:443` is denied: `network.deny.never` names it: it is bad."
        )
        #expect(decision.rule.origin?.description == "policy.yaml:11:5")
    }

    @Test(arguments: [
        ("src/a", Verdict.allow, Verdict.allow), (".git/hooks/x", .allow, .deny),
        ("a/.env", .deny, .deny),
        ("/home/u/project/src", .allow, .allow), ("/home/u/other", .deny, .deny),
        ("~/.ssh/id", .deny, .deny),
        ("/usr/bin/env", .allow, .deny), ("/usr/../etc/passwd", .deny, .deny),
        ("/data/x", .allow, .allow),
        ("/data/x/secret/y", .deny, .deny), ("../../../../..", .deny, .deny),
        ("/tmp/x", .allow, .allow),
        ("/etc/\u{301}x", .deny, .deny), ("/cache/x", .allow, .deny),
        ("src/../../other", .deny, .deny),
        ("/usr\u{301}/x", .deny, .deny), ("/srv/a*b", .allow, .deny), ("/srv/axb", .deny, .deny),
    ])
    func `a file is looked up where it really is`(path: String, read: Verdict, write: Verdict)
        throws
    {
        let policy = """
            workspace: {mode: overlay, protect: [.git/hooks], hide: ["**/.env"]}
            files:
              read: [/usr, '/srv/a\\*b']
              write: [/data/*]
              hide: ["~", /data/x/secret]
              tmp: {size: 1MiB}
              cache: {c: {at: /cache}}
            """
        let loader = Loader()
        #expect(try #require(loader.decide(policy, Request(read: path))).verdict == read)
        #expect(try #require(loader.decide(policy, Request(write: path))).verdict == write)
    }

    @Test func `a call that writes needs the tool and the file`() throws {
        let policy = "workspace: {mode: overlay, protect: [p]}\ntools: {write: allow, edit: ask}\n"
        let cases: [(String, String, Verdict)] = [
            ("write", "a", .allow), ("write", "p", .deny), ("edit", "a", .ask),
            ("edit", "p", .deny),
            ("read", "a", .deny),
        ]
        for (tool, path, verdict) in cases {
            let request = Request(tool: tool, arguments: ["path": .string(path)])
            #expect(
                try #require(Loader().decide(policy, request)).verdict == verdict, "\(tool) \(path)"
            )
        }
    }
}
