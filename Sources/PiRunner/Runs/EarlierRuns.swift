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
        var waiting: [String] = []
        var news = heard
        for run in try WaitingRun.earlier(in: workspace, state) {
            if try ApplyJournal.exists(for: run.id, in: state) {
                let held = try HeldRun(run)
                news += held.news
                if try run.discardIfEmpty() { continue }
            }
            waiting.append(run.id)
        }
        self.waiting = waiting
        self.news = news
    }
}
