import PiJSON
import PiSystem

extension WaitingRun {
    /// Why there is no run to look at, or none that may be looked at now.
    struct NotFound: Error {
        let diagnostic: Diagnostic
        /// There is no run at all whose changes wait there.
        let meansNone: Bool
        /// What became of applies that were killed: it is to be told all the same.
        let news: [Diagnostic]

        init(diagnostic: Diagnostic, meansNone: Bool = false, news: [Diagnostic] = []) {
            self.diagnostic = diagnostic
            self.meansNone = meansNone
            self.news = news
        }

        func with(_ news: [Diagnostic]) -> NotFound {
            let told = Diagnostic(
                severity: diagnostic.severity, message: diagnostic.message, help: diagnostic.help,
                notes: diagnostic.notes + news.map(\.message))
            return NotFound(diagnostic: told, meansNone: meansNone, news: news)
        }

        static func none(in workspace: String) -> NotFound {
            NotFound(
                diagnostic: Diagnostic(
                    severity: .error,
                    message: "no changes wait for \(SafeText(workspace, limit: 200))",
                    help:
                        "a run changed nothing, or what it changed was applied or dropped, or is in another folder: `pi-runner ls` lists runs, --workspace names a folder"
                ), meansNone: true)
        }

        static func nothingDone(
            in workspace: String, _ direction: RunHistory.Direction
        ) -> NotFound {
            let place = SafeText(workspace, limit: 200)
            return switch direction {
            case .undo:
                NotFound(
                    diagnostic: Diagnostic(
                        severity: .error,
                        message:
                            "no run has applied or written anything in \(place) that could be taken back",
                        help: "go to its workspace, or name it by --workspace"))
            case .redo:
                NotFound(
                    diagnostic: Diagnostic(
                        severity: .error,
                        message: "nothing that was taken back in \(place) can be brought again",
                        help: "it is there after an `undo`, until something new is written"))
            }
        }

        static func otherSource(_ id: String) -> NotFound {
            NotFound(
                diagnostic: Diagnostic(
                    severity: .error,
                    message:
                        "run \(id) began with other files than this policy's `workspace.source` says",
                    help: "name the policy that it began under, or begin another run"))
        }

        static func noTurn(_ id: String) -> NotFound {
            NotFound(
                diagnostic: Diagnostic(
                    severity: .error, message: "run \(id) has no such turn",
                    help: "`pi-runner diff` shows what waits"))
        }

        static func noChange(_ id: String, at paths: [RawText]) -> NotFound {
            let shown = paths.prefix(5).map { "\(SafeText(bytes: $0.bytes, limit: 200))" }
            // The first of several may have been meant for a run.
            let isRun = paths.first.map { !$0.bytes.contains(UInt8(ascii: "/")) } ?? false
            return NotFound(
                diagnostic: Diagnostic(
                    severity: .error,
                    message: "run \(id) has no change at \(shown.joined(separator: ", "))",
                    help: isRun
                        ? "`pi-runner diff` lists them; if \(shown[0]) is a run, nothing of it waits here: `pi-runner ls --all` lists runs"
                        : "`pi-runner diff` lists them"))
        }

        static func noSuch(_ given: RawText, _ known: [String]) -> NotFound {
            NotFound(
                diagnostic: Diagnostic(
                    severity: .error,
                    message: "there is no one run \(given.description) whose changes wait",
                    help:
                        "give the beginning of one: \(known.prefix(5).joined(separator: ", "))\(known.count > 5 ? " …" : "")"
                ))
        }

        static func busy(_ id: String) -> NotFound {
            NotFound(
                diagnostic: Diagnostic(
                    severity: .error,
                    message: "another command is at work on the changes of run \(id)",
                    help: "wait until it has ended; one that was stopped goes on with `fg`"))
        }

        static func alive(_ id: String) -> NotFound {
            NotFound(
                diagnostic: Diagnostic(
                    severity: .error, message: "run \(id) is still under way",
                    help: "wait until it has ended, or name another: `pi-runner ls` lists them"))
        }
    }
}
