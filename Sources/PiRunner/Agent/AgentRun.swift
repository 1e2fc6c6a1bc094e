import PiAI
import PiAgent
import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// One run of an agent: from what was asked to what became of it.
///
/// In this order: everything is decided, the walls stand, the record is written, and then the first request is made.
struct AgentRun {
    private let request: RunRequest
    private let choice: ModelChoice
    private let named: (String) throws -> ModelChoice
    private var exec: Exec
    private let store: SessionStore

    init(
        _ request: RunRequest, _ choice: ModelChoice,
        named: @escaping (String) throws -> ModelChoice
    ) throws {
        self.request = request
        self.choice = choice
        self.named = named
        exec = try Exec(
            ExecRequest(
                policy: request.policy, workspace: request.workspace,
                variables: request.variables, trust: request.trust))
        store = SessionStore(exec.state)
    }

    /// What would be set up and offered, and nobody asked.
    func plan() throws -> Outcome {
        try ThisProcess.keepSecret()
        return try believing(asIn: existingSession(for: .reading)).planned()
    }

    private func planned() throws -> Outcome {
        let prepared = try exec.plan()
        guard let policy = prepared.policy.resolved else {
            throw Exec.Refused(diagnostics: prepared.policy.diagnostics)
        }
        let models = try RunModels(choice, policy, named: named)
        let offer = try offer(prepared.policy)
        let budgets = RunLedger.Limits(policy, turns: request.mostTurns).phrase
        var page = Layout(columns: Console.columns)
        page.section(
            "Agent",
            [("model", models.chosen.model.name.reference)]
                + models.fallbacks.map { ("if that fails", $0.model.name.reference) }
                + [models.stronger].compactMap(\.self).map {
                    ("if it is stuck", $0.model.name.reference)
                }
                + [models.summarizer].compactMap(\.self).map {
                    ("for summaries", $0.model.name.reference)
                }
                + [("tools", offer.names.joined(separator: " "))]
                + models.notAsked.map { ("not asked", "\($0.name): \($0.reason)") }
                + offer.withheld.map { ("not offered", "\($0.name): \($0.reason)") }
                + [("budgets", budgets)])
        page.blank()
        let sandbox = ExecReport.plan(prepared)
        return Outcome(
            exit: .ok, text: page.text + sandbox.text,
            fields: sandbox.fields + [
                .init(name: "model", value: .string(models.chosen.model.name.reference)),
                .init(name: "tools", value: .array(offer.names.map(JSONValue.string))),
                .init(name: "budgets", value: .string(budgets)),
            ], diagnostics: sandbox.diagnostics)
    }

    func perform() throws -> Outcome {
        try ThisProcess.keepSecret()
        let session = try existingSession()
        return try believing(asIn: session).perform(session)
    }

    private func perform(_ session: Session?) throws -> Outcome {
        let here = try exec.findWorkspace().path
        guard let earlier = try session.flatMap(waitingRun), earlier.workspace == here else {
            return try perform(session, goingOn: nil, [])
        }
        // Nobody looks at its changes, or takes them over, while there are more to come.
        let held = try HeldRun(earlier)
        defer { withExtendedLifetime(held) {} }
        return try perform(session, goingOn: held.run, held.news)
    }

    private func perform(
        _ session: Session?, goingOn earlier: WaitingRun?, _ news: [Diagnostic]
    ) throws -> Outcome {
        let state = exec.state
        return try beside({ try RunGround(in: state, goingOn: earlier) }) { ground in
            let workspace = try exec.findWorkspace(of: earlier)
            let ids = try exec.hostIDs(for: workspace)
            defer { withExtendedLifetime(ids) {} }
            return try Fitting.trying(goesOn: earlier != nil) {
                try perform(session, ground, workspace, ids.identity, earlier, news, $0)
            }
        }
    }

    // MARK: - Sessions

    private func existingSession(for purpose: Session.Purpose = .writing) throws -> Session? {
        switch request.session {
        case .new, .none: return nil
        case .named(let name):
            return try store.open(store.find(name, for: nil), for: purpose)
        case .last:
            let workspace = try exec.findWorkspace().path
            guard let newest = try store.newest(of: workspace) else {
                throw SessionStore.NotFound(
                    message:
                        "there is no session in \(SafeText(workspace, limit: 200)) to go on with",
                    help: "begin one: leave `-c` out")
            }
            return try store.open(newest, for: purpose)
        }
    }

    /// The entry of a session that names the run.
    static let entry = "pi-runner.run"

    /// The run in which the session went on last, as the session says; nil if there was none.
    static func last(of session: Session) throws -> String? {
        try lastEntry(of: session)?["run"]?.string
    }

