/// A conversation as another model can go on with it.
///
/// Whatever has happened before, what comes out is legal for the model that is asked: each call has its result, right after
/// the answer that asked for it; ids and signatures are only those that it takes; a picture goes only to a model that sees.
struct Handover {
    private let model: Model
    private var ids: CallIDs
    private var result: [Message] = []

    static func messages(_ messages: [Message], for model: Model) -> [Message] {
        var handover = Handover(model)
        handover.take(messages)
        return handover.result
    }

    private init(_ model: Model) {
        self.model = model
        ids = CallIDs(Self.rule(of: model))
    }

    private static func rule(of model: Model) -> CallIDRule {
        switch model.name.api {
        case .openAICompletions: model.dialect.callIDs
        case .openAIResponses: .responses
        case .anthropicMessages: .anthropic
        case .googleGenerativeAI: .gemini
        }
    }

    // MARK: - Order

    /// Calls that still wait for their results, in their order.
    private struct Open {
        var calls: [(call: ToolCall, sentID: String)]
        /// By the place of their call: two calls can have one id.
        var results: [Int: ToolResultMessage] = [:]
        /// What came between, and goes behind the results.
        var between: [Message] = []
    }

    private mutating func take(_ messages: [Message]) {
        var open: Open?
        for message in messages {
            switch message {
            case .assistant(let answer):
                close(&open)
                guard let (fitted, calls) = fit(answer) else { continue }
                result.append(.assistant(fitted))
                if !calls.isEmpty { open = Open(calls: calls) }
            case .toolResult(let answer):
                let places = open?.calls.indices.filter { open?.calls[$0].call.id == answer.callID }
                if let place = places?.first(where: { open?.results[$0] == nil }) {
                    open?.results[place] = answer
                } else if places?.isEmpty != false {
                    append(.user(Self.orphan(answer)), &open)
                }
            case .user(let question):
                append(
                    .user(UserMessage(fit(question.content), timestamp: question.timestamp)), &open)
            case .system: append(message, &open)
            }
        }
        close(&open)
    }

    private mutating func append(_ message: Message, _ open: inout Open?) {
        if open != nil { open?.between.append(message) } else { result.append(message) }
    }

    private mutating func close(_ open: inout Open?) {
        guard let closed = open else { return }
        open = nil
        for (place, (call, sentID)) in closed.calls.enumerated() {
            var answer =
                closed.results[place]
                ?? ToolResultMessage(
                    callID: call.id, toolName: call.name,
                    content: [.text("there is no result: the call was not run to its end")],
                    isError: true, timestamp: 0)
            answer.content = fit(answer.content)
            // Providers refuse a result that is nothing.
            if answer.content.allSatisfy({ $0.text.map(Self.isBlank) ?? false }) {
                answer.content = [.text("(no output)")]
            }
            answer.callID = sentID
            result.append(.toolResult(answer))
        }
        result += closed.between
    }

    /// A result of a call that is nowhere is still something that was learned.
    private static func orphan(_ answer: ToolResultMessage) -> UserMessage {
        UserMessage(
            [.text("A result of the tool \(answer.toolName), whose call is not shown:")]
                + answer.content, timestamp: answer.timestamp)
    }

    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }

    // MARK: - Parts

    private func fit(_ content: [InputPart]) -> [InputPart] {
        guard !model.inputs.contains(.image) else { return content }
        return content.map { part in
            part.image.map {
                .text("[a picture (\($0.mimeType)) was left out: this model takes none]")
            } ?? part
        }
    }

    /// Nil if nothing of it can be sent; with the calls as they were.
    private mutating func fit(
        _ answer: AssistantMessage
    ) -> (AssistantMessage, [(call: ToolCall, sentID: String)])? {
        let isOwn = answer.source == model.name
        let isWhole = answer.stopReason != .error && answer.stopReason != .aborted
        var fitted = answer
        fitted.content = []
        var calls: [(call: ToolCall, sentID: String)] = []
        for part in answer.content {
            switch part {
            case .text(var text):
                guard !Self.isBlank(text.text) || (isOwn && text.signature != nil) else { continue }
                if !isOwn || !isWhole { text.signature = nil }
                fitted.content.append(.text(text))
            case .thinking(let thinking):
                // Half a thought has no signature, and without its answer it is nothing.
                guard isWhole, let part = fit(thinking, isOwn: isOwn) else { continue }
                fitted.content.append(part)
            case .toolCall(var call):
                // Of an answer that was cut off no call was run.
                guard isWhole else { continue }
                let sentID = isOwn ? ids.keep(call.id) : ids.fit(call.id)
                calls.append((call, sentID))
                call.id = sentID
                if !isOwn { call.thoughtSignature = nil }
                fitted.content.append(.toolCall(call))
            }
        }
        return fitted.content.isEmpty ? nil : (fitted, calls)
    }

    private func fit(_ thinking: ThinkingPart, isOwn: Bool) -> AnswerPart? {
        if isOwn {
            guard thinking.signature != nil || !Self.isBlank(thinking.text) else { return nil }
            return .thinking(thinking)
        }
        guard !thinking.isRedacted, !Self.isBlank(thinking.text) else { return nil }
        return .text(TextPart(thinking.text))
    }
}
