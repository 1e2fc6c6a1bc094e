/// What was measured of one thing, round by round.
struct Samples: Sendable {
    private let sorted: [Double]

    init(_ values: [Double]) {
        sorted = values.sorted()
    }

    /// The same of one of so many that each was made of.
    func divided(by count: Double) -> Samples { Samples(sorted.map { $0 / count }) }

    var median: Double { quantile(0.5) }

    /// What one of a hundred is above.
    var slowest: Samples { Samples([quantile(0.99)]) }

    /// Half the distance from the 10th to the 90th of a hundred, as a part of the median.
    var spread: Double { (quantile(0.9) - quantile(0.1)) / 2 / median }

    private func quantile(_ part: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        return sorted[Int((Double(sorted.count - 1) * part).rounded())]
    }
}
