import PiAI
import PiTesting
import Synchronization
import Testing

/// What is asked again, when, and what is not.
@Suite(.timeLimit(.minutes(10))) struct RetryTests {
    private static func refusal(_ status: String, _ headers: String..., body: String = "{}")
        -> [Peer.Step]
    {
        [
            .read,
            .send(
                "HTTP/1.1 \(status)\r\n" + headers.map { "\($0)\r\n" }.joined()
                    + "content-type: application/json\r\ncontent-length: \(body.utf8.count)\r\nconnection: close\r\n\r\n\(body)"
            ),
        ]
    }

    private static let answer: [Peer.Step] = [.read, .stream, .chunk("a", finish: true)]

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let scripts: [[Peer.Step]]
        let told: String
        let asked: Int
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "429, then well", scripts: [refusal("429 Too Many Requests"), answer], told: "a",
            asked: 2),
        Case(
            name: "529 twice, then well",
            scripts: [refusal("529 Overloaded"), refusal("529 Overloaded"), answer], told: "a",
            asked: 3),
        Case(name: "always 500", scripts: [refusal("500 Oh")], told: "!overloaded", asked: 3),
        Case(name: "closed, then well", scripts: [[.read], answer], told: "a", asked: 2),
        Case(
            name: "cut before a word, then well", scripts: [[.read, .stream], answer], told: "a",
            asked: 2),
        Case(
            name: "cut after a word", scripts: [[.read, .stream, .chunk("a")], answer],
            told: "a!interrupted", asked: 1),
        Case(
            name: "a key that is refused is sent once", scripts: [refusal("401 Unauthorized")],
            told: "!authentication", asked: 1),
        Case(
            name: "an empty account is not asked again",
            scripts: [
                refusal("429 Too Many Requests", body: #"{"error":{"code":"insufficient_quota"}}"#)
            ], told: "!quota", asked: 1),
        Case(
            name: "400", scripts: [refusal("400 Bad Request")], told: "!invalid-request", asked: 1),
        Case(
            name: "the server says no", scripts: [refusal("500 Oh", "x-should-retry: false")],
            told: "!overloaded", asked: 1),
        Case(
            name: "the server says yes",
            scripts: [refusal("400 Bad Request", "x-should-retry: true"), answer], told: "a",
            asked: 2),
        Case(name: "a conflict", scripts: [refusal("409 Conflict"), answer], told: "a", asked: 2),
        Case(
            name: "in milliseconds",
            scripts: [
                refusal("429 Too Many Requests", "retry-after-ms: 30", "retry-after: 9999"), answer,
            ], told: "a", asked: 2),
        Case(
            name: "in seconds",
            scripts: [refusal("429 Too Many Requests", "retry-after: 0.05"), answer], told: "a",
            asked: 2),
        Case(
            name: "at a date that has passed",
            scripts: [
                refusal("429 Too Many Requests", "retry-after: Sun, 06 Nov 1994 08:49:37 GMT"),
                answer,
            ], told: "a", asked: 2),
        Case(
            name: "a wait that is too long is told, not slept",
            scripts: [refusal("429 Too Many Requests", "retry-after: 3600")], told: "!rate-limit",
            asked: 1),
        Case(
            name: "until a date that nobody waits for",
            scripts: [
                refusal("429 Too Many Requests", "retry-after: Wed, 21 Oct 2099 07:28:00 GMT")
            ], told: "!rate-limit", asked: 1),
        Case(
            name: "nonsense for a wait",
            scripts: [refusal("429 Too Many Requests", "retry-after: soon"), answer], told: "a",
            asked: 2),
        Case(
            name: "below zero",
            scripts: [refusal("429 Too Many Requests", "retry-after: -5"), answer], told: "a",
            asked: 2),
    ]

    @Test(arguments: cases)
    func `what passes is asked again, and nothing else`(what: Case) async throws {
        try await Peer.with(what.scripts) { peer, address in
            let told = Mutex(0)
            let events = try await Question.events(
                Question.to(address), retries: Question.soon,
                retrying: { _, _, _ in told.withLock { $0 += 1 } })
            #expect(Question.told(events) == what.told)
            #expect(told.withLock(\.self) == what.asked - 1)
            #expect(peer.requests.count == what.asked)
            #expect(Set(peer.requests.map { $0.split(separator: "\r\n\r\n").last }).count == 1)
        }
    }

    @Test func `the time that a provider names is in the error`() async throws {
        try await Peer.with([Self.refusal("429 Too Many Requests", "retry-after: 3600")]) {
            _, address in
            let events = try await Question.events(Question.to(address))
            guard case .failed(let error, _)? = events.last else { return #expect(Bool(false)) }
            #expect(error.retryAfter == .seconds(3600))
            #expect(error.advice == "try again in 3600 s")
        }
    }

    /// Never sooner than asked, never longer than the plan, spread over all of it.
    @Test func `pauses are drawn from all of their room`() throws {
        var random = try Seeded.fresh(for: "pauses")
        let plan = RetryPlan(
            attempts: 10, firstPause: .seconds(1), longestPause: .seconds(30),
            longestAdvised: .seconds(60), total: .seconds(100))
        for made in 1..<10 {
            let room = min(30.0, Double(1 << (made - 1)))
            var sum = 0.0
            for _ in 0..<2000 {
                let error = ModelError(.overloaded, "")
                let chance = Double.random(in: 0..<1, using: &random)
                let pause = try #require(
                    plan.pause(after: error, made: made, passed: .zero, chance: chance))
                #expect(pause >= .zero && pause <= .seconds(room))
                sum += pause / .seconds(1)
            }
            #expect(abs(sum / 2000 - room / 2) < room / 10)
        }
        #expect(
            plan.pause(after: ModelError(.overloaded, ""), made: 10, passed: .zero, chance: 0)
                == nil)
        #expect(
            plan.pause(
                after: ModelError(.overloaded, ""), made: 1, passed: .seconds(101), chance: 0)
                == nil)
        let advised = ModelError(.rateLimit, "", retryAfter: .seconds(7))
        #expect(
            try #require(plan.pause(after: advised, made: 1, passed: .zero, chance: 0))
                >= .seconds(7))
    }
}
