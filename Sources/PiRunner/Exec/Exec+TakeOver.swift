import PiPolicy
import PiSandbox
import PiSystem

extension Exec {
    /// What becomes of what was written, as the call has ended.
    private enum AtEnd { case waits, isApplied, isAskedFor }

    private func atEnd(_ workspace: PolicyValue?, _ result: CallResult) -> AtEnd {
        // More than was allowed is for a person to look at.
        guard !result.hits.contains(where: { [.layerSize, .layerFiles].contains($0.name) }) else {
            return .waits
        }
        if workspace?["mode"]?.text == "direct" { return .isApplied }
        return switch workspace?["apply"]?.text {
        case "on_success" where result.ending == .exited(code: 0): .isApplied
        case "ask": .isAskedFor
        default: .waits
        }
    }

    func takeOver(
        _ after: inout Aftermath, _ prepared: Prepared, _ result: CallResult,
        _ kind: ExecStreams.Kind, on ground: RunGround, _ signals: ForwardedSignals
    ) {
        let workspace = prepared.policy.resolved?.value.value(at: ["workspace"])
        let atEnd = atEnd(workspace, result)
        if atEnd != .waits {
            after.apply(
                prepared.policy.surroundings, ground,
                keepingOld: workspace?["checkpoint"]?.text != "never",
                ifWanted: { changes, run in
                    guard atEnd == .isAskedFor else { return .yes }
                    return try ApplyQuestion(
                        changes, of: run, after: result.ending, signals,
                        isPossible: kind != .captured
                    ).ask()
                })
        }
        if workspace?["discard"]?.secondsKept == 0 { after.drop(ground) }
    }
}
