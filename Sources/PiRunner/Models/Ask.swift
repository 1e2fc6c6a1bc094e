import PiAI
import PiJSON
import PiSystem

/// Asks, and shows the answer as it comes.
struct Ask {
    let choice: ModelChoice
    let request: ModelRequest
    /// Whether a person or a pipe gets the text as it comes.
    let shows: Bool
    /// Where what goes over the wire is kept.
    let record: FilePath?

    func perform() throws -> Outcome {
        let last: AnswerEvent
        do {
            last = try waitForTask { [self] in try await ask() }
        } catch let error as ModelError {
            return failed(error, nil)
        } catch let error as SystemError where shows && error.errno == .brokenPipe {
            // Whoever read it has seen enough.
            return Outcome(exit: .ok, text: "", fields: [])
        }
        switch last {
        case .done(let message): return answered(message)
        case .failed(let error, let message): return failed(error, message)
        case .start, .partStart, .partDelta, .partEnd:
            preconditionFailure("a stream of events has an end")
        }
    }

    private func ask() async throws -> AnswerEvent {
        if let script = choice.script { return try await show(script.stream(request)) }
        return try await HTTPClient.with { http in
            let record = try record.map {
                try WireRecord($0, hiding: choice.secrets)
            }
            defer { record?.recording.end() }
            let client = ModelClient(
                http, retries: .once, limits: .usual,
                certificates: ThisProcess.variable("SSL_CERT_FILE")?.utf8,
                recording: record?.recording,
                retrying: { [shows] _, error, pause in
                    guard shows else { return }
                    // When stderr itself is gone there is nobody to tell.
                    try? StandardStream.error.write(
                        Array("\(RunText.told(error, again: pause))\n".utf8))
                })
            let last = try await show(client.stream(request, key: choice.key?.secret))
            try record?.end()
            return last
        }
    }

    /// The last event.
    private func show(_ stream: AnswerStream) async throws -> AnswerEvent {
        var printer = AnswerPrinter()
        var last = AnswerEvent.start
        for await event in stream {
            if shows { try printer.show(event) }
            last = event
        }
        if shows { try printer.end() }
        return last
    }

    // MARK: - Outcomes

    private var model: JSONValue {
        [
            "provider": .string(request.model.name.provider),
            "id": .string(request.model.name.model),
            "api": .string(request.model.name.api.rawValue),
        ]
    }

    private func fields(
        _ message: AssistantMessage?, _ error: ModelError?
    ) -> [JSONObject.Member] {
        let cost = message.flatMap { choice.prices?.cost(of: $0.usage) }
        var message = message
        message?.usage.cost = cost
        return [
            .init(name: "model", value: model),
            .init(name: "message", value: message?.json ?? .null),
            .init(name: "cost", value: cost.map { .string($0.total.dollars) } ?? .null),
            .init(name: "error", value: error.map(Self.json) ?? .null),
        ]
    }

    private static func json(_ error: ModelError) -> JSONValue {
        [
            "kind": .string(error.kind.rawValue), "message": .string(error.message),
            "status": error.status.map { .number(JSONNumber($0)) } ?? .null,
            "retry_after": error.retryAfter.flatMap { JSONNumber($0 / .seconds(1)) }
                .map(JSONValue.number) ?? .null,
        ]
    }

    private func answered(_ message: AssistantMessage) -> Outcome {
        let cut = Diagnostic(
            severity: .warning, message: "the answer was cut off by its limit of tokens",
            help: "allow more with --max-tokens")
        return Outcome(
            exit: .ok, text: "", fields: fields(message, nil),
            diagnostics: choice.warnings + weakened + unthinking
                + (message.stopReason == .length ? [cut] : [])
                + message.toolCalls.flatMap(faults))
    }

    private var unthinking: [Diagnostic] {
        guard request.hasNoRoomToThink else { return [] }
        return [
            Diagnostic(
                severity: .warning,
                message: "it was not asked to think: --max-tokens leaves no room for thoughts",
                help: "thoughts and answer share it; with 2048 and more there is room")
        ]
    }

    /// What of its tools a provider was not told.
    private var weakened: [Diagnostic] {
        request.weakenedSchemas.map { tool, notes in
            Diagnostic(
                severity: .warning,
                message:
                    "of the tool `\(SafeText(tool, limit: 60))`: \(notes.joined(separator: "; "))",
                help: "what the model calls it with is checked against the whole schema")
        }
    }

    /// In what a call is not what its tool takes; it is run by nobody here.
    private func faults(_ call: ToolCall) -> [Diagnostic] {
        func warning(_ reason: String) -> Diagnostic {
            Diagnostic(
                severity: .warning,
                message: "the call of `\(SafeText(call.name, limit: 60))` can't be run: \(reason)",
                help: nil)
        }
        if let error = call.argumentsError {
            return [warning(SafeText(error, limit: 200).description)]
        }
        guard let tool = request.tools.first(where: { $0.name == call.name }) else {
            return [warning("no such tool was offered")]
        }
        // It was looked at when it was read.
        guard let schema = try? JSONSchema(.object(tool.parameters)) else { return [] }
        return schema.faults(of: schema.coerced(.object(call.arguments)), limit: 5)
            .map { warning($0.description) }
    }

    private func failed(_ error: ModelError, _ message: AssistantMessage?) -> Outcome {
        let about = request.model.name.reference
        var notes: [String] = []
        if error.kind == .authentication {
            notes.append(choice.key.map { "the key was \($0.origin)" } ?? "no key was sent")
        }
        if message?.content.isEmpty == false {
            notes.append("what came before is not the whole answer")
        }
        return Outcome(
            exit: .provider, text: "", fields: fields(message, error),
            diagnostics: choice.warnings + weakened + [
                Diagnostic(
                    severity: .error,
                    message: "\(SafeText(about, limit: 100)): \(error.description)",
                    help: error.kind == .authentication && choice.key == nil
                        ? "name the variable that holds a key by --api-key-env" : error.advice,
                    notes: notes)
            ])
    }
}

/// Writes an answer as it comes: to a terminal safely, to everything else as it is.
struct AnswerPrinter {
    private let isTerminal = StandardStream.output.isTerminal
    private var endsLine = true

    mutating func show(_ event: AnswerEvent) throws {
        switch event {
        case .partDelta(_, .text, let text): try write(text)
        case .partEnd(_, .text): if !endsLine { try write("\n") }
        case .partEnd(_, .toolCall(let call)):
            let arguments = String(
                decoding: JSONWriter.write(.object(call.arguments), layout: .compact),
                as: UTF8.self)
            // A name is one line, whoever reads it.
            try write("\(SafeText(call.name, limit: 200)) \(arguments)\n")
        case .start, .partStart, .partDelta, .partEnd, .done, .failed: break
        }
    }

    mutating func end() throws {
        if !endsLine { try write("\n") }
    }

    private mutating func write(_ text: String) throws {
        guard let last = text.utf8.last else { return }
        endsLine = last == UInt8(ascii: "\n")
        let shown = isTerminal ? SafeText(text, as: .block, limit: .max).description : text
        try StandardStream.output.write(Array(shown.utf8))
    }
}
