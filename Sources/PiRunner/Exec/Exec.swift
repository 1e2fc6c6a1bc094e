import PiGate
import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// One command in a sandbox: from what was asked to what became of it.
struct Exec {
    private(set) var request: ExecRequest
    let store: PolicyStore
    let state: StateFolder

    /// Why nothing was started.
    struct Refused: Error {
        let diagnostics: [Diagnostic]
        var exit = ExitCode.policyInvalid
    }

    init(_ request: ExecRequest) throws {
        self.request = request
        state = try StateFolder.find()
        store = try PolicyStore.here()
    }

    func perform() throws -> Outcome {
        try ThisProcess.keepSecret()
        guard !request.onlyPlan else {
            guard let run = try request.run.map(find) else { return try ExecReport.plan(plan()) }
            return try ExecReport.plan(believing(asBefore: run.id, in: run.workspace).plan())
        }
        guard let run = request.run else { return try perform(goingOn: nil, []) }
        // Nobody looks at its changes, or takes them over, while there are more to come.
        let held = try HeldRun(find(run))
        defer { withExtendedLifetime(held) {} }
        return try believing(asBefore: held.run.id, in: held.run.workspace)
            .perform(goingOn: held.run, held.news)
    }

    /// What goes on believes what it believed, and not what lies there by now.
    func believing(
        asBefore run: String, in workspace: String, orLost lost: String? = nil
    ) throws -> Exec {
        var exec = self
        exec.request.trustedBefore = try PastRun.trusted(by: run, in: workspace, state)
        exec.request.lostTrust = exec.request.trustedBefore == nil ? lost : nil
        return exec
    }

    /// What would be set up, and nothing done.
    func plan() throws -> Prepared {
        let workspace = try findWorkspace()
        let ids = try hostIDs(for: workspace)
        // Its lock holds the id for as long as the run has it.
        defer { withExtendedLifetime(ids) {} }
        // Files of a revision have to be somewhere while they are read, and go with it.
        var ground: RunGround?
        defer { withExtendedLifetime(ground) {} }
        return try prepare(
            workspace, ids.identity, Fitting(),
            believing: { revision in
                let made = try RunGround(in: state)
                ground = made
                return try trusted(revision, workspace, ids.identity, on: made)
            }, makeLayer: { planLayer(over: workspace, $0) }
        ) { CgroupHost.find() }
    }

    private func trusted(
        _ revision: String, _ workspace: WorkspaceFolder, _ identity: SandboxSpec.Identity,
        on ground: RunGround
    ) throws -> TrustedFiles {
        let folder = try ground.makeTrustedFolder(like: workspace)
        let checkout = SourceCheckout(of: workspace, for: identity)
        let commit = try checkout.fill(folder, with: revision)
        try ground.openTrustedFolder()
        return TrustedFiles(revision: revision, commit: commit, folder: folder)
    }

    private func perform(goingOn earlier: WaitingRun?, _ news: [Diagnostic]) throws -> Outcome {
        let state = state
        return try beside({ try RunGround(in: state, goingOn: earlier) }) { ground in
            let workspace = try findWorkspace(of: earlier)
            let ids = try hostIDs(for: workspace)
            // It starts beside us, and its namespaces are made while the policy is still being read.
            var waiting: Sandbox.Waiting? = try Self.launch()
            defer { withExtendedLifetime(ids) {} }
            return try Fitting.trying(goesOn: earlier != nil) { fitting in
                let first = waiting.take()
                return try start(
                    first ?? Self.launch(), ground, workspace, ids.identity, news, fitting)
            }
        }
    }

    var isPrivileged: Bool { UserID.current == .root }

    func hostIDs(for workspace: WorkspaceFolder) throws -> HostIDs {
        try HostIDs(for: workspace, settings: try store.settings(), state: state)
    }

    private static func launch() throws -> Sandbox.Waiting {
        try Sandbox.launch(Launcher(launcherPath()))
    }

    private func start(
        _ waiting: consuming Sandbox.Waiting, _ ground: Beside<RunGround>,
        _ workspace: WorkspaceFolder, _ identity: SandboxSpec.Identity, _ news: [Diagnostic],
        _ fitting: Fitting
    ) throws -> Outcome {
        let started = try Sandbox.begin(
            waiting, Sandbox.Hello(identity: identity, isPrivileged: isPrivileged, for: .one))
        let earlier = EarlierRuns(in: workspace.path, state, news: news)
        let prepared = try prepare(workspace, identity, fitting, on: ground)
        if request.run != nil { try refuseWithoutLayer(prepared.plan.spec) }
        try HostExamination.refuseOpenWalls(request.policy, prepared.plan, state)
        return try run(prepared, started, on: ground.value(), earlier, fitting)
    }

