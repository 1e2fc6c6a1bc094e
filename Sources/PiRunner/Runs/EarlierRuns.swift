import PiJSON

/// What of earlier runs waits in the workspace where another begins.
struct EarlierRuns {
    let waiting: [String]
    /// Applies that were killed, and finished or taken back now.
    let news: [Diagnostic]

    /// Nothing is known but what was heard before.
    init(news: [Diagnostic]) {
        waiting = []
        self.news = news
    }

    init(in workspace: String, _ state: StateFolder, news heard: [Diagnostic]) throws {
        news = try heard + Upkeep.perform(in: workspace, state)
        waiting = try WaitingRun.earlier(in: workspace, state).map(\.id)
    }

    private init(waiting: [String], news: [Diagnostic]) {
        self.waiting = waiting
        self.news = news
    }

    /// The others, for a run that goes on.
    func without(_ run: String?) -> EarlierRuns {
        EarlierRuns(waiting: waiting.filter { $0 != run }, news: news)
    }
}
