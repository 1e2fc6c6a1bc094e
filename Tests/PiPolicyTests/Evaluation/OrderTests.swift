import PiPolicy
import PiTesting
import Testing

/// Rules mean the same in any order.
@Suite struct OrderTests {
    @Test func `shuffled, a policy gives the same answers and has the same digest`() throws {
        var random = try Seeded.fresh(for: "order of rules")
        let loader = Loader()
        var verdicts: [Verdict: Int] = [:]
        for _ in 0..<RandomPolicy.rounds {
            let policy = RandomPolicy(using: &random)
            let first = loader.load(policy.text(using: &random))
            let second = loader.load(policy.text(using: &random))
            guard let one = first.resolved, let other = second.resolved else {
                #expect(first.resolved == nil && second.resolved == nil)
                continue
            }
            #expect(one.canonical == other.canonical)
            let evaluators = [one, other].map { $0.evaluator(in: loader.surroundings) }
            for _ in 0..<20 {
                let request = RandomPolicy.request(using: &random)
                let answers = evaluators.map { $0.decide(request) }
                #expect(answers[0].verdict == answers[1].verdict)
                #expect(answers[0].rule.name == answers[1].rule.name)
                #expect(answers[0].reason == answers[1].reason)
                verdicts[answers[0].verdict, default: 0] += 1
            }
        }
        // It would prove nothing if all were denied.
        let all = verdicts.values.reduce(0, +)
        for verdict in Verdict.allCases {
            #expect(verdicts[verdict, default: 0] * 20 > all, "\(verdicts)")
        }
    }
}