    /// With a layer of the run's own, if the policy wants one.
    func prepare(
        _ workspace: WorkspaceFolder, _ identity: SandboxSpec.Identity, _ fitting: Fitting,
        on ground: Beside<RunGround>
    ) throws -> Prepared {
        try prepare(
            workspace, identity, fitting,
            believing: { try trusted($0, workspace, identity, on: ground.value()) },
            makeLayer: { wish in
                let hidden = PathPatterns(
                    wish.hidden, in: store.at(workspace.path).surroundings)
                return try ground.value().makeLayer(over: workspace, wish, hiding: hidden) {
                    try SourceCheckout(of: workspace, for: identity).fill($0, for: wish)
                }
            }
        ) { try ground.value().cgroups }
    }

    /// Everything that is decided before something happens.
    struct Prepared: Sendable {
        let policy: PolicyInForce
        let plan: LaunchPlan
        let call: CallSpec
        let absent: [String]
        let gaps: [String]
        /// What of the repository the program sees; nil if it is what lies there.
        let commit: String?
        /// Nil if what lies in the workspace is believed as far as anything of it is.
        let trusted: TrustedFiles?
        let covered: Covered
        /// Nil if nothing is let out.
        let gate: RunGate?
        let warnings: [Diagnostic]
        let cgroups: CgroupHost?
        let cgroupsMissing: String?
        /// The same once more, of the workspace as it is then: what is to be hidden may have come to exist.
        let specAgain:
            @Sendable (_ makeLayer: (WorkspaceFolder, LayerWish) throws -> LayerPlace) throws ->
                SandboxSpec
    }

    static func launcherPath() throws -> FilePath {
        let beside = try ThisProcess.programFolder()
        let installed = beside.parent.appending("libexec/pi-runner/pi-launcher")
        // What is built lies side by side.
        let isBuilt =
            try Folder.open(beside, resolving: .anything).factsIfPresent(of: "pi-launcher") != nil
        return isBuilt ? beside.appending("pi-launcher") : installed
    }

    private func find(_ run: RawText) throws -> WaitingRun {
        try WaitingRun.find(
            run == "last" ? nil : run,
            in: Folder.open(request.workspace ?? ".", resolving: .anything).realPath().text, state)
    }

    func findWorkspace(of earlier: WaitingRun? = nil) throws -> WorkspaceFolder {
        let closed = [state.path.utf8, store.userFolder?.utf8, store.hostFolder.utf8]
        return try WorkspaceFolder.find(
            earlier.flatMap { FilePath($0.workspace) } ?? request.workspace,
            home: store.surroundings.home, closed: closed.compactMap { $0 })
    }

    /// Where a layer would be: a plan makes none.
    func planLayer(over workspace: WorkspaceFolder, _ wish: LayerWish) -> LayerPlace {
        let place = "\(state.path)/runs/RUN/\(WaitingRun.layers)"
        return LayerPlace(
            layers: SandboxSpec.Layers(
                writable: "\(place)/turns/1",
                sealed: wish.erased.isEmpty ? [] : ["\(place)/\(WaitingRun.hide)"],
                memory: wish.memory),
            base: workspace.path, commit: nil)
    }

    // MARK: - Decide

    func prepare(
        _ workspace: WorkspaceFolder, _ identity: SandboxSpec.Identity, _ fitting: Fitting,
        believing bring: (_ revision: String) throws -> TrustedFiles = {
            preconditionFailure("nobody believes \($0)")
        },
        makeLayer: (LayerWish) throws -> LayerPlace,
        cgroups: () throws -> Result<CgroupHost, CgroupHost.Missing>
    ) throws -> Prepared {
        var trusted: TrustedFiles?
        let policy = try store.at(workspace.path).load(
            request.policy, bounds: [], strict: ThisProcess.variable("CI") == "true",
            trustingOurOwn: true
        ) { written in
            guard request.believesWorkspace else { return .nowhere }
            guard
                let revision = try TrustedFiles.revision(request.trust, written)
                    ?? request.trustedBefore
            else {
                try TrustedFiles.refuseLost(request.lostTrust)
                return .workspace
            }
            let brought = try bring(revision)
            trusted = brought
            return .folder(FilePath(brought.folder) ?? "/")
        }
        guard let resolved = policy.resolved else { throw Refused(diagnostics: policy.diagnostics) }
        let unasked = try refuseWhatIsMissing(policy, resolved)

        let environment = Environment(resolved, request)
        let (isPrivileged, home, hides) = (isPrivileged, environment.home, !request.seesAll)
        @Sendable func look(
            _ copying: CopyChoice, _ makeLayer: (LayerWish) throws -> LayerPlace
        ) throws -> (PolicyWorld, SandboxSpec) {
            let world = try PolicyWorld(
                policy, resolved, workspace: workspace, identity: identity,
                isPrivileged: isPrivileged, hides: hides, home: home, copying: copying,
                makeLayer: makeLayer)
            return (world, fitting.mapsIDs ? world.spec : try Self.withoutMapping(world.spec))
        }
        let found = CopyChoice.asFound(isRefused: fitting.refusal != nil)
        let (world, spec) = try look(request.seesAll ? .never : found, makeLayer)
        if let refusal = fitting.refusal, world.copyReason == nil { throw refusal }
        // For good: what is mounted later is refused, and not copied in the middle of a run.
        let copying = world.copyReason.map(CopyChoice.because) ?? .never
        try refuseRoot(workspace, resolved, world.spec)
        let walls = try HostWalls.look(for: resolved, found: cgroups())
        let plan = try LaunchPlan(
            for: spec, isPrivileged: isPrivileged, landlock: walls.landlock)
        let call = CallSpec(
            arguments: request.program, environment: environment.variables,
            workingFolder: Self.workingFolder(in: workspace.path),
            limits: CallLimits(resolved, layer: spec.layers),
            terminal: request.wantsTerminal
                ? StandardStream.input.terminalSize ?? TerminalSize(rows: 24, columns: 80) : nil)
        return Prepared(
            policy: policy, plan: plan, call: call, absent: world.absent, gaps: world.gaps,
            commit: world.commit, trusted: trusted,
            covered: try Covered(plan.spec),
            gate: try RunGate(resolved, in: policy.surroundings),
            warnings: policy.diagnostics + unasked + walls.warnings
                + (fitting.mapsIDs ? [] : [Self.unmapped])
                + [world.copyReason].compactMap(\.self).map(Self.copied)
                + world.unwritable.map(Self.notThere),
            cgroups: walls.cgroups,
            cgroupsMissing: walls.cgroupsMissing,
            specAgain: { makeLayer in
                var again = try look(copying) { try makeLayer(workspace, $0) }.1
                // What a run itself has put where a listed path is shows nothing that was not shown before.
                again.trees.removeAll { $0.layers == nil && !spec.trees.contains($0) }
                again.links.removeAll { !spec.links.contains($0) }
                return again
            })
    }

