import PiAI
import PiAgent
import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

extension AgentWork {
    /// Ends what runs, looks at what was changed, and puts it down.
    func finish(
        _ ended: Result<Ending, any Error>, _ session: Session, _ ledger: RunLedger,
        _ record: RunRecord, _ text: RunText, fatal: (any Error)?, signal: Signal?,
        stream: RunStream?, asked: ModelName
    ) throws -> Outcome {
        var fatal = fatal
        var isAllGone = false
        do {
            isAllGone = try world.sandboxes.end()
            prepared.gate?.end()
        } catch {
            // What was done until then is put down all the same.
            fatal = fatal ?? error
        }
        var after = Aftermath.look(at: prepared.covered, ground)
        let hasFinished =
            if case .success(let ending) = ended, ending.end == .finished, ending.faults.isEmpty {
                fatal == nil
            } else { false }
        takeOver(&after, hasFinished: hasFinished)
        after.seal(ground)

        let (exit, why) = verdict(
            ended, fatal: fatal, signal: signal, readerHasGone: stream?.readerHasGone ?? false,
            asked: asked)
        if case .success = ended, let first = why.first {
            // Whoever ran it is told all the same.
            _ = try? session.append(EndNote(message: first.message).content)
        }
        // A run that failed has no answer.
        let answer = (try? ended.get())?.answer ?? ""
        var fields = fields(ended, session, ledger, after)
        fields.append(.init(name: "answer", value: .string(answer)))
        summary(text, session, ledger, after)
        var isUnrecorded = false
        do {
            try record.finish([
                "exit": [
                    "code": .number(JSONNumber(exit.rawValue)), "name": .string(exit.name),
                ],
                "end": fields.first { $0.name == "end" }?.value ?? .null,
                "usage": fields.first { $0.name == "usage" }?.value ?? .null,
                "waiting": fields.first { $0.name == "waiting" }?.value ?? .null,
                "applied": .number(
                    JSONNumber((after.applied?.count ?? 0) + world.takenOver.count)),
            ])
            if !isAllGone { try ground.leaveToLaterStart() }
        } catch {
            isUnrecorded = true
            world.notices.add([Self.unrecorded(error)])
        }
        let outcome = Outcome(
            exit: isUnrecorded ? .unrecorded : exit, text: shown(answer, exit: exit, fields),
            fields: fields,
            // Those that were known before the start were told before it.
            diagnostics: (request.format == .text ? [] : known(session))
                + world.notices.all + after.remarks + why)
        stream?.result(outcome)
        return outcome
    }

    private static func unrecorded(_ error: any Error) -> Diagnostic {
        let told = Failure.diagnostic(of: error)
        return Diagnostic(
            severity: .error, message: told.message,
            help: told.help,
            notes: [
                "what became of the run could not be written down; `pi-runner discard` makes room by dropping what waits"
            ])
    }

    private func shown(
        _ answer: String, exit: ExitCode, _ fields: [JSONObject.Member]
    ) -> String {
        switch request.format {
        case .streamJSON: return ""
        case .json: return ""
        case .text:
            guard !answer.isEmpty else { return "" }
            let line = answer.hasSuffix("\n") ? answer : answer + "\n"
            return StandardStream.output.isTerminal
                ? SafeText(line, as: .block, limit: .max).description : line
        }
    }

    // MARK: - Changes

    /// What the policy says becomes of them; without a word of it they wait for a person.
    private func takeOver(_ after: inout Aftermath, hasFinished: Bool) {
        let takingOver = TakingOver(policy)
        let atEnd = takingOver.atEnd(
            hasSucceeded: hasFinished, hasOutgrown: world.sandboxes.hasOutgrown)
        if atEnd == .isApplied, after.waiting != nil {
            after.apply(
                prepared.policy.surroundings, ground, keepingOld: takingOver.keepsOld
            ) { _, _ in .yes }
        }
        takingOver.dropIfUnwanted(&after, ground)
        let waits = after.waiting?.count ?? 0
        if world.sandboxes.hasOutgrown, takingOver.asksNobody, waits > 0 {
            world.notices.add([
                Diagnostic(
                    severity: .warning,
                    message:
                        "a call wrote more than `workspace.size` or `workspace.files` allows: what waits is for a person to look at",
                    help: "`pi-runner diff` shows it, `pi-runner apply` keeps it")
            ])
        }
    }

    // MARK: - What it came to

    private static let storage: Set<Errno> = [.noSpace, .quotaExceeded, .inputOutput]

