import PiJSON
import PiPolicy
import PiSystem

/// What was found when the call had ended.
struct Aftermath {
    /// Protected names that have come to exist.
    let appeared: [String]
    /// Hidden and protected files that somebody on the host replaced meanwhile.
    let replaced: [String]
    /// What the run has left in its layer; nil if it has none.
    private(set) var waiting: Waiting?
    /// Why it is not known; nil if it is.
    let unknown: String?
    /// What has come into the workspace already; nil if the policy leaves that to a person.
    private(set) var applied: [FilePath]?
    /// What did not, and why.
    private(set) var remarks: [Diagnostic] = []

    struct Waiting: Hashable {
        let run: String
        let count: Int
    }

    init(appeared: [String], replaced: [String], waiting: Waiting?, unknown: String?) {
        self.appeared = appeared
        self.replaced = replaced
        self.waiting = waiting
        self.unknown = unknown
    }

    /// What a run has left, in the layer of its ground if it has one; or why that is not known.
    static func look(
        at covered: Covered, _ ground: RunGround?, appeared: () throws -> [String] = { [] }
    ) -> Aftermath {
        do {
            let waiting = try ground?.waiting()
            return try Aftermath(
                appeared: appeared(), replaced: covered.replaced(),
                waiting: waiting.map { .init(run: $0.id, count: try $0.changes().count) },
                unknown: nil)
        } catch {
            return Aftermath(
                appeared: [], replaced: [], waiting: nil,
                unknown: Failure.diagnostic(of: error).message)
        }
    }

    /// Takes over what the run has written, as `apply` would: all or nothing, and what can't be taken over waits.
    mutating func apply(
        _ surroundings: Surroundings, _ ground: RunGround, keepingOld: Bool,
        ifWanted ask: ([WaitingChange], WaitingRun) throws -> ApplyQuestion.Answer
    ) {
        do {
            guard let run = try ground.waiting() else { return }
            let changes = try WaitingChange.all(of: run, in: surroundings)
            let choice = try ApplyChoice(from: changes, of: run, force: false)
            remarks +=
                choice.leftOut.diagnostics(.warning, saying: "left out")
                + choice.refused.diagnostics(.warning, saying: "nothing was applied")
            applied = []
            guard choice.refused.isEmpty, !choice.plan.drafts.isEmpty else { return }
            switch try ask(changes, run) {
            case .yes: break
            case .no: return
            case .nobody(let why): return remarks.append(why)
            }
            remarks += try Applying(run).perform(
                choice.plan, keepingTimes: false, keepingOld: keepingOld)
            applied = choice.applied
            waiting = Waiting(run: run.id, count: try run.changes().count)
        } catch {
            remarks.append(Failure.diagnostic(of: error).raised(to: .warning))
        }
    }

    mutating func add(_ remark: Diagnostic) { remarks.append(remark) }

    /// Nobody wants what is left.
    mutating func drop(_ ground: RunGround) {
        guard let left = waiting, left.count > 0 else { return }
        do {
            try ground.waiting()?.discard()
            waiting = nil
            let count = counted(left.count, "change was", "changes were")
            remarks.append(
                Diagnostic(
                    severity: .warning,
                    message: "\(count) dropped, as `workspace.discard: at_end` says", help: nil))
        } catch {
            remarks.append(Failure.diagnostic(of: error).raised(to: .warning))
        }
    }

    /// What could not be cleared away waits to be looked at, and whoever looks is told why.
    mutating func seal(_ ground: RunGround) {
        do {
            try ground.seal(nothingWaits: waiting?.count == 0)
        } catch {
            remarks.append(Failure.diagnostic(of: error).raised(to: .warning))
        }
    }
}