    private static func lastEntry(of session: Session) throws -> JSONValue? {
        for link in session.links.reversed() where link.type == "custom" {
            guard case .custom(entry, let data)? = try session.entry(link.id)?.content,
                data?["run"]?.string != nil
            else { continue }
            return data
        }
        return nil
    }

    /// With what the session's last run believed, by that run's own record; a session is a file that anybody may have written.
    private func believing(asIn session: Session?) throws -> AgentRun {
        guard let session, let entry = try Self.lastEntry(of: session),
            let last = entry["run"]?.string
        else { return self }
        var run = self
        run.exec = try exec.believing(
            asBefore: last, in: exec.findWorkspace().path, orLost: entry["trusted"]?.string)
        return run
    }

    /// That run, if its changes still wait.
    private func waitingRun(of session: Session) throws -> WaitingRun? {
        try Self.last(of: session).flatMap { try WaitingRun($0, in: exec.state) }
    }

    /// Whether something waited when its last run ended, and does not any more.
    private func hasLostChanges(_ session: Session) throws -> Bool {
        guard let id = try Self.last(of: session).flatMap({ RawText($0) }) else { return false }
        do {
            // One that was killed has not said what waited.
            guard let last = try PastRun.find(id, in: "", exec.state).records.last?["outcome"],
                let waiting = last["waiting"]
            else { return true }
            return waiting["changes"]?.number?.int ?? 0 > 0 || last["applied"]?.number?.int ?? 0 > 0
        } catch is PastRun.NotFound {
            // Cleared away: nobody knows.
            return true
        }
    }

    /// What waits to be looked at under one policy does not come into the workspace because another goes on.
    private func refuseTakingOver(
        _ run: WaitingRun, _ policy: ResolvedPolicy, _ inForce: PolicyInForce
    ) throws {
        guard TakingOver(policy).asksNobody else { return }
        let past = try PastRun.find(RawText(run.id), in: run.workspace, exec.state)
        guard past.records.last?["policy"]?["digest"]?.string != inForce.digest else { return }
        throw Exec.Refused(diagnostics: [
            Diagnostic(
                severity: .error,
                message:
                    "changes of run \(run.id.prefix(13)) wait to be looked at, and this policy would take them over",
                help: "`pi-runner apply` or `pi-runner discard` them first")
        ])
    }

    private func session(_ existing: Session?, for workspace: String) throws -> Session {
        if let existing { return existing }
        return request.session == .none
            ? try Session(inMemory: workspace) : try store.make(for: workspace)
    }

    private func offer(_ policy: PolicyInForce) throws -> ToolOffer {
        try ToolOffer(
            request.tools, policy, hasRipgrep: HostPath.facts(of: "/usr/bin/rg") != nil)
    }

    // MARK: - The whole

    private func perform(
        _ existing: Session?, _ making: Beside<RunGround>, _ workspace: WorkspaceFolder,
        _ identity: SandboxSpec.Identity, _ goingOn: WaitingRun?, _ news: [Diagnostic],
        _ fitting: Fitting
    ) throws -> Outcome {
        let earlier = EarlierRuns(in: workspace.path, exec.state, news: news)
        let prepared = try exec.prepare(workspace, identity, fitting, on: making)
        guard let policy = prepared.policy.resolved else {
            throw Exec.Refused(diagnostics: prepared.policy.diagnostics)
        }
        if let goingOn {
            try exec.refuseWithoutLayer(prepared.plan.spec)
            try refuseTakingOver(goingOn, policy, prepared.policy)
        }
        let models = try RunModels(choice, policy, named: named)
        let offer = try offer(prepared.policy)
        try HostExamination.refuseOpenWalls(request.policy, prepared.plan, exec.state)

        let ground = try making.value()
        let world = try AgentWorld(prepared, policy, on: ground, offer)
        do {
            // The first call: whatever can't be made here ends the run before anything is asked.
            let context = try world.readContext()
            let run = AgentWork(
                request: request, models: models, policy: policy, prepared: prepared,
                store: exec.store, ground: ground, world: world, offer: offer,
                earlier: earlier.without(goingOn?.id),
                hasLostLayer: try goingOn == nil && existing.map(hasLostChanges) == true)
            do {
                let session = try session(existing, for: workspace.path)
                // What can't be read is no conversation to go on with.
                _ = try session.modelContext()
                return try run.perform(session, context)
            } catch let error as LaunchError {
                // It is not for whoever would begin all of this once more.
                throw Begun(error: error)
            }
        } catch {
            // The first failure is the one to tell of.
            let isAllGone = (try? world.sandboxes.end()) ?? false
            // As above; what calls did before it failed, if anything, waits.
            try? ground.seal()
            // As above.
            if !isAllGone {
                // As above.
                try? ground.leaveToLaterStart()
                // What is still there uses the layer that another start would have.
                if let error = error as? LaunchError { throw Begun(error: error) }
            }
            throw error
        }
    }
}