    private func verdict(
        _ ended: Result<Ending, any Error>, fatal: (any Error)?, signal: Signal?,
        readerHasGone: Bool, asked: ModelName
    ) -> (ExitCode, [Diagnostic]) {
        func error(_ message: String, _ help: String?) -> [Diagnostic] {
            [Diagnostic(severity: .error, message: message, help: help)]
        }
        if let fatal {
            let isStorage = (fatal as? SystemError)?.errno.map(Self.storage.contains) ?? false
            return isStorage
                ? (.unrecorded, [Self.unrecorded(fatal)])
                : (.failed, [Failure.diagnostic(of: fatal)])
        }
        switch ended {
        case .failure(let failure):
            // What can't be written down must not happen.
            let told = Failure.diagnostic(of: failure)
            return (
                failure is SystemError ? .unrecorded : .failed,
                [
                    Diagnostic(
                        severity: .error, message: told.message, help: told.help,
                        notes: ["the run has stopped: what it did until then is in its session"])
                ]
            )
        case .success(let ending):
            switch ending.end {
            case .finished where !ending.faults.isEmpty:
                return (
                    .resultInvalid,
                    error(
                        "the answer does not match its schema: \(ending.faults.map { SafeText($0, limit: 200).description }.joined(separator: "; "))",
                        "run -c goes on with the session")
                )
            case .finished: return (.ok, [])
            case .budget(let hit):
                return (
                    .budget,
                    error(
                        "the run has ended: \(hit.sentence)",
                        "`pi-runner run -c \"go on\"` goes on with a new budget")
                )
            case .failed(let failure):
                let about = SafeText(asked.reference, limit: 100)
                return (
                    .provider,
                    [
                        Diagnostic(
                            severity: .error, message: "\(about): \(failure.description)",
                            help: failure.advice,
                            notes: request.session == .none
                                ? []
                                : [
                                    "nothing of the conversation is lost: `pi-runner run -c \"go on\"` goes on with it"
                                ])
                    ]
                )
            case .stuck(let what):
                return (
                    .failed,
                    error(
                        "the run has ended, as it went round in circles: \(SafeText(what, limit: 300))",
                        "say in other words what is to be done, or take another model")
                )
            case .silent:
                return (
                    .failed,
                    error("the model gave no answer, three times", "take another model")
                )
            case .cutOff:
                return (
                    .failed,
                    error(
                        "the answers were cut off by the limit of their length, four times",
                        "ask for less at a time; `pi-runner session show` has what came")
                )
            case .aborted:
                if readerHasGone { return (.brokenPipe, []) }
                return (
                    signal == .terminate ? .terminated : .interrupted,
                    error("the run was interrupted", "`pi-runner run -c \"go on\"` goes on with it")
                )
            }
        }
    }

    private func fields(
        _ ended: Result<Ending, any Error>, _ session: Session, _ ledger: RunLedger,
        _ after: Aftermath
    ) -> [JSONObject.Member] {
        let used = ledger.used
        // As above.
        let end = (try? ended.get())?.end
        return [
            .init(name: "run", value: .string(ground.id.description)),
            .init(
                name: "session",
                value: session.path.map {
                    ["id": .string(session.id), "path": .string($0.description)]
                } ?? .null),
            .init(name: "policy", value: PolicyArguments.summary(prepared.policy)),
            .init(name: "walls", value: ExecReport.walls(prepared, nil)),
            .init(
                name: "end",
                value: [
                    "name": end.map { .string($0.name) } ?? "failed",
                    "budget": end.flatMap(Self.budget) ?? .null,
                ]),
            .init(
                name: "usage",
                value: [
                    "turns": .number(JSONNumber(used.turns)),
                    "calls": .number(JSONNumber(used.calls)),
                    "tokens": used.usage.json,
                    "cost": used.hasUnknownCost ? .null : .string(used.cost.dollars),
                    "cost_is_estimated": .bool(used.isEstimated),
                ]),
        ] + after.fields
    }

    private static func budget(_ end: AgentEnd) -> JSONValue? {
        guard case .budget(let hit) = end else { return nil }
        return [
            "which": .string(hit.name), "limit": .string(hit.limit), "used": .string(hit.used),
            "origin": .string(hit.origin),
        ]
    }

    // MARK: - For a person

    private func summary(
        _ text: RunText, _ session: Session, _ ledger: RunLedger, _ after: Aftermath
    ) {
        guard request.format == .text else { return }
        let used = ledger.used
        text.line(
            "\(counted(used.turns, "turn", "turns")), \(counted(used.calls, "call", "calls")), \(counted(used.usage.total, "token", "tokens")), \(used.shownCost)"
        )
        if let unknown = after.unknown { text.line("what was changed is not known: \(unknown)") }
        if let applied = after.applied, !applied.isEmpty {
            text.line("\(applied.count) changed in the workspace; `pi-runner undo` takes it back")
        }
        let taken = world.takenOver.count
        if taken > 0, after.applied?.isEmpty ?? true {
            text.line("\(taken) changed in the workspace; `pi-runner undo` takes it back")
        }
        guard let waiting = after.waiting, waiting.count > 0 else { return }
        let isUntouched = taken == 0 && after.applied?.isEmpty ?? true
        text.line(
            "\(counted(waiting.count, "change waits", "changes wait")) in run \(waiting.run.prefix(13))\(isUntouched ? ", and nothing is changed in the workspace yet" : ""):"
        )
        // Who wants to know more asks for the difference, and is told what is wrong.
        if let counts = try? counts() { text.line(counts) }
        // As above.
        let kept = (try? keptBack()) ?? 0
        if kept > 0 {
            text.line(
                "  \(kept) of them \(kept == 1 ? "is" : "are") protected or can't be taken over: `pi-runner diff` says why"
            )
        }
        text.line("  look: pi-runner diff    keep: pi-runner apply    drop: pi-runner discard")
    }

    /// How many changes `apply` would leave out.
    private func keptBack() throws -> Int {
        guard let waiting = try ground.waiting() else { return 0 }
        return try WaitingChange.all(of: waiting, in: prepared.policy.surroundings)
            .count { !$0.doubts.isEmpty }
    }

    /// What has changed where; who wants to know more asks for the difference.
    private func counts() throws -> String? {
        guard let waiting = try ground.waiting() else { return nil }
        let changes = try waiting.changes()
        let contents = try ChangeContents(of: waiting)
        let text = try ChangeCounts(changes, Renames(changes, contents), contents)
            .text(columns: Console.columns)
        let lines = text.split(separator: "\n")
        return
            (lines.prefix(20) + (lines.count > 21 ? ["  …"] : [])
            + (lines.count > 20 ? [lines[lines.count - 1]] : []))
            .joined(separator: "\n")
    }
}
