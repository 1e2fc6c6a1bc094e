import PiAI
import PiJSON
import Testing

@Suite struct EstimateTests {
    private static let name = ModelName(api: .openAICompletions, provider: "test", model: "m")

    private static func request(_ messages: [Message], tools: [ToolDeclaration] = [])
        -> ModelRequest
    {
        ModelRequest(
            model: Model(name: name, baseURL: "http://127.0.0.1"), messages: messages, tools: tools)
    }

    private static func user(_ bytes: Int) -> Message {
        .user(UserMessage([.text(String(repeating: "x", count: bytes))], timestamp: 0))
    }

    private static func answer(
        _ bytes: Int, _ total: Int, of source: ModelName = name, _ stop: StopReason = .stop
    ) -> Message {
        .assistant(
            AssistantMessage(
                content: [.text(TextPart(String(repeating: "x", count: bytes)))],
                source: AnswerOrigin(source),
                usage: Usage(input: total), stopReason: stop, timestamp: 0))
    }

    @Test func `what was counted is known, and what came since is measured by it`() {
        let plain = TokenEstimate(Self.request([Self.user(4_000)]))
        #expect(!plain.isCalibrated)
        #expect((1_000...1_010).contains(plain.tokens))
        // 4,000 bytes were found to be 2,000 tokens: so 2,000 more are 1,000.
        let calibrated = TokenEstimate(
            Self.request([Self.user(2_000), Self.answer(2_000, 2_008), Self.user(2_000)]))
        #expect(calibrated.isCalibrated)
        #expect((3_000...3_030).contains(calibrated.tokens))
    }

    @Test func `neither another model's count nor that of half an answer says anything`() {
        let other = ModelName(api: .openAICompletions, provider: "test", model: "other")
        for message in [
            Self.answer(400, 9_999, of: other), Self.answer(400, 9_999, .aborted),
            Self.answer(400, 0),
        ] {
            let estimate = TokenEstimate(Self.request([Self.user(400), message, Self.user(400)]))
            #expect(!estimate.isCalibrated)
            #expect((300...320).contains(estimate.tokens))
        }
    }

    @Test func `a count of what is not told any more says nothing`() {
        let request = Self.request([Self.user(400), Self.answer(400, 9_999), Self.user(400)])
        let weight = ConversationWeight(request.messages)
        func estimate(counted: Int) -> TokenEstimate {
            TokenEstimate(request, conversation: weight, head: .ofHead(nil, []), counted: counted)
        }
        #expect(estimate(counted: 1).tokens > 9_999)
        #expect(!estimate(counted: 2).isCalibrated && estimate(counted: 2).tokens < 400)
        #expect(!estimate(counted: 3).isCalibrated)
    }

    @Test func `what was thought in secret is not sent again`() {
        func estimate(_ content: [AnswerPart]) -> Int {
            var usage = Usage(input: 6_000)
            usage.output = 11_000
            usage.reasoning = 10_900
            let answer = AssistantMessage(
                content: content, source: AnswerOrigin(Self.name), usage: usage, stopReason: .stop,
                timestamp: 0)
            return TokenEstimate(Self.request([Self.user(20_000), .assistant(answer)])).tokens
        }
        let text = AnswerPart.text(TextPart("yes"))
        #expect((6_000...6_200).contains(estimate([text])))
        #expect(estimate([.thinking(ThinkingPart("so", signature: "s")), text]) >= 17_000)
    }

    @Test func `a lying count does not make it absurd`() {
        let few = TokenEstimate(
            Self.request([Self.user(80_000), Self.answer(8, 1), Self.user(8_000)]))
        #expect(few.tokens >= 1_000)
        let many = TokenEstimate(
            Self.request([Self.user(800), Self.answer(8, 1 << 40), Self.user(8_000)]))
        #expect(many.tokens - (1 << 40) <= 8_000)
    }

    @Test func `pictures and tools count`() {
        let picture = InputPart.image(ImagePart(data: "QUJD", mimeType: "image/png"))
        let seen = TokenEstimate(Self.request([.user(UserMessage([picture], timestamp: 0))]))
        #expect(seen.tokens > 1_000)
        let tool = ToolDeclaration(
            name: "read", description: String(repeating: "d", count: 400), parameters: JSONObject())
        #expect(TokenEstimate(Self.request([Self.user(4)], tools: [tool])).tokens > 100)
    }
}
