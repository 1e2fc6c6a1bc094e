import PiAI
import PiAgent
import PiJSON
import PiSandbox
import PiSystem

/// Any error as a diagnostic: the sentence is the error's own, the help is what it advises.
enum Failure {
    /// A sentence in the form that helps have: a phrase behind a colon.
    static func asHelp(_ advice: String) -> String {
        let phrase = advice.last == "." ? advice.dropLast() : advice[...]
        return phrase.prefix(1).lowercased() + phrase.dropFirst()
    }

    static func diagnostic(of error: any Error) -> Diagnostic {
        switch error {
        case let error as SystemError:
            Diagnostic(severity: .error, message: error.sentence, help: error.advice.map(asHelp))
        case let error as UsageError: error.diagnostic
        case let error as PolicyNotFound: error.diagnostic
        case let error as PolicyUnreadable: error.diagnostic
        case let error as WorkspaceFolder.Unfit: error.diagnostic
        case let error as WaitingRun.NotFound: error.diagnostic
        case let error as PastRun.NotFound: error.diagnostic
        case let error as ChosenPaths.Elsewhere: error.diagnostic
        case let error as Applying.TakenBack: error.diagnostic
        case let error as Applying.Changed: error.diagnostic
        case let error as SourceCheckout.Failed: error.diagnostic
        case let error as StepRunner.Moved: error.diagnostic
        case let error as StepRunner.Stuck: error.diagnostic
        case let error as HostIDs.NoRange: error.diagnostic
        case let error as HostIDs.AllInUse: error.diagnostic
        case let error as LaunchError:
            Diagnostic(severity: .error, message: error.sentence, help: asHelp(error.advice))
        case let error as Launcher.OpenToOthers:
            Diagnostic(severity: .error, message: error.description, help: nil)
        case let error as AuthFile.Unfit: error.diagnostic
        case let error as KeyStore.Unusable: error.diagnostic
        case let error as ToolOffer.Unknown: error.diagnostic
        case let error as Begun: diagnostic(of: error.error)
        case let error as AgentWorld.ContextUnreadable: error.diagnostic
        case let error as SessionStore.NotFound: error.diagnostic
        case let error as SessionFile.Broken: error.diagnostic
        case let error as ModelError:
            Diagnostic(severity: .error, message: error.description, help: error.advice)
        case let error as PatternHits.Unmet: error.diagnostic
        default:
            Diagnostic(
                severity: .error, message: SafeText("\(error)", limit: 400).description,
                help:
                    "this is a defect of pi-runner: please report it with the command that shows it"
            )
        }
    }
}
