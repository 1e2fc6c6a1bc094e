import PiAI
import PiJSON
import PiSystem

/// `pi-runner ask`: one answer of a model, without an agent.
enum AskCommand {
    static let command = Command(
        name: "ask",
        summary: "ask a model one thing",
        about: [
            """
            One answer, as it comes: what a person uses to see that a key works. There is no agent, and no tool is run: with \
            --tool the model may ask for a call, which is printed.
            """,
            "A PROMPT of `-` is read from standard input.",
        ],
        operands: [
            .init(name: "PROMPT", count: .one, summary: "what to ask", value: .text)
        ],
        options: ModelChoice.options + [
            .init(
                name: "system", short: nil, argument: .required("TEXT", .text),
                summary: "what the model is told before"),
            .init(
                name: "image", short: nil, argument: .required("FILE", .file),
                summary: "a picture to show; can be given more than once", repeats: true),
            .init(
                name: "tool", short: nil, argument: .required("FILE", .file),
                summary: "a tool to offer, as JSON: name, description, parameters", repeats: true),
            .init(
                name: "thinking", short: nil,
                argument: .required("LEVEL", .words(ReasoningLevel.allCases.map(\.rawValue))),
                summary: "how much to think before the answer"),
            .init(
                name: "max-tokens", short: nil, argument: .required("COUNT", .text),
                summary: "how long thoughts and answer may be together"),
            WireRecord.option,
        ],
        examples: [
            .init(
                line: "pi-runner ask -m anthropic/claude-sonnet-5 hello", summary: "does it work?"),
            .init(
                line:
                    "pi-runner ask -m m --base-url http://127.0.0.1:8080/v1 --api openai-completions hi",
                summary: "a server of your own"),
        ],
        exitCodes: [.policyInvalid, .denied, .provider],
        result: [
            .init(name: "model", schema: ["type": ["object", "null"]]),
            .init(name: "message", schema: ["type": ["object", "null"]]),
            .init(name: "cost", schema: ["type": ["string", "null"]]),
            .init(
                name: "error",
                schema: [
                    "type": ["object", "null"],
                    "properties": [
                        "kind": [
                            "enum": .array(ModelError.Kind.allCases.map { .string($0.rawValue) })
                        ],
                        "message": ["type": "string"], "status": ["type": ["integer", "null"]],
                        "retry_after": ["type": ["number", "null"]],
                    ],
                ]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let choice = try ModelChoice(arguments)
        let request = try AskRequest(arguments, choice).request
        let json = arguments.value(of: "json")
        let isQuiet = arguments.has("json") && (json == nil || json == "-")
        let record = try WireRecord.place(arguments, choice)
        return try Ask(choice: choice, request: request, shows: !isQuiet, record: record).perform()
    }
}
