import PiAI
import PiJSON
import PiSystem

extension Figure {
    /// Asking a model, without a model: what is ours of the time that it takes.
    static let models: [Figure] =
        API.allCases.map(modelRequest) + [modelEvents, modelDelta, modelSlowestDelta]

    // MARK: - Requests

    /// Handed over, renamed and written, against the writing alone of the same bytes.
    private static func modelRequest(_ api: API) -> Figure {
        Figure(
            name: "request-\(shortName(of: api))",
            what: "a conversation of 1,000 messages to bytes",
            peer: "writing the same from a ready tree", unit: .nanoseconds,
            goal: .atMost(2_000_000),
            measure: { rounds in
                let request = longConversation(api)
                let tree = try JSONReader.read(request.encoded(), .exact(sizeLimit: 1 << 24)).value
                return alternate(
                    rounds: 5 * rounds, ours: { keep(request.encoded()) },
                    peer: { keep(JSONWriter.write(tree, layout: .compact)) })
            })
    }

    private static func shortName(of api: API) -> String {
        switch api {
        case .openAICompletions: "chat"
        case .openAIResponses: "responses"
        case .anthropicMessages: "anthropic"
        case .googleGenerativeAI: "gemini"
        }
    }

    private static func longConversation(_ api: API) -> ModelRequest {
        let name = ModelName(api: api, provider: "bench", model: "m")
        let text = String(repeating: "The walls hold, die Wände halten. ", count: 4)
        var messages: [Message] = []
        for number in 0..<250 {
            messages.append(.user(UserMessage([.text(text)], timestamp: number)))
            let call = ToolCall(
                id: "call_\(number)", name: "read",
                arguments: JSONObject([.init(name: "path", value: "Sources/main.swift")]))
            messages.append(
                .assistant(
                    AssistantMessage(
                        content: [.text(TextPart(text)), .toolCall(call)],
                        source: AnswerOrigin(name),
                        stopReason: .toolUse, timestamp: number)))
            messages.append(
                .toolResult(
                    ToolResultMessage(
                        callID: call.id, toolName: "read", content: [.text(text)], isError: false,
                        timestamp: number)))
            messages.append(
                .assistant(
                    AssistantMessage(
                        content: [.text(TextPart(text))], source: AnswerOrigin(name),
                        stopReason: .stop,
                        timestamp: number)))
        }
        return ModelRequest(
            model: Model(name: name, baseURL: "http://127.0.0.1"), systemPrompt: text,
            messages: messages)
    }

    // MARK: - Answers

    private static let events = 20_000

    /// Over a socket, each delta an event for whoever listens, against reading the bytes and nothing more.
    private static let modelEvents = Figure(
        name: "answer-events", what: "an event of an answer, from a socket to whoever listens",
        peer: "reading the bytes alone", unit: .nanoseconds, goal: .atMost(5_000),
        measure: { rounds in
            let answer = answer(of: events)
            return try await Server.with({ connection, loop in
                _ = try await connection.read(upTo: .mebibytes(1), on: loop)
                try await connection.write(answer, on: loop)
            }) { port, loop in
                try await HTTPClient.with { http in
                    let client = ModelClient(http, retries: .none, limits: .usual)
                    var times: (ours: [Double], peer: [Double]) = ([], [])
                    for _ in 0..<(rounds + 1) {
                        let start = Clock<Monotonic>.system.now
                        var count = 0
                        for await event in client.stream(question(port), key: nil) {
                            if case .partDelta = event { count += 1 }
                        }
                        guard count == events else { throw ModelError(.wire, "\(count) events") }
                        times.ours.append(nanoseconds(since: start))
                        times.peer.append(try await bare(port, loop, answer.count))
                    }
                    return Result(
                        ours: Samples(times.ours), peer: Samples(times.peer)
                    ).divided(by: Double(events))
                }
            }
        })

    private static let modelDelta = Figure(
        name: "answer-delta", what: "from a delta's bytes to its event",
        peer: "a bare read of the same bytes", unit: .nanoseconds, goal: .atMost(200_000),
        measure: { try await deltas(20 * ($0 + 1)) })

    private static let modelSlowestDelta = Figure(
        name: "answer-delta-p99", what: "the same, of a hundred the slowest",
        peer: "a bare read of the same bytes", unit: .nanoseconds, goal: .atMost(5e6),
        measure: {
            let all = try await deltas(200 * ($0 + 1))
            guard case .measured(let peer) = all.peer else { return all }
            return Result(ours: all.ours.slowest, peer: peer.slowest)
        })

    /// From the moment in which a server has written a delta to the one in which it is an event, against a bare read.
    private static func deltas(_ count: Int) async throws -> Result {
        let written = LastWrite()
        return try await Server.with({ connection, loop in
            let request = try await connection.read(upTo: .mebibytes(1), on: loop)
            try await connection.write(head, on: loop)
            for number in 0..<count {
                try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(3))
                written.note()
                try await connection.write(delta(number), on: loop)
            }
            try await connection.write(end, on: loop)
            keep(request)
        }) { port, loop in
            try await HTTPClient.with { http in
                let client = ModelClient(http, retries: .none, limits: .usual)
                var ours: [Double] = []
                for await event in client.stream(question(port), key: nil) {
                    if case .partDelta = event { ours.append(written.age) }
                }
                guard ours.count == count else { throw ModelError(.wire, "\(ours.count) events") }
                var peer: [Double] = []
                let connection = try await TCPConnection.connect(
                    to: IPAddress([127, 0, 0, 1])!, port: port, on: loop)
                try await connection.write(Array("GET / HTTP/1.1\r\n\r\n".utf8), on: loop)
                _ = try await connection.read(upTo: .kibibytes(64), on: loop)
                while peer.count < ours.count,
                    case let bytes = try await connection.read(upTo: .kibibytes(64), on: loop),
                    !bytes.isEmpty
                {
                    peer.append(written.age)
                }
                return Result(ours: Samples(ours), peer: Samples(peer))
            }
        }
    }

    // MARK: - The server

    private static let head = Array(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n".utf8)
    private static let end = Array(
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
            .utf8)

    private static func delta(_ number: Int) -> [UInt8] {
        Array(
            "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\(number) \"},\"finish_reason\":null}]}\n\n"
                .utf8)
    }

    private static func answer(of count: Int) -> [UInt8] {
        head + (0..<count).flatMap(delta) + end
    }

    private static func question(_ port: UInt16) -> ModelRequest {
        let name = ModelName(api: .openAICompletions, provider: "bench", model: "m")
        return ModelRequest(
            model: Model(name: name, baseURL: "http://127.0.0.1:\(port)"),
            messages: [.user(UserMessage([.text("?")], timestamp: 0))])
    }

    private static func bare(_ port: UInt16, _ loop: PiSystem.EventLoop, _ size: Int) async throws
        -> Double
    {
        let start = Clock<Monotonic>.system.now
        let connection = try await TCPConnection.connect(
            to: IPAddress([127, 0, 0, 1])!, port: port, on: loop)
        try await connection.write(Array("GET / HTTP/1.1\r\n\r\n".utf8), on: loop)
        var count = 0
        while count < size {
            let bytes = try await connection.read(upTo: .kibibytes(128), on: loop)
            guard !bytes.isEmpty else { break }
            count += bytes.count
        }
        return nanoseconds(since: start)
    }
}
