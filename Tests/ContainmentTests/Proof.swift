import PiSystem
import PiTesting
import Synchronization

/// What became of one row of the table.
struct Proof: Sendable {
    var faults: [String] = []
    /// Why nothing is proven, where that is the host's doing.
    var unproven: String?

    var isProven: Bool { faults.isEmpty && unproven == nil }
}

/// The proofs of all acts, each made once, however many ask for it.
actor Proofs {
    static let shared = Proofs()

    private var made: [String: Task<Proof, any Error>] = [:]
    private let turns = Turns(3)
    /// Of a launcher that lacks a step, one fault says enough.
    private let stopsAtFault = ThisProcess.variable("PI_STOP_AT_FAULT") != nil
    private var hasStopped = false

    func proof(of act: Act) async throws -> Proof {
        if let task = made[act.name] { return try await task.value }
        let turns = turns
        // Whoever asks first may be gone before the others have their answer.
        let task = Task {
            await turns.take()
            guard !hasStopped else {
                await turns.giveBack()
                return Proof(unproven: "another act has said enough")
            }
            let proof = await Result { try await Row(act).prove() }
            await turns.giveBack()
            if stopsAtFault, (try? proof.get().faults.isEmpty) != true { hasStopped = true }
            return try proof.get()
        }
        made[act.name] = task
        return try await task.value
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}

/// Lets so many work at the same time.
actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        free = count
    }

    func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

/// The attempts of one act.
private struct Row {
    private let act: Act
    private let host = TestHost.here

    init(_ act: Act) {
        self.act = act
    }

    func prove() async throws -> Proof {
        try await World.with { world in
            let folder = world.path.utf8 ?? ""
            let row = self
            return try await onOwnThread { row.judge(in: folder) }
        }
    }

    private func judge(in folder: String) -> Proof {
        var proof = Proof()
        let clauses = act.clauses.filter { $0.holds(on: host) }
        guard !clauses.isEmpty else {
            proof.unproven = "none of its walls can be judged here"
            return proof
        }
        if host.isRoot || !act.isForRootAlone {
            let control = attempt(
                act.isKeptByTheLauncher ? Raised(["nothing"]) : .none, in: folder, &proof)
            if let control, !control.hasSucceeded {
                if let needs = act.needs {
                    proof.unproven = "it needs \(needs): \(control.lastWord)"
                } else {
                    proof.faults.append("it proves nothing: \(control.shown)")
                }
                return proof
            }
            var added: Set<Raised> = []
            for clause in clauses {
                if let more = clause.walls.added(on: host, for: act), added.insert(more).inserted,
                    !act.clauses.contains(where: { $0.walls.names.isSubset(of: more.names) }),
                    let attempt = attempt(more, in: folder, &proof), !attempt.hasSucceeded
                {
                    proof.faults.append(
                        "nothing is proven of \(clause), what it stands in contains the act: \(attempt.shown)"
                    )
                }
                let raised = clause.walls.standing(on: host, for: act)
                for raised in [raised, raised.ofMany] {
                    guard let attempt = attempt(raised, in: folder, &proof), attempt.hasSucceeded
                    else { continue }
                    proof.faults.append("\(clause) does not contain it: \(attempt.shown)")
                }
            }
        } else {
            proof.unproven = "only root could do it"
        }
        for raised in [Raised.all, Raised.all.ofMany] {
            guard let attempt = attempt(raised, in: folder, &proof), attempt.hasSucceeded else {
                continue
            }
            proof.faults.append("NOT CONTAINED BY ALL WALLS: \(attempt.shown)")
        }
        return proof
    }

    private func attempt(_ raised: Raised, in folder: String, _ proof: inout Proof) -> Attempt? {
        do {
            let attempt = try Attempt.make(of: act, on: host, in: folder, with: raised)
            guard !attempt.hasBegun else { return attempt }
            proof.faults.append("it did not run: \(attempt.shown)")
        } catch {
            proof.faults.append("it could not be tried with \(raised): \(error)")
        }
        return nil
    }
}

extension Attempt {
    fileprivate var lastWord: String {
        output.split(separator: "\n").last.map { String($0.prefix(200)) } ?? ending
    }

    fileprivate var shown: String {
        "with \(raised) it \(hasSucceeded ? "succeeded" : "failed") (\(ending), \(lasted)), saying \(output.prefix(500).debugDescription) \(error.prefix(300).debugDescription)"
    }
}
