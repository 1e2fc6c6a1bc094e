import PiJSON
import PiPolicy
import PiSystem

/// A policy as it would be in force here, or why it can't be.
struct PolicyInForce: Sendable {
    let typed: RawText
    /// Nil if it, or a bound, is wrong.
    let resolved: ResolvedPolicy?
    let diagnostics: [Diagnostic]
    let surroundings: Surroundings
    /// Of its canonical form; nil if there is none.
    let digest: String?

    init(
        typed: RawText, resolved: ResolvedPolicy?, diagnostics: [Diagnostic],
        surroundings: Surroundings
    ) {
        self.typed = typed
        self.resolved = resolved
        self.diagnostics = diagnostics
        self.surroundings = surroundings
        digest = resolved.map { resolved in
            // The canonical form holds texts and small whole numbers only, all of which have one.
            let bytes = try? CanonicalJSON.write(resolved.canonical)
            return "sha256:" + LibCrypto.sha256(bytes ?? [])
        }
    }

    var errors: Int { diagnostics.count { $0.severity == .error } }

    /// Every file that it was made from.
    var files: [String] {
        guard let resolved else { return [] }
        return ([resolved.policy] + resolved.bounds).flatMap { $0.files.map(\.name) }
    }

    var evaluator: Evaluator? { resolved?.evaluator(in: surroundings) }

    /// What each of its examples comes to.
    var examples: [Examples.Outcome] {
        resolved.map {
            Examples.outcomes($0.policy, $0.evaluatorOfItself(in: surroundings))
        } ?? []
    }
}

extension Enforcement {
    /// Why a policy can't be put in force: nothing enforces it, or what it says has no value here.
    static func refusals(
        of policy: PolicyInForce, _ resolved: ResolvedPolicy, for command: Command
    ) -> [Diagnostic] {
        diagnostics(missing(in: resolved, for: command))
            + policy.diagnostics.filter { $0.code == "W0317" }.map { $0.raised(to: .error) }
    }
}

/// Where the bound that a workspace has of its own is read.
enum BoundPlace {
    case workspace
    case nowhere
    /// Of the workspace as it was once.
    case folder(FilePath)
}

extension PolicyStore {
    /// Loads a policy with the bounds of this host, of this workspace and of the command line.
    ///
    /// One that is in force already keeps the workspace's bound: what lies there may be an agent's by now.
    ///
    /// - Parameter place: where the workspace's bound is, given the revision that the policy believes.
    func load(
        _ typed: RawText, bounds further: [RawText], strict: Bool,
        trustingOurOwn: Bool = false, after earlier: ResolvedPolicy? = nil,
        boundAt place: (_ trust: String?) throws -> BoundPlace = { _ in .workspace }
    ) throws -> PolicyInForce {
        var diagnostics: [Diagnostic] = []
        let named = try find(typed)
        let policy = load(named, by: .operatorOfTheHost, &diagnostics)
        var bounds: [LoadedPolicy?] = []
        let (groups, groupDiagnostics) = Groups.load(try groupFiles())
        for bound in try hostBounds() {
            let loaded = load(bound, by: .host, &diagnostics)
            if let loaded { try checkGroups(of: loaded, groups) }
            bounds.append(loaded)
        }
        if let earlier {
            bounds += earlier.bounds.filter(Self.isOfWorkspace)
            // A workspace's own file is its policy and no bound when it is itself what is looked at.
        } else {
            let place = try place(policy?.trust)
            if case .folder = place { try refuseOfWorkspace(named) }
            if let own = try workspaceBound(at: place), own.source.name != named.source.name {
                bounds.append(load(own, by: .workspace, &diagnostics))
            }
        }
        for bound in further {
            bounds.append(load(try find(bound), by: .operatorOfTheHost, &diagnostics))
        }
        diagnostics += groupDiagnostics

        var resolved: ResolvedPolicy?
        if let policy, bounds.allSatisfy({ $0 != nil }) {
            let isOurOwn = if case .shipped = named.reference { bounds.isEmpty } else { false }
            let (made, more) = ResolvedPolicy.resolve(
                policy, bounds: bounds.compactMap { $0 }, groups: groups, surroundings,
                isOurOwn && trustingOurOwn ? .meaning : .everything)
            resolved = made
            diagnostics += more
        }
        if strict { diagnostics = diagnostics.map { $0.raised(to: .error) } }
        let isWrong = diagnostics.contains { $0.severity == .error }
        return PolicyInForce(
            typed: typed, resolved: isWrong ? nil : resolved, diagnostics: diagnostics,
            surroundings: surroundings)
    }

