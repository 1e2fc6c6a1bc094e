import PiAI
import PiJSON
import Testing

/// What a server sends, and what it means.
struct WireCase: Sendable, CustomTestStringConvertible {
    let api: API
    let name: String
    let stream: [UInt8]
    /// As `Reading.told` puts it.
    let expected: String

    init(_ api: API, _ name: String, _ stream: String, _ expected: String) {
        self.init(api, name, Array(stream.utf8), expected)
    }

    init(_ api: API, _ name: String, _ stream: [UInt8], _ expected: String) {
        self.api = api
        self.name = name
        self.stream = stream
        self.expected = expected
    }

    var testDescription: String { "\(api.rawValue): \(name)" }
}

/// One stream, read in pieces, with the order of its events checked.
struct Reading {
    private(set) var events: [AnswerEvent] = []
    private(set) var disorder: String?

    static func request(_ api: API) -> ModelRequest {
        let name = ModelName(api: api, provider: "test", model: "m")
        return ModelRequest(
            model: Model(name: name, baseURL: "http://127.0.0.1:1"),
            messages: [.user(UserMessage([.text("?")], timestamp: 0))])
    }

    init(_ api: API, _ pieces: [[UInt8]]) {
        var decoder = AnswerDecoder(Self.request(api), timestamp: 0)
        var order = EventOrder()
        func take(_ new: [AnswerEvent], _ reading: inout Reading) {
            for event in new {
                if let wrong = order.check(event) { reading.disorder = reading.disorder ?? wrong }
                reading.events.append(event)
            }
        }
        do {
            for piece in pieces where !decoder.hasEnded {
                try decoder.read(piece)
                take(decoder.takeEvents(), &self)
            }
            if !decoder.hasEnded { try decoder.end() }
        } catch {
            decoder.fail(error)
        }
        take(decoder.takeEvents(), &self)
        if events.last?.isLast != true { disorder = disorder ?? "no end" }
    }

    /// Whole, and then by so many bytes.
    init(_ api: API, _ stream: [UInt8], by size: Int) {
        self.init(
            api,
            stride(from: 0, to: stream.count, by: size).map {
                Array(stream[$0..<min($0 + size, stream.count)])
            })
    }

    var message: AssistantMessage {
        switch events.last {
        case .done(let message)?, .failed(_, let message)?: return message
        case .start?, .partStart?, .partDelta?, .partEnd?, nil:
            preconditionFailure("a reading has an end")
        }
    }

    var error: ModelError? {
        if case .failed(let error, _)? = events.last { error } else { nil }
    }

    /// What came, in one line: `text(a) call(id name {"x":1}) toolUse 10+2`.
    var told: String {
        let usage = message.usage
        guard usage.total > 0 else { return answer }
        var counts = "\(answer) \(usage.input)+\(usage.output)"
        if usage.cacheRead > 0 { counts += " read \(usage.cacheRead)" }
        if usage.cacheWrite > 0 { counts += " written \(usage.cacheWrite)" }
        if let reasoning = usage.reasoning, reasoning > 0 { counts += " thought \(reasoning)" }
        return counts
    }

    /// The same without what it took.
    var answer: String {
        var words = message.content.map { part in
            switch part {
            case .text(let text):
                "text(\(text.text))" + (text.signature.map { "<\($0)>" } ?? "")
            case .thinking(let thinking):
                (thinking.isRedacted ? "redacted" : "thinking") + "(\(thinking.text))"
                    + (thinking.signature.map { "<\($0)>" } ?? "")
            case .toolCall(let call):
                "call(\(call.id.hasPrefix("call_") && call.id.utf8.count > 12 ? "made" : call.id) \(call.name) "
                    + String(
                        decoding: JSONWriter.write(.object(call.arguments), layout: .compact),
                        as: UTF8.self) + (call.argumentsError == nil ? "" : " broken") + ")"
                    + (call.thoughtSignature.map { "<\($0)>" } ?? "")
            }
        }
        if let error {
            words.append("!\(error.kind.rawValue)")
        } else {
            words.append(message.stopReason.rawValue)
        }
        return words.joined(separator: " ")
    }
}
