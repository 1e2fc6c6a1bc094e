import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// From a policy to a sandbox: the one place that knows both.
///
/// Read here what becomes of a key: what is not read here has no effect on a sandbox.
struct PolicyWorld {
    private let policy: ResolvedPolicy
    private let evaluator: Evaluator
    private let surroundings: Surroundings
    private let workspace: WorkspaceFolder
    private let isPrivileged: Bool
    private let temporaryHome: String?

    /// Listed, and not on this host.
    private(set) var absent: [String] = []
    /// Of these, what should be written to.
    private(set) var unwritable: [String] = []
    private(set) var spec: SandboxSpec
    /// What does not exist in the workspace's layers, from its own folder.
    private var erased: [String] = []
    /// Names that could be protected only if they existed; `live` alone has them.
    private(set) var gaps: [String] = []
    /// Why a layer is laid over a copy of the workspace, if one is.
    private(set) var copyReason: String?
    /// The commit that is seen in the place of the workspace's files.
    private(set) var commit: String?

    init(
        _ policy: PolicyInForce, _ resolved: ResolvedPolicy, workspace: WorkspaceFolder,
        identity: SandboxSpec.Identity, isPrivileged: Bool, hides: Bool = true, home: String?,
        copying: CopyChoice,
        makeLayer: (LayerWish) throws -> LayerPlace
    ) throws {
        self.policy = resolved
        evaluator = resolved.evaluator(in: policy.surroundings)
        surroundings = policy.surroundings
        self.workspace = workspace
        self.isPrivileged = isPrivileged
        temporaryHome = home
        spec = SandboxSpec(identity: identity, hostName: "sandbox")
        spec.ports = RunGate.ports(of: resolved)
        try refuseOtherSource()
        copyReason = try reasonToCopy(copying)
        try addTrees()
        addSkeleton()
        addPlaces()
        if hides { try addCovers() }
        if isLayered { try addLayers(makeLayer) }
    }

    /// Whether writes to the workspace wait.
    private var isLayered: Bool { ["overlay", "direct"].contains(mode) }

    private var source: WorkspaceSource {
        copyReason == nil ? WorkspaceSource(policy.value) : .copy
    }

    /// Where changes come into the workspace turn by turn, a copy would soon be of another state.
    private func reasonToCopy(_ choice: CopyChoice) throws -> String? {
        switch choice {
        case .never: return nil
        case .because(let reason): return reason
        case .asFound(let isRefused):
            guard mode == "overlay", source == .here,
                policy.value.value(at: ["workspace", "unfit"])?.text == "copy"
            else { return nil }
            if let place = try MountPoints.below(workspace.path).first {
                return "something is mounted at \(SafeText(bytes: place.bytes, limit: 200))"
            }
            return isRefused ? "no layer can be laid over it on this host" : nil
        }
    }

    private var mode: String { policy.value.value(at: ["workspace", "mode"])?.text ?? "read-only" }

    // MARK: - What is seen

    private mutating func addTrees() throws {
        let readable = listed(["files", "read"])
        let writable = listed(["files", "write"])
        // A bound may name a part of what the policy lists, and then that part is granted.
        for path in readable where isAllowed(Request(read: path)) && !writable.contains(path) {
            try show(path, .readOnly)
        }
        for path in writable {
            if isAllowed(Request(write: path)) {
                try show(path, .readWrite)
            } else if isAllowed(Request(read: path)) {
                try show(path, .readOnly)
            }
        }
        add(
            SandboxSpec.Tree(
                path: workspace.path, source: workspace.path,
                access: mode == "read-only" ? .readOnly : .readWrite, isIDMapped: isPrivileged))
        dropCovered()
    }

    /// The paths of a list of the policy and of those of its bounds; patterns as what they find here.
    private func listed(_ key: [String]) -> [String] {
        let values = ([policy.policy.value] + policy.bounds.map(\.value)).flatMap {
            $0.value(at: key)?.elements ?? []
        }
        var paths: [String] = []
        for text in values.compactMap(\.text) {
            let path = surroundings.absolute(text)
            if !paths.contains(path) { paths.append(path) }
        }
        return paths
    }

    private func isAllowed(_ request: Request) -> Bool {
        evaluator.decide(request).verdict == .allow
    }

    private mutating func show(_ path: String, _ access: SandboxSpec.Access) throws {
        guard !path.utf8.contains(UInt8(ascii: "*")) else {
            let found = try PatternHits.find(
                PathPatterns([path], in: surroundings), below: "/", limit: 512)
            if found.isEmpty { absent.append(path) }
            for hit in found { try show(literal: hit, access) }
            return
        }
        try show(literal: path, access)
    }

    private mutating func show(literal path: String, _ access: SandboxSpec.Access) throws {
        let found = HostPath.resolve(path)
        for link in found.links where !spec.links.contains(link) { spec.links.append(link) }
        guard let real = found.real else {
            absent.append(path)
            if access == .readWrite { unwritable.append(path) }
            return
        }
        // A link may lead to what is hidden, and it is the file that counts.
        guard real == path || isVisible(real) else { return }
        add(
            SandboxSpec.Tree(
                path: real, source: real, access: access,
                isIDMapped: isPrivileged && access == .readWrite))
    }

