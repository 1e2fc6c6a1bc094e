import PiJSON

/// How one protocol writes requests and reads answers and errors; each has a folder of its own.
protocol WireProtocol {
    /// Behind the base URL.
    static func path(_ request: ModelRequest) -> String
    static func headers(_ request: ModelRequest) -> [HTTPHeader]
    /// All that is sent but the conversation.
    static func settings(_ request: ModelRequest) -> JSONObject
    /// The name under which the conversation is sent, a list.
    static var conversation: String { get }
    /// The elements of that list, of a request whose conversation was handed over.
    static func writeConversation(_ request: ModelRequest, to list: inout JSONWriter)
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
    package func encoded() -> [UInt8] { encoded(ToolNames(self)) }

    func encoded(_ names: ToolNames) -> [UInt8] {
        var request = renamed(by: names)
        request.messages = Handover.messages(request.messages, for: model)
        let wire = model.name.api.wire
        var writer = JSONWriter(layout: .compact)
        writer.object { body in
            body.members(wire.settings(request))
            body.member(wire.conversation) { conversation in
                conversation.array { wire.writeConversation(request, to: &$0) }
            }
        }
        return writer.bytes
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
    /// What the other has counts.
    mutating func take(_ other: JSONObject) {
        for member in other.members { self[member.name] = member.value }
    }

    var compact: String {
        String(decoding: JSONWriter.write(.object(self), layout: .compact), as: UTF8.self)
    }
}
