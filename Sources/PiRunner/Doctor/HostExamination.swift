import PiJSON
import PiSandbox
import PiSystem

/// Whether the walls really stand on this host: tried, in the sandbox that `exec` would use, as this user.
struct HostExamination {
    struct Row: Hashable {
        enum State: String { case holds, weaker, missing, untried }

        let name: String
        let state: State
        let detail: String
        let remedy: String?

        var json: JSONValue {
            [
                "name": .string(name), "state": .string(state.rawValue), "detail": .string(detail),
                "remedy": remedy.map(JSONValue.string) ?? .null,
            ]
        }
    }

    let rows: [Row]

    /// Those without which nothing may start.
    var missing: [Row] { rows.filter { $0.state == .missing } }

    /// Throws what is wrong with the policy; what is wrong with the host is the result.
    static func perform(policy: RawText, state: StateFolder) throws -> HostExamination {
        let folder = try state.folder("probe")
        let workspace = try WorkspaceFolder(probing: folder)
        let exec = try Exec(ExecRequest(policy: policy))
        let ids = try exec.hostIDs(for: workspace)
        defer { withExtendedLifetime(ids) {} }
        let prepared = try exec.prepare(
            // The probe has no workspace, and so nothing waits for it.
            workspace, ids.identity, Fitting(),
            makeLayer: { exec.planLayer(over: workspace, $0) }
        ) { CgroupHost.find() }
        // In the state folder, which no sandbox ever shows.
        try folder.replace(
            "outside", with: Array("outside\n".utf8), mode: 0o600, survives: .kills)
        do {
            return HostExamination(
                rows: try run(prepared, ids.identity, folder.path) + limits(prepared))
        } catch let error as LaunchError {
            return HostExamination(rows: Self.rows(of: error))
        }
    }

    private static func run(
        _ prepared: Exec.Prepared, _ identity: SandboxSpec.Identity, _ folder: FilePath
    ) throws -> [Row] {
        let isPrivileged = prepared.plan.isPrivileged
        let path = try Exec.launcherPath()
        let launcher = try Launcher(path)
        let started = try Sandbox.begin(
            Sandbox.launch(launcher),
            Sandbox.Hello(identity: identity, isPrivileged: isPrivileged, for: .one))
        // By its real path: nothing follows a link on the way in.
        let real = try Folder.open(path.parent, resolving: .anything).realPath()
            .appending(path.name!)
        var spec = Probe.spec(prepared.plan.spec, launcher: real)
        // The folder itself is what the probe must not see.
        spec.trees.removeAll { $0.source == folder.utf8 }
        spec.folders.append("/work")
        let plan = try LaunchPlan(
            for: spec, isPrivileged: isPrivileged, landlock: prepared.plan.landlock)
        let sandbox = try Sandbox(started, plan, limits: Probe.limits, cgroups: nil)
        let outside = try Probe.Outside(file: folder.appending("outside"))
        // What the probe reaches for has to be there while it does.
        defer { withExtendedLifetime(outside) {} }
        let result: CallResult
        do {
            result = try sandbox.call(
                Probe.call(outside, workingFolder: "/work"),
                CallStreams(input: .nothing))
        } catch {
            // The first failure is the one to tell of.
            _ = try? sandbox.end()
            throw error
        }
        try sandbox.end()
        return rows(of: result, plan)
    }

