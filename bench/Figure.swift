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
        /// Nothing is promised: the number is worth knowing.
        case none
    }

    struct Result: Sendable {
        let ours: Samples
        let peer: Peer

        init(ours: Samples, peer: Peer) {
            self.ours = ours
            self.peer = peer
        }

        init(ours: Samples, peer: Samples) {
            self.init(ours: ours, peer: .measured(peer))
        }

        /// The same of one of so many that each was made of.
        func divided(by count: Double) -> Result {
            guard case .measured(let samples) = peer else {
                return Result(ours: ours.divided(by: count), peer: peer)
            }
            return Result(ours: ours.divided(by: count), peer: samples.divided(by: count))
        }

        /// What the peer needs for each of what we need.
        var times: Double? {
            guard case .measured(let samples) = peer else { return nil }
            return samples.median / ours.median
        }
    }

    enum Peer: Sendable {
        case measured(Samples)
        /// It can't run here, and why.
        case absent(reason: String)
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
    static let all =
        [
            jsonLines, jsonReply, policyLoad, policyDecide, startTime, startMemory, appendRecord,
            eventLoop, sandboxCold, exec, execContainer, sandboxWarm, sandboxCalls, sandboxParallel,
            sandboxOutput, execMemory, launcherMemory,
        ] + workspace + models + agent
}

extension Figure.Goal {
    /// Nil if there is nothing to hold, or nothing to hold it against.
    func holds(_ result: Figure.Result) -> Bool? {
        switch self {
        case .timesLess(let wanted): result.times.map { $0 >= wanted }
        case .ratio(let wanted): result.times.map { 1 / $0 <= wanted }
        case .atMost(let limit): result.ours.median <= limit
        case .none: nil
        }
    }

    func text(in unit: Figure.Unit) -> String {
        switch self {
        case .timesLess(let times): "peer ≥ \(shortened(times))×"
        case .ratio(let times): "≤ \(shortened(times))× peer"
        case .atMost(let limit): "≤ \(unit.text(limit))"
        case .none: "for information"
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
