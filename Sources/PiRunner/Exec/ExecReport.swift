import PiGate
import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// What `exec` says of a run, to a person, to a script and in the run's record.
enum ExecReport {
    // MARK: - Before

    /// Written before anything has an effect.
    static func beginning(
        _ prepared: Exec.Prepared, _ program: [RawText], command: String = "exec"
    ) -> JSONObject {
        JSONObject([
            .init(name: "version", value: 1),
            .init(name: "command", value: .string(command)),
            .init(
                name: "started",
                value: .number(JSONNumber(Int(Clock<TimeOfDay>.system.now.nanoseconds / 1_000_000)))
            ),
            // Arguments can hold what nobody should find later: the program's name alone is kept.
            .init(name: "program", value: .string(program.first?.description ?? "")),
            .init(
                name: "workspace", value: .string(prepared.policy.surroundings.workspace)),
            .init(name: "commit", value: prepared.commit.map(JSONValue.string) ?? .null),
            .init(name: "trusted", value: prepared.trusted?.json ?? .null),
            .init(name: "policy", value: PolicyArguments.summary(prepared.policy)),
            .init(name: "walls", value: walls(prepared, nil)),
            .init(name: "limits", value: limits(prepared.call.limits)),
        ])
    }

    static func failure(_ error: any Error) -> JSONValue {
        [
            "code": .number(JSONNumber(ExitCode.runner.rawValue)),
            "message": .string(Failure.diagnostic(of: error).message),
        ]
    }

    // MARK: - After

    static func outcome(
        _ result: CallResult, _ decided: GateReport?, _ prepared: Exec.Prepared,
        _ kind: ExecStreams.Kind, swept: [String], _ earlier: EarlierRuns, _ after: Aftermath
    ) -> Outcome {
        let (exit, code) = exit(result)
        var exitFields: JSONObject = JSONObject([
            .init(name: "code", value: .number(JSONNumber(code))),
            .init(name: "name", value: .string(exit?.name ?? name(result.ending))),
            .init(name: "by", value: .string(by(result))),
            .init(name: "limit", value: .null),
        ])
        if case .limit(let hit) = result.ending { exitFields["limit"] = limit(hit) }
        let denials = ExecDenials.find(result, decided, prepared, kind)
        let found = after.appeared.map { path in
            Diagnostic(
                severity: .warning,
                message: "\(SafeText(path, limit: 200)) is protected, and has come to exist",
                help: "look at it before anything runs or believes it, or remove it",
                notes: ["in `workspace.mode: live` only what exists can be protected"])
        }
        let replaced = after.replaced.map { path in
            Diagnostic(
                severity: .warning,
                message:
                    "\(SafeText(path, limit: 200)) was replaced from outside while the program ran: what took its place was neither hidden nor protected",
                help:
                    "look at it, and don't change hidden or protected files while a run is under way"
            )
        }
        let unknown = after.unknown.map { why in
            Diagnostic(
                severity: .warning,
                message: "what became of protected files is not known: \(why)",
                help: "look at the workspace before anything in it runs or is believed")
        }
        let waiting = after.waiting.flatMap { waiting in
            waiting.count == 0
                ? nil
                : Diagnostic(
                    severity: .warning,
                    message:
                        "\(counted(waiting.count, "change waits", "changes wait")) in run \(waiting.run)\(after.applied?.isEmpty == false ? "" : ", and the workspace is as it was")",
                    help:
                        "`pi-runner diff` shows what, `pi-runner apply` takes it over, `pi-runner discard` drops it"
                )
        }
        let unseen = earlier.waiting.last.map { run in
            // When it began is enough of its name.
            let name = run.prefix(13)
            return Diagnostic(
                severity: .warning,
                message: earlier.waiting.count == 1
                    ? "changes of run \(run) still wait"
                    : "changes of \(earlier.waiting.count) earlier runs still wait, the newest of \(run)",
                help:
                    "`pi-runner diff \(name)` shows them, `apply \(name)` takes them over, `discard \(name)` drops them"
            )
        }
        let cleared = swept.map {
            Diagnostic(
                severity: .warning, message: "run \($0) was killed; what it left is cleared away",
                help: nil)
        }
        return Outcome(
            exit: exit ?? .ok, text: "",
            fields: [
                .init(name: "exit", value: .object(exitFields)),
                .init(name: "policy", value: PolicyArguments.summary(prepared.policy)),
                .init(name: "walls", value: walls(prepared, result)),
                .init(name: "limits", value: limits(prepared.call.limits, met: result.hits)),
                .init(name: "usage", value: usage(result.usage)),
                .init(name: "output", value: output(result, captured: kind == .captured)),
                .init(name: "network", value: decided?.json ?? .array([])),
                .init(name: "denials", value: .array(denials.map(\.json))),
                .init(name: "gaps", value: .array(prepared.gaps.map(JSONValue.string))),
                .init(name: "appeared", value: .array(after.appeared.map(JSONValue.string))),
                .init(name: "replaced", value: .array(after.replaced.map(JSONValue.string))),
            ] + after.fields,
            diagnostics: cleared + prepared.warnings + found + replaced
                + earlier.news + after.remarks + [unknown, unseen, waiting].compactMap { $0 }
                + told(result, denials, code, kind),
            programCode: code)
    }

