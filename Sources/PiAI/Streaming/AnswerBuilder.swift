package import PiJSON

/// Puts an answer together from its pieces, and tells of each.
///
/// Protocols name their parts in ways of their own; here a part is a number, given when it is opened. What they get wrong
/// (a piece of a closed part, an end that never comes) does not reach those who listen: their order holds.
package struct AnswerBuilder: Sendable {
    /// What has happened since the last look.
    private(set) var events: [AnswerEvent] = []
    private var parts: [Draft] = []
    package private(set) var message: AssistantMessage
    private var hasStarted = false
    private(set) var hasEnded = false
    private var size = 0

    /// Of texts, thoughts and arguments together.
    static let largest = 64 << 20
    static let mostParts = 10_000

    private struct Draft: Sendable {
        let kind: AnswerPart.Kind
        var text = ""
        var signature: String?
        var isRedacted = false
        var call = (id: "", name: "")
        var isOpen = true
    }

    package init(_ source: ModelName, timestamp: Int) {
        message = AssistantMessage(
            content: [], source: AnswerOrigin(source), stopReason: .stop, timestamp: timestamp)
    }

    /// The events so far, which are told once.
    mutating func takeEvents() -> [AnswerEvent] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    /// Whether a person has seen anything of it.
    var hasParts: Bool { !parts.isEmpty }
    var hasToolCalls: Bool { parts.contains { $0.kind == .toolCall } }

    // MARK: - What protocols say

    mutating func start() {
        guard !hasStarted else { return }
        hasStarted = true
        events.append(.start)
    }

    mutating func identify(response: String?, model: String?) {
        if let response { message.responseID = String(response.prefix(200)) }
        if let model, model != message.source.model {
            message.answeredBy = String(model.prefix(200))
        }
    }

    mutating func setUsage(_ usage: Usage) { message.usage = usage }
    var usage: Usage { message.usage }

    mutating func open(_ opening: AnswerEvent.Opening) throws(ModelError) -> Int {
        start()
        guard parts.count < Self.mostParts else {
            throw ModelError(.wire, "the answer has more than \(Self.mostParts) parts")
        }
        var draft = Draft(kind: opening.kind)
        if case .toolCall(let id, let name) = opening { draft.call = (id, name) }
        parts.append(draft)
        events.append(.partStart(parts.count - 1, opening))
        return parts.count - 1
    }

    func isOpen(_ index: Int) -> Bool { parts.indices.contains(index) && parts[index].isOpen }
    func kind(of index: Int) -> AnswerPart.Kind { parts[index].kind }
    func text(of index: Int) -> String { parts[index].text }
    var lastOpen: Int? { parts.lastIndex(where: \.isOpen) }

    mutating func append(_ text: String, to index: Int) throws(ModelError) {
        guard isOpen(index), !text.isEmpty else { return }
        try grow(by: text)
        parts[index].text += text
        events.append(.partDelta(index, parts[index].kind, text))
    }

    private mutating func grow(by text: String) throws(ModelError) {
        size += text.utf8.count
        guard size <= Self.largest else {
            throw ModelError(.wire, "the answer is larger than \(Self.largest >> 20) MiB")
        }
    }

    /// Of a part that is closed, too: some providers sign at the end.
    mutating func sign(_ signature: String?, _ index: Int) throws(ModelError) {
        guard let signature, parts.indices.contains(index) else { return }
        try grow(by: signature)
        parts[index].signature = signature
    }

    mutating func appendSignature(_ piece: String, to index: Int) throws(ModelError) {
        guard isOpen(index) else { return }
        try grow(by: piece)
        parts[index].signature = (parts[index].signature ?? "") + piece
    }

    func signature(of index: Int) -> String? { parts[index].signature }
    mutating func redact(_ index: Int) { parts[index].isRedacted = true }

    /// What the end of a part says its text is, where deltas said less.
    mutating func complete(_ text: String, of index: Int) throws(ModelError) {
        guard isOpen(index), text != parts[index].text else { return }
        if text.utf8.starts(with: parts[index].text.utf8) {
            let rest = String(
                decoding: text.utf8.dropFirst(parts[index].text.utf8.count), as: UTF8.self)
            try append(rest, to: index)
        } else {
            // It is the better text; who listened has heard another.
            try grow(by: text)
            parts[index].text = text
        }
    }

    mutating func renameCall(id: String, _ index: Int) { parts[index].call.id = id }

    mutating func close(_ index: Int) {
        guard isOpen(index) else { return }
        parts[index].isOpen = false
        events.append(.partEnd(index, Self.part(parts[index])))
    }

    mutating func closeAll() {
        for index in parts.indices where parts[index].isOpen { close(index) }
    }

    /// The answer is whole.
    mutating func finish(_ reason: StopReason) {
        guard !hasEnded else { return }
        start()
        closeAll()
        hasEnded = true
        message.content = parts.map(Self.part)
        message.stopReason = reason
        events.append(.done(message))
    }

    mutating func fail(_ error: ModelError) {
        guard !hasEnded else { return }
        closeAll()
        hasEnded = true
        message.content = parts.map(Self.part)
        message.stopReason = error.kind == .cancelled ? .aborted : .error
        message.errorMessage = error.description
        events.append(.failed(error, message))
    }

    // MARK: - Parts

    private static func part(_ draft: Draft) -> AnswerPart {
        switch draft.kind {
        case .text: .text(TextPart(draft.text, signature: draft.signature))
        case .thinking:
            .thinking(
                ThinkingPart(
                    draft.text, signature: draft.signature, isRedacted: draft.isRedacted))
        case .toolCall: .toolCall(call(draft))
        }
    }

    private static func call(_ draft: Draft) -> ToolCall {
        let arguments = ArgumentText.read(draft.text)
        return ToolCall(
            id: draft.call.id, name: draft.call.name, arguments: arguments.value,
            argumentsError: arguments.error, thoughtSignature: draft.signature)
    }
}

/// What a model wrote for the arguments of a call.
package enum ArgumentText {
    static let largest = 16 << 20

    /// Strictly, then with the liberties that models take; what is still none says why.
    package static func read(_ text: String) -> (value: JSONObject, error: String?) {
        // Nothing at all is how many say that there are none.
        guard text.utf8.contains(where: { $0 > 0x20 }) else { return (JSONObject(), nil) }
        do {
            let value = try JSONReader.read(text, .exact(sizeLimit: largest)).value
            return object(value)
        } catch {
            return lenient(text, after: error)
        }
    }

    private static func lenient(
        _ text: String, after strict: JSONError
    ) -> (value: JSONObject, error: String?) {
        do {
            let reading = try JSONReader.read(text, .lenient(sizeLimit: largest))
            let isCut = reading.notes.contains {
                if case .cutOff = $0.liberty { true } else { false }
            }
            // A call that lacks its end is not the call that was meant.
            guard !isCut else { return (reading.value.object ?? JSONObject(), strict.description) }
            return object(reading.value)
        } catch {
            return (JSONObject(), strict.description)
        }
    }

    private static func object(_ value: JSONValue) -> (value: JSONObject, error: String?) {
        switch value {
        case .object(let object): (object, nil)
        case .null: (JSONObject(), nil)
        case .bool, .number, .string, .array:
            (JSONObject(), "the arguments are \(value.kind), not an object")
        }
    }
}
