import PiJSON

/// What of earlier runs waits in the workspace where another begins.
struct EarlierRuns {
    let waiting: [String]
    /// Applies that were killed, and finished or taken back now.
    let news: [Diagnostic]

    static let none = EarlierRuns(waiting: [], news: [])

    private init(waiting: [String], news: [Diagnostic]) {
        self.waiting = waiting
        self.news = news
    }

    init(in workspace: String, _ state: StateFolder) throws {
        var waiting: [String] = []
        var news: [Diagnostic] = []
        for run in try WaitingRun.earlier(in: workspace, state) {
            if try ApplyJournal.read(for: run.id, in: state) != nil {
                let lock = try run.lock()
                defer { withExtendedLifetime(lock) {} }
                if let recovered = try Applying(run).recover() {
                    news.append(recovered.diagnostic(run.id))
                    if try run.discardIfEmpty() { continue }
                }
            }
            waiting.append(run.id)
        }
        self.waiting = waiting
        self.news = news
    }
}
