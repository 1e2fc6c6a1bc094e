/// Why the program ended, as a number for scripts.
///
/// This table is the only one.
enum ExitCode: Int32, CaseIterable, Sendable {
    case ok = 0
    case failed = 1
    case usage = 2
    case policyInvalid = 3
    case unenforceable = 4
    case denied = 5
    case parked = 6
    case budget = 7
    case provider = 8
    case refused = 9
    case resultInvalid = 10
    case unrecorded = 11
    case corrupt = 12
    case defect = 70
    case wallLimit = 124
    case runner = 125
    case notExecutable = 126
    case notFound = 127
    case interrupted = 130
    case memoryLimit = 137
    case brokenPipe = 141
    case terminated = 143
    case processorLimit = 152
}

extension ExitCode {
    /// The name that `--json` gives it.
    var name: String {
        switch self {
        case .ok: "ok"
        case .failed: "failed"
        case .usage: "usage"
        case .policyInvalid: "policy-invalid"
        case .unenforceable: "unenforceable"
        case .denied: "denied"
        case .parked: "parked"
        case .budget: "budget"
        case .provider: "provider"
        case .refused: "refused"
        case .resultInvalid: "result-invalid"
        case .unrecorded: "unrecorded"
        case .corrupt: "corrupt"
        case .defect: "defect"
        case .wallLimit: "wall-limit"
        case .runner: "runner"
        case .notExecutable: "not-executable"
        case .notFound: "not-found"
        case .interrupted: "interrupted"
        case .memoryLimit: "memory-limit"
        case .brokenPipe: "broken-pipe"
        case .terminated: "terminated"
        case .processorLimit: "cpu-limit"
        }
    }

    var meaning: String {
        switch self {
        case .ok: "success"
        case .failed: "it could not be done, and stderr says why; a run: the agent reports failure"
        case .usage: "wrong usage: nothing was started"
        case .policyInvalid: "the policy is invalid: nothing was started"
        case .unenforceable: "this host can't enforce the policy: nothing was started"
        case .denied: "an approval was refused or timed out, and the run ended by it"
        case .parked: "the run is parked and waits for a person"
        case .budget: "a budget or the run's time is used up"
        case .provider: "the provider or its key failed after retries"
        case .refused:
            "apply: nothing was applied, as somebody else has changed the same; an outbox or a result was refused by a check"
        case .resultInvalid: "the result does not match its schema"
        case .unrecorded: "the audit log or journal could not be written: the run stopped"
        case .corrupt: "stored data is corrupt"
        case .defect: "a defect of pi-runner itself; please report it"
        case .wallLimit: "exec: the program was ended by its time limit"
        case .runner: "exec: pi-runner itself failed, and stderr says why"
        case .notExecutable: "exec: the program can't be executed"
        case .notFound: "exec: the program was not found"
        case .interrupted: "interrupted (SIGINT)"
        case .memoryLimit: "exec: ended by its memory, process or output limit"
        case .brokenPipe: "exec and run: the reader of stdout has gone"
        case .terminated: "terminated (SIGTERM)"
        case .processorLimit: "exec: the program was ended by its CPU limit"
        }
    }
}
