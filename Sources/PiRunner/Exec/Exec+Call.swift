import PiGate
import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// The call itself, and what is looked at when it's over.
extension Exec {
    /// What could not be held while the call ran, or why that is not known.
    func lookAfter(_ prepared: Prepared, _ ground: RunGround) -> Aftermath {
        let hasLayer = prepared.plan.spec.trees.contains { $0.layers != nil }
        return Aftermath.look(
            at: prepared.covered, hasLayer ? ground : nil,
            appeared: { try appeared(since: prepared) })
    }

    /// A layer is ours, and what is in it waits for the disk no more than a program's own files do.
    func mayChangeHost(_ prepared: Prepared) -> Bool {
        prepared.plan.spec.trees.contains(where: \.isWrittenOnHost)
    }

    /// Names that are protected and did not exist when the call began: nothing could hold them.
    private func appeared(since prepared: Prepared) throws -> [String] {
        guard !prepared.gaps.isEmpty else { return [] }
        let workspace = prepared.policy.surroundings.workspace
        let patterns = PathPatterns(prepared.gaps, in: prepared.policy.surroundings)
        let before = Set(prepared.plan.spec.protected)
        return try PatternHits.find(patterns, below: workspace, limit: 100_000)
            .filter { !before.contains($0) }
    }

    func run(
        _ prepared: Prepared, _ started: consuming Sandbox.Started, on ground: RunGround,
        _ earlier: EarlierRuns, _ fitting: Fitting
    ) throws -> Outcome {
        let cgroups = prepared.cgroups.map { RunCgroups(on: $0, name: ground.groupName) }
        let sandbox: Sandbox
        do {
            sandbox = try Sandbox(
                started, prepared.plan, limits: prepared.call.limits, cgroups: cgroups)
        } catch {
            // It has ended itself, and can't tell any more whether its groups went, too.
            if prepared.cgroups?.removeGroups(named: ground.groupName) == false {
                // The failure before it is the one to tell of.
                try? ground.leaveToLaterStart()
            }
            throw error
        }
        // While the root is being built: what has an effect is the call, and it is ordered after this.
        let record = try RunRecord(
            on: ground, ExecReport.beginning(prepared, request.program),
            changesHost: mayChangeHost(prepared))
        let kind: ExecStreams.Kind =
            request.wantsTerminal ? .terminal : request.capturesOutput ? .captured : .relayed
        let result: CallResult
        let signals = try ForwardedSignals()
        let network = try prepared.gate?.call(by: nil)
        let decided: GateReport?
        let follower: PolicyFollower?
        do {
            follower = try PolicyFollower(prepared, store, for: request.command, record)
            try follower?.begin()
            defer { follower?.end() }
            let streams = try ExecStreams(kind, stdin: request.stdin, signals, network)
            // With it goes the terminal's own mode.
            defer { withExtendedLifetime(streams) {} }
            result = try sandbox.call(prepared.call, streams.streams)
            decided = try network?.end()
            prepared.gate?.end()
            try ground.keepLayer(of: sandbox)
        } catch {
            // The first failure is the one to tell of.
            let isAllGone = (try? sandbox.end()) ?? false
            // As above.
            try? ground.keepLayer(of: sandbox)
            // As above; what the program did before it failed, if anything, waits.
            try? ground.seal()
            let isTriedAgain = fitting.adapted(to: error) != nil
            // Where it can't be as if it had never been, it is over.
            if isAllGone, isTriedAgain, (try? ground.startAgain()) != nil { throw error }
            // A record without an outcome is swept by the next start.
            try? record.finish(ExecReport.failure(error))
            // As above.
            if !isAllGone { try? ground.leaveToLaterStart() }
            if isTriedAgain, let error = error as? LaunchError { throw Begun(error: error) }
            throw error
        }
        sandbox.beginEnd()
        var after = lookAfter(prepared, ground)
        for change in follower?.all ?? [] { after.add(change.diagnostic) }
        var isAllGone: Bool?
        if after.waiting != nil {
            // Not before nothing of it writes any more, and before others may look at it.
            isAllGone = try sandbox.end()
            takeOver(&after, prepared, result, kind, on: ground, signals)
            after.seal(ground)
        }
        let outcome = ExecReport.outcome(
            result, decided, prepared, kind, swept: ground.swept, earlier, after)
        try record.finish(ExecReport.json(outcome))
        if try !(isAllGone ?? sandbox.end()) { try ground.leaveToLaterStart() }
        return outcome
    }
}
