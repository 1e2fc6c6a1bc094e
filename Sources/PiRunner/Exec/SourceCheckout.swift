import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// Brings the files of a revision into a folder, or a copy of what lies in a workspace.
///
/// In a sandbox, as the workspace is one that nobody trusts; and none of a repository's configuration counts: no filter and
/// no hook of its is run.
struct SourceCheckout {
    private let workspace: WorkspaceFolder
    private let identity: SandboxSpec.Identity

    init(of workspace: WorkspaceFolder, for identity: SandboxSpec.Identity) {
        self.workspace = workspace
        self.identity = identity
    }

    struct Failed: Error {
        let message: String
        let help: String

        init(message: String, help: String) {
            self.message = message
            self.help = help
        }

        init(revision: String, of key: String, _ reason: String) {
            message =
                "the revision \(SafeText(revision, limit: 100)) of `\(key)` can't be had: \(SafeText(reason, limit: 300))"
            help = "`git log` shows which there are; what lies in another repository can't be seen"
        }

        init(copying workspace: String, _ reason: String) {
            message =
                "\(SafeText(workspace, limit: 200)) can't be copied: \(SafeText(reason, limit: 300))"
            help = "make that readable, or hide it, or choose another folder by --workspace"
        }

        var diagnostic: Diagnostic {
            Diagnostic(severity: .error, message: message, help: help)
        }
    }

    /// The commit; nil if it is none that is brought.
    func fill(_ folder: String, for wish: LayerWish) throws -> String? {
        switch wish.source {
        case .here, .empty: return nil
        case .git(let revision):
            return try checkOut(revision, into: folder, for: "workspace.source")
        case .copy:
            try copy(into: folder, without: wish.hidden)
            return nil
        }
    }

    /// What of a workspace is believed, and nothing else of it; returns the commit.
    func fill(_ folder: String, with revision: String) throws -> String {
        try checkOut(
            revision, into: folder, for: "workspace.trust", only: TrustedFiles.names)
    }

    private static let target = "/source"

    /// A repository of its own, that has nothing but the other's objects.
    ///
    /// Without names it brings the whole commit; with them these files alone.
    private static let script: RawText = """
        cd "$1" && [ -e .git ] || { echo "there is no repository" >&2; exit 1; }
        objects=$(git rev-parse --git-path objects) && objects=$(realpath -e "$objects") || exit 1
        commit=$(git rev-parse --verify --end-of-options "$2^{commit}" 2>/tmp/said) || { echo "no such commit" >&2; exit 1; }
        format=$(git rev-parse --show-object-format) || exit 1
        git init -q --bare --object-format="$format" /tmp/git && cd /tmp || exit 1
        export GIT_DIR=/tmp/git GIT_WORK_TREE=/source GIT_ALTERNATE_OBJECT_DIRECTORIES="$objects"
        shift 2
        git read-tree "$commit" || exit 1
        if [ $# -eq 0 ]; then
            git checkout-index -q -a -f || exit 1
        else
            # Of two with one name, nobody knows which is believed.
            [ -s /tmp/said ] && { cat /tmp/said >&2; exit 1; }
            umask 022 && cd /source || exit 1
            git ls-files -z -- "$@" > /tmp/names && git checkout-index -q -f -z --stdin < /tmp/names || exit 1
        fi
        printf %s "$commit"
        """

    private func checkOut(
        _ revision: String, into folder: String, for key: String, only names: [RawText] = []
    ) throws -> String {
        guard let place = RawText(workspace.path), let name = RawText(revision) else {
            throw Failed(revision: revision, of: key, "it is no name")
        }
        let result = try run(Self.script, [place, name] + names, into: folder)
        guard result.ending == .exited(code: 0) else {
            throw Failed(revision: revision, of: key, Self.reason(result))
        }
        return Self.text(result.output[.stdout])
    }

    /// All of it is the run's own; blocks are shared where the file system can do that.
    private func copy(into folder: String, without hidden: [String]) throws {
        let patterns = PathPatterns(
            hidden, in: try PolicyStore.here().at(workspace.path).surroundings)
        // So many can't be covered, and are only taken out of the copy.
        let covered = try? PatternHits.find(patterns, below: workspace.path, limit: 512)
        let result = try run(
            "cp -a --no-preserve=ownership --reflink=auto -- \"$1/.\" /source/",
            [RawText(workspace.path) ?? "/"], into: folder, covering: covered ?? [])
        guard result.ending == .exited(code: 0) else {
            throw Failed(copying: workspace.path, Self.reason(result))
        }
    }

    private func run(
        _ script: RawText, _ arguments: [RawText], into folder: String,
        covering covered: [String] = []
    ) throws -> CallResult {
        do {
            return try Fitting.trying {
                try run(script, arguments, into: folder, covering: covered, $0)
            }
        } catch let error as LaunchError {
            // It is no failure of the run's own, which would be tried in another way.
            throw Failed(
                message:
                    "what a run sees can't be brought: \(Failure.diagnostic(of: error).message)",
                help: "`pi-runner doctor` tries every wall")
        }
    }

    private func run(
        _ script: RawText, _ arguments: [RawText], into folder: String,
        covering covered: [String], _ fitting: Fitting
    ) throws -> CallResult {
        // It is our own script that is run, whatever the workspace says of others.
        let exec = try Exec(ExecRequest(policy: "exec", seesAll: true))
        let prepared = try exec.prepare(
            workspace, identity, fitting, makeLayer: { exec.planLayer(over: workspace, $0) }
        ) { CgroupHost.find() }
        let isPrivileged = prepared.plan.isPrivileged
        var spec = prepared.plan.spec
        spec.hidden += covered.sorted()
        spec.trees.append(
            SandboxSpec.Tree(
                path: Self.target, source: folder, access: .readWrite, isIDMapped: isPrivileged))
        let plan = try LaunchPlan(
            for: spec, isPrivileged: isPrivileged, landlock: prepared.plan.landlock)
        let started = try Sandbox.begin(
            Sandbox.launch(Launcher(Exec.launcherPath())),
            Sandbox.Hello(identity: identity, isPrivileged: isPrivileged, for: .one))
        var limits = prepared.call.limits
        let origin = "what brings a workspace's files"
        limits.wall = CallLimits.Limit(.seconds(600), origin: origin)
        limits.fileSize = CallLimits.Limit(.mebibytes(64 << 10), origin: origin)
        let sandbox = try Sandbox(started, plan, limits: limits, cgroups: nil)
        let result = try sandbox.call(
            CallSpec(
                arguments: ["/bin/sh", "-c", script, "sh"] + arguments,
                environment: [
                    "PATH=/usr/bin:/bin", "HOME=/tmp", "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1",
                    "GIT_ATTR_NOSYSTEM=1", "GIT_OPTIONAL_LOCKS=0", "GIT_LITERAL_PATHSPECS=1",
                    "GIT_CONFIG_COUNT=2",
                    "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*",
                    // A folder of the workspace can look like a repository of its own.
                    "GIT_CONFIG_KEY_1=safe.bareRepository", "GIT_CONFIG_VALUE_1=explicit",
                ], workingFolder: "/", limits: limits),
            CallStreams(input: .nothing))
        try sandbox.end()
        return result
    }

    private static func reason(_ result: CallResult) -> String {
        let said = text(result.output[.stderr])
        return said.isEmpty ? "what does it \(result.ending.told)" : said
    }

    private static func text(_ kept: OutputKeeper?) -> String {
        String(decoding: (kept?.head ?? []) + (kept?.tail ?? []), as: UTF8.self)
    }
}
