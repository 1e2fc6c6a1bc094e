import PiAI
import PiJSON

extension FuzzTarget {
    static let chatAnswer = answer("chat-answer", .openAICompletions)
    static let responsesAnswer = answer("responses-answer", .openAIResponses)
    static let anthropicAnswer = answer("anthropic-answer", .anthropicMessages)
    static let geminiAnswer = answer("gemini-answer", .googleGenerativeAI)

    /// However a stream is cut, its events are in order, have one end, and come to the same answer.
    private static func answer(_ name: String, _ api: API) -> FuzzTarget {
        FuzzTarget(name: name) { bytes in
            let whole = read(api, [bytes])
            let middle = bytes.count / 2
            let halves = read(api, [Array(bytes[..<middle]), Array(bytes[middle...])])
            precondition(
                whole.message.text == halves.message.text, "the cut has changed the answer")
            precondition(whole.error?.kind == halves.error?.kind, "the cut has changed the error")
            precondition(
                whole.message.usage == halves.message.usage, "the cut has changed the count")
        }
    }

    private static func read(
        _ api: API, _ pieces: [[UInt8]]
    ) -> (message: AssistantMessage, error: ModelError?) {
        let name = ModelName(api: api, provider: "fuzz", model: "m")
        let request = ModelRequest(
            model: Model(name: name, baseURL: "http://127.0.0.1"), messages: [])
        var decoder = AnswerDecoder(request, timestamp: 0)
        var order = EventOrder()
        var last: AnswerEvent?
        func take(_ events: [AnswerEvent]) {
            for event in events {
                let wrong = order.check(event)
                precondition(wrong == nil, wrong ?? "")
                last = event
            }
        }
        do {
            for piece in pieces where !decoder.hasEnded { try decoder.read(piece) }
            if !decoder.hasEnded { try decoder.end() }
        } catch {
            decoder.fail(error)
        }
        take(decoder.takeEvents())
        switch last {
        case .done(let message)?: return (message, nil)
        case .failed(let error, let message)?: return (message, error)
        case .start?, .partStart?, .partDelta?, .partEnd?, nil:
            preconditionFailure("a stream without an end")
        }
    }

    /// What is kept of a session comes back as it was, and can be sent to any model.
    static let message = FuzzTarget(name: "message") { bytes in
        guard let json = try? JSONReader.read(bytes, .interchange(sizeLimit: 1 << 20)).value,
            let message = Message(json)
        else { return }
        precondition(Message(message.json) == message, "it comes back as another message")
        for api in API.allCases {
            let name = ModelName(api: api, provider: "fuzz", model: "m")
            let request = ModelRequest(
                model: Model(name: name, baseURL: "http://127.0.0.1"), messages: [message])
            let body = try? JSONReader.read(
                request.encoded(), .exact(sizeLimit: 1 << 24, depthLimit: 256))
            precondition(body != nil, "the request is no JSON")
        }
    }

    static let modelsFile = FuzzTarget(name: "models-file") { bytes in
        guard let json = try? JSONReader.read(bytes, .interchange(sizeLimit: 1 << 20)).value else {
            return
        }
        let custom = CustomModels(json)
        let catalogue = Catalogue(entries: []).adding(custom)
        for entry in catalogue.entries {
            precondition(!entry.id.isEmpty, "a model without a name")
            _ = entry.model
        }
        // What is read of a newer list is read again from its lines.
        if let lines = try? ModelsDev.lines(of: json) {
            precondition(
                Catalogue(text: lines).entries.count
                    == lines.split(separator: "\n").count { !$0.hasPrefix("@") },
                "a line that is no model")
        }
    }

    static let partialJSON = FuzzTarget(name: "partial-json") { bytes in
        var partial = PartialJSON(sizeLimit: 1 << 20)
        for byte in bytes { partial.append(CollectionOfOne(byte)) }
        guard String(validating: bytes, as: UTF8.self) != nil,
            let lenient = try? JSONReader.read(bytes, .lenient(sizeLimit: 1 << 20))
        else { return }
        precondition(partial.value == lenient.value, "it is not what a lenient reading makes of it")
    }

    static let schema = FuzzTarget(name: "schema") { bytes in
        guard let json = try? JSONReader.read(bytes, .exact(sizeLimit: 1 << 16)).value,
            let pair = json.array, pair.count == 2, let schema = try? JSONSchema(pair[0])
        else { return }
        let value = schema.coerced(pair[1])
        precondition(schema.faults(of: pair[1]).count <= 20, "more faults than asked for")
        if schema.faults(of: pair[1]).isEmpty {
            precondition(schema.faults(of: value).isEmpty, "what was right was set wrong")
        }
    }
}
