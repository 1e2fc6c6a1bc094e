import PiJSON

/// What of earlier runs waits in the workspace where another begins.
struct EarlierRuns {
    let waiting: [String]
    /// Applies that were killed, and finished or taken back now.
    let news: [Diagnostic]

    /// Nothing but what was heard before, where the rest can't be understood: that is told to whoever asks for it.
    init(in workspace: String, _ state: StateFolder, news heard: [Diagnostic]) {
        do {
            let more = try Upkeep.perform(in: workspace, state)
            self.init(
                waiting: try WaitingRun.earlier(in: workspace, state).map(\.id), news: heard + more)
        } catch {
            self.init(waiting: [], news: heard)
        }
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
