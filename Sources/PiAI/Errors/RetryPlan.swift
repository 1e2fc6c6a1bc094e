/// Whether and when a request is sent again: values in, a decision out.
package struct RetryPlan: Hashable, Sendable {
    /// The first one counts.
    package var attempts: Int
    /// Before the second attempt at most; it doubles with each.
    package var firstPause: Duration
    package var longestPause: Duration
    /// What a provider may ask us to wait; what is more is told to the person instead of slept.
    package var longestAdvised: Duration
    /// Of all attempts together.
    package var total: Duration

    package init(
        attempts: Int, firstPause: Duration, longestPause: Duration, longestAdvised: Duration,
        total: Duration
    ) {
        self.attempts = attempts
        self.firstPause = firstPause
        self.longestPause = longestPause
        self.longestAdvised = longestAdvised
        self.total = total
    }

    package static let usual = RetryPlan(
        attempts: 4, firstPause: .seconds(1), longestPause: .seconds(30),
        longestAdvised: .seconds(60), total: .seconds(300))
    /// For a person who waits and sees nothing.
    package static let once = RetryPlan(
        attempts: 2, firstPause: .milliseconds(500), longestPause: .milliseconds(500),
        longestAdvised: .seconds(10), total: .seconds(600))
    package static let none = RetryPlan(
        attempts: 1, firstPause: .zero, longestPause: .zero, longestAdvised: .zero, total: .zero)

    /// How long to wait before the next attempt; nil if there is none.
    ///
    /// `made` attempts have failed, the last with `error`, `passed` after the first began. `chance` is between 0 and 1:
    /// the whole pause is drawn by lot, so that those who failed together don't come back together.
    package func pause(
        after error: ModelError, made: Int, passed: Duration, chance: Double
    ) -> Duration? {
        guard error.isPassing, made < attempts else { return nil }
        let pause: Duration
        if let advised = error.retryAfter {
            guard advised <= longestAdvised else { return nil }
            // Nobody comes earlier than asked.
            pause = advised + firstPause * (chance / 4)
        } else {
            var most = firstPause
            for _ in 1..<max(1, made) where most < longestPause { most = most * 2 }
            pause = min(most, longestPause) * chance
        }
        return passed + pause <= total ? pause : nil
    }
}
