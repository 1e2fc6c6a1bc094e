import PiJSON

/// A conversation as another model can go on with it.
///
/// Whatever has happened before, what comes out is legal for the model that is asked: each call has its result, right after
/// the answer that asked for it; ids and signatures are only those that it takes; a picture goes only to a model that sees.
struct Handover {
    private let model: Model
    private var ids: CallIDs
    private var result: [Message] = []
    private var hasPictures = false

    static func messages(_ messages: [Message], for model: Model) -> [Message] {
        var handover = Handover(model)
        handover.take(messages)
        if handover.hasPictures { handover.leaveOutPictures() }
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

    /// The calls of an answer, until nothing more can belong to them.
    private struct Open {
        var calls: [FittedCall]
        /// What came between, and goes behind the results.
        var between: [Message] = []

        /// Whether one of the calls has that id; the first of them that has no result yet gets it, best of the same tool.
        mutating func take(_ result: ToolResultMessage) -> Bool {
            var isKnown = false
            var best: Int?
            for place in calls.indices where calls[place].call.id.isExactly(result.callID) {
                isKnown = true
                guard calls[place].result == nil else { continue }
                let isOfTool = calls[place].call.name.isExactly(result.toolName)
                if isOfTool || best == nil { best = place }
                if isOfTool { break }
            }
            if let best { calls[best].result = result }
            return isKnown
        }
    }

    private struct FittedCall {
        /// As it was.
        let call: ToolCall
        let sentID: String
        var result: ToolResultMessage?
    }

    private mutating func take(_ messages: [Message]) {
        result.reserveCapacity(messages.count)
        var open: Open?
        for message in messages {
            switch message {
            case .assistant(let answer):
                close(&open)
                guard let (fitted, calls) = fit(answer) else { continue }
                result.append(.assistant(fitted))
                if !calls.isEmpty { open = Open(calls: calls) }
            case .toolResult(let answer):
                if open?.take(answer) != true { append(.user(Self.orphan(answer)), &open) }
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
        for fitted in closed.calls {
            var answer =
                fitted.result
                ?? ToolResultMessage(
                    callID: fitted.call.id, toolName: fitted.call.name,
                    content: [.text("there is no result: the call was not run to its end")],
                    isError: true, timestamp: 0)
            answer.content = fit(answer.content)
            // Providers refuse a result that is nothing.
            if answer.content.allSatisfy({ $0.text.map(Self.isBlank) ?? false }) {
                answer.content = [.text("(no output)")]
            }
            answer.callID = fitted.sentID
            // Some protocols know a result by the name of its tool alone.
            answer.toolName = fitted.call.name
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
        // Nearly every text shows with its first byte that it is not.
        if let first = text.utf8.first, (0x21..<0x7F).contains(first) { return false }
        return text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }

    // MARK: - Parts

    private mutating func fit(_ content: [InputPart]) -> [InputPart] {
        guard content.contains(where: { $0.image != nil }) else { return content }
        guard model.inputs.contains(.image) else {
            return content.map { $0.without("this model takes none") }
        }
        hasPictures = true
        return content
    }

    /// What a server would refuse the whole request for.
    private mutating func leaveOutPictures() {
        var reckoning = ImageLimits.Reckoning(model.dialect.images)
        func fit(_ content: [InputPart]) -> [InputPart] {
            var content = content
            for place in content.indices.reversed() {
                guard let picture = content[place].image else { continue }
                if let why = reckoning.refusal(of: picture) {
                    content[place] = content[place].without(why)
                }
            }
            return content
        }
        for place in result.indices.reversed() {
            switch result[place] {
            case .user(let user):
                result[place] = .user(UserMessage(fit(user.content), timestamp: user.timestamp))
            case .toolResult(var answer):
                answer.content = fit(answer.content)
                result[place] = .toolResult(answer)
            case .assistant, .system: break
            }
        }
    }

    /// Nil if nothing of it can be sent.
    private mutating func fit(
        _ answer: AssistantMessage
    ) -> (AssistantMessage, [FittedCall])? {
        let isOwn = answer.source == model.name
        let isWhole = answer.stopReason != .error && answer.stopReason != .aborted
        var fitted = answer
        fitted.content = []
        fitted.content.reserveCapacity(answer.content.count)
        var calls: [FittedCall] = []
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
                calls.append(FittedCall(call: call, sentID: sentID))
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

extension InputPart {
    /// A picture as the note that it was there.
    fileprivate func without(_ why: String) -> InputPart {
        image.map { .text("[a picture (\($0.mimeType)) was left out: \(why)]") } ?? self
    }
}
