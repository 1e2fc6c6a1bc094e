/// A promise with a number: what is measured, against which peer or floor, and what it must come to.
struct Figure: Sendable {
    enum Unit: Sendable { case nanoseconds, kibibytes }

    enum Goal: Sendable {
        /// The peer needs this many times as much as we do, or more.
        case timesLess(Double)
        /// We need this many times as much as the peer, or less.
        case ratio(Double)
        /// In the unit of the figure, whatever the peer needs.
        case atMost(Double)
    }

    struct Result: Sendable {
        let ours: Samples
        let peer: Samples
    }

    let name: String
    let what: String
    let peer: String
    let unit: Unit
    let goal: Goal
    /// Measures both in turn, so many times.
    let measure: @Sendable (_ rounds: Int) async throws -> Result
}

extension Figure {
    /// Every figure, in the order of the modules.
    static let all = [
        jsonLines, jsonReply, policyLoad, policyDecide, startTime, startMemory, appendRecord,
        eventLoop,
    ]
}

extension Figure.Goal {
    func holds(_ result: Figure.Result) -> Bool {
        switch self {
        case .timesLess(let times): result.peer.median / result.ours.median >= times
        case .ratio(let times): result.ours.median / result.peer.median <= times
        case .atMost(let limit): result.ours.median <= limit
        }
    }

    func text(in unit: Figure.Unit) -> String {
        switch self {
        case .timesLess(let times): "peer ≥ \(shortened(times))×"
        case .ratio(let times): "≤ \(shortened(times))× peer"
        case .atMost(let limit): "≤ \(unit.text(limit))"
        }
    }
}

extension Figure.Unit {
    func text(_ value: Double) -> String {
        switch self {
        case .kibibytes: "\(shortened(value / 1024)) MiB"
        case .nanoseconds where value < 1e3: "\(shortened(value)) ns"
        case .nanoseconds where value < 1e6: "\(shortened(value / 1e3)) µs"
        case .nanoseconds: "\(shortened(value / 1e6)) ms"
        }
    }
}

/// Three digits are more than the weather of a machine leaves true.
func shortened(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    let decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2
    let factor = [1.0, 10, 100][decimals]
    let rounded = (value * factor).rounded() / factor
    return decimals == 0 || rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}