    /// What the record keeps of an outcome.
    static func json(_ outcome: Outcome) -> JSONValue {
        let kept = [
            "exit", "usage", "network", "denials", "appeared", "replaced", "waiting", "applied",
        ]
        var fields = JSONObject(outcome.fields.filter { kept.contains($0.name) })
        // A record says what happened, not what the program said of it.
        fields["denials"] = .array(
            (fields["denials"]?.array ?? []).filter { $0["observed"] == true })
        return .object(fields)
    }

    private static func exit(_ result: CallResult) -> (ExitCode?, Int32) {
        if result.readerHasGone { return (.brokenPipe, ExitCode.brokenPipe.rawValue) }
        switch result.ending {
        case .exited(let code): return (nil, code)
        case .killed(let signal): return (nil, 128 + signal.rawValue)
        case .limit(let hit):
            let exit: ExitCode =
                switch hit.name {
                case .wall: .wallLimit
                case .cpu: .processorLimit
                case .memory, .processes, .output, .openFiles, .fileSize, .written, .layerSize,
                    .layerFiles:
                    .memoryLimit
                }
            return (exit, exit.rawValue)
        }
    }

    private static func name(_ ending: CallResult.Ending) -> String {
        switch ending {
        case .exited(let code): code == 0 ? "ok" : "failed"
        case .killed(let signal): signal.description
        case .limit(let hit): hit.name.rawValue
        }
    }

    private static func by(_ result: CallResult) -> String {
        if result.readerHasGone { return "runner" }
        if case .limit = result.ending { return "limit" }
        return "program"
    }

    // MARK: - What a person is told

    private static func told(
        _ result: CallResult, _ denials: [ExecDenials.Denial], _ code: Int32,
        _ kind: ExecStreams.Kind
    ) -> [Diagnostic] {
        var told: [Diagnostic] = []
        if case .limit(let hit) = result.ending, !result.readerHasGone {
            let printed = OutputStream.allCases.reduce(0) { $0 + (result.output[$1]?.total ?? 0) }
            told.append(
                Diagnostic(
                    severity: .error,
                    message:
                        "\(phrase(hit)) (\(hit.origin)), having printed \(ByteCount(printed))",
                    help: advice(hit)))
        }
        // A limit that was met and did not end the whole: a child of the program is gone, or something is missing.
        var met = result.hits
        if case .limit(let hit) = result.ending { met.removeAll { $0 == hit } }
        told += met.map { hit in
            Diagnostic(
                severity: .warning, message: "\(shortPhrase(hit)) (\(hit.origin))",
                help: advice(hit))
        }
        if kind == .relayed, code == 0, StandardStream.input.isTerminal,
            OutputStream.allCases.allSatisfy({ (result.output[$0]?.total ?? 0) == 0 })
        {
            told.append(
                Diagnostic(
                    severity: .warning, message: "the program had nothing to read",
                    help: "with -t it gets a terminal of its own"))
        }
        // Programs try much that they can do without; only one that failed needs an explanation.
        guard code != 0 else { return told }
        told += denials.prefix(5).map { denial in
            Diagnostic(
                severity: .warning, message: denial.sentence, help: denial.help,
                notes: denial.count > 1 ? ["\(denial.count) times"] : [])
        }
        return told
    }

    private static func phrase(_ hit: LimitHit) -> String {
        switch hit.name {
        case .wall: "the program was ended after \(hit.value)"
        case .cpu: "the program was ended after \(hit.value) of processor time"
        case .memory: "the program was ended: it used more memory than \(hit.value)"
        case .processes: "the program was ended: it had more than \(hit.value) processes"
        case .output: "the program was ended: it printed more than \(hit.value)"
        case .openFiles: "the program was ended: it had more than \(hit.value) files open"
        case .fileSize: "the program was ended: it wrote a file larger than \(hit.value)"
        case .written: "the program was ended: it wrote more than \(hit.value)"
        case .layerSize: "what the run has changed takes more than \(hit.value)"
        case .layerFiles: "the run has changed more than \(hit.value) files"
        }
    }

