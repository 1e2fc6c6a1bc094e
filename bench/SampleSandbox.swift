import PiSandbox
import PiSystem

/// The sandbox of the figures: it shows what the peer's shows, and has limits besides.
final class SampleSandbox: Sendable {
    private let launcher: Launcher
    private let spec: SandboxSpec
    private let isPrivileged = UserID.current == .root
    private let landlock: Int?
    private let cgroups: CgroupHost?
    private let limits: CallLimits

    init(output: ByteCount = .mebibytes(64)) throws {
        launcher = try Launcher(FilePath(WholeProcess.built("pi-launcher")))
        spec = Self.spec(isPrivileged: isPrivileged)
        // A kernel without it is one wall short, and the figures are still true.
        landlock = try? ThisProcess.landlockVersion()
        cgroups = if case .success(let host) = CgroupHost.find() { host } else { nil }
        limits = Self.limits(output: output)
    }

    private static func spec(isPrivileged: Bool) -> SandboxSpec {
        let user = UserID.current.rawValue, group = GroupID.current.rawValue
        // Root's runs are somebody who has nothing on this host.
        let identity =
            isPrivileged
            ? SandboxSpec.Identity(
                user: 1000, group: 1000, hostUser: 1_200_000, hostGroup: 1_200_000)
            : SandboxSpec.Identity(user: user, group: group, hostUser: user, hostGroup: group)
        var spec = SandboxSpec(identity: identity, hostName: "sandbox")
        spec.trees = [SandboxSpec.Tree(path: "/usr", source: "/usr", access: .readOnly)]
        spec.links = ["bin", "lib", "lib64"].map {
            SandboxSpec.Link(path: "/\($0)", target: "usr/\($0)")
        }
        spec.folders = ["/etc", "/tmp"]
        spec.temporary = SandboxSpec.Temporary(
            size: ByteCount.mebibytes(256).bytes, places: ["/tmp"])
        return spec
    }

    private static func limits(output: ByteCount) -> CallLimits {
        func limit<Value>(_ value: Value) -> CallLimits.Limit<Value> {
            CallLimits.Limit(value, origin: "bench")
        }
        return CallLimits(
            wall: limit(.seconds(600)), processor: limit(.seconds(600)),
            memory: limit(.mebibytes(1024)), processes: limit(64), openFiles: limit(256),
            fileSize: limit(.mebibytes(256)), written: nil, outputKept: limit(.kibibytes(64)),
            outputHard: limit(output), onHard: .drop)
    }

    /// Everything from the first packet to the launcher until nothing is left of it.
    func once<Value>(
        for calls: Sandbox.Calls, _ body: (Sandbox) throws -> Value
    ) throws -> Value {
        let sandbox = try begin(for: calls)
        let result = Result { try body(sandbox) }
        try sandbox.end()
        return try result.get()
    }

    func begin(for calls: Sandbox.Calls) throws -> Sandbox {
        let started = try Sandbox.begin(
            Sandbox.launch(launcher),
            Sandbox.Hello(identity: spec.identity, isPrivileged: isPrivileged, for: calls))
        let plan = try LaunchPlan(for: spec, isPrivileged: isPrivileged, landlock: landlock)
        let name = "pi-runner-bench-\(try RandomBytes.name(bytes: 8))"
        return try Sandbox(
            started, plan, limits: limits,
            cgroups: cgroups.map { RunCgroups(on: $0, name: name) })
    }

    /// A call of a program that must succeed; what it prints is kept or dropped by the limits.
    func call(
        _ program: [RawText], in sandbox: Sandbox,
        _ streams: CallStreams = CallStreams(input: .nothing)
    ) throws {
        let call = CallSpec(
            arguments: program, environment: ["PATH=/usr/bin:/bin"], workingFolder: "/",
            limits: limits)
        let result = try sandbox.call(call, streams)
        guard result.ending == .exited(code: 0) else {
            throw WholeProcess.Failed(program: program[0])
        }
    }
}
