import PiJSON
import PiSystem
import PiTesting
import Testing

/// What programs in sandboxes find on hosts that have one family of addresses, or no network.
@Suite(.timeLimit(.minutes(10))) struct HostNetworkTests {
    private static let port = "8089"

    /// Names below `localhost` are loopback of both families; which of them the host has is the gate's to find out.
    private static func fetch(_ host: String) -> RawText {
        RawText(
            """
            python3 -c 'import urllib.request as u; print(u.urlopen("http://\(host):\(port)/", timeout=300).read().decode())' 2>&1 | tail -1
            """)!
    }

    private static func ran(
        on kind: RawText, _ command: RawText
    ) async throws -> (output: String?, network: [JSONValue]) {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let policy = try person.write(
                policy: """
                    network: {allow: {page: {hosts: [docs.localhost], cidrs: [127.0.0.0/8, "::1/128"], ports: [\(port)], tls: plain}}}
                    """)
            var run = try person.exec(["--policy", policy, "--json"], ["bash", "-c", command])
            run.arguments =
                [
                    RawText("\(Repository.root)/Tests/CommandTests/host.py")!, kind,
                    RawText(port)!, RawText("\(run.program)")!,
                ] + run.arguments
            run.program = "/usr/bin/python3"
            let ended = try await run.run()
            try #require(ended.code == 0, "\(ended.output) \(ended.error)")
            let json = try JSONReader.read(
                Array(ended.output.utf8), .exact(sizeLimit: 1 << 20)
            ).value
            return (json["output"]?["stdout"]?.string, json["network"]?.array ?? [])
        }
    }

    @Test(arguments: [("4", "127.0.0.1"), ("6", "::1")])
    func `the family that the host has is the one that is dialled`(
        _ kind: String, _ address: String
    ) async throws {
        let (output, network) = try await Self.ran(
            on: RawText(kind)!, Self.fetch("docs.localhost"))
        #expect(output == "the page\n", "\(network)")
        #expect(network.map { $0["decision"]?.string } == ["allowed"])
        #expect(network.first?["address"]?.string == address, "\(network)")
    }

    @Test func `without a network there is an answer at once, and a reason`() async throws {
        let (output, network) = try await Self.ran(on: "none", Self.fetch("docs.localhost"))
        #expect(output?.contains("Connection reset by peer") == true, "\(output ?? "")")
        #expect(network.map { $0["decision"]?.string } == ["failed"], "\(network)")
        #expect(
            network.first?["reason"]?.string?.contains("unreachable") == true, "\(network)")
    }

    @Test func `without a network all else is as it was`() async throws {
        let (output, network) = try await Self.ran(on: "none", "echo fine")
        #expect(output == "fine\n")
        #expect(network.isEmpty)
    }
}
