import PiSandbox
import PiSystem

/// Makes calls in one warm sandbox, and stops at four moments so that somebody can look at it from outside.
enum ManyCalls {
    struct Wrong: Error {
        let what: String
    }

    /// Its arguments are `LAUNCHER GROUP CALLS LANES [leak]`.
    static func perform(_ arguments: [RawText]) async -> Int32 {
        guard arguments.count >= 4, let calls = arguments[2].utf8.flatMap(Int.init),
            let lanes = arguments[3].utf8.flatMap(Int.init)
        else { return 2 }
        do {
            let launcher = FilePath(arguments[0])
            let group = arguments[1].description
            // Whatever is made once in a process is made now.
            try await run(1, lanes: 1, in: try start(launcher, group)).end()
            try stop(at: "before")
            let sandbox = try start(launcher, group)
            _ = try await run(2 * lanes, lanes: lanes, in: sandbox)
            try stop(at: "warm")
            _ = try await run(calls, lanes: lanes, in: sandbox)
            try stop(at: "called")
            try sandbox.end()
            _ = consume sandbox
            if arguments.count > 4 { try leak() } else { try stop(at: "after") }
            return 0
        } catch {
            tell("\(error)\n", on: .error)
            return 1
        }
    }

    private static func stop(at moment: String) throws {
        tell("\(moment)\n", on: .output)
        _ = try StandardStream.input.borrowed.read(upTo: ByteCount(1))
    }

    private static func tell(_ text: String, on stream: StandardStream) {
        do {
            try stream.write(Array(text.utf8))
        } catch {
            endThisProcess(code: 3)
        }
    }

    // MARK: - The sandbox

    private static func start(_ path: FilePath, _ group: String) throws -> Sandbox {
        let isPrivileged = UserID.current == .root
        let own = (UserID.current.rawValue, GroupID.current.rawValue)
        // As root an id that no account has, as each of root's runs.
        let identity = SandboxSpec.Identity(
            user: own.0, group: own.1, hostUser: isPrivileged ? 1_215_000 : own.0,
            hostGroup: isPrivileged ? 1_215_000 : own.1)
        var spec = SandboxSpec(identity: identity, hostName: "sandbox")
        spec.trees = [.init(path: "/usr", source: "/usr", access: .readOnly)]
        spec.links = ["bin", "lib", "lib64"].map { .init(path: "/\($0)", target: "usr/\($0)") }
        spec.temporary = .init(size: 16 << 20, places: ["/tmp", "/var/tmp", "/home/agent"])
        spec.files = [.init(path: "/etc/hostname", content: "sandbox\n")]
        var landlock: Int?
        do {
            landlock = try ThisProcess.landlockVersion()
        } catch {
            // A kernel without it; then there is one wall less, and the same number of calls.
        }
        let plan = try LaunchPlan(for: spec, isPrivileged: isPrivileged, landlock: landlock)
        var cgroups: RunCgroups?
        if case .success(let host) = CgroupHost.find() {
            cgroups = RunCgroups(on: host, name: group)
        }
        let started = try Sandbox.begin(
            Sandbox.launch(Launcher(path)),
            Sandbox.Hello(identity: identity, isPrivileged: isPrivileged, for: .any))
        return try Sandbox(started, plan, limits: limits, cgroups: cgroups)
    }

    private static var limits: CallLimits {
        CallLimits(
            wall: .init(.seconds(30), origin: "wall"),
            processor: .init(.seconds(20), origin: "cpu"),
            memory: .init(.mebibytes(256), origin: "memory"),
            processes: .init(50, origin: "processes"), openFiles: .init(256, origin: "open_files"),
            fileSize: .init(.mebibytes(16), origin: "file_size"), written: nil,
            outputKept: .init(.kibibytes(64), origin: "output"),
            outputHard: .init(.kibibytes(256), origin: "output"), onHard: .kill)
    }

    // MARK: - The calls

    private struct Case: Sendable {
        let script: RawText
        let isEnding: @Sendable (CallResult.Ending) -> Bool
        var terminal: TerminalSize?
    }

    private static let cases = [
        Case(script: "exit 3", isEnding: { $0 == .exited(code: 3) }),
        Case(
            script: "trap '' TERM HUP; (setsid sleep 1000 &); sleep 1000 & kill -STOP $!; exit 4",
            isEnding: { $0 == .exited(code: 4) }),
        Case(
            script: "cat; echo x >/tmp/x; kill -SEGV $$",
            isEnding: { $0 == .killed(by: .segmentation) }),
        Case(
            script: "yes",
            isEnding: { if case .limit(let hit) = $0 { hit.name == .output } else { false } }),
        Case(
            script: "tty; sleep 1000 & exit 5", isEnding: { $0 == .exited(code: 5) },
            terminal: TerminalSize(rows: 24, columns: 80)),
        Case(script: "unshare -U true; exit 6", isEnding: { $0 == .exited(code: 6) }),
    ]

    private static func run(_ count: Int, lanes: Int, in sandbox: Sandbox) async throws -> Sandbox {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    try await onOwnThread {
                        for number in stride(from: lane, to: count, by: lanes) {
                            try call(number, in: sandbox)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        return sandbox
    }

    private static func call(_ number: Int, in sandbox: Sandbox) throws {
        // A slot is also made ready beforehand, as before a call that is expected.
        if number % 5 == 0 { try sandbox.prepareSlot() }
        let given = cases[number % cases.count]
        let spec = CallSpec(
            arguments: ["sh", "-c", given.script], environment: ["PATH=/usr/bin"],
            workingFolder: "/tmp", limits: limits, terminal: given.terminal)
        let input: CallStreams.Input = number % 2 == 0 ? .bytes(Array("words\n".utf8)) : .nothing
        let result = try sandbox.call(spec, CallStreams(input: input))
        guard given.isEnding(result.ending) else {
            throw Wrong(what: "call \(number), \(given.script): \(result.ending)")
        }
    }

    /// One of each kind, to show that they would be seen.
    private static func leak() throws {
        let descriptor = try Descriptor.sink("/dev/null")
        let process = try SpawnPlan(
            program: "/bin/sleep", arguments: ["sleep", "1000"], environment: [], newSession: true
        ).startHere()
        let folder = try Folder.open(
            ThisProcess.variable("TMPDIR").map(FilePath.init) ?? "/tmp", resolving: .anything)
        try folder.makeFolder("left", mode: 0o700)
        try stop(at: "after")
        _ = consume descriptor
        _ = consume process
    }
}
