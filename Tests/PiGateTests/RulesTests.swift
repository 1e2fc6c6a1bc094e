import PiGate
import PiSystem
import Testing

@Suite(.timeLimit(.minutes(10))) struct RulesTests {
    private static func rules(
        _ allowed: [String: GateTerms], addresses: [UInt8: GateDecision] = [:]
    ) -> GateRules {
        @Sendable func decide(_ name: String) -> GateDecision {
            allowed[name].map(GateDecision.allowed) ?? .denied(rule: "none", reason: "not named")
        }
        return GateRules(
            name: { decide($0.text) }, connection: { decide($0.host) },
            named: { address, _ in addresses[address.bytes.last!] })
    }

    private static func terms(
        _ rule: String, _ contents: GateTerms.Contents = .encrypted, connections: Int
    ) -> GateTerms {
        GateTerms(
            rule: rule, contents: contents, limits: [GateLimit(rule, connections: connections)])
    }

    @Test func `what two sets of rules allow is what both allow, with the limits of both`() {
        let before = Self.rules([
            "both": Self.terms("a", connections: 1), "before": Self.terms("b", connections: 1),
            "other": Self.terms("c", connections: 1), "words": Self.terms("d", connections: 1),
            "less": Self.terms("g", connections: 5),
        ])
        let now = Self.rules([
            "both": Self.terms("a", connections: 9), "now": Self.terms("e", connections: 1),
            "other": Self.terms("f", connections: 2), "less": Self.terms("g", connections: 3),
            "words": Self.terms("d", .plain, connections: 1),
        ])
        let rules = now.and(before)
        func decision(_ name: String) -> GateDecision {
            rules.connection(.name(HostName(name)!, port: 443))
        }
        // Never more than either gives.
        #expect(decision("both") == .allowed(Self.terms("a", connections: 1)))
        #expect(decision("less") == .allowed(Self.terms("g", connections: 3)))
        #expect(
            decision("other")
                == .allowed(
                    GateTerms(
                        rule: "f", contents: .encrypted,
                        limits: [GateLimit("c", connections: 1), GateLimit("f", connections: 2)])))
        for name in ["before", "now", "words", "neither"] {
            guard case .denied = decision(name) else {
                Issue.record("\(name) is allowed")
                continue
            }
            if name != "words" {
                #expect(rules.name(HostName(name)!) == decision(name))
            }
        }
    }

    @Test func `an address is meant if both mean it, and refused if one refuses it`() {
        let yes = GateDecision.allowed(Self.terms("a", connections: 1))
        let no = GateDecision.denied(rule: "it", reason: "we know it")
        let rules = Self.rules([:], addresses: [1: yes, 2: yes, 3: no, 4: yes])
            .and(Self.rules([:], addresses: [1: yes, 2: no, 3: yes]))
        func named(_ last: UInt8) -> GateDecision? {
            rules.named(IPAddress([127, 0, 0, last])!, 443)
        }
        #expect(named(1) == yes)
        #expect(named(2) == no && named(3) == no)
        #expect(named(4) == nil && named(5) == nil)
    }
}