    private static func rows(of result: CallResult, _ plan: LaunchPlan) -> [Row] {
        // Of one that was ended it is not known what it had still to say.
        let answers =
            result.ending == .exited(code: 0)
            ? Probe.answers(result.output[.stdout] ?? OutputKeeper(limit: .kibibytes(1))) : []
        let walls = Wall.allCases.map { wall -> Row in
            guard plan.raises(wall) else {
                return Row(
                    name: wall.rawValue, state: .weaker,
                    detail: "this kernel has none, or the policy does without",
                    remedy: wall == .landlock
                        ? "boot with lsm=landlock,… (cat /sys/kernel/security/lsm shows the list)"
                        : nil)
            }
            guard let answer = answers.first(where: { $0.wall == wall }) else {
                return Row(
                    name: wall.rawValue, state: .missing,
                    detail: "the probe gave no answer, and \(result.ending.told)",
                    remedy: "please report it with the output of pi-runner doctor --json")
            }
            return Row(
                name: wall.rawValue, state: answer.holds ? .holds : .missing,
                detail: answer.attempt,
                remedy: answer.holds
                    ? nil : "please report it with the output of pi-runner doctor --json")
        }
        let reports =
            result.refusalsReported
            ? Row(
                name: "reports", state: .holds, detail: "refused system calls are counted",
                remedy: nil)
            : Row(
                name: "reports", state: .weaker,
                detail: "refused system calls are not reported: a filter around us has a listener",
                remedy: "start outside of the container whose runtime listens")
        return walls + [reports]
    }

    /// The step at which it ended says which wall it is; what would have come after was not tried.
    private static func rows(of error: LaunchError) -> [Row] {
        let cause = HostCause(of: error)
        let failed = error.step.wall
        return Wall.allCases.map { wall in
            wall == failed
                ? Row(
                    name: wall.rawValue, state: .missing, detail: cause.cause,
                    remedy: cause.remedy)
                : Row(
                    name: wall.rawValue, state: .untried,
                    detail: "no sandbox could be made to try it in", remedy: nil)
        }
    }

    private static func limits(_ prepared: Exec.Prepared) -> [Row] {
        guard let kind = prepared.cgroups?.kind else {
            return [
                Row(
                    name: "limits", state: .weaker,
                    detail:
                        "memory is watched and not limited: \(prepared.cgroupsMissing ?? "the policy does without control groups")",
                    remedy:
                        "where systemd runs: systemd-run --user --scope -p Delegate=yes pi-runner …; as root control groups are enough"
                )
            ]
        }
        return [
            Row(
                name: "limits", state: .holds,
                detail: "memory and processes by control groups, \(kind.rawValue)", remedy: nil)
        ]
    }
}

// MARK: - Once for each boot

extension HostExamination {
    struct WallsOpen: Error {
        let rows: [Row]

        var diagnostics: [Diagnostic] {
            rows.map { row in
                Diagnostic(
                    severity: .error,
                    message: "the wall `\(row.name)` does not stand on this host: \(row.detail)",
                    help: row.remedy.map(Failure.asHelp),
                    notes: ["nothing was started; `pi-runner doctor` tries all of them"])
            }
        }
    }

    /// What `exec` does before its first start of a boot with this kernel, program, user and set of walls.
    static func refuseOpenWalls(
        _ policy: RawText, _ plan: LaunchPlan, _ state: StateFolder
    ) throws {
        let key = try self.key(plan)
        let tried = try state.folder("tried")
        guard try tried.factsIfPresent(of: key) == nil else { return }
        let found = try perform(policy: policy, state: state)
        guard found.missing.isEmpty else { throw WallsOpen(rows: found.missing) }
        try tried.replace(key, with: [], mode: 0o600, survives: .kills)
    }

    private static func key(_ plan: LaunchPlan) throws -> FilePath {
        let boot = try Folder.open("/proc/sys/kernel/random", resolving: .anything)
            .read("boot_id", limit: .kibibytes(1), resolving: .anything)
        let launcher = try FileFacts.of(Exec.launcherPath())
        let program = try FileFacts.of(FilePath(stringLiteral: "/proc/self/exe").linkTarget())
        let text = [
            String(decoding: boot, as: UTF8.self), try ThisProcess.kernelRelease(),
            "\(UserID.current.rawValue)",
            Wall.allCases.filter(plan.raises).map(\.rawValue).joined(separator: " "),
            "\(launcher.device) \(launcher.inode)",
            "\(launcher.modified.nanoseconds) \(program.inode) \(program.modified.nanoseconds)",
        ].joined(separator: "\n")
        return FilePath(LibCrypto.sha256(Array(text.utf8)))!
    }
}