    private func load(
        _ named: Named, by author: PolicyLoader.Author, _ diagnostics: inout [Diagnostic]
    ) -> LoadedPolicy? {
        let (loaded, found) = PolicyLoader.load(
            named.source, as: named.reference, by: author, variables
        ) { reference throws(PolicyLoader.Unreadable) in
            try read(reference, below: named.folder)
        }
        diagnostics += found
        return loaded
    }

    private var variables: Variables {
        let workspace = surroundings.workspace
        return Variables { variable in
            switch variable {
            case .workspace: workspace
            // systemd.exec(5): where a service finds its credentials.
            case .credentials: ThisProcess.variable("CREDENTIALS_DIRECTORY")?.utf8
            case .environment(let name): RawText(name).flatMap(ThisProcess.variable)?.utf8
            }
        }
    }

    // MARK: - Files that count without being named

    private func hostBounds() throws -> [Named] {
        guard let named = try optional(hostFolder, "ceiling.yaml", named: nil) else { return [] }
        let facts = try Folder.open(hostFolder, resolving: .anything).facts(of: "ceiling.yaml")
        // What others may rewrite bounds nobody.
        guard facts.user == .root || facts.user == .current, facts.mode & 0o022 == 0 else {
            throw PolicyUnreadable(
                name: named.source.name, reason: "it could be changed by others than root",
                help: "as root: chown root: \(named.source.name) && chmod 644 \(named.source.name)")
        }
        return [named]
    }

    /// What bounds everybody on this host, and why it can't be understood; nil if there is none.
    func ceiling(_ diagnostics: inout [Diagnostic]) throws -> (policy: LoadedPolicy?, Void)? {
        guard let named = try hostBounds().first else { return nil }
        return (load(named, by: .host, &diagnostics), ())
    }

    /// A ceiling rests on what the host says, not on what the person says who is to be bound by it.
    private func checkGroups(of bound: LoadedPolicy, _ groups: Groups) throws {
        let own = hostFolder.appending("policies").appending("groups.yaml").description
        let foreign = bound.value.groupNames.sorted().first {
            groups.find($0)?.origin.source.name != own
        }
        guard let name = foreign else { return }
        throw PolicyUnreadable(
            name: bound.files[0].name, reason: "the host has no group `@\(name)`",
            help: "as root: pi-runner policy groups refresh --host")
    }

    /// A policy that lies in a workspace is a part of what is not believed.
    private func refuseOfWorkspace(_ named: Named) throws {
        guard case .file = named.reference, let folder = named.folder else { return }
        let place = try Folder.open(folder, resolving: .anything).realPath().text
        guard "\(place)/".utf8.starts(with: "\(surroundings.workspace)/".utf8) else { return }
        throw PolicyUnreadable(
            name: named.source.name,
            reason: "it lies in the workspace, and what lies there is not believed",
            help: "name one that lies elsewhere: the policy of the revision is in force in any case"
        )
    }

    private func workspaceBound(at place: BoundPlace) throws -> Named? {
        let workspace: FilePath
        switch place {
        case .nowhere: return nil
        case .folder(let folder): workspace = folder
        case .workspace:
            guard let path = FilePath(surroundings.workspace) else { return nil }
            workspace = path
        }
        if try optional(workspace, ".pi-runner/policy.yml", named: nil) != nil {
            throw PolicyUnreadable(
                name: ".pi-runner/policy.yml", reason: "the file is called policy.yaml",
                help: "rename it; under this name it would bound nothing")
        }
        return try optional(workspace, Self.ofWorkspace, named: "\(Self.ofWorkspace)")
    }

    private static let ofWorkspace: FilePath = ".pi-runner/policy.yaml"

    static func isOfWorkspace(_ bound: LoadedPolicy) -> Bool {
        bound.files.first?.name == "\(ofWorkspace)"
    }

    func groupFiles() throws -> [SourceText] {
        // The host's own first: what it says of a group nobody can say otherwise.
        let folders = [hostFolder, userFolder].compactMap { $0?.appending("policies") }
        return try folders.compactMap { try optional($0, "groups.yaml", named: nil)?.source }
    }

    /// Nil if there is no such file; one that is there and can't be read is an error.
    func optional(_ folder: FilePath, _ file: FilePath, named name: String?) throws
        -> Named?
    {
        do throws(SystemError) {
            let bytes = try Folder.open(folder, resolving: .anything)
                .read(file, limit: Self.limit, resolving: [.beneath, .noLinks])
            let source = SourceText(name: name ?? folder.appending(file).description, bytes: bytes)
            return Named(
                reference: .file(file.name?.description ?? ""), source: source,
                folder: folder.appending(file.parent))
        } catch {
            guard error.errno == .noSuchFile || error.errno == .notAFolder else { throw error }
            return nil
        }
    }
}

extension LoadedPolicy {
    /// The revision whose files are believed.
    fileprivate var trust: String? { value.value(at: ["workspace", "trust"])?.text }
}
