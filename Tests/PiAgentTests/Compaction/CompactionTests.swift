import PiAI
import PiAgent
import PiJSON
import PiTesting
import Testing

@testable import PiAgent

@Suite struct CompactionTests {
    private static func context(_ messages: [Message]) -> Session.Context {
        Session.Context(messages: messages, ids: messages.indices.map { "e\($0)" })
    }

    private static func long(_ tokens: Int) -> String { String(repeating: "abcd", count: tokens) }

    private static func result(_ id: String, _ text: String) -> Message {
        .toolResult(
            ToolResultMessage(
                callID: id, toolName: "read", content: [.text(text)], isError: false, timestamp: 1))
    }

    @Test func `what stays is no more than it may be, and begins with no result`() throws {
        let messages = [
            Made.user(Self.long(100)),
            .assistant(Made.answer(calls: [Made.call("a", "read", "x")])),
            Self.result("a", Self.long(500)),
            .assistant(Made.answer(Self.long(200))), Made.user(Self.long(50)),
        ]
        let plan = try #require(CompactionPlan(Self.context(messages), keeping: 300))
        #expect(plan.firstKept == "e3")
        #expect(plan.summarized.count == 3)
        // The result alone would fit, without its call it can't stand.
        let larger = try #require(CompactionPlan(Self.context(messages), keeping: 752))
        #expect(larger.firstKept == "e3")
        #expect(CompactionPlan(Self.context(messages), keeping: 10_000) == nil)
        // The last stays, however long it is.
        let least = try #require(CompactionPlan(Self.context(messages), keeping: 1))
        #expect(least.firstKept == "e4")
    }

    @Test
    func `results that are larger than all that may stay keep the answer that asked for them`()
        throws
    {
        let calls = [Made.call("a", "read", "x"), Made.call("b", "read", "y")]
        let messages = [
            Made.user(Self.long(500)), .assistant(Made.answer(Self.long(100))), Made.user("go"),
            .assistant(Made.answer(calls: calls)), Self.result("a", Self.long(900)),
            Self.result("b", Self.long(900)),
        ]
        let plan = try #require(CompactionPlan(Self.context(messages), keeping: 300))
        #expect(plan.firstKept == "e3")
    }

