/// Money, exact: in millionths of a millionth of a dollar, so that a price a million tokens is a whole number for one.
package struct Money: Hashable, Comparable, Sendable {
    package let picodollars: Int

    package init(picodollars: Int) {
        self.picodollars = picodollars
    }

    package static func < (one: Money, other: Money) -> Bool { one.picodollars < other.picodollars }

    package static func + (one: Money, other: Money) -> Money {
        let (sum, isTooMuch) = one.picodollars.addingReportingOverflow(other.picodollars)
        return Money(picodollars: isTooMuch ? Int.max : sum)
    }

    /// As dollars, as many digits as there are; `0.0123`.
    package var dollars: String {
        let whole = picodollars / 1_000_000_000_000
        let rest = String(picodollars % 1_000_000_000_000)
        let digits = String(repeating: "0", count: 12 - rest.utf8.count) + rest
        let trimmed = digits.reversed().drop { $0 == "0" }.reversed()
        return trimmed.isEmpty ? "\(whole)" : "\(whole).\(String(trimmed))"
    }

    /// Dollars a million of something, for one of it; nil for what is no price.
    ///
    /// `1.25` is read digit by digit: a binary fraction would not be it.
    init?(aMillion text: some StringProtocol) {
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, let whole = Int(halves[0]), (0...1_000_000).contains(whole) else {
            return nil
        }
        let fraction = halves.count == 2 ? halves[1] : ""
        guard fraction.utf8.count <= 12, fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        // Six digits of it are left of one token's million millionths.
        let padded = (fraction + "000000").prefix(6)
        guard let millionths = Int(padded), fraction.dropFirst(6).allSatisfy({ $0 == "0" }) else {
            return nil
        }
        picodollars = whole * 1_000_000 + millionths
    }
}

/// What a model takes for its tokens, each; nil where nobody knows.
package struct Price: Hashable, Sendable {
    package let input: Money
    package let output: Money
    package let cacheRead: Money?
    package let cacheWrite: Money?

    /// `input/output/read/write`, each a million.
    init?(_ text: some StringProtocol) {
        let fields = text.split(separator: "/", omittingEmptySubsequences: false)
        guard fields.count == 4, let input = Money(aMillion: fields[0]),
            let output = Money(aMillion: fields[1])
        else { return nil }
        self.input = input
        self.output = output
        cacheRead = Money(aMillion: fields[2])
        cacheWrite = Money(aMillion: fields[3])
    }

    package init(input: Money, output: Money, cacheRead: Money?, cacheWrite: Money?) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
    }
}

/// The prices of a model: one, and others for long conversations.
package struct Prices: Hashable, Sendable {
    package let base: Price
    /// By the number of tokens that go in, from the smallest.
    package let tiers: [Tier]

    package struct Tier: Hashable, Sendable {
        package let above: Int
        package let price: Price

        package init(above: Int, price: Price) {
            self.above = above
            self.price = price
        }
    }

    package init(base: Price, tiers: [Tier] = []) {
        self.base = base
        self.tiers = tiers.sorted { $0.above < $1.above }
    }

    init?(_ text: some StringProtocol) {
        let words = text.split(separator: " ")
        guard let first = words.first, let base = Price(first) else { return nil }
        var tiers: [Tier] = []
        for word in words.dropFirst() {
            let halves = word.split(separator: ":")
            guard halves.count == 2, let above = Int(halves[0]), let price = Price(halves[1]) else {
                return nil
            }
            tiers.append(Tier(above: above, price: price))
        }
        self.init(base: base, tiers: tiers)
    }

    /// What it costs at most where nobody knows what a cache costs.
    ///
    /// A budget has to count what a bill will have: what is read from a cache costs no more than what is new, and what is written to
    /// one no more than twice as much.
    package func estimate(of usage: Usage) -> Cost? {
        func known(_ price: Price) -> Price {
            Price(
                input: price.input, output: price.output,
                cacheRead: price.cacheRead ?? price.input,
                cacheWrite: price.cacheWrite
                    ?? Money(picodollars: 2 * price.input.picodollars))
        }
        return Prices(
            base: known(base), tiers: tiers.map { Tier(above: $0.above, price: known($0.price)) }
        ).cost(of: usage)
    }

    /// Nil if a price that it takes is not known: what is not known is not nothing.
    package func cost(of usage: Usage) -> Cost? {
        let whole = usage.input + usage.cacheRead + usage.cacheWrite
        let price = tiers.last { whole > $0.above }?.price ?? base
        func part(_ count: Int, _ price: Money?) -> Money? {
            guard count > 0 else { return Money(picodollars: 0) }
            guard let price else { return nil }
            let (product, isTooMuch) = count.multipliedReportingOverflow(by: price.picodollars)
            return isTooMuch ? nil : Money(picodollars: product)
        }
        guard let input = part(usage.input, price.input),
            let output = part(usage.output, price.output),
            let read = part(usage.cacheRead, price.cacheRead),
            let written = part(usage.cacheWrite, price.cacheWrite)
        else { return nil }
        return Cost(input: input, output: output, cacheRead: read, cacheWrite: written)
    }
}

/// What an answer cost.
package struct Cost: Hashable, Sendable {
    package let input: Money
    package let output: Money
    package let cacheRead: Money
    package let cacheWrite: Money

    package var total: Money { input + output + cacheRead + cacheWrite }
}
