import PiSandbox
import PiSystem

/// What is seen inside, for an attempt.
struct TestWorld {
    private let ground: Ground
    private let raised: Raised

    init(_ ground: Ground, _ raised: Raised) {
        self.ground = ground
        self.raised = raised
    }

    func spec() throws -> SandboxSpec {
        var spec = SandboxSpec(identity: identity, hostName: "sandbox")
        if raised.isOpenToView {
            try addAllOfTheHost(to: &spec)
        } else {
            try addWhatIsListed(to: &spec)
        }
        // What these walls would put there is the host's without them.
        if raised.contains("view") {
            for (wall, path) in [("proc", "/proc"), ("dev", "/dev")] where !raised.contains(wall) {
                spec.trees.append(SandboxSpec.Tree(path: path, source: path, access: .readWrite))
            }
            addTemporary(to: &spec)
        }
        return spec
    }

    private var identity: SandboxSpec.Identity {
        let (user, group) = (UserID.current.rawValue, GroupID.current.rawValue)
        guard ground.host.isRoot else {
            return SandboxSpec.Identity(
                user: user, group: group, hostUser: user, hostGroup: group)
        }
        return SandboxSpec.Identity(
            user: Ground.owner, group: Ground.owner, hostUser: 1_064_321, hostGroup: 1_064_321)
    }

    private func addWhatIsListed(to spec: inout SandboxSpec) throws {
        let folder = ground.folder
        for path in ["/usr", "\(folder)/f", "\(folder)/ro"] {
            spec.trees.append(SandboxSpec.Tree(path: path, source: path, access: .readOnly))
        }
        spec.trees.append(
            SandboxSpec.Tree(
                path: ground.workspace, source: ground.workspace, access: .readWrite,
                isIDMapped: ground.host.isRoot))
        spec.protected = ["\(ground.workspace)/a/b/p"]
        let root = try Folder.open("/", resolving: .anything)
        for name in ["bin", "sbin", "lib", "lib64"] as [FilePath]
        where try root.factsIfPresent(of: name)?.kind == .link {
            let target = try root.readLink(name)
            spec.links.append(
                SandboxSpec.Link(path: "/\(name.utf8 ?? "")", target: target.utf8 ?? ""))
        }
        spec.files = [
            SandboxSpec.TextFile(path: "/etc/hosts", content: "127.0.0.1 localhost\n"),
            SandboxSpec.TextFile(
                path: "/etc/passwd",
                content: "agent:x:\(spec.identity.user):\(spec.identity.group)::/:/bin/sh\n"),
        ]
        spec.folders = ["/etc", "/tmp", "/run", "/var"]
    }

    private func addAllOfTheHost(to spec: inout SandboxSpec) throws {
        let root = try Folder.open("/", resolving: .anything)
        for name in try root.names(limit: 1000) {
            let path = "/\(name.utf8 ?? "")"
            guard path != "/proc", path != "/dev" else { continue }
            switch try root.factsIfPresent(of: name)?.kind {
            case nil:
                // What another act has left there for a moment has gone since.
                continue
            case .folder:
                spec.trees.append(SandboxSpec.Tree(path: path, source: path, access: .readWrite))
            case .link:
                spec.links.append(
                    SandboxSpec.Link(path: path, target: try root.readLink(name).utf8 ?? ""))
            case .file, .pipe, .socket, .characterDevice, .blockDevice, .unknown: continue
            }
        }
    }

    private func addTemporary(to spec: inout SandboxSpec) {
        var places = raised.isOpenToView ? [] : ["/tmp", "/run"]
        if raised.contains("dev") { places.append("/dev/shm") }
        guard !places.isEmpty else { return }
        spec.temporary = SandboxSpec.Temporary(size: Limits.temporary, places: places)
    }
}