    private static func shortPhrase(_ hit: LimitHit) -> String {
        switch hit.name {
        case .wall, .cpu, .layerSize, .layerFiles: phrase(hit)
        case .memory:
            "something of the program was ended: together it used more memory than \(hit.value)"
        case .processes: "a process was refused: the program has \(hit.value) already"
        case .output: "what was printed past \(hit.value) was dropped"
        case .openFiles: "a file was not opened: \(hit.value) are open"
        case .fileSize: "a write was refused: the file is as large as \(hit.value)"
        case .written: "a write was refused: \(hit.value) are written"
        }
    }

    private static func advice(_ hit: LimitHit) -> String {
        "if it needs more, raise `\(hit.origin.prefix { $0 != "," })` in a policy of your own, and name it by --policy"
    }

    // MARK: - Fields

    static func walls(_ prepared: Exec.Prepared, _ result: CallResult?) -> JSONValue {
        var rows: [JSONValue] = []
        func row(_ name: String, _ state: String, _ reason: String?) {
            rows.append([
                "name": .string(name), "state": .string(state),
                "reason": reason.map(JSONValue.string) ?? .null,
            ])
        }
        for wall in Wall.allCases {
            guard prepared.plan.raises(wall) else {
                row(wall.rawValue, "missing", "this kernel lacks it, or the policy does without")
                continue
            }
            row(wall.rawValue, "enforced", nil)
        }
        if let kind = prepared.cgroups?.kind {
            row("limits", "enforced", "cgroup \(kind.rawValue)")
        } else {
            row(
                "limits", "weaker",
                "memory is watched and not limited: \(prepared.cgroupsMissing ?? "the policy does without control groups")"
            )
        }
        if let result, !result.refusalsReported {
            row(
                "reports", "weaker",
                "refused system calls are not reported: a container around us listens to its own")
        }
        return .array(rows)
    }

    static func limits(_ limits: CallLimits, met hits: [LimitHit] = []) -> JSONValue {
        .array(
            limits.listed.map { listed in
                var row = limit(listed).object ?? JSONObject()
                row["state"] = .string(listed.isWatched ? "watched" : "enforced")
                row["met"] = .bool(hits.contains { $0.name == listed.name })
                return .object(row)
            })
    }

    private static func limit(_ hit: LimitHit) -> JSONValue {
        [
            "name": .string(hit.name.rawValue), "value": .string(hit.value),
            "origin": .string(hit.origin),
        ]
    }

    private static func usage(_ usage: CallResult.Usage) -> JSONValue {
        func milliseconds(_ time: Duration) -> JSONValue {
            .number(JSONNumber(Int(time / .milliseconds(1))))
        }
        return [
            "wall_ms": milliseconds(usage.wall), "user_ms": milliseconds(usage.user),
            "system_ms": milliseconds(usage.system),
            "peak_memory": .number(JSONNumber(usage.peakMemory.bytes)),
            "written": .number(JSONNumber(usage.written.bytes)),
        ]
    }

    private static func output(_ result: CallResult, captured: Bool) -> JSONValue {
        var object = JSONObject()
        for stream in OutputStream.allCases {
            let kept = result.output[stream]
            object[stream.rawValue] = captured ? text(kept) : .null
        }
        object["bytes"] = [
            "stdout": .number(JSONNumber(result.output[.stdout]?.total ?? 0)),
            "stderr": .number(JSONNumber(result.output[.stderr]?.total ?? 0)),
        ]
        let cut = OutputStream.allCases.reduce(0) { $0 + (result.output[$1]?.cut ?? 0) }
        object["cut"] = .number(JSONNumber((captured ? cut : 0) + result.dropped))
        return .object(object)
    }

    /// Bytes that are no text become marks; the number of bytes stands beside.
    private static func text(_ kept: OutputKeeper?) -> JSONValue {
        guard let kept else { return "" }
        guard kept.cut > 0 else {
            return .string(String(decoding: kept.head + kept.tail, as: UTF8.self))
        }
        return .string(
            String(decoding: kept.head, as: UTF8.self) + "\n[… \(kept.cut) bytes cut …]\n"
                + String(decoding: kept.tail, as: UTF8.self))
    }
}
