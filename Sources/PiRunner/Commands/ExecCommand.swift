import PiJSON
import PiSandbox
import PiSystem

/// `pi-runner exec`: one command in a sandbox, without an agent.
enum ExecCommand {
    static let command = Command(
        name: "exec",
        summary: "run one command in a sandbox",
        about: [
            """
            Runs a program behind every wall that there is: namespaces, a root that shows only what the policy \
            lists, no capability, Landlock, a filter of system calls, limits. The ready-made policy `exec` lets it \
            read this folder and the system's programs, change nothing, and reach no network.
            """,
            """
            The exit code is the program's own; scripts look at `exit.by` of --json. A pipe or a file is passed on as its \
            input. A second Ctrl-C within 2 s ends it all.
            """,
        ],
        operands: [
            .init(
                name: "PROGRAM", count: .one, summary: "what to run, found by the PATH inside",
                value: .text),
            .init(name: "ARG", count: .any, summary: "its arguments", value: .text),
        ],
        options: [
            .init(
                name: "policy", short: nil, argument: .required("POLICY", .policy),
                summary: "what is allowed; `exec` if it is left out"),
            .init(
                name: "workspace", short: nil, argument: .required("DIR", .file),
                summary: "the folder to work on; the one you are in if it is left out"),
            ExecRequest.trustOption,
            .init(
                name: "run", short: nil, argument: .required("RUN", .text),
                summary: "go on in the layer of an earlier run, or of the `last`"),
            .init(
                name: "env", short: nil, argument: .required("NAME=VALUE", .text),
                summary: "a variable for the program; can be given more than once", repeats: true),
            .init(
                name: "stdin", short: nil, argument: .required("FILE", .file),
                summary: "what the program reads from its standard input"),
            .init(
                name: "terminal", short: "t", argument: .none,
                summary: "give the program a terminal of its own"),
            .init(
                name: "plan", short: nil, argument: .none,
                summary: "print what would be set up, and start nothing"),
        ],
        examples: [
            .init(line: "pi-runner exec -- ls -l", summary: "look around in here"),
            .init(line: "pi-runner exec -t -- bash", summary: "a shell in a sandbox"),
        ],
        exitCodes: [
            .wallLimit, .runner, .notExecutable, .notFound, .memoryLimit, .brokenPipe,
            .processorLimit,
        ],
        result: [
            .init(name: "policy", schema: PolicyArguments.summarySchema),
            .init(
                name: "walls",
                schema: rows([
                    "name": ["type": "string"],
                    "state": ["enum": ["enforced", "weaker", "missing"]],
                    "reason": ["type": ["string", "null"]],
                ])),
            .init(
                name: "limits",
                schema: rows([
                    "name": ["type": "string"], "value": ["type": "string"],
                    "origin": ["type": "string"], "state": ["enum": ["enforced", "watched"]],
                    "met": ["type": "boolean"],
                ])),
            .init(
                name: "usage",
                schema: numbers(["wall_ms", "user_ms", "system_ms", "peak_memory", "written"])),
            .init(
                name: "output",
                schema: [
                    "type": "object", "required": ["stdout", "stderr", "bytes", "cut"],
                    "properties": [
                        "stdout": ["type": ["string", "null"]],
                        "stderr": ["type": ["string", "null"]],
                        "bytes": numbers(["stdout", "stderr"]), "cut": ["type": "integer"],
                    ],
                ]),
            .init(
                name: "network",
                schema: rows([
                    "decision": ["enum": ["allowed", "denied", "limited", "failed"]],
                    "to": ["type": "string"], "rule": ["type": "string"],
                    "reason": ["type": "string"], "count": ["type": "integer"],
                    "sent": ["type": "integer"], "received": ["type": "integer"],
                    "longest_ms": ["type": "integer"], "address": ["type": ["string", "null"]],
                    "more": ["type": "integer"],
                ])),
            .init(
                name: "denials",
                schema: rows([
                    "wall": ["type": "string"], "object": ["type": "string"],
                    "rule": ["type": ["string", "null"]],
                    "at": PolicyArguments.placeSchema, "count": ["type": "integer"],
                    "sentence": ["type": "string"], "observed": ["type": "boolean"],
                ])),
            .init(name: "gaps", schema: ["type": "array", "items": ["type": "string"]]),
            .init(name: "appeared", schema: ["type": "array", "items": ["type": "string"]]),
            .init(name: "replaced", schema: ["type": "array", "items": ["type": "string"]]),
        ] + Aftermath.resultFields,
        perform: { try outcome($0) })

    private static func rows(_ properties: JSONValue) -> JSONValue {
        ["type": "array", "items": ["type": "object", "properties": properties]]
    }

    private static func numbers(_ names: [String]) -> JSONValue {
        [
            "type": "object",
            "properties": .object(
                JSONObject(names.map { .init(name: $0, value: ["type": "integer"]) })),
        ]
    }

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let request = try ExecRequest(arguments)
        do {
            return try Exec(request).perform()
        } catch let error as LaunchError {
            return Outcome(
                failure: Diagnostic(
                    severity: .error, message: error.sentence, help: Failure.asHelp(error.advice)),
                exit: exit(of: error))
        } catch let error as HostExamination.WallsOpen {
            return Outcome(exit: .runner, text: "", fields: [], diagnostics: error.diagnostics)
        } catch let error as Exec.Refused {
            return Outcome(
                exit: .runner, text: "", fields: [], diagnostics: error.diagnostics)
        } catch {
            return Outcome(failure: Failure.diagnostic(of: error), exit: .runner)
        }
    }

    /// As shells do.
    private static func exit(of error: LaunchError) -> ExitCode {
        guard error.step == .exec else { return .runner }
        return error.errno == .noSuchFile || error.errno == .notAFolder ? .notFound : .notExecutable
    }
}