/// A sandbox that could not be made when the run had begun.
struct Begun: Error {
    let error: LaunchError
}

/// What an agent's calls are made in, and what it is told of its workspace.
struct AgentWorld {
    let sandboxes: RunSandboxes
    let outputs: OutputStore?
    let notices = NoticeList()
    /// What came into the workspace as turns ended.
    let takenOver = Counter()
    /// Where the person's own skills are, inside.
    static let skills = "/skills"
    private let prepared: Exec.Prepared
    private let policy: ResolvedPolicy

    init(
        _ prepared: Exec.Prepared, _ policy: ResolvedPolicy, on ground: RunGround,
        _ offer: ToolOffer
    ) throws {
        self.prepared = prepared
        self.policy = policy
        var extra = [
            SandboxSpec.Tree(
                path: SandboxTools.program, source: try Self.toolProgram(), access: .readOnly)
        ]
        outputs = offer.names.contains("bash") ? try OutputStore(in: ground.folder) : nil
        if let outputs {
            extra.append(
                SandboxSpec.Tree(
                    path: OutputStore.inside, source: outputs.path, access: .readOnly))
        }
        if let trusted = prepared.trusted {
            extra.append(
                SandboxSpec.Tree(
                    path: TrustedFiles.inside, source: trusted.folder, access: .readOnly))
        }
        if let skills = try OwnFiles.find().skills() {
            extra.append(SandboxSpec.Tree(path: Self.skills, source: skills, access: .readOnly))
        }
        let (notices, takenOver) = (notices, takenOver)
        let takingOver = TakingOver(policy)
        let surroundings = prepared.policy.surroundings
        let afterTurn: @Sendable () -> Void = {
            var after = Aftermath(appeared: [], replaced: [], waiting: nil, unknown: nil)
            after.apply(surroundings, ground, keepingOld: takingOver.keepsOld) { _, _ in .yes }
            notices.add(after.remarks)
            takenOver.add(after.applied?.count ?? 0)
        }
        sandboxes = RunSandboxes(
            prepared, on: ground, showing: extra, limits: Self.widest(policy, offer.names),
            afterTurn: takingOver.isDirect ? afterTurn : nil)
        try sandboxes.begin()
    }

    /// What a slot is made with, so that every tool's calls find room in it.
    private static func widest(_ policy: ResolvedPolicy, _ tools: [String]) -> CallLimits {
        var widest = CallLimits(policy, layer: nil)
        for tool in tools {
            let limits = CallLimits(policy, tool: tool, layer: nil)
            if limits.memory.value > widest.memory.value { widest.memory = limits.memory }
            if limits.processes.value > widest.processes.value {
                widest.processes = limits.processes
            }
        }
        return widest
    }

    /// Beside the launcher; refused if others may have written it, as that is.
    private static func toolProgram() throws -> String {
        let path = try Exec.launcherPath().parent.appending("pi-tool")
        _ = try Launcher(path)
        return path.text
    }

    /// The workspace's own words, read inside.
    func readContext() throws -> JSONValue {
        var asked = JSONObject()
        if prepared.trusted != nil { asked["from"] = .string(TrustedFiles.inside) }
        var limits = CallLimits(policy, layer: nil)
        limits.outputKept = CallLimits.Limit(.mebibytes(1), origin: limits.outputKept.origin)
        let result = try sandboxes.call(
            CallSpec(
                program: FilePath(SandboxTools.program), arguments: ["pi-tool", "context"],
                environment: prepared.call.environment,
                workingFolder: prepared.call.workingFolder, limits: limits),
            CallStreams(input: .bytes(JSONWriter.write(.object(asked), layout: .compact))))
        let kept = result.output[.stdout]
        guard result.ending == .exited(code: 0) else {
            let said = result.output[.stderr].map { String(decoding: $0.head, as: UTF8.self) } ?? ""
            throw ContextUnreadable(
                reason: "it \(result.ending.told). \(SafeText(said, limit: 300))")
        }
        // What is no JSON has nothing to say.
        let json = try? JSONReader.read(
            (kept?.head ?? []) + (kept?.tail ?? []), .interchange(sizeLimit: 2 << 20)
        ).value
        return json?["details"] ?? .null
    }

    struct ContextUnreadable: Error {
        let reason: String

        var diagnostic: Diagnostic {
            Diagnostic(
                severity: .error,
                message: "the first call in the sandbox did not work: \(reason)",
                help:
                    "`pi-runner doctor` tries every wall; `limits` may be too small for any program"
            )
        }
    }
}