    private func isVisible(_ path: String) -> Bool {
        let patterns = PathPatterns(hiding, in: surroundings)
        return !patterns.cover(path.split(separator: "/").map(String.init), from: patterns.start)
    }

    private mutating func add(_ tree: SandboxSpec.Tree) {
        guard let known = spec.trees.firstIndex(where: { $0.path == tree.path }) else {
            return spec.trees.append(tree)
        }
        if spec.trees[known].access == .readOnly { spec.trees[known] = tree }
    }

    /// What a larger tree shows already needs no mount of its own; and no link can be made in one.
    private mutating func dropCovered() {
        let trees = spec.trees
        let own = trees.filter { inner in
            // A layer is a tree of its own, and what is written below one goes into it.
            isLayered && inner.path == workspace.path
                || !trees.contains { outer in
                    isBelow(inner.path, outer.path) && outer.access == inner.access
                        && !(inner.isIDMapped && !outer.isIDMapped)
                }
        }
        let links = spec.links.filter { link in
            !trees.contains { isBelow(link.path, $0.path) || link.path == $0.path }
        }
        (spec.trees, spec.links) = (own, links)
    }

    private func isBelow(_ path: String, _ folder: String) -> Bool {
        path.hasPrefix("\(folder)/")
    }

    // MARK: - What every sandbox has

