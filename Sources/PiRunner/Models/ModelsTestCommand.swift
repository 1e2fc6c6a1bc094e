import PiAI
import PiJSON
import PiSystem

/// `pi-runner models test`: one small request, and what of it worked.
enum ModelsTestCommand {
    static let command = Command(
        name: "models test",
        summary: "try what works with a model",
        about: [
            """
            Sends one small request with all that the model is said to take (a tool, a picture, thinking), and says what of it \
            came back. It costs what a few hundred tokens cost.
            """
        ],
        operands: [
            .init(
                name: "MODEL", count: .optional, summary: "as for `ask -m`", value: .text)
        ],
        options: ModelChoice.options,
        examples: [
            .init(line: "pi-runner models test anthropic/claude-sonnet-5", summary: "what works?")
        ],
        exitCodes: [.denied, .provider],
        result: [
            .init(
                name: "works",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["name", "state", "detail"],
                        "properties": [
                            "name": ["type": "string"],
                            "state": ["enum": ["works", "fails", "unknown"]],
                            "detail": ["type": "string"],
                        ],
                    ],
                ])
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let choice = try ModelChoice(arguments, named: arguments.operands.first)
        let trial = ModelTrial(choice)
        let rows = try waitForTask { try await trial.perform() }
        var page = Layout(columns: Console.columns)
        page.rows(rows.map { ($0.name, "\($0.state.rawValue): \($0.detail)") })
        return Outcome(
            exit: rows.contains { $0.state == .fails } ? .provider : .ok, text: page.text,
            fields: [.init(name: "works", value: .array(rows.map(\.json)))],
            diagnostics: choice.warnings)
    }
}

/// One request with everything, and what it shows.
struct ModelTrial: Sendable {
    struct Row: Sendable {
        enum State: String, Sendable { case works, fails, unknown }

        let name: String
        let state: State
        let detail: String

        var json: JSONValue {
            ["name": .string(name), "state": .string(state.rawValue), "detail": .string(detail)]
        }
    }

    private let request: ModelRequest
    private let key: Secret?
    private let script: Script?

    init(_ choice: ModelChoice) {
        key = choice.key?.secret
        script = choice.script
        var content: [InputPart] = [
            .text("Call the tool `note` once with the word \"ping\", and say nothing else.")
        ]
        if choice.model.inputs.contains(.image) {
            // One grey dot.
            content.append(
                .image(
                    ImagePart(
                        data:
                            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
                        mimeType: "image/png")))
        }
        var options = ModelRequest.Options()
        options.cacheRetention = .none
        options.reasoning = choice.model.reasoning == nil ? nil : .low
        let schema: JSONValue = [
            "type": "object", "properties": ["word": ["type": "string"]], "required": ["word"],
        ]
        request = ModelRequest(
            model: choice.model, messages: [.user(UserMessage(content, timestamp: 0))],
            tools: [
                ToolDeclaration(
                    name: "note", description: "Keeps a word.",
                    parameters: schema.object ?? JSONObject())
            ], options: options)
    }

    func perform() async throws -> [Row] {
        if let script { return await rows(script.stream(request)) }
        return try await HTTPClient.with { http in
            let client = ModelClient(
                http, retries: .none,
                limits: .usual,
                certificates: ThisProcess.variable("SSL_CERT_FILE")?.utf8)
            return await rows(client.stream(request, key: key))
        }
    }

    private func rows(_ stream: AnswerStream) async -> [Row] {
        var deltas = 0
        for await event in stream {
            switch event {
            case .partDelta: deltas += 1
            case .done(let message): return rows(message, deltas)
            case .failed(let error, _):
                return [Row(name: "request", state: .fails, detail: error.description)]
            case .start, .partStart, .partEnd: break
            }
        }
        preconditionFailure("a stream of events has an end")
    }

    private func rows(_ message: AssistantMessage, _ deltas: Int) -> [Row] {
        let call = message.toolCalls.first
        let word = call?.arguments["word"]?.string
        let thought = message.content.contains { $0.kind == .thinking }
        let usage = message.usage
        return [
            Row(
                name: "request", state: .works,
                detail: "answered by \(message.answeredBy ?? message.source.model)"),
            Row(
                name: "streaming", state: deltas > 1 ? .works : .unknown,
                detail: "\(deltas) pieces"),
            Row(
                name: "tools",
                state: call?.argumentsError == nil && word == "ping" ? .works : .fails,
                detail: call == nil
                    ? "it called nothing"
                    : call?.argumentsError
                        ?? (word == "ping"
                            ? "called with what was asked" : "called with something else")),
            Row(
                name: "pictures",
                state: request.model.inputs.contains(.image) ? .works : .unknown,
                detail: request.model.inputs.contains(.image)
                    ? "one was taken" : "none was sent: it is said to take none"),
            Row(
                name: "thinking", state: thought || usage.reasoning ?? 0 > 0 ? .works : .unknown,
                detail: thought ? "shown" : (usage.reasoning ?? 0 > 0 ? "counted" : "none was seen")
            ),
            Row(
                name: "usage", state: usage.total > 0 ? .works : .unknown,
                detail: "\(usage.input) tokens in, \(usage.output) out"),
        ]
    }
}
