import PiSystem
import PiTesting
import Testing

/// Calls and killed runs leave the host as it was: some in every run of the tests, thousands with `make soak`.
@Suite(.timeLimit(.minutes(60))) struct SandboxSoak {
    private static let rounds = ThisProcess.variable("PI_SOAK_ROUNDS")?.utf8.flatMap { Int($0) }
    private static let calls =
        ThisProcess.variable("PI_SOAK_CALLS")?.utf8.flatMap { Int($0) } ?? (rounds ?? 6) * 10
    private static let kills = rounds ?? 12
    private static let lanes = 3

    /// What can be seen of a process and of what it left, from outside.
    private struct Traces: Equatable {
        /// Where each of its descriptors leads.
        var descriptors: [String]
        var mounts: String
        /// Its own and all below; those that it left to others are found by their group.
        var processes: [String]
        var groups: [String]
        var files: [FilePath]

        init(of pid: Int32, group: String, files folder: FilePath) async throws {
            let process = FilePath("/proc/\(pid)")!
            let held = try Folder.open(process.appending("fd"), resolving: .anything)
            descriptors = try held.names(limit: 100_000).map { name in
                "\(name) \(try held.readLink(name))"
            }.sorted()
            mounts = String(
                decoding: try Folder.open(process, resolving: .anything)
                    .read("mountinfo", limit: .mebibytes(4), resolving: .anything), as: UTF8.self)
            processes = try ProcessTable.now().descendants(of: pid).map(\.commandLine).sorted()
            // A group that is removed in this moment makes find complain, and is none.
            groups = try await Program(
                "/usr/bin/find",
                ["/sys/fs/cgroup", "-type", "d", "-name", RawText("\(group)*")!]
            ).run().output.split(separator: "\n").map(String.init).sorted()
            files = try Folder.open(folder, resolving: .noLinks).names(limit: 100_000)
        }
    }

    private struct Looks {
        var traces: [Traces] = []
        var launchers: [Int] = []
        var took = Duration.zero
    }

    /// Looks at a program that makes calls before them, in between, and after them.
    private static func look(calls: Int, leaking: Bool) async throws -> Looks {
        try await World.with { world in
            let group = "pi-runner-soak-\(try RandomBytes.name(bytes: 6))"
            try world.folder.makeFolder("tmp", mode: 0o755)
            let temporary = world.path.appending("tmp")
            var program = try Program.built("many-calls", [])
            program.arguments =
                [
                    try Program.built("pi-launcher", []).program.raw, RawText(group)!,
                    RawText("\(calls)")!, RawText("\(lanes)")!,
                ] + (leaking ? ["leak"] : [])
            program.environment.append(RawText("TMPDIR=\(temporary)")!)
            program.timeLimit = .seconds(3600)
            return try await EventLoop.run { loop in
                try await program.start(on: loop) { running in
                    var looks = Looks()
                    for moment in ["before", "warm", "called", "after"] {
                        let start = Clock<Monotonic>.system.now
                        let isThere = try await running.waits(for: moment, on: loop)
                        if moment == "called" {
                            looks.took = Clock<Monotonic>.system.now - start
                        }
                        guard isThere else {
                            let run = try await running.finish(on: loop)
                            Issue.record("ended before '\(moment)': \(run.error)")
                            return looks
                        }
                        looks.traces.append(
                            try await Traces(of: running.pid, group: group, files: temporary))
                        looks.launchers.append(try descriptorsOfLaunchers(below: running.pid))
                        try await running.say([10], on: loop)
                    }
                    #expect(try await running.finish(on: loop).code == 0)
                    return looks
                }
            }
        }
    }

    /// Nobody but root may look into a launcher.
    private static func descriptorsOfLaunchers(below pid: Int32) throws -> Int {
        guard UserID.current == .root else { return 0 }
        return try ProcessTable.now().descendants(of: pid).filter(\.isLauncher).reduce(0) {
            // A slot may end while it is looked at.
            $0 + ((try? descriptors(of: $1.pid)) ?? 0)
        }
    }

    private static func descriptors(of pid: Int32) throws -> Int {
        try Folder.open(FilePath("/proc/\(pid)/fd")!, resolving: .anything)
            .names(limit: 100_000).count
    }

    @Test func `what is left of calls would be seen`() async throws {
        let looks = try await Self.look(calls: 1, leaking: true)
        try #require(looks.traces.count == 4)
        let (before, warm, after) = (looks.traces[0], looks.traces[1], looks.traces[3])
        #expect(after.descriptors.count > before.descriptors.count)
        #expect(after.processes == before.processes + ["sleep 1000"])
        #expect(after.files == ["left"])
        #expect(warm.processes.contains("pi-launcher"))
        #expect(!warm.mounts.isEmpty)
        if UserID.current == .root { #expect(looks.launchers[1] > 0) }
    }

    @Test func `many calls leave the host as it was`() async throws {
        let looks = try await Self.look(calls: Self.calls, leaking: false)
        try #require(looks.traces.count == 4)
        #expect(looks.traces[3] == looks.traces[0])
        #expect(looks.traces[0].processes == [])
        // A sandbox that goes on keeps a few slots ready, and no more for each call that it made.
        let (warm, called) = (looks.traces[1], looks.traces[2])
        let few = 8 * Self.lanes
        #expect(called.descriptors.count <= warm.descriptors.count + few)
        #expect(called.processes.count <= warm.processes.count + few)
        #expect(called.groups.count <= warm.groups.count + few)
        #expect(looks.launchers[2] <= looks.launchers[1] + 8 * few)
        #expect(called.mounts == warm.mounts)
        #expect(called.files == [])
        Self.report(
            "\(Self.calls) calls in \(looks.took); descriptors \(looks.traces.map(\.descriptors.count)), of launchers \(looks.launchers), processes \(looks.traces.map(\.processes.count)), groups \(looks.traces.map(\.groups.count))"
        )
    }

    // MARK: - Kills

    private enum Victim: Sendable {
        case supervisor, keeper, initial
    }

    @Test(arguments: [[.supervisor, .initial], [.keeper]] as [[Victim]])
    private func `runs killed at random moments leave nothing that the next start does not find`(
        victims: [Victim]
    ) async throws {
        var random = try Seeded.fresh(for: "killed runs")
        try await World.with { world in
            let program = try Self.exec(in: world)
            let nonce = "36000.\(UInt64.random(in: 1_000_000...9_999_999))"
            var sleeping = program
            let script = "(setsid sleep \(nonce) &); sleep \(nonce) & wait"
            sleeping.arguments = ["exec", "--", "sh", "-c", RawText(script)!]
            let start = Clock<Monotonic>.system.now
            var killed: [Victim: Int] = [:]
            let strays = try await EventLoop.run { loop in
                let reaper = try await Self.reaper()
                func left(_ table: ProcessTable) -> Set<ProcessTable.Row> {
                    Set(table.naming(nonce)).union(
                        table.children(of: reaper).filter(\.isLauncher))
                }
                for _ in 0..<(Self.kills / 2) {
                    let delay = Duration.microseconds(Int.random(in: 0..<60_000, using: &random))
                    let victim = victims.randomElement(using: &random)!
                    let hit = try await sleeping.start(on: loop) { running in
                        try await loop.sleep(until: Clock<Monotonic>.system.now + delay)
                        return try await Self.kill(victim, of: &running, on: loop)
                    }
                    killed[hit, default: 0] += 1
                }
                // Others are tested at the same time: what was left by then has to be gone by now.
                let first = left(try ProcessTable.now())
                let last = try await ProcessTable.look(on: loop, atMost: .seconds(1)) {
                    left($0).isDisjoint(with: first)
                }
                return left(last).intersection(first)
            }
            #expect(strays == [], "PI_SEED=\(random.seed)")
            let next = try await program.run()
            #expect(next.output == "next\n", "\(next.error)")
            let state = try Folder.open(
                world.path.appending("state/pi-runner"), resolving: .noLinks)
            #expect(try state.folder("alive", resolving: .noLinks).names(limit: 10_000) == [])
            let groups = try await Self.groups(
                of: try state.folder("runs", resolving: .noLinks).names(limit: 100_000))
            let seed = random.seed
            #expect(groups == [], "PI_SEED=\(seed)")
            #expect(try world.folder.folder("tmp", resolving: .noLinks).names(limit: 10) == [])
            Self.report(
                "killed \(killed) in \(Clock<Monotonic>.system.now - start)"
            )
        }
    }

    /// Tells which it was: of a run that has only just begun there is nobody but the supervisor.
    private static func kill(
        _ victim: Victim, of running: inout RunningProgram, on loop: EventLoop
    ) async throws -> Victim {
        let table = try ProcessTable.now()
        let keeper = table.children(of: running.pid).first(where: \.isLauncher)
        let initial = keeper.flatMap { table.children(of: $0.pid).first }
        switch (victim, keeper, initial) {
        case (.keeper, let keeper?, _): try await ProcessTable.send(.kill, to: keeper.pid)
        case (.initial, _, let initial?): try await ProcessTable.send(.kill, to: initial.pid)
        case (.supervisor, _, _), (.keeper, nil, _), (.initial, _, nil):
            try running.signal(.kill)
            return .supervisor
        }
        // The supervisor ends by itself.
        _ = try await running.finish(on: loop)
        return victim
    }

    private static func exec(in world: borrowing World) throws -> Program {
        for folder in ["work", "tmp"] as [FilePath] {
            try world.folder.makeFolder(folder, mode: 0o755)
        }
        try world.folder.makeFolder("pi-runner", mode: 0o755)
        try world.folder.folder("pi-runner", resolving: .noLinks).replace(
            "settings.yaml", with: Array("ids: {from: 1230000, count: 10000}\n".utf8), mode: 0o644)
        var program = try Program.built("pi-runner", ["exec", "--", "echo", "next"])
        program.folder = world.path.appending("work")
        program.environment = [
            RawText("HOME=\(world.path)")!, RawText("XDG_CONFIG_HOME=\(world.path)")!,
            RawText("XDG_STATE_HOME=\(world.path)/state")!, RawText("TMPDIR=\(world.path)/tmp")!,
            "PATH=/usr/bin:/bin",
        ]
        return program
    }

    private static func groups(of runs: [FilePath]) async throws -> [String] {
        let found = try await Program(
            "/usr/bin/find", ["/sys/fs/cgroup", "-type", "d", "-name", "pi-runner-*"]
        ).run().output.split(separator: "\n").map(String.init)
        return found.filter { group in runs.contains { group.contains("pi-runner-\($0)") } }
    }

    /// Whose child a process becomes when its parent has gone.
    private static func reaper() async throws -> Int32 {
        let script: RawText = """
            (sleep 0.1; read -r _ _ _ parent _ </proc/$BASHPID/stat; echo $parent) & exit
            """
        let run = try await Program("/bin/bash", ["-c", script]).run()
        return try #require(Int32(run.output.prefix { $0.isNumber }))
    }

    /// What a long soak measured.
    private static func report(_ text: String) {
        guard rounds != nil else { return }
        // Nobody may be listening.
        try? StandardStream.output.write(Array("SandboxSoak: \(text)\n".utf8))
    }
}