    private mutating func addSkeleton() {
        let own = spec.identity
        let name = own.user == 0 ? "root" : "agent"
        let home = temporaryHome ?? "/"
        var users = "\(name):x:\(own.user):\(own.group)::\(home):/bin/sh\n"
        if own.user != 0 { users = "root:x:0:0::/:/usr/sbin/nologin\n" + users }
        var groups = "\(own.group == 0 ? "root" : "agent"):x:\(own.group):\n"
        if own.group != 0 { groups = "root:x:0:\n" + groups }
        // Whose the host's files are, seen from in here.
        users += "nobody:x:65534:65534::/:/usr/sbin/nologin\n"
        groups += "nogroup:x:65534:\n"
        let files = [
            ("/etc/passwd", users), ("/etc/group", groups), ("/etc/hostname", "sandbox\n"),
            ("/etc/hosts", "127.0.0.1 localhost sandbox\n::1 localhost sandbox\n"),
            ("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
            ("/etc/resolv.conf", spec.ports.isEmpty ? "" : "nameserver \(GateSockets.resolver)\n"),
            ("/etc/os-release", osRelease),
        ]
        for (path, content) in files where !isListed(path) {
            spec.files.append(SandboxSpec.TextFile(path: path, content: content))
        }
        // Half of Debian's commands are links by way of the first, and the second is where libraries are.
        for path in ["/etc/alternatives", "/etc/ld.so.cache"] where !isListed(path) {
            guard HostPath.resolve(path).real == path else { continue }
            spec.trees.append(
                SandboxSpec.Tree(path: path, source: path, access: .readOnly))
        }
        spec.links.append(SandboxSpec.Link(path: "/etc/mtab", target: "/proc/mounts"))
        spec.folders += ["/etc", "/tmp", "/run", "/var/tmp"]
        if !spec.trees.contains(where: { isBelow($0.path, "/var/run") }) {
            spec.links.append(SandboxSpec.Link(path: "/var/run", target: "../run"))
        }
        if let home = temporaryHome, !isListed(home) { spec.folders.append(home) }
    }

    private var osRelease: String {
        // The host's own words are public; without them programs guess.
        let bytes = try? Folder.open("/usr/lib", resolving: .anything)
            .read("os-release", limit: .kibibytes(16), resolving: [.beneath, .noLinks])
        return bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Whether the policy itself shows something there.
    private func isListed(_ path: String) -> Bool {
        spec.trees.contains { $0.path == path || isBelow(path, $0.path) }
    }

    private mutating func addPlaces() {
        if let size = policy.value.value(at: ["files", "tmp", "size"])?.bytes {
            var places = ["/tmp", "/var/tmp", "/run"]
            if let home = temporaryHome, !isListed(home) { places.append(home) }
            spec.temporary = SandboxSpec.Temporary(size: size, places: places + ["/dev/shm"])
        }
        if let scratch = policy.value.value(at: ["files", "scratch"]),
            let at = scratch["at"]?.text, let size = scratch["size"]?.bytes
        {
            let place = surroundings.absolute(at)
            spec.scratch.append(SandboxSpec.Scratch(path: place, size: size))
            // What lasts from one sandbox to the next has nothing in it that each makes anew.
            spec.files = spec.files.filter { !isBelow($0.path, place) }
            spec.links = spec.links.filter { !isBelow($0.path, place) }
        }
    }

    // MARK: - What is covered

    private var hiding: [String] {
        let given = texts(["files", "hide"]) + texts(["workspace", "hide"])
        return given + (workspace.path == surroundings.homePath ? HiddenInHome.patterns : [])
    }

    private func texts(_ key: [String]) -> [String] {
        policy.value.value(at: key)?.elements.compactMap(\.text) ?? []
    }

    private mutating func addCovers() throws {
        var found: Set<String> = []
        let hidden = PathPatterns(hiding, in: surroundings)
        let sockets = try ListeningSockets.find()
        // The workspace may be a part of a larger tree, and is else one of them: each is walked once.
        for place in Set(spec.trees.map { $0.path } + [workspace.path]) where !isLayered(place) {
            found.formUnion(
                try PatternHits.find(
                    hidden, below: place, limit: 512, hidingSockets: place == workspace.path))
            found.formUnion(sockets.below(place))
        }
        // Another source is made without what is hidden.
        if isLayered, source == .here {
            // Those without a star are hidden also if they only appear during a call.
            let named = PathPatterns(
                hiding.filter { !$0.utf8.contains(UInt8(ascii: "*")) }, in: surroundings)
            let hits = try PatternHits.find(
                hidden, below: workspace.path, limit: Self.mostErased, hidingSockets: true)
            let absent = try PatternHits.find(
                named, below: workspace.path, limit: Self.mostErased, withAbsent: true)
            try erase(Set(hits + absent).union(sockets.below(workspace.path)), &found)
        }
        spec.hidden += found.sorted()
        guard mode == "live" else { return }
        try addProtected()
    }

    private func isLayered(_ place: String) -> Bool { isLayered && place == workspace.path }

    /// What the layer can't hide, something empty covers, if it is there.
    private mutating func erase(_ hits: Set<String>, _ covered: inout Set<String>) throws {
        var names = ErasedNames(in: workspace.path, spec, isPrivileged: isPrivileged)
        for hit in hits.sorted() {
            if try names.take(hit) {
                covered.remove(hit)
            } else if try HostPath.facts(of: hit) != nil {
                covered.insert(hit)
            }
        }
        erased = names.names
    }

    private static let mostErased = 100_000

    private var memory: SandboxSpec.Layers.Room? {
        guard let workspace = policy.value["workspace"], workspace["upper"]?.text == "memory",
            let size = policy.inForce(["workspace", "size"])?.bytes
        else { return nil }
        return .init(size: size, names: policy.inForce(["workspace", "files"])?.count)
    }

    private mutating func addLayers(_ make: (LayerWish) throws -> LayerPlace) throws {
        try refuseMounts()
        // What the workspace protects is looked for in what waits, whether it exists or not.
        let place = try make(
            LayerWish(
                protected: protecting + protectedPlaces, hidden: hiding,
                secondsKept: policy.value.value(at: ["workspace", "discard"])?.secondsKept,
                source: source, erased: erased, memory: memory))
        commit = place.commit
        // In the place of any other tree: what waits is never written through, whatever else lists it.
        spec.trees.removeAll { $0.path == workspace.path }
        spec.trees.append(
            SandboxSpec.Tree(
                path: workspace.path, source: place.base, access: .readWrite,
                isIDMapped: isPrivileged, layers: place.layers))
    }

    /// A bound may have made the workspace one that has no layer, and then all of it would be seen.
    private func refuseOtherSource() throws {
        guard source != .here, !isLayered else { return }
        throw WorkspaceFolder.Unfit(
            workspace.path,
            "`workspace.source` says what is seen in its place, and in mode \(mode) that can't be done",
            help: "`pi-runner policy show --origins` tells where the mode comes from")
    }

    /// A layer lies on one file system: of another that is mounted in it, it shows what that covers.
    private func refuseMounts() throws {
        guard source == .here, let place = try MountPoints.below(workspace.path).first else {
            return
        }
        throw WorkspaceFolder.Unfit(
            workspace.path,
            "something is mounted at \(SafeText(bytes: place.bytes, limit: 200)), and what is written there could not wait",
            help:
                "unmount it, choose a folder without it by --workspace, or write `workspace: {unfit: copy}` or `{mode: live}`"
        )
    }

    private var protecting: [String] {
        let given = texts(["workspace", "protect"])
        return given + GitLayout.patterns(protecting: given)
    }

    /// Where this repository keeps what Git runs, as patterns that match nothing else.
    private var protectedPlaces: [String] {
        GitLayout.whatRuns(in: workspace.path, protecting: texts(["workspace", "protect"])).map {
            $0.reduce(into: "") { $0 += $1 == "*" || $1 == "\\" ? "\\\($1)" : "\($1)" }
        }
    }

    private mutating func addProtected() throws {
        let given = texts(["workspace", "protect"])
        let texts = protecting
        let patterns = PathPatterns(texts, in: surroundings)
        let hits = try PatternHits.find(patterns, below: workspace.path, limit: 512)
        var found = Set(hits + GitLayout.whatRuns(in: workspace.path, protecting: given))
        for hit in hits {
            // Of a link it is the file that counts.
            let place = HostPath.resolve(hit)
            if let real = place.real, isBelow(real, workspace.path) { found.insert(real) }
        }
        spec.protected = found.sorted()
        // A name without a star that exists is held, and nothing can come to exist in its place.
        gaps = texts.filter { text in
            text.utf8.contains(UInt8(ascii: "*")) || !found.contains(surroundings.absolute(text))
        }
    }
}
