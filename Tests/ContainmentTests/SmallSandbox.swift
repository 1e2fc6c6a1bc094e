import PiSandbox
import PiSystem
import PiTesting

/// A sandbox that holds a shell, its programs and what a test adds.
struct SmallSandbox: Sendable {
    private let sandbox: Sandbox
    private let limits: CallLimits

    /// Whose the files are that a test adds: the one who runs the tests, or, if that is root, somebody else.
    static let owner = TestHost.here.isRoot ? 1000 : UserID.current.rawValue

    static let proxyPort: UInt16 = 3128

    /// With ports, it has a gate that it can knock at.
    init(_ trees: [SandboxSpec.Tree] = [], ports: [UInt16] = [], isRoomy: Bool = false) throws {
        let limits = Self.limits(isRoomy: isRoomy)
        self.limits = limits
        let host = TestHost.here
        let group = host.isRoot ? 1000 : GroupID.current.rawValue
        let identity = SandboxSpec.Identity(
            user: Self.owner, group: group, hostUser: host.isRoot ? 1_064_400 : Self.owner,
            hostGroup: host.isRoot ? 1_064_400 : group)
        var spec = SandboxSpec(identity: identity, hostName: "sandbox")
        spec.trees = [.init(path: "/usr", source: "/usr", access: .readOnly)] + trees
        spec.links = ["bin", "lib", "lib64"].map { .init(path: "/\($0)", target: "usr/\($0)") }
        spec.temporary = .init(
            size: isRoomy ? 256 << 20 : 16 << 20, places: ["/tmp", "/home/agent", "/dev/shm"])
        spec.folders = ["/etc"]
        spec.ports = ports.isEmpty ? [] : ports + [Self.proxyPort]
        if !ports.isEmpty {
            spec.files = [
                .init(path: "/etc/resolv.conf", content: "nameserver \(GateSockets.resolver)\n"),
                .init(path: "/etc/hosts", content: "127.0.0.1 localhost\n"),
                .init(path: "/etc/nsswitch.conf", content: "hosts: files dns\n"),
            ]
        }
        let plan = try LaunchPlan(
            for: spec, isPrivileged: host.isRoot, landlock: host.landlock)
        let started = try Sandbox.begin(
            Sandbox.launch(Launcher(Program.built("pi-launcher", []).program)),
            Sandbox.Hello(identity: identity, isPrivileged: host.isRoot, for: .any))
        let name = "pi-runner-small-\(try RandomBytes.name(bytes: 8))"
        sandbox = try Sandbox(
            started, plan, limits: limits,
            cgroups: host.cgroups.map { RunCgroups(on: $0, name: name) })
    }

    /// Some programs begin with a gibibyte and fifty threads.
    private static func limits(isRoomy: Bool) -> CallLimits {
        CallLimits(
            wall: .init(.seconds(60), origin: "wall"),
            processor: .init(.seconds(isRoomy ? 50 : 20), origin: "cpu"),
            memory: .init(.mebibytes(isRoomy ? 2048 : 256), origin: "memory"),
            processes: .init(isRoomy ? 400 : 50, origin: "processes"),
            openFiles: .init(isRoomy ? 4096 : 256, origin: "open_files"),
            fileSize: .init(.mebibytes(isRoomy ? 256 : 16), origin: "file_size"), written: nil,
            outputKept: .init(.kibibytes(64), origin: "output"),
            outputHard: .init(.kibibytes(256), origin: "output"), onHard: .kill)
    }

    /// What a script prints.
    func run(
        _ script: String, _ input: SharedDescriptor? = nil, network: (any CallNetwork)? = nil
    ) throws -> String {
        let call = CallSpec(
            arguments: ["bash", "-c", RawText(script)!], environment: ["PATH=/usr/bin"],
            workingFolder: "/tmp", limits: limits)
        let result = try sandbox.call(
            call,
            CallStreams(
                input: input.map { .descriptor($0.borrowed) } ?? .nothing, network: network))
        let kept = result.output[.stdout]
        return String(decoding: (kept?.head ?? []) + (kept?.tail ?? []), as: UTF8.self)
    }

    func end() throws { _ = try sandbox.end() }
}
