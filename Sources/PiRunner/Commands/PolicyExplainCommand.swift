import PiJSON
import PiPolicy
import PiSystem

/// `pi-runner policy explain`: what a policy answers, and why.
enum PolicyExplainCommand {
    static let command = Command(
        name: "policy explain",
        summary: "say what a policy answers to a request, and why",
        about: [
            """
            REQUEST is one of `tool NAME [JSON]`, `command WORD...`, `read PATH`, `write PATH`, and \
            `connect HOST:PORT [METHOD PATH] [--tool NAME]`. It stands behind `--`, so that its words are never \
            options. Without a policy it is asked of `default`, as a run would be.
            """
        ],
        operands: [
            .init(
                name: "POLICY", count: .optional, summary: PolicyArguments.policy.summary,
                value: .policy),
            .init(name: "REQUEST", count: .any, summary: "behind `--`, as above", value: .text),
        ],
        options: [PolicyArguments.bound],
        examples: [
            .init(
                line: "pi-runner policy explain default -- connect example.org:443",
                summary: "may it get there?"),
            .init(
                line: "pi-runner policy explain -- command git push",
                summary: "under the policy of `run`"),
        ],
        exitCodes: [.policyInvalid],
        result: [
            .init(name: "decision", schema: ["enum": ["allow", "ask", "deny"]]),
            .init(name: "rule", schema: ["type": "string"]),
            .init(name: "at", schema: PolicyArguments.placeSchema),
            .init(name: "reason", schema: ["type": "string"]),
            .init(name: "sentence", schema: ["type": "string"]),
            .init(name: "bound", schema: ["type": ["string", "null"]]),
            .init(name: "policy", schema: PolicyArguments.summarySchema),
            .init(
                name: "nearest",
                schema: [
                    "type": ["object", "null"],
                    "properties": [
                        "rule": ["type": "string"], "at": PolicyArguments.placeSchema,
                        "difference": ["type": "string"],
                    ],
                ]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let (typed, words) = try split(arguments)
        let request = try RequestWords.read(words, arguments.command)
        let policy = try PolicyArguments.load(typed, arguments)
        guard let resolved = policy.resolved, let evaluator = policy.evaluator else {
            return PolicyArguments.invalid(policy)
        }
        let decision = evaluator.decide(request)
        let nearest = Nearest.find(request, decision, in: resolved)

        var page = Layout(columns: Console.columns)
        page.line("\(decision.verdict.rawValue): \(decision.subject.description)")
        page.rows(
            [
                ("rule", decision.rule.place), ("reason", decision.reason),
                ("bound", decision.bound ?? ""),
                ("nearest", nearest.map { "\($0.rule.place): \($0.difference)" } ?? ""),
            ].filter { !$0.1.isEmpty })
        var fields = decision.json.object?.members ?? []
        fields.append(.init(name: "nearest", value: nearest?.json ?? .null))
        fields.append(.init(name: "policy", value: PolicyArguments.summary(policy)))
        return Outcome(exit: .ok, text: page.text, fields: fields)
    }

    /// What stands before `--` is the policy; without it the words of a request come first or second.
    private static func split(_ arguments: Arguments) throws -> (RawText, [RawText]) {
        let operands = arguments.operands
        let before = operands.count - arguments.behindDashes
        if arguments.behindDashes > 0, before > 1 {
            throw UsageError(.tooMany(operands[1].description), command: arguments.command)
        }
        let isPolicyGiven =
            arguments.behindDashes > 0
            ? before == 1 : !RequestWords.kinds.contains(operands.first?.utf8 ?? "")
        guard operands.count > (isPolicyGiven ? 1 : 0) else {
            throw UsageError(.missing("REQUEST"), command: arguments.command)
        }
        return isPolicyGiven
            ? (operands[0], Array(operands.dropFirst())) : ("default", operands)
    }
}

/// A request as a person types it.
enum RequestWords {
    static let kinds = ["tool", "command", "read", "write", "connect"]

    static func read(_ words: [RawText], _ command: Command) throws(UsageError) -> Request {
        let kind = words[0].description
        var rest = words.dropFirst().map { $0.text }
        guard kinds.contains(kind) else {
            throw UsageError(.wrongValue("REQUEST", kind, kinds), command: command)
        }
        let tool = kind == "connect" ? try takeTool(from: &rest, command) : nil
        guard let first = rest.first else {
            throw UsageError(.missing(operand(of: kind)), command: command)
        }
        let most = ["tool": 2, "command": Int.max, "connect": 3][kind] ?? 1
        if rest.count > most { throw UsageError(.tooMany(rest[most]), command: command) }
        switch kind {
        case "command": return Request(command: .words(rest))
        case "read": return Request(read: first)
        case "write": return Request(write: first)
        case "tool": return try self.tool(first, rest.count > 1 ? rest[1] : "{}", command)
        default:
            let path = rest.count > 2 ? rest[2] : nil
            let method = rest.count > 1 ? rest[1].uppercased() : nil
            guard let connection = Request.Connection(first, method: method, path: path) else {
                throw UsageError(
                    .malformed("HOST:PORT", first, "example.org:443"), command: command)
            }
            return Request(tool: tool, connect: connection)
        }
    }

    private static func operand(of kind: String) -> String {
        switch kind {
        case "command": "WORD"
        case "connect": "HOST:PORT"
        case "tool": "NAME"
        default: "PATH"
        }
    }

    private static func tool(
        _ name: String, _ json: String, _ command: Command
    ) throws(UsageError) -> Request {
        // What is no JSON and what is no object is the same mistake here.
        guard let arguments = try? JSONReader.read(json, .interchange(sizeLimit: 1 << 20)).value,
            arguments.object != nil
        else {
            throw UsageError(
                .malformed("JSON object", json, #"{"path": "README.md"}"#), command: command)
        }
        return Request(tool: name, arguments: arguments)
    }

    private static func takeTool(
        from words: inout [String], _ command: Command
    ) throws(UsageError) -> String? {
        guard let place = words.firstIndex(of: "--tool") else { return nil }
        guard place + 1 < words.count else {
            throw UsageError(.noValue("--tool", "NAME"), command: command)
        }
        let tool = words[place + 1]
        words.removeSubrange(place...(place + 1))
        return tool
    }
}
