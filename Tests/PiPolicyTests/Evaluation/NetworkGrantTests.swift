import PiPolicy
import Testing

/// What the gate is told of a policy.
@Suite struct NetworkGrantTests {
    private func resolve(_ text: String, bound: String) throws -> ResolvedPolicy {
        var loader = Loader()
        loader.bounds = ["version: 1\nname: bound\n" + bound]
        let loaded = loader.load("version: 1\nname: test\n" + text)
        return try #require(loaded.resolved, "\(loaded.codes)")
    }

    @Test func `a bound speaks of an address also where the policy has nothing to say of it`()
        throws
    {
        let policy = try resolve(
            "network: {allow: {a: {hosts: [\"*.mirror.example.org\"]}}}\n",
            bound: """
                network:
                  allow: {all: {hosts: ["*.mirror.example.org"]}}
                  deny: {corp: {cidrs: [203.0.114.0/24], reason: the company}}

                """)
        let evaluator = policy.evaluator(in: Loader().surroundings)
        let name = evaluator.answers(to: .init(host: "x.mirror.example.org", port: 443), by: nil)
        #expect(name.map(\.verdict) == [.allow, .allow])
        let address = evaluator.answers(to: .init(host: "203.0.114.9", port: 443), by: nil)
        #expect(address[0].ground == .notNamed)
        #expect(address[1].ground == .named && address[1].verdict == .deny)
    }

    @Test func `each has its own limits, whatever the rules are called`() throws {
        let policy = try resolve(
            "network: {allow: {mine: {hosts: [a.example], limits: {upload: 10MiB, per: 1s}}}}\n",
            bound: "network: {allow: {theirs: {hosts: [a.example], limits: {upload: 1MiB}}}}\n")
        #expect(policy.networkGrants.map(\.upload) == [10 << 20])
        #expect(policy.networkGrants.map(\.per) == [1])
        let bound = try #require(policy.networkGrantsOfBounds.first)
        #expect(bound.map(\.upload) == [1 << 20] && bound.map(\.per) == [nil])
        let answers = policy.evaluator(in: Loader().surroundings)
            .answers(to: .init(host: "a.example", port: 443), by: "bash")
        #expect(answers.map(\.rule.name) == ["network.allow.mine", "network.allow.theirs"])
    }

    @Test func `the narrowest range around an address is known`() throws {
        let policy = try resolve(
            "network: {allow: {a: {cidrs: [10.0.0.0/8, 10.1.0.0/16, \"fd00::/8\"], hosts: [a.example]}}}\n",
            bound: "")
        let grant = policy.networkGrants[0]
        #expect(grant.places == ["a.example", "10.0.0.0/8", "10.1.0.0/16", "fd00::/8"])
        #expect(grant.narrowestRange(around: [10, 1, 2, 3]) == 16)
        #expect(grant.narrowestRange(around: [10, 2, 2, 3]) == 8)
        #expect(grant.narrowestRange(around: [11, 2, 2, 3]) == nil)
        #expect(grant.narrowestRange(around: [0xFD] + [UInt8](repeating: 0, count: 15)) == 8)
    }
}
