import PiAgent
import PiJSON
import PiSandbox
import PiSystem

/// `pi-runner run`: an agent does a task, and every call that it makes is made in a sandbox.
enum RunCommand {
    static let command = Command(
        name: "run",
        summary: "let an agent do a task, every call in a sandbox",
        about: [
            """
            Every tool that the agent calls runs behind all walls. Under the policy `default` it works on a copy of this \
            folder, without a network, and what it changes waits for `apply`. A PROMPT of `-` is standard input, `@FILE` \
            adds a file or a picture, `/implement`, `/fix` and `/review` are there already.
            """
        ],
        operands: [
            .init(name: "PROMPT", count: .any, summary: "what to do", value: .text)
        ],
        options: [
            .init(
                name: "policy", short: nil, argument: .required("POLICY", .policy),
                summary: "what is allowed; `default` if it is left out"),
            .init(
                name: "workspace", short: nil, argument: .required("DIR", .file),
                summary: "the folder to work on, if not this one"),
            ExecRequest.trustOption,
        ] + ModelChoice.options + [
            .init(
                name: "continue", short: "c", argument: .none,
                summary: "go on with the newest session of this folder"),
            .init(
                name: "session", short: nil, argument: .required("S", .text),
                summary: "go on with this one: a file, or a part of its id"),
            .init(
                name: "no-session", short: nil, argument: .none,
                summary: "keep the conversation nowhere"),
            .init(
                name: "tools", short: nil, argument: .required("LIST", .text),
                summary: "of read,bash,edit,write (the usual),grep,find,ls"),
            .init(
                name: "max-turns", short: nil, argument: .required("N", .text),
                summary: "no more answers of the model than this"),
            .init(
                name: "env", short: nil, argument: .required("NAME=VALUE", .text),
                summary: "a variable for the calls; repeats", repeats: true),
            .init(
                name: "output-format", short: nil,
                argument: .required(
                    "FORMAT", .words(RunRequest.Format.allCases.map(\.rawValue))),
                summary: "text, json or stream-json"),
            .init(
                name: "output-schema", short: nil, argument: .required("FILE", .file),
                summary: "a JSON Schema that the last answer has to match"),
            WireRecord.option,
            .init(
                name: "plan", short: nil, argument: .none,
                summary: "print what would be set up and offered; ask nobody"),
        ],
        examples: [
            .init(line: "pi-runner run \"fix the tests\"", summary: "in here"),
            .init(line: "pi-runner run -c \"go on\"", summary: "in the same session"),
            .init(line: "pi-runner run /review", summary: "a prompt that is there"),
        ],
        exitCodes: [
            .policyInvalid, .unenforceable, .denied, .budget, .provider, .resultInvalid,
            .unrecorded, .corrupt, .interrupted, .brokenPipe, .terminated,
        ],
        result: [
            .init(name: "run", schema: ["type": "string"]),
            .init(
                name: "session",
                schema: [
                    "type": ["object", "null"],
                    "properties": ["id": ["type": "string"], "path": ["type": "string"]],
                ]),
            .init(name: "policy", schema: PolicyArguments.summarySchema),
            .init(
                name: "walls",
                schema: ["type": "array", "items": ["type": "object"]]),
            .init(
                name: "end",
                schema: [
                    "type": "object",
                    "properties": [
                        "name": AgentEnd.Name.schema,
                        "budget": ["type": ["object", "null"]],
                    ],
                ]),
            .init(
                name: "usage",
                schema: [
                    "type": "object",
                    "properties": [
                        "turns": ["type": "integer"], "calls": ["type": "integer"],
                        "tokens": ["type": "object"], "cost": ["type": ["string", "null"]],
                        "cost_is_estimated": ["type": "boolean"],
                    ],
                ]),
        ] + Aftermath.resultFields + [
            .init(name: "answer", schema: ["type": "string"]),
            // Of a plan alone.
            .init(name: "model", schema: ["type": "string"]),
            .init(name: "tools", schema: ["type": "array", "items": ["type": "string"]]),
            .init(name: "budgets", schema: ["type": "string"]),
            .init(name: "spec", schema: ["type": "object"]),
            .init(name: "limits", schema: ["type": "array", "items": ["type": "object"]]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        guard !arguments.operands.isEmpty || arguments.has("plan") else {
            throw UsageError(.missing("PROMPT"), command: arguments.command)
        }
        let choice = try ModelChoice(arguments, otherwise: SessionModel.asked(by: arguments))
        let request = try RunRequest(arguments, choice)
        do {
            let run = try AgentRun(request, choice) { name in
                try ModelChoice(arguments, instead: name)
            }
            return try arguments.has("plan") ? run.plan() : run.perform()
        } catch let unknown as ToolOffer.Unknown {
            return Outcome(failure: unknown.diagnostic, exit: .usage)
        } catch let error as LaunchError {
            return Outcome(
                failure: Diagnostic(
                    severity: .error, message: error.sentence, help: Failure.asHelp(error.advice)),
                exit: .unenforceable)
        } catch let error as HostExamination.WallsOpen {
            return Outcome(
                exit: .unenforceable, text: "", fields: [], diagnostics: error.diagnostics)
        }
    }
}
