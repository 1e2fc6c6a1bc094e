import PiJSON
import PiPolicy
import PiSandbox

/// What a policy says becomes of what was written in a layer, when that has come to its end.
struct TakingOver {
    enum AtEnd { case waits, isApplied, isAskedFor }

    private let mode: String?
    private let apply: String?
    /// What was there before can be had back.
    let keepsOld: Bool
    private let keepsNothing: Bool

    init(_ policy: ResolvedPolicy?) {
        let workspace = policy?.value.value(at: ["workspace"])
        mode = workspace?["mode"]?.text
        apply = workspace?["apply"]?.text
        keepsOld = workspace?["checkpoint"]?.text != "never"
        keepsNothing = workspace?["discard"]?.secondsKept == 0
    }

    /// Each turn's changes come into the workspace as it ends.
    var isDirect: Bool { mode == "direct" }
    /// Changes can come into the workspace without a person's word.
    var asksNobody: Bool { isDirect || apply == "on_success" }

    /// More than was allowed is for a person to look at, whatever else is said.
    func atEnd(hasSucceeded: Bool, hasOutgrown: Bool) -> AtEnd {
        if hasOutgrown { return .waits }
        if isDirect { return .isApplied }
        return switch apply {
        case "on_success" where hasSucceeded: .isApplied
        case "ask": .isAskedFor
        default: .waits
        }
    }

    func dropIfUnwanted(_ after: inout Aftermath, _ ground: RunGround) {
        if keepsNothing { after.drop(ground) }
    }
}

extension CallResult {
    /// It has met a limit of what may wait.
    var hasOutgrown: Bool {
        hits.contains { [.layerSize, .layerFiles].contains($0.name) }
    }
}

extension Exec {
    func takeOver(
        _ after: inout Aftermath, _ prepared: Prepared, _ result: CallResult,
        _ kind: ExecStreams.Kind, on ground: RunGround, _ signals: ForwardedSignals
    ) {
        let takingOver = TakingOver(prepared.policy.resolved)
        let hasOutgrown: Bool
        do {
            hasOutgrown = try ground.hasOutgrown(result)
        } catch {
            // What can't be known is not taken over.
            hasOutgrown = true
            after.add(Failure.diagnostic(of: error).raised(to: .warning))
        }
        let atEnd = takingOver.atEnd(
            hasSucceeded: result.ending == .exited(code: 0), hasOutgrown: hasOutgrown)
        if atEnd != .waits {
            after.apply(
                prepared.policy.surroundings, ground, keepingOld: takingOver.keepsOld,
                ifWanted: { changes, run in
                    guard atEnd == .isAskedFor else { return .yes }
                    return try ApplyQuestion(
                        changes, of: run, after: result.ending, signals,
                        isPossible: kind != .captured
                    ).ask()
                })
        }
        takingOver.dropIfUnwanted(&after, ground)
    }
}

extension RunGround {
    /// Whether this call, or an earlier one of the run, has met a limit of what may wait; it is noted for later ones.
    func hasOutgrown(_ result: CallResult) throws -> Bool {
        guard let waiting = try waiting() else { return false }
        if result.hasOutgrown, !waiting.hasOutgrown { try waiting.noteOutgrown() }
        return result.hasOutgrown || waiting.hasOutgrown
    }
}
