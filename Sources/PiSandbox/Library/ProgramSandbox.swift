import PiSystem

/// A sandbox for programs, for those who have no policy and no agent: the library's own door.
///
/// Every wall is up, in each call, and there is no way to leave one out:
///
///     var world = SandboxSpec(identity: .ofThisUser, hostName: "box")
///     world.trees = [.init(path: "/usr", source: "/usr", access: .readOnly)]
///     world.links = [.init(path: "/bin", target: "usr/bin"), .init(path: "/lib64", target: "usr/lib64")]
///     let sandbox = try ProgramSandbox(world, limits: limits, launcher: "/usr/local/libexec/pi-runner/pi-launcher")
///     let result = try sandbox.run(call)
///     try sandbox.end()
///
/// Its methods wait, and may be called from many threads at once.
public final class ProgramSandbox: Sendable {
    private let sandbox: Sandbox
    private let limits: CallLimits

    /// Why there is no sandbox, or no result.
    public struct Failure: Error, Hashable, CustomStringConvertible {
        public let description: String

        init(_ error: any Error) {
            description =
                switch error {
                case let error as SystemError: error.sentence
                case let error as LaunchError: "\(error.sentence). \(error.advice)"
                default: "\(error)"
                }
        }

        init(_ description: String) {
            self.description = description
        }

        /// What `body` throws, as one of these.
        static func instead<Value>(_ body: () throws -> Value) throws(Failure) -> Value {
            do {
                return try body()
            } catch let failure as Failure {
                throw failure
            } catch {
                throw Failure(error)
            }
        }
    }

    /// The launcher is a program of this package, and is refused if others could have written it.
    public init(
        _ world: SandboxSpec, limits: ProgramCall.Limits, launcher: String
    ) throws(Failure) {
        let limits = CallLimits(limits)
        self.limits = limits
        sandbox = try Failure.instead {
            guard let path = FilePath(launcher) else {
                throw Failure("the launcher's path is none")
            }
            let isPrivileged = UserID.current == .root
            guard !isPrivileged || world.identity.hostUser != 0 else {
                throw Failure(
                    "root's programs have to be somebody else on the host: give an identity that is nobody's"
                )
            }
            // A kernel without Landlock has one wall less; whoever needs it asks for the version first.
            let plan = try LaunchPlan(
                for: world, isPrivileged: isPrivileged, landlock: Self.landlockVersion)
            let started = try Sandbox.begin(
                Sandbox.launch(Launcher(path)),
                Sandbox.Hello(identity: world.identity, isPrivileged: isPrivileged, for: .any))
            let name = "pi-runner-library-\(try RandomBytes.name(bytes: 8))"
            // Where there are none, the launcher watches.
            let host = try? CgroupHost.find().get()
            return try Sandbox(
                started, plan, limits: limits,
                cgroups: host.map { RunCgroups(on: $0, name: name) })
        }
    }

    /// Makes a place for the next call ready, so that it need not wait.
    public func prepare() throws(Failure) {
        try Failure.instead { try sandbox.prepareSlot() }
    }

    /// Runs a program, and returns when it and all that it started are gone.
    public func run(_ call: ProgramCall) throws(Failure) -> ProgramCall.Result {
        try Failure.instead {
            func raw(_ text: String) throws(Failure) -> RawText {
                guard let raw = RawText(text) else {
                    throw Failure("a text for a program has a zero in it")
                }
                return raw
            }
            guard !call.arguments.isEmpty else { throw Failure("there is no program to run") }
            let spec = CallSpec(
                arguments: try call.arguments.map(raw),
                environment: try call.environment.map { try raw("\($0.key)=\($0.value)") },
                workingFolder: FilePath(try raw(call.workingFolder)), limits: limits)
            let result = try sandbox.call(spec, CallStreams(input: .bytes(call.input)))
            return ProgramCall.Result(result)
        }
    }

    /// Ends everything that runs in it, and returns when nothing of it is left; false if control groups are, because
    /// a process in them does not go.
    @discardableResult
    public func end() throws(Failure) -> Bool {
        try Failure.instead { try sandbox.end() }
    }

    /// Of the kernel; nil if it has none.
    public static var landlockVersion: Int? { try? ThisProcess.landlockVersion() }
}

extension SandboxSpec.Identity {
    /// Who runs this process, inside as outside; root has to be somebody else.
    public static var ofThisUser: SandboxSpec.Identity {
        let (user, group) = (UserID.current.rawValue, GroupID.current.rawValue)
        return SandboxSpec.Identity(user: user, group: group, hostUser: user, hostGroup: group)
    }
}

extension CallLimits {
    init(_ limits: ProgramCall.Limits) {
        func limit<Value>(_ value: Value) -> Limit<Value> { Limit(value, origin: "the caller") }
        self.init(
            wall: limit(limits.wall), processor: limit(limits.processor),
            memory: limit(ByteCount(limits.memory)), processes: limit(limits.processes),
            openFiles: limit(limits.openFiles), fileSize: limit(ByteCount(limits.fileSize)),
            written: nil, outputKept: limit(ByteCount(limits.outputKept)),
            outputHard: limit(ByteCount(limits.outputHard)), onHard: .kill)
    }
}

extension ProgramCall.Result {
    init(_ result: CallResult) {
        ending =
            switch result.ending {
            case .exited(let code): .exited(code: code)
            case .killed(let signal): .killed(signal: signal.rawValue)
            case .limit(let hit): .limit(hit.name.rawValue)
            }
        output = Output(result.output[.stdout])
        error = Output(result.output[.stderr])
        refusals = result.refusals.map { "\($0.program): \($0.sentence)" }
        wall = result.usage.wall
        processor = result.usage.user + result.usage.system
        peakMemory = result.usage.peakMemory.bytes
    }
}