    @Test func `what stays is as much as the model counts, not as its bytes say`() throws {
        let messages = (0..<10).map { _ in Made.user(Self.long(100)) }
        let guessed = try #require(CompactionPlan(Self.context(messages), keeping: 400))
        #expect(guessed.firstKept == "e6")
        let counted = try #require(
            CompactionPlan(Self.context(messages), keeping: 400, counted: 2_000))
        #expect(counted.firstKept == "e8")
        // One that counts less has room for more, but nobody has to use it.
        let less = try #require(CompactionPlan(Self.context(messages), keeping: 400, counted: 10))
        #expect(less.firstKept == "e6")
    }

    @Test func `a summary alone is not summed up again`() {
        let summary = Made.user(SessionContext.summaryIntroduction + Self.long(400))
        #expect(
            CompactionPlan(Self.context([summary, Made.user(Self.long(400))]), keeping: 300) == nil)
    }

    @Test func `for any conversation what stays and what goes is all of it`() throws {
        var random = try Seeded.fresh(for: "compaction")
        for _ in 0..<500 {
            var messages: [Message] = []
            for number in 0..<Int.random(in: 0..<30, using: &random) {
                let size = Int.random(in: 0..<300, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: messages.append(Made.user(Self.long(size)))
                case 1: messages.append(.assistant(Made.answer(Self.long(size))))
                default:
                    let call = Made.call("\(number)", "read", "x")
                    messages.append(.assistant(Made.answer(calls: [call])))
                    messages.append(Self.result("\(number)", Self.long(size)))
                }
            }
            let keep = Int.random(in: 1..<1_000, using: &random)
            guard let plan = CompactionPlan(Self.context(messages), keeping: keep) else { continue }
            let cut = plan.summarized.count
            #expect(plan.firstKept == "e\(cut)")
            #expect(plan.summarized == Array(messages[..<cut]))
            if case .toolResult = messages[cut] { Issue.record("begins with a result") }
            let kept = messages[cut...].reduce(0) { $0 + $1.approximateTokens }
            let isNeeded = messages[(cut + 1)...].allSatisfy {
                if case .toolResult = $0 { true } else { false }
            }
            #expect(kept <= keep || isNeeded)
        }
    }

    /// Two bytes a token is as dense as what people write gets.
    @Test(arguments: [4_096, 8_192, 16_384, 32_768, 128_000])
    func `a request for a summary and its answer fit into the window`(window: Int) throws {
        var model = Model(name: Made.model, baseURL: "http://127.0.0.1")
        model.contextWindow = window
        let earlier = Made.user(SessionContext.summaryIntroduction + "## Goal\nto go on")
        let messages = [earlier] + (0..<400).map { Made.user("message \($0) \(Self.long(300))") }
        let plan = try #require(CompactionPlan(Self.context(messages), keeping: 500))
        let summary = Summary(plan, by: model, window: window, for: window, CompactionSettings())
        #expect(summary.earlier == "## Goal\nto go on")
        var said = summary.earlier
        for number in 0..<summary.requests() {
            let request = summary.request(number, after: said, at: 1)
            let most = try #require(request.options.maxTokens)
            guard case .user(let user) = request.messages[0] else { throw NoQuestion() }
            let text = user.content.joinedText
            #expect(text.contains("Bring the summary up to date"))
            let bytes = text.utf8.count + (request.systemPrompt ?? "").utf8.count
            #expect(bytes / 2 + most <= window, "piece \(number)")
            said = String(repeating: "ab", count: most)
        }
    }

    private struct NoQuestion: Error {}

    @Test func `a summary by a large model has room in the window of a small one`() throws {
        let model = Model(name: Made.model, baseURL: "http://127.0.0.1")
        let messages = (0..<40).map { Made.user("message \($0) \(Self.long(300))") }
        let plan = try #require(CompactionPlan(Self.context(messages), keeping: 500))
        func most(_ own: Int, _ asked: Int) -> Int? {
            Summary(plan, by: model, window: own, for: asked, CompactionSettings())
                .request(0, after: nil, at: 1).options.maxTokens
        }
        #expect(most(200_000, 16_000) == 4_000)
        #expect(most(16_000, 200_000) == 4_000)
        #expect(most(200_000, 200_000) == 13_107)
    }

    @Test func `of a long result its beginning and its end are summed up, each of whole letters`()
        throws
    {
        let text = "begin " + String(repeating: "é", count: 3_000) + " 2 tests failed"
        let messages = [
            Made.user("go"), .assistant(Made.answer(calls: [Made.call("a", "read", "x")])),
            Self.result("a", text), Made.user(Self.long(400)), Made.user(Self.long(400)),
        ]
        let plan = try #require(CompactionPlan(Self.context(messages), keeping: 500))
        let model = Model(name: Made.model, baseURL: "http://127.0.0.1")
        let summary = Summary(plan, by: model, window: nil, for: nil, CompactionSettings())
        guard case .user(let user) = summary.request(0, after: nil, at: 1).messages[0] else {
            throw NoQuestion()
        }
        let told = user.content.joinedText
        #expect(told.contains("begin é") && told.contains("é 2 tests failed"))
        #expect(told.contains("bytes left out") && !told.contains("\u{FFFD}"))
        #expect(told.utf8.count < 5_000)
    }

    @Test func `a request for a summary is bounded, and loses no message`() {
        var model = Model(name: Made.model, baseURL: "http://127.0.0.1")
        model.contextWindow = 40_000
        let messages = (0..<60).map { Made.user("message \($0) \(Self.long(1_000))") }
        let plan = CompactionPlan(Self.context(messages), keeping: 500)!
        let summary = Summary(
            plan, by: model, window: model.contextWindow, for: model.contextWindow,
            CompactionSettings())
        #expect(summary.requests() > 1)
        var said = ""
        for number in 0..<summary.requests() {
            let request = summary.request(number, after: number == 0 ? nil : "so far", at: 1)
            #expect(TokenEstimate(request).tokens < 40_000 - 13_000)
            guard case .user(let user) = request.messages[0] else { continue }
            said += user.content.joinedText
            #expect(user.content.joinedText.contains("so far") == (number > 0))
        }
        for number in 0..<59 { #expect(said.contains("message \(number) ")) }
    }

    @Test func `what one entry says together is never cut in two`() throws {
        let messages = [Made.user("s")] + (0..<4).map { _ in Made.user(Self.long(100)) }
        let context = Session.Context(messages: messages, ids: ["c", "c", "c", "e3", "e4"])
        #expect(CompactionPlan(context, keeping: 250)?.firstKept == "e3")
        #expect(CompactionPlan(context, keeping: 350)?.firstKept == "e3")
        let alone = Session.Context(messages: messages, ids: ["c", "c", "c", "c", "c"])
        #expect(CompactionPlan(alone, keeping: 150) == nil)
    }

    @Test func `a summary of a summary still names the files of both`() {
        let first = TouchedFiles(in: [
            .assistant(
                Made.answer(calls: [
                    Made.call("a", "read", "one"), Made.call("b", "write", "two"),
                    Made.call("c", "read", "odd\n</read-files>"),
                ]))
        ])
        let second = TouchedFiles(in: [
            Made.user(SessionContext.summaryIntroduction + "All is well." + first.text),
            // What anybody else says is no list.
            Made.user("<read-files>\nlie\n</read-files>"),
            .assistant(
                Made.answer(calls: [
                    Made.call("a", "write", "one"), Made.call("b", "read", "three"),
                ])),
        ])
        #expect(second.changed == ["two", "one"])
        #expect(second.read == [#"odd\n</read-files>"#, "three"])
    }

    @Test func `lists of files stay short, however long one is that a session brings`() {
        let many = (0..<200_000).map { "f\($0)" }.joined(separator: "\n")
        let files = TouchedFiles(in: [
            Made.user(
                SessionContext.summaryIntroduction
                    + "x\n\n<read-files>\n\(many)\n</read-files>"),
            .assistant(Made.answer(calls: (0..<100).map { Made.call("\($0)", "read", "g\($0)") })),
        ])
        #expect(files.text.hasSuffix("g99\n</read-files>"))
        #expect(files.text.split(separator: "\n").count == 63)
        let next = TouchedFiles(in: [
            Made.user(SessionContext.summaryIntroduction + "x" + files.text)
        ])
        #expect(next.text == files.text)
        #expect(files.text.contains("(200040 older ones are not named)"))
        // A name is a name, whatever it looks like.
        let odd = ["(9223372036854775807) a", "(2024) report.pdf", "(3 older ones are not named)"]
        let named = TouchedFiles(in: [
            .assistant(Made.answer(calls: odd.map { Made.call($0, "read", $0) }))
        ])
        let again = TouchedFiles(in: [
            Made.user(SessionContext.summaryIntroduction + "x" + named.text)
        ])
        #expect(again.read == odd)
    }

    @Test func `files that were read and changed are kept by their names`() {
        let messages: [Message] = [
            .assistant(
                Made.answer(calls: [
                    Made.call("a", "read", "one"), Made.call("b", "write", "two"),
                    Made.call("c", "read", "two"), Made.call("d", "read", "one"),
                ]))
        ]
        #expect(
            TouchedFiles(in: messages).text
                == "\n\n<read-files>\none\n</read-files>\n\n<modified-files>\ntwo\n</modified-files>"
        )
    }
}
