import PiSystem
import PiTesting
import Testing

/// What is left when a process of a run is killed, and what signals do.
@Suite(.timeLimit(.minutes(10))) struct ExecKillTests {
    enum Victim: CaseIterable, Sendable {
        case supervisor, keeper, initial
    }

    @Test(arguments: Victim.allCases)
    func `whichever process of a run is killed, the rest goes with it`(victim: Victim) async throws
    {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let hasGroups = try await person.exec(["--plan"], ["true"]).run()
                .output.contains("by cgroup")
            let nonce = "36000.\(UInt64.random(in: 1_000_000...9_999_999))"
            let code = try await EventLoop.run { loop in
                try await person.exec([], ["bash", "-c", Self.leaving(nonce)]).start(on: loop) {
                    running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    let before = try ProcessTable.now()
                    let launchers = before.descendants(of: running.pid).filter(\.isLauncher)
                    let keeper = try #require(before.children(of: running.pid).first)
                    let initial = try #require(before.children(of: keeper.pid).first)
                    #expect(launchers.count >= 2)
                    #expect(before.naming("sleep \(nonce)").count >= 4)
                    #expect(before.naming("sleep \(nonce)").contains { $0.state == "T" })
                    #expect(try await person.groups().isEmpty == !hasGroups)

                    switch victim {
                    case .supervisor: try running.signal(.kill)
                    case .keeper: try await ProcessTable.send(.kill, to: keeper.pid)
                    case .initial: try await ProcessTable.send(.kill, to: initial.pid)
                    }
                    func left(_ table: ProcessTable) -> [ProcessTable.Row] {
                        table.naming(nonce) + table.entries.filter(launchers.contains)
                    }
                    let after = try await ProcessTable.look(on: loop, atMost: .seconds(1)) {
                        left($0).isEmpty
                    }
                    #expect(left(after) == [])
                    return try await running.finish(on: loop).code
                }
            }
            #expect(code == 137)
            let next = try await person.exec([], ["echo", "next"]).run()
            #expect(next.output == "next\n")
            #expect(
                next.error.contains("was killed; what it left is cleared away")
                    == (victim == .supervisor), "\(next.error)")
            #expect(try person.alive() == [])
            let groups = try await person.groups()
            #expect(groups == [])
        }
    }

    @Test(arguments: Victim.allCases)
    func `a control group that a process is still in is cleared away by a later start`(
        victim: Victim
    ) async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let sleeping = try person.exec([], ["sh", "-c", "echo ready; exec sleep 1000"])
            let next = try person.exec([], ["echo", "next"])
            let hadGroups = try await EventLoop.run { loop in
                try await sleeping.start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    let groups = try await person.groups()
                    let join = groups.map { "echo $$ >\($0)/cgroup.procs; " }.joined()
                    let stay = RawText("\(join)echo in; exec sleep 1000")!
                    return try await Program("/bin/sh", ["-c", stay]).start(on: loop) { stranger in
                        try #require(try await stranger.waits(for: "in", on: loop))
                        let table = try ProcessTable.now()
                        let keeper = try #require(table.children(of: running.pid).first)
                        let initial = try #require(table.children(of: keeper.pid).first)
                        switch victim {
                        case .supervisor: try running.signal(.kill)
                        case .keeper: try await ProcessTable.send(.kill, to: keeper.pid)
                        case .initial: try await ProcessTable.send(.kill, to: initial.pid)
                        }
                        #expect(try await running.finish(on: loop).code == 137)
                        let early = try await next.run()
                        #expect(early.output == "next\n", "\(early.error)")
                        #expect(try person.alive().count == (groups.isEmpty ? 0 : 1))
                        #expect(try await person.groups() == groups)
                        if !groups.isEmpty { #expect(!early.error.contains("was killed")) }
                        try stranger.signal(.kill)
                        _ = try await stranger.finish(on: loop)
                        return !groups.isEmpty
                    }
                }
            }
            let late = try await next.run()
            #expect(late.output == "next\n")
            #expect(
                late.error.contains("was killed; what it left is cleared away") == hadGroups,
                "\(late.error)")
            #expect(try person.alive() == [])
            #expect(try await person.groups() == [])
        }
    }

    /// Processes that nobody waits for: in sessions of their own, deaf, stopped.
    private static func leaving(_ nonce: String) -> RawText {
        RawText(
            """
            trap '' TERM HUP INT
            (setsid sleep \(nonce) &)
            (setsid setsid sleep \(nonce) & disown)
            sleep \(nonce) & kill -STOP $!
            sleep \(nonce) &
            sleep 0.1; echo ready; wait
            """)!
    }

    struct SignalCase: Sendable, CustomTestStringConvertible {
        let trap: String
        let sent: Signal
        let code: Int32
        let words: String
        var testDescription: String { "\(sent) \(trap)" }
    }

    @Test(arguments: [
        SignalCase(trap: "echo told; exit 9", sent: .terminate, code: 9, words: "told\n"),
        SignalCase(trap: "echo told; exit 9", sent: .interrupt, code: 9, words: "told\n"),
        SignalCase(trap: "echo told; exit 9", sent: .hangup, code: 9, words: "told\n"),
        SignalCase(trap: "echo told; exit 9", sent: .quit, code: 9, words: "told\n"),
        SignalCase(trap: "-", sent: .terminate, code: 143, words: ""),
        SignalCase(trap: "-", sent: .interrupt, code: 130, words: ""),
        SignalCase(trap: "-", sent: .hangup, code: 129, words: ""),
        SignalCase(trap: "-", sent: .quit, code: 131, words: ""),
    ])
    func `a signal is the program's`(given: SignalCase) async throws {
        try await World.with { world in
            let script = RawText(
                """
                trap '\(given.trap)' TERM INT HUP QUIT
                echo ready
                [ '\(given.trap)' = - ] && exec sleep 1000
                while :; do sleep 0.02; done
                """)!
            let program = try ExecWorld(in: world).exec([], ["bash", "-c", script])
            let run = try await EventLoop.run { loop in
                try await program.start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(50))
                    try running.signal(given.sent)
                    return try await running.finish(on: loop)
                }
            }
            #expect(run.output == "ready\n" + given.words)
            #expect(run.code == given.code, "\(run.error)")
        }
    }

    struct TwiceCase: Sendable, CustomTestStringConvertible {
        let pause: Duration
        let code: Int32
        let last: String
        var testDescription: String { "\(pause)" }
    }

    @Test(arguments: [
        TwiceCase(pause: .milliseconds(1), code: 137, last: "told 1\n"),
        TwiceCase(pause: .milliseconds(2100), code: 5, last: "told 2\n"),
    ])
    func `a second interrupt within two seconds ends a program that goes on`(
        given: TwiceCase
    ) async throws {
        try await World.with { world in
            let script: RawText = """
                trap 'n=$((n + 1)); echo told $n; [ $n = 2 ] && exit 5' INT
                echo ready
                while :; do sleep 0.02; done
                """
            let program = try ExecWorld(in: world).exec([], ["bash", "-c", script])
            for _ in 0..<5 {
                let start = Clock<Monotonic>.system.now
                let run = try await EventLoop.run { loop in
                    try await program.start(on: loop) { running in
                        try #require(try await running.waits(for: "ready", on: loop))
                        try running.signal(.interrupt)
                        try #require(try await running.waits(for: "told 1", on: loop))
                        try await loop.sleep(until: Clock<Monotonic>.system.now + given.pause)
                        try running.signal(.interrupt)
                        return try await running.finish(on: loop)
                    }
                }
                // A machine that lets it wait for so long has made it the other case.
                let wasLate = Clock<Monotonic>.system.now - start > .seconds(2)
                if run.code != given.code, given.pause < .seconds(2), wasLate { continue }
                #expect(run.output.hasSuffix(given.last))
                #expect(run.code == given.code, "\(run.error)")
                return
            }
            Issue.record("the machine is too busy to interrupt a program twice in two seconds")
        }
    }

    @Test func `a stopped run goes on where it was`() async throws {
        try await World.with { world in
            let nonce = "36000.\(UInt64.random(in: 1_000_000...9_999_999))"
            let script = RawText(
                "trap 'echo told; exit 6' TERM; sleep \(nonce) & echo ready; wait")!
            let program = try ExecWorld(in: world).exec([], ["bash", "-c", script])
            let run = try await EventLoop.run { loop in
                try await program.start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    func isStopped(_ table: ProcessTable) -> Bool {
                        let ours = table.naming(nonce)
                        return ours.count == 3 && ours.allSatisfy { $0.state == "T" }
                    }
                    try running.signal(.stopAsked)
                    let held = try await ProcessTable.look(
                        on: loop, atMost: .seconds(2), until: isStopped)
                    let ours = held.naming(nonce).map(\.state)
                    #expect(ours == ["T", "T", "T"])
                    try running.signal(.proceed)
                    try running.signal(.terminate)
                    return try await running.finish(on: loop)
                }
            }
            #expect(run.output == "ready\ntold\n")
            #expect(run.code == 6, "\(run.error)")
        }
    }
}

extension ExecWorld {
    /// The runs that the product holds for alive.
    func alive() throws -> [FilePath] {
        try Folder.open(home.appending("state/pi-runner/alive"), resolving: .noLinks)
            .names(limit: 10_000)
    }

    /// The control groups of this person's runs, wherever the host has them.
    func groups() async throws -> [String] {
        let runs = try Folder.open(home.appending("state/pi-runner/runs"), resolving: .noLinks)
            .names(limit: 100_000)
        // A group that is removed in this moment makes find complain, and is none.
        let found = try await Program(
            "/usr/bin/find", ["/sys/fs/cgroup", "-type", "d", "-name", "pi-runner-*"]
        ).run()
        return found.output.split(separator: "\n").map(String.init).filter { group in
            runs.contains { group.contains("pi-runner-\($0)") }
        }
    }
}
