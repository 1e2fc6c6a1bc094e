import PiSandbox
import PiSystem
import PiTesting

/// One try of an act, with some walls up.
struct Attempt: Sendable {
    let raised: Raised
    let hasSucceeded: Bool
    let output: String
    let error: String
    let ending: String
    let lasted: Duration

    /// Whether the program ran at all; nothing can be said of one that did not.
    let hasBegun: Bool

    static func make(of act: Act, on host: TestHost, in folder: String, with raised: Raised) throws
        -> Attempt
    {
        let ground = try Ground(for: act, on: host, in: folder)
        let before = try Observation(ground)
        let ran: Ran
        do {
            ran = try run(ground, raised)
        } catch {
            try ground.clean()
            throw error
        }
        let hasSucceeded = try before.tells(of: ran, on: ground)
        try ground.clean()
        return Attempt(
            raised: raised, hasSucceeded: hasSucceeded, output: ran.output, error: ran.error,
            ending: ran.ending, lasted: ran.lasted,
            hasBegun: ran.output.hasPrefix("nonce \(ground.nonce)\n"))
    }

    /// What the caller of a program sees of it.
    struct Ran: Sendable {
        let output: String
        let error: String
        let ending: String
        let exitedWell: Bool
        let lasted: Duration
        let total: Int
    }

    private static func run(_ ground: Ground, _ raised: Raised) throws -> Ran {
        let start = Clock<Monotonic>.system.now
        let arguments =
            ["--nonce", ground.nonce, ground.act.name]
            + ground.act.arguments.map { Placeholders.fill($0, from: ground.values) }
        guard raised.contains("nothing") else {
            return try sandboxed(ground, raised, arguments, start)
        }
        // As a careless caller would start it: with its terminal, its session and an open folder.
        let root = try Folder.open("/", resolving: .anything)
        var program = [ground.program] + arguments
        if ground.act.needs != nil {
            program = [ground.program, "--make", "in-terminal"] + program
        }
        let said = try Helper.run(
            program[0], Array(program.dropFirst()), environment: ground.carelessEnvironment,
            more: [root.descriptor.borrowed], newSession: false)
        return Ran(
            output: said.output, error: said.error, ending: "\(said.ending)",
            exitedWell: said.ending == .exited(code: 0),
            lasted: Clock<Monotonic>.system.now - start, total: said.output.utf8.count)
    }

    private static func sandboxed(
        _ ground: Ground, _ raised: Raised, _ arguments: [String], _ start: MonotonicInstant
    ) throws -> Ran {
        let host = ground.host
        let world = TestWorld(ground, raised)
        let launcher = try Launcher(Program.built("pi-launcher", []).program)
        let plan = try LaunchPlan(
            for: world.spec(), isPrivileged: host.isRoot, landlock: host.landlock,
            walls: raised.walls)
        let started = try Sandbox.begin(
            Sandbox.launch(launcher),
            Sandbox.Hello(
                identity: plan.spec.identity, isPrivileged: host.isRoot,
                for: raised.isOneOfMany ? .any : .one,
                walls: raised.walls))
        let limits = Limits.of(raised, for: ground.act)
        let cgroups = host.cgroups.flatMap { host in
            raised.contains("cgroup-limits")
                ? RunCgroups(on: host, name: "pi-runner-test-\(ground.nonce)") : nil
        }
        let sandbox = try Sandbox(started, plan, limits: limits, cgroups: cgroups)
        let call = CallSpec(
            arguments: ([ground.program] + arguments).map(Helper.raw),
            environment: raised.contains("environment")
                ? Helper.environment : ground.carelessEnvironment,
            workingFolder: Helper.path(ground.workspace), limits: limits)
        let result: CallResult
        do {
            result = try sandbox.call(call, CallStreams(input: .nothing))
        } catch {
            // The first failure is the one to tell of.
            _ = try? sandbox.end()
            throw error
        }
        let lasted = Clock<Monotonic>.system.now - start
        try sandbox.end()
        func text(_ stream: OutputStream) -> String {
            let kept = result.output[stream]
            return String(decoding: (kept?.head ?? []) + (kept?.tail ?? []), as: UTF8.self)
        }
        return Ran(
            output: text(.stdout), error: text(.stderr),
            ending: "\(result.ending), used \(result.usage.user + result.usage.system)",
            exitedWell: result.ending == .exited(code: 0), lasted: lasted,
            total: OutputStream.allCases.reduce(0) { $0 + (result.output[$1]?.total ?? 0) })
    }
}
