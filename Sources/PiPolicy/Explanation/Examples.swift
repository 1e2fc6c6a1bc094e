import PiJSON

/// Tries the examples of a policy.
package enum Examples {
    package struct Outcome: Sendable {
        package let expected: Verdict
        package let decision: Decision
        package let origin: Origin

        package var holds: Bool { decision.verdict == expected }
    }

    /// What each example comes to.
    package static func outcomes(_ policy: LoadedPolicy, _ evaluator: Evaluator) -> [Outcome] {
        var findings = Findings()
        return outcomes(policy, evaluator, &findings)
    }

    /// A policy whose examples do not hold is not what its author thinks it is.
    static func check(_ policy: LoadedPolicy, _ evaluator: Evaluator, _ findings: inout Findings) {
        for outcome in outcomes(policy, evaluator, &findings) where !outcome.holds {
            let decision = outcome.decision
            let rule = decision.rule
            findings.error(
                .brokenExample, "an example of this policy does not hold", at: outcome.origin,
                "expected \(outcome.expected.rawValue), but the answer is \(decision.verdict.rawValue)",
                also: rule.origin.map { [$0.excerpt("this decides")] } ?? [],
                help: "\(decision.subject.description): \(decision.reason)")
        }
    }

    private static func outcomes(
        _ policy: LoadedPolicy, _ evaluator: Evaluator, _ findings: inout Findings
    ) -> [Outcome] {
        var outcomes: [Outcome] = []
        for example in policy.value["tests"]?.elements ?? [] {
            guard let member = example.members.first,
                let expected = Verdict(rawValue: member.name),
                let request = request(member.value, &findings)
            else { continue }
            outcomes.append(
                Outcome(
                    expected: expected, decision: evaluator.decide(request),
                    origin: member.nameOrigin))
        }
        return outcomes
    }

    private static func request(_ value: PolicyValue, _ findings: inout Findings) -> Request? {
        var connection: Request.Connection?
        if let connect = value["connect"], let text = connect.text {
            if let path = value.member("path"), value["method"] == nil {
                findings.error(
                    .contradiction, "a path is that of a request, and no method is named",
                    at: path.nameOrigin, "requested how?", help: "add `method: GET`, or the like")
                return nil
            }
            connection = Request.Connection(
                text, method: value["method"]?.text, path: value["path"]?.text)
            if connection == nil {
                findings.error(
                    .badRange, "\(quoted(text)) is no place to connect to", at: connect.origin,
                    "not a host and a port", help: "write `HOST:PORT`, such as `example.org:443`")
                return nil
            }
        } else if let lone = value.member("method") ?? value.member("path") {
            findings.error(
                .contradiction, "`\(lone.name)` is about a connection, and none is named",
                at: lone.nameOrigin, "of what?", help: "add `connect: HOST:PORT`")
            return nil
        }
        if let words = value["command"], words.elements.isEmpty {
            findings.error(
                .contradiction, "a command has at least one word", at: words.origin, "no words",
                help: "write its words: `[git, push]`")
            return nil
        }
        return Request(
            tool: value["tool"]?.text,
            command: (value["command"]?.elements).map { .words($0.compactMap(\.text)) },
            read: value["read"]?.text, write: value["write"]?.text, connect: connection)
    }
}
