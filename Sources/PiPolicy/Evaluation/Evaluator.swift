import PiJSON

/// Answers requests by one policy alone, or by one bound.
struct PolicyRules: Sendable {
    let standing: Standing
    let tools: ToolRules
    let files: FileRules
    let network: NetworkRules

    init(_ policy: PolicyValue, _ standing: Standing, _ surroundings: Surroundings, groups: Groups)
    {
        self.standing = standing
        tools = ToolRules(policy, standing, surroundings)
        files = FileRules(policy, standing, surroundings)
        network = NetworkRules(policy, standing, groups: groups)
    }

    /// All that a request asks for must be granted; the strictest answer is the answer.
    func decide(_ request: Request) -> Decision {
        var decision: Decision?
        func add(_ other: Decision) { decision = decision?.and(other) ?? other }

        let tool = request.tool ?? (request.command == nil ? nil : "bash")
        if let tool {
            let subject: Subject
            let script: ShellScript?
            switch request.command {
            case .words(let words):
                subject = .command(words.joined(separator: " "))
                script = ShellScript(words: words)
            case .script(let text):
                subject = .command(text)
                script = ShellScript(text)
            case .unknown:
                subject = .tool(tool)
                script = .anything
            case nil:
                subject = .tool(tool)
                script = nil
            }
            add(tools.decide(tool, script, path: request.write ?? request.read, subject))
        }
        if let path = request.read { add(files.decideRead(path)) }
        if let path = request.write { add(files.decideWrite(path)) }
        if let connection = request.connect {
            let scope = tool.map(tools.scope) ?? .all
            add(network.decide(connection, for: tool, scope: scope))
        }
        return decision
            ?? Decision(.deny, Rule("policy", nil), .malformed("nothing was asked for"), .tool(""))
    }
}

/// Answers requests by a policy and all its bounds: a request must be allowed by each of them.
package struct Evaluator: Sendable {
    let policy: PolicyRules
    let bounds: [(name: String, rules: PolicyRules)]

    init(_ policy: PolicyRules, bounds: [(name: String, rules: PolicyRules)]) {
        self.policy = policy
        self.bounds = bounds
    }

    /// *deny > ask > allow > default deny*, by meaning and never by order.
    package func decide(_ request: Request) -> Decision {
        var decision = policy.decide(request)
        for bound in bounds where decision.verdict != .deny {
            decision = decision.and(bound.rules.decide(request).by(bound.name))
        }
        return decision
    }
}