    private static let unmapped = Diagnostic(
        severity: .warning,
        message:
            "the file system of the workspace can't translate owners: the program sees only what is open to everybody",
        help: "run as the owner of the files instead of root, or use a newer kernel")

    private static func copied(_ reason: String) -> Diagnostic {
        Diagnostic(
            severity: .warning,
            message: "the run works on a copy of the workspace, as the policy allows: \(reason)",
            help: nil)
    }

    private static func notThere(_ path: String) -> Diagnostic {
        Diagnostic(
            severity: .warning,
            message:
                "files.write lists \(SafeText(path, limit: 200)), which is not there: what a program writes there is lost",
            help: "make it before the run")
    }

    private static func withoutMapping(_ spec: SandboxSpec) throws -> SandboxSpec {
        var spec = spec
        spec.trees = try spec.trees.map { tree in
            guard tree.isIDMapped else { return tree }
            guard tree.access == .readOnly else {
                throw LaunchError(.idMappedMount, tree.source, .invalidArgument)
            }
            return SandboxSpec.Tree(path: tree.path, source: tree.source, access: .readOnly)
        }
        return spec
    }

    /// What is to be said of the rest.
    private func refuseWhatIsMissing(
        _ policy: PolicyInForce, _ resolved: ResolvedPolicy
    ) throws -> [Diagnostic] {
        let missing = Enforcement.refusals(of: policy, resolved, for: request.command)
        guard missing.isEmpty else { throw Refused(diagnostics: missing) }
        return Enforcement.diagnostics(
            unasked: Enforcement.unasked(in: resolved, for: request.command))
    }

    /// Whoever wants to go on wants to write where it was written before.
    func refuseWithoutLayer(_ spec: SandboxSpec) throws {
        guard !spec.trees.contains(where: { $0.layers != nil }) else { return }
        throw Refused(diagnostics: [
            Diagnostic(
                severity: .error,
                message: "under this policy nothing is written to a layer, so no run can go on",
                help:
                    "name the policy of the run by --policy: one with `workspace: {mode: overlay}`"
            )
        ])
    }

    /// Never root to root where something could be written: what it leaves would be root's.
    private func refuseRoot(
        _ workspace: WorkspaceFolder, _ resolved: ResolvedPolicy, _ spec: SandboxSpec
    ) throws {
        let isMeant = resolved.value.value(at: ["workspace", "owner"])?.text == "root"
        guard isPrivileged, workspace.owner == .root, !isMeant,
            // What is written to a layer is not written there.
            let writable = spec.trees.first(where: \.isWrittenOnHost)
        else { return }
        let place = SafeText(workspace.path, limit: 200)
        throw Refused(diagnostics: [
            Diagnostic(
                severity: .error,
                message: writable.path == workspace.path
                    ? "\(place) belongs to root, and could be written to"
                    : "\(place) belongs to root, and so \(SafeText(writable.path, limit: 200)) could be written to as root",
                help:
                    "give the workspace to the user whose work it is, or write `workspace: {owner: root}` if that is meant"
            )
        ])
    }

    /// The folder that the person is in, if it is of the workspace.
    static func workingFolder(in workspace: String) -> FilePath {
        // Whoever is in a folder that can't be opened begins at the top.
        let here = try? Folder.open(".", resolving: .anything).realPath().utf8
        guard let here, here.hasPrefix("\(workspace)/") else { return FilePath(workspace)! }
        return FilePath(here)!
    }
}
