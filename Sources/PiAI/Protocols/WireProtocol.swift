import PiJSON

/// How one protocol writes requests and reads answers and errors; each has a folder of its own.
protocol WireProtocol {
    /// Behind the base URL.
    static func path(_ request: ModelRequest) -> String
    static func headers(_ request: ModelRequest) -> [HTTPHeader]
    /// Of a request whose conversation was handed over.
    static func body(_ request: ModelRequest) -> JSONValue
    static func reader(_ request: ModelRequest) -> any AnswerReader
    static func said(_ error: JSONValue) -> HTTPFailure.Said
}

extension API {
    var wire: any WireProtocol.Type {
        switch self {
        case .openAICompletions: ChatCompletions.self
        case .openAIResponses: Responses.self
        case .anthropicMessages: AnthropicMessages.self
        case .googleGenerativeAI: Gemini.self
        }
    }
}

extension ModelRequest {
    /// The bytes that go over the wire.
    package func encoded() -> [UInt8] {
        var request = self
        request.messages = Handover.messages(messages, for: model)
        return JSONWriter.write(model.name.api.wire.body(request), layout: .compact)
    }
}

extension ModelError {
    /// What a provider says in the middle of an answer.
    init(_ said: HTTPFailure.Said, otherwise kind: Kind) {
        let message = said.message ?? "the provider ended the answer with an error"
        let words = Set(said.words.map { $0.lowercased() })
        self.init(
            HTTPFailure.kind(words: words, message: message)
                ?? said.status.map {
                    HTTPFailure.kind(ofStatus: $0, message: message.lowercased(), isHTML: false)
                } ?? kind, message,
            retryAfter: said.retryAfter)
    }
}

extension JSONValue {
    static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    /// A count that a peer tells: never below zero, never so large that a sum of them could overflow.
    var count: Int? { number?.int.map { min(max(0, $0), 1 << 40) } }

    /// A text that is there and not empty.
    var filled: String? { string.flatMap { $0.isEmpty ? nil : $0 } }
}

extension JSONObject {
    var compact: String {
        String(decoding: JSONWriter.write(.object(self), layout: .compact), as: UTF8.self)
    }
}
