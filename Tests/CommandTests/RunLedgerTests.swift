import PiAI
import PiAgent
import PiJSON
import Testing

@testable import PiRunner

@Suite struct RunLedgerTests {
    private static let name = ModelName(api: .openAICompletions, provider: "p", model: "m")

    /// A dollar for each token, and the price of a cache that nobody knows.
    private static func ledger(cost: Int, cacheRead: Money? = nil) -> RunLedger {
        let dollar = Money(picodollars: 1_000_000_000_000)
        var limits = RunLedger.Limits()
        limits.cost = .init(
            value: Money(picodollars: cost * dollar.picodollars), origin: "budgets.cost_usd, here")
        let price = Price(input: dollar, output: dollar, cacheRead: cacheRead, cacheWrite: nil)
        return RunLedger(limits) { _ in Prices(base: price) }
    }

    private static func answer(_ usage: Usage) -> AssistantMessage {
        AssistantMessage(
            content: [.text(TextPart("x"))], source: AnswerOrigin(name), usage: usage,
            stopReason: .stop,
            timestamp: 0)
    }

    @Test func `where the price of a cache is not known, it counts as what is new`() {
        let ledger = Self.ledger(cost: 1_000)
        #expect(ledger.reserve(1, of: Self.name, for: .turn) == nil)
        ledger.settle(Self.answer(Usage(input: 1, output: 2, cacheRead: 30, cacheWrite: 4)))
        #expect(ledger.used.shownCost == "about $41")
        #expect(!ledger.used.hasUnknownCost)
        // And so it comes to an end: of what is left, 256 are for an answer.
        #expect(ledger.reserve(704, of: Self.name, for: .turn)?.name == "cost_usd")
        #expect(ledger.reserve(703, of: Self.name, for: .turn) == nil)
        #expect(ledger.longestAnswer == 256)
    }

    @Test func `nothing is asked whose answer would have no room`() {
        var limits = RunLedger.Limits()
        limits.tokens = .init(value: 1_000, origin: "budgets.tokens, here")
        let ledger = RunLedger(limits) { _ in nil }
        #expect(ledger.reserve(745, of: Self.name, for: .turn)?.name == "tokens")
        #expect(ledger.reserve(744, of: Self.name, for: .turn) == nil)
        #expect(ledger.longestAnswer == 256)
    }

    @Test func `what an answer has cost stands in it as Pi writes it, and comes back`() throws {
        let ledger = Self.ledger(cost: 100, cacheRead: Money(picodollars: 100_000_000_000))
        var answer = Self.answer(Usage(input: 1, output: 2, cacheRead: 3))
        answer.usage.cost = ledger.cost(of: answer)
        let cost = answer.json["usage"]?["cost"]
        #expect(cost?["total"]?.number?.text == "3.3")
        #expect(cost?["cacheRead"]?.number?.text == "0.3")
        #expect(AssistantMessage(answer.json) == answer)
        // Pi takes no message without a cost; that it is not known is told beside it.
        answer.usage.cost = nil
        #expect(answer.json["usage"]?["cost"]?["total"]?.number?.int == 0)
        #expect(answer.json["usage"]?["cost"]?["unknown"] == true)
        #expect(AssistantMessage(answer.json)?.usage.cost == nil)
        #expect(AssistantMessage(answer.json) == answer)
    }

    @Test func `a price that is known is what is counted`() {
        let ledger = Self.ledger(cost: 100, cacheRead: Money(picodollars: 100_000_000_000))
        ledger.settle(Self.answer(Usage(input: 1, output: 2, cacheRead: 30)))
        #expect(ledger.used.shownCost == "$6")
    }

    @Test func `what nobody knows the price of is unknown, and not nothing`() {
        let ledger = RunLedger(RunLedger.Limits()) { _ in nil }
        ledger.settle(Self.answer(Usage(input: 1)))
        #expect(ledger.used.shownCost == "cost unknown")
    }
}
