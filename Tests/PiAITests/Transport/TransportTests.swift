import PiAI
import PiSystem
import PiTesting
import Testing

/// Answers over real sockets, whole and broken.
@Suite(.timeLimit(.minutes(10))) struct TransportTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let script: [Peer.Step]
        let told: String
        var testDescription: String { name }
    }

    private static let zipped: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 29, 204, 49, 10, 132, 48, 16, 5, 208, 62, 167, 144, 95, 91,
        88, 79, 237, 182, 235, 1, 36, 72, 112, 102, 113, 96, 153, 4, 51, 133, 40, 185, 251, 134,
        173,
        31, 60, 78, 158, 104, 120, 176, 31, 89, 119, 169, 160, 245, 129, 26, 203, 5, 154, 70, 176,
        124, 61, 129, 58, 103, 115, 49, 7, 225, 214, 82, 132, 209, 70, 124, 212, 180, 30, 219, 41,
        169, 102, 235, 82, 61, 23, 180, 216, 66, 224, 127, 186, 206, 203, 251, 21, 67, 248, 1, 123,
        162, 100, 53, 99, 0, 0, 0,
    ]

    private static let drip = Array(
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"slow\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
            .utf8
    ).flatMap { [Peer.Step.send([$0]), .wait(.milliseconds(1))] }

    private static func refusal(
        _ status: String, _ body: String, _ type: String = "application/json"
    ) -> [Peer.Step] {
        [
            .read, .head(status, "content-type: \(type)", "content-length: \(body.utf8.count)"),
            .send(body),
        ]
    }

    static let cases: [Case] = [
        Case(
            name: "plain", script: [.read, .stream, .chunk("a"), .chunk("b", finish: true)],
            told: "ab"),
        Case(
            name: "gzip",
            script: [
                .read, .head("200 OK", "content-type: text/event-stream", "content-encoding: gzip"),
                .send(zipped),
            ], told: "zipped"),
        Case(name: "a byte at a time", script: [.read, .stream] + drip, told: "slow"),
        Case(
            name: "an answer of 100 first",
            script: [
                .read, .send("HTTP/1.1 100 Continue\r\n\r\n"), .stream, .chunk("a", finish: true),
            ], told: "a"),
        Case(
            name: "no type", script: [.read, .head("200 OK"), .chunk("a", finish: true)], told: "a"),
        Case(
            name: "no stream, though asked",
            script: [
                .read, .head("200 OK", "content-type: application/json"),
                .send(
                    #"{"choices":[{"index":0,"message":{"role":"assistant","content":"whole"},"finish_reason":"stop"}]}"#
                ),
            ], told: "whole"),
        Case(
            name: "something else in JSON",
            script: [
                .read, .head("200 OK", "content-type: application/json"), .send(#"{"hello":1}"#),
            ], told: "!interrupted"),
        Case(
            name: "a page",
            script: [.read, .head("200 OK", "content-type: text/html"), .send("<html>hi</html>")],
            told: "!protocol"),
        Case(name: "closed before anything", script: [.read], told: "!network"),
        Case(name: "reset before the request was read", script: [], told: "!network"),
        Case(name: "no HTTP", script: [.read, .send("SSH-2.0-OpenSSH\r\n")], told: "!protocol"),
        Case(
            name: "cut in the head", script: [.read, .send("HTTP/1.1 200 OK\r\ncontent-ty")],
            told: "!network"),
        Case(name: "cut after the head", script: [.read, .stream], told: "!interrupted"),
        Case(
            name: "cut in the middle",
            script: [.read, .stream, .chunk("a"), .send("data: {\"choi")], told: "a!interrupted"),
        Case(
            name: "less than was promised",
            script: [
                .read, .head("200 OK", "content-type: text/event-stream", "content-length: 5000"),
                .chunk("a"),
            ], told: "a!interrupted"),
        Case(
            name: "a chunk cut",
            script: [
                .read,
                .send(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\nff\r\ndata: "
                ),
            ], told: "!network"),
        Case(
            name: "nonsense for a chunk",
            script: [.read, .send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n")],
            told: "!network"),
        Case(
            name: "another place",
            script: [
                .read, .head("307 Temporary Redirect", "location: http://127.0.0.1:1/"),
                .send("gone"),
            ], told: "!protocol"),
        Case(
            name: "a head without an end",
            script: [
                .read, .send("HTTP/1.1 200 OK\r\n"),
                .flood(Array("x-a: \(String(repeating: "a", count: 4096))\r\n".utf8), 64 << 20),
            ], told: "!protocol"),
        Case(
            name: "401",
            script: refusal(
                "401 Unauthorized",
                #"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}}"#
            ), told: "!authentication"),
        Case(name: "403", script: refusal("403 Forbidden", "{}"), told: "!authentication"),
        Case(
            name: "402",
            script: refusal(
                "402 Payment Required", #"{"error":{"message":"Insufficient Balance"}}"#),
            told: "!quota"),
        Case(
            name: "404 of a model",
            script: refusal(
                "404 Not Found",
                #"{"error":{"message":"The model `m` does not exist","code":"model_not_found"}}"#),
            told: "!unknown-model"),
        Case(
            name: "404 of a path", script: refusal("404 Not Found", "<html>no</html>", "text/html"),
            told: "!invalid-request"),
        Case(
            name: "400", script: refusal("400 Bad Request", #"{"error":{"message":"bad"}}"#),
            told: "!invalid-request"),
        Case(
            name: "400, too long",
            script: refusal(
                "400 Bad Request",
                #"{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens."}}"#
            ), told: "!context-overflow"),
        Case(
            name: "400 without a word",
            script: [.read, .head("400 Bad Request", "content-length: 0")],
            told: "!context-overflow"),
        Case(
            name: "413", script: refusal("413 Payload Too Large", "too big", "text/plain"),
            told: "!context-overflow"),
        Case(
            name: "422 with details",
            script: refusal("422 Unprocessable Entity", #"{"detail":[{"msg":"field required"}]}"#),
            told: "!invalid-request"),
        Case(
            name: "429",
            script: refusal(
                "429 Too Many Requests", #"{"error":{"message":"Rate limit reached"}}"#),
            told: "!rate-limit"),
        Case(
            name: "429 for the account",
            script: refusal(
                "429 Too Many Requests",
                #"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}"#
            ), told: "!quota"),
        Case(
            name: "429 for tokens a minute",
            script: refusal(
                "429 Too Many Requests",
                #"{"error":{"message":"Request too large for gpt: too many tokens per minute (TPM)","type":"tokens"}}"#
            ), told: "!rate-limit"),
        Case(name: "500", script: refusal("500 Internal Server Error", "oh"), told: "!overloaded"),
        Case(
            name: "502 as a page",
            script: refusal("502 Bad Gateway", "<html>nginx</html>", "text/html"),
            told: "!overloaded"),
        Case(name: "504", script: refusal("504 Gateway Timeout", ""), told: "!time-out"),
        Case(
            name: "529",
            script: refusal(
                "529 Overloaded",
                #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#),
            told: "!overloaded"),
        Case(
            name: "an error larger than any",
            script: [
                .read, .head("500 Internal Server Error"),
                .flood([UInt8](repeating: 0x61, count: 65536), 64 << 20),
            ], told: "!overloaded"),
    ]

    @Test(arguments: cases)
    func `an answer is what came, or the reason why not`(what: Case) async throws {
        try await Peer.with([what.script]) { _, address in
            let events = try await Question.events(Question.to(address))
            #expect(Question.told(events) == what.told, "\(String(describing: events.last))")
            var order = EventOrder()
            for event in events { #expect(order.check(event) == nil) }
        }
    }

    @Test func `nobody there is a network that fails`() async throws {
        let events = try await Question.events(Question.to("http://127.0.0.1:1"))
        #expect(Question.told(events) == "!network")
    }

    @Test(arguments: ["ftp://x", "http://", "example.org", "http://a:b@example.org", "http://a b"])
    func `what is no address of a server is refused`(address: String) async throws {
        #expect(
            Question.told(try await Question.events(Question.to(address))) == "!invalid-request")
    }

    /// Of a server that does not stream, though it was asked to.
    @Test func `a whole response is an answer, and a whole message is not`() async throws {
        let response =
            #"{"object":"response","id":"r","status":"completed","output":[{"type":"message","id":"m","content":[{"type":"output_text","text":"whole"}]}]}"#
        let message =
            #"{"type":"message","id":"m","content":[{"type":"text","text":"whole"}],"stop_reason":"end_turn"}"#
        for (api, body, told) in [
            (API.openAIResponses, response, "whole"), (.anthropicMessages, message, "!protocol"),
        ] {
            try await Peer.with([
                [.read, .head("200 OK", "content-type: application/json"), .send(body)]
            ]) { peer, address in
                let events = try await Question.events(
                    Question.to(address, api), retries: Question.soon)
                #expect(Question.told(events) == told)
                #expect(peer.requests.count == 1)
            }
        }
    }

    @Test func `an answer that nobody reads any more ends`() async throws {
        try await Peer.with([[.read, .stream, .chunk("a"), .untilGone]]) { peer, address in
            try await HTTPClient.with { http in
                let client = ModelClient(http, retries: .none, limits: .usual)
                for await event in client.stream(Question.to(address), key: nil) {
                    if case .partDelta = event { break }
                }
                while peer.gone == 0 { try await Task.sleep(for: .milliseconds(5)) }
            }
        }
    }

    /// What is sent to a client that has ended goes nowhere, and wakes nobody.
    @Test func `a client can end at any moment`() async throws {
        try await Peer.with([[.read, .stream, .chunk("a"), .untilGone]]) { _, address in
            for round in 0..<40 {
                let left = try await HTTPClient.with { http in
                    let client = ModelClient(http, retries: .none, limits: .usual)
                    let asking = Task {
                        await client.stream(Question.to(address), key: nil).reduce(into: 0) {
                            sum, _ in sum += 1
                        }
                    }
                    if round % 2 == 0 { asking.cancel() }
                    try await Task.sleep(for: .milliseconds(round % 7))
                    return asking
                }
                left.cancel()
                _ = await left.value
            }
        }
    }

    // MARK: - Time

    struct Wait: Sendable, CustomTestStringConvertible {
        let name: String
        let script: [Peer.Step]
        let limits: TransportLimits
        let told: String
        var testDescription: String { name }
    }

    private static let long = Duration.seconds(500)
    static let waits: [Wait] = [
        Wait(
            name: "no answer", script: [.read, .untilGone],
            limits: .init(connect: long, firstByte: .milliseconds(200), idle: long, total: long),
            told: "!time-out"),
        Wait(
            name: "no more of it", script: [.read, .stream, .chunk("a"), .untilGone],
            limits: .init(connect: long, firstByte: long, idle: .milliseconds(300), total: long),
            told: "a!time-out"),
        Wait(
            name: "no end of it",
            script: [.read, .stream]
                + (0..<2000).flatMap { _ in [Peer.Step.chunk("a"), .wait(.milliseconds(20))] },
            limits: .init(connect: long, firstByte: long, idle: long, total: .milliseconds(500)),
            told: "!time-out"),
    ]

    @Test(arguments: waits)
    func `whoever takes too long is not waited for`(what: Wait) async throws {
        try await Peer.with([what.script]) { _, address in
            let events = try await Question.events(Question.to(address), limits: what.limits)
            let told = Question.told(events)
            #expect(told == what.told || told.drop { $0 == "a" } == what.told, "\(told)")
        }
    }

    @Test(arguments: [[Peer.Step.read, .untilGone], [.read, .stream, .chunk("a"), .untilGone]])
    func `cancelled, a request ends and its socket with it`(script: [Peer.Step]) async throws {
        try await Peer.with([script]) { peer, address in
            try await HTTPClient.with { http in
                let client = ModelClient(http, retries: Question.soon, limits: .usual)
                let asking = Task {
                    var events: [AnswerEvent] = []
                    for await event in client.stream(Question.to(address), key: nil) {
                        events.append(event)
                    }
                    return events
                }
                while peer.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
                try await Task.sleep(for: .milliseconds(30))
                asking.cancel()
                #expect(Question.told(await asking.value).hasSuffix("!cancelled"))
                while peer.gone == 0 { try await Task.sleep(for: .milliseconds(5)) }
                #expect(peer.connections == 1)
            }
        }
    }

    // MARK: - Many, and much

    @Test func `64 at once are served by one thread`() async throws {
        let script: [Peer.Step] =
            [.read, .stream]
            + (0..<20).flatMap { _ in [Peer.Step.chunk("x"), .wait(.milliseconds(2))] } + [
                .chunk("", finish: true)
            ]
        try await Peer.with([script]) { _, address in
            try await HTTPClient.with { http in
                let client = ModelClient(http, retries: .none, limits: .usual)
                try await withThrowingTaskGroup(of: String.self) { group in
                    for _ in 0..<64 {
                        group.addTask {
                            try await client.complete(Question.to(address), key: nil).text
                        }
                    }
                    for try await text in group {
                        #expect(text == String(repeating: "x", count: 20))
                    }
                }
            }
        }
    }

    @Test func `a flood of events comes whole and in order`() async throws {
        let chunks = (0..<10_000).map {
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\($0) \"},\"finish_reason\":null}]}\n\n"
        }
        let flood = Array(chunks.joined().utf8)
        try await Peer.with([[.read, .stream, .send(flood), .chunk("", finish: true)]]) {
            _, address in
            let events = try await Question.events(Question.to(address))
            #expect(Question.told(events) == (0..<10_000).map { "\($0) " }.joined())
            #expect(events.count == 10_004)
        }
    }

    @Test func `a slow reader slows the socket, not the memory`() async throws {
        let piece = Array(
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(String(repeating: "x", count: 60_000))\"},\"finish_reason\":null}]}\n\n"
                .utf8)
        try await Peer.with([[.read, .stream, .flood(piece, 256 << 20)]]) { peer, address in
            try await HTTPClient.with { http in
                let client = ModelClient(http, retries: .none, limits: .usual)
                var events = client.stream(Question.to(address), key: nil).makeAsyncIterator()
                _ = await events.next()
                _ = await events.next()
                // It stops once the buffers of both sides are full: when nothing more goes, it has.
                var before = -1
                while peer.flooded != before {
                    before = peer.flooded
                    try await Task.sleep(for: .milliseconds(200))
                }
                #expect(peer.flooded < 32 << 20)
                // And goes on when somebody reads.
                for _ in 0..<400 { _ = await events.next() }
                #expect(peer.flooded > 16 << 20)
            }
        }
    }
}
