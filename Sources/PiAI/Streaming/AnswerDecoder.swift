import PiJSON

/// From the bytes of one answer to its events.
package struct AnswerDecoder: Sendable {
    private let api: API
    private var frames = ServerSentEvents(limit: AnswerBuilder.largest)
    private var reader: any AnswerReader
    private(set) var answer: AnswerBuilder

    package init(_ request: ModelRequest, timestamp: Int) {
        api = request.model.name.api
        reader = api.wire.reader(request)
        answer = AnswerBuilder(request.model.name, timestamp: timestamp)
    }

    /// The events so far, which are told once.
    package mutating func takeEvents() -> [AnswerEvent] { answer.takeEvents() }

    /// Whether nothing comes any more.
    package var hasEnded: Bool { answer.hasEnded }

    package mutating func read(_ bytes: [UInt8]) throws(ModelError) {
        do {
            for event in try frames.read(bytes) { try take(event) }
        } catch {
            throw Self.error(error)
        }
    }

    /// There are no more bytes.
    package mutating func end() throws(ModelError) {
        do {
            for event in try frames.end() { try take(event) }
        } catch let error as ModelError where error.kind == .wire {
            // Half an event at the end is no mistake of the server's: the other half is missing.
            throw ModelError(.interrupted, "the answer ended in the middle of an event")
        } catch {
            throw Self.error(error)
        }
        if !hasEnded { try reader.end(&answer) }
    }

    /// The whole of a server that does not stream, though it was asked to.
    mutating func readWhole(_ json: JSONValue) throws(ModelError) {
        if json["type"] == "message" {
            throw ModelError(.wire, "the server answers whole, and was asked for a stream")
        }
        let isResponse = json["object"] == "response"
        let whole: JSONValue =
            isResponse ? ["type": "response.completed", "response": json] : json
        for chunk in whole.array ?? [whole] {
            let text = String(decoding: JSONWriter.write(chunk, layout: .compact), as: UTF8.self)
            try take(ServerSentEvent(data: text))
        }
        // Which has no mark of its end, as it has one.
        if api == .openAICompletions { try take(ServerSentEvent(data: "[DONE]")) }
        try end()
    }

    private mutating func take(_ event: ServerSentEvent) throws(ModelError) {
        // What follows the end of an answer is no part of it.
        guard !hasEnded else { return }
        try reader.read(event, into: &answer)
    }

    private static func error(_ error: any Error) -> ModelError {
        switch error {
        case let error as ModelError: error
        case let error as ServerSentEvents.TooLong:
            ModelError(.wire, "an event of the answer is larger than \(error.limit >> 20) MiB")
        default: ModelError(.wire, "\(error)")
        }
    }

    package mutating func fail(_ error: ModelError) { answer.fail(error) }

    /// Nothing of it was seen: another stream can bring it.
    mutating func startAgain(_ request: ModelRequest) {
        frames = ServerSentEvents(limit: AnswerBuilder.largest)
        reader = api.wire.reader(request)
    }
}
