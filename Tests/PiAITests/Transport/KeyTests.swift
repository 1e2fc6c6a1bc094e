import PiAI
import PiJSON
import PiSystem
import PiTesting
import Testing

/// Where a key goes, and where it does not.
@Suite(.timeLimit(.minutes(10))) struct KeyTests {
    private static let key = "sk-canary/+\"0123456789abcdefXYZ"

    @Test(arguments: [
        (API.openAICompletions, "authorization: bearer \(key)"),
        (.openAIResponses, "authorization: bearer \(key)"),
        (.anthropicMessages, "x-api-key: \(key)"),
        (.googleGenerativeAI, "x-goog-api-key: \(key)"),
    ])
    func `it stands in one line of the head`(api: API, line: String) async throws {
        try await Peer.with([[.read, .head("500 Oh")]]) { peer, address in
            _ = try await Question.events(Question.to(address, api), key: Self.key)
            let request = try #require(peer.requests.first)
            let head = request.split(separator: "\r\n\r\n")[0].split(separator: "\r\n")
            #expect(head.filter { $0.lowercased() == line.lowercased() }.count == 1)
            #expect(request.ranges(of: Self.key).count == 1)
        }
    }

    @Test func `a token of Google's goes where tokens go`() async throws {
        try await Peer.with([[.read, .head("500 Oh")]]) { peer, address in
            _ = try await Question.events(
                Question.to(address, .googleGenerativeAI), key: "ya29.canary")
            let request = try #require(peer.requests.first).lowercased()
            #expect(request.contains("authorization: bearer ya29.canary\r\n"))
            #expect(!request.contains("x-goog-api-key"))
        }
    }

    @Test func `without one there is no line for it`() async throws {
        try await Peer.with([[.read, .head("500 Oh")]]) { peer, address in
            _ = try await Question.events(Question.to(address))
            #expect(peer.requests.first?.lowercased().contains("authorization") == false)
        }
    }

    @Test func `it is not sent in the clear to another machine`() async throws {
        for address in ["http://example.org", "http://127.0.0.1.example.org", "http://128.0.0.1"] {
            let events = try await Question.events(Question.to(address), key: Self.key)
            guard case .failed(let error, _)? = events.last else { return #expect(Bool(false)) }
            #expect(error.kind == .invalidRequest && error.message.contains("in the clear"))
        }
    }

    /// A server that throws back what it was given, in every way it could.
    @Test(arguments: [
        key, Self.encoded("x\(key)"), Self.encoded("xy\(key)z"), Self.encoded(key),
        key.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
        key.replacing("/", with: "%2F").replacing("+", with: "%2B").replacing("\"", with: "%22"),
        #"sk-canary\/+\"0123456789abcdefXYZ"#,
    ])
    func `no error shows it`(echoed: String) async throws {
        for body in [
            "{\"error\":{\"message\":\"bad key \(echoed.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")) given\"}}",
            "bad key \(echoed) given",
        ] {
            try await Peer.with([
                [
                    .read, .head("401 Unauthorized", "content-length: \(body.utf8.count)"),
                    .send(body),
                ]
            ]) { _, address in
                let events = try await Question.events(Question.to(address), key: Self.key)
                guard case .failed(let error, let message)? = events.last else {
                    return #expect(Bool(false))
                }
                #expect(error.message.contains("bad key"))
                for text in ["\(error)", error.message, message.errorMessage ?? "", "\(events)"] {
                    #expect(!text.contains("0123456789abcdef"), "\(text)")
                    #expect(!text.contains(echoed.dropFirst(6).dropLast(6)), "\(text)")
                }
            }
        }
    }

    private static func encoded(_ text: String) -> String {
        String(decoding: Base64.encode(Array(text.utf8), .standard), as: UTF8.self)
    }

    @Test func `a secret shows nothing of itself`() {
        var bytes = Array(Self.key.utf8)
        let secret = Secret(taking: &bytes)
        #expect(bytes.isEmpty)
        #expect("\(secret)" == "(a secret)")
        #expect(String(reflecting: secret).contains("canary") == false)
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("canary"))
    }

    @Test func `a header is one line`() {
        #expect(HTTPHeader(name: "x-a", value: "b\r\nx-c: d") == nil)
        #expect(HTTPHeader(name: "x a", value: "b") == nil)
        #expect(HTTPHeader(name: "x-a\n", value: "b") == nil)
        #expect(HTTPHeader(name: "", value: "b") == nil)
        #expect(HTTPHeader(name: "x-a", value: "b") != nil)
    }
}
