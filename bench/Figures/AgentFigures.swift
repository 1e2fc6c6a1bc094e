import PiAI
import PiAgent
import PiJSON
import PiSystem

extension Figure {
    static let agent = [agentStart, agentMemory, agentTurn, sessionOpen, sessionList]

    /// Policy, walls, sandbox and the workspace's notes: all that stands before a model is asked, and the end of it.
    private static let agentStart = Figure(
        name: "agent-start", what: "pi-runner run with one answer and no call, whole process",
        peer: "bash -c true", unit: .nanoseconds, goal: .atMost(60e6),
        measure: { rounds in
            try BenchFolder.with { folder in
                try WholeProcess.alternate(
                    rounds: 3 * rounds, ours: agent(turns: 0, in: folder),
                    peer: .ready(Command(["/bin/bash", "-c", "true"]))
                ).time
            }
        })

    private static let agentMemory = Figure(
        name: "agent-memory", what: "pi-runner run of 100 turns, peak resident", peer: "/bin/bash",
        unit: .kibibytes, goal: .atMost(30 * 1024),
        measure: { rounds in
            try BenchFolder.with { folder in
                try WholeProcess.alternate(
                    rounds: max(1, rounds / 3), ours: agent(turns: 100, in: folder),
                    peer: .ready(Command(["/bin/bash", "-c", "true"]))
                ).memory
            }
        })

    /// What a turn costs besides the model: reserve, ask, record, a call behind all walls, record.
    private static let agentTurn = Figure(
        name: "agent-turn",
        what: "one of 200 turns with one sandboxed `echo`, of a model that takes no time",
        peer: "posix_spawn of `bash -c :`, and three appends that are on disk", unit: .nanoseconds,
        goal: .atMost(5e6),
        measure: { rounds in
            try BenchFolder.with { folder in
                let turns = 200
                let long = try agent(turns: turns, in: folder)
                let bare = Command(["/bin/bash", "-c", ":"])
                let place = try Folder.open(folder, resolving: .noLinks)
                var log = try AppendLog("floor", in: place, mode: 0o600)
                let record = [UInt8](repeating: UInt8(ascii: "x"), count: 599) + [0x0A]
                let result = try alternate(
                    rounds: max(1, rounds / 3), ours: { try long.run() },
                    peer: {
                        for _ in 0..<turns {
                            try bare.run()
                            for _ in 0..<3 { try log.append(record) }
                        }
                    })
                return result.divided(by: Double(turns))
            }
        })

    /// A conversation that is long costs what is shown of it.
    private static let sessionOpen = Figure(
        name: "session-open", what: "a session of 100,000 entries opened, its leaf found",
        peer: "the bytes read once", unit: .nanoseconds, goal: .atMost(300e6),
        measure: { rounds in
            try BenchFolder.with { folder in
                let place = try Folder.open(folder, resolving: .noLinks)
                try longSession("s.jsonl", in: place)
                return try alternate(
                    rounds: rounds,
                    ours: {
                        let session = try Session.open("s.jsonl", in: place, for: .reading)
                        precondition(session.leaf == "e99999", "the last entry")
                    },
                    peer: {
                        _ = try place.read("s.jsonl", limit: .mebibytes(64), resolving: .noLinks)
                    })
            }
        })

    /// What a list tells of a session is known until that has changed.
    private static let sessionList = Figure(
        name: "session-list",
        what: "pi-runner session ls of 20 sessions, of 5,000 entries each, whole process",
        peer: "pi-runner --version", unit: .nanoseconds, goal: .atMost(50e6),
        measure: { rounds in
            try BenchFolder.with { folder in
                let sessions = try folder.makeFolder("pi-runner").makeFolder("sessions")
                    .makeFolder("--work--")
                let place = try Folder.open(sessions, resolving: .noLinks)
                for number in 10..<30 {
                    try longSession(
                        FilePath("2026-11-29T00-00-00-000Z_s\(number).jsonl")!, in: place,
                        entries: 5_000)
                }
                let program = try WholeProcess.built("pi-runner")
                let list = Command(
                    [program, "session", "ls", "--all"],
                    environment: [RawText("XDG_STATE_HOME=\(folder)")!])
                try list.run()
                return try WholeProcess.alternate(
                    rounds: 3 * rounds, ours: list, peer: .ready(Command([program, "--version"]))
                ).time
            }
        })

    private static func longSession(
        _ name: FilePath, in place: borrowing Folder, entries: Int = 100_000
    ) throws {
        var text =
            "{\"type\":\"session\",\"version\":3,\"id\":\"bench\",\"cwd\":\"/work\"}\n"
        var parent = "null"
        for number in 0..<entries {
            text +=
                "{\"type\":\"message\",\"id\":\"e\(number)\",\"parentId\":\(parent),\"timestamp\":\"2026-11-29T00:00:00.000Z\",\"message\":{\"role\":\"user\",\"content\":\"message number \(number), which says something\",\"timestamp\":1}}\n"
            parent = "\"e\(number)\""
        }
        try place.replace(name, with: Array(text.utf8), mode: 0o600, survives: .kills)
    }

    private static func agent(turns: Int, in folder: FilePath) throws -> Command {
        let place = try folder.makeFolder(FilePath("agent-\(turns)")!)
        let work = try place.makeFolder("work")
        try place.makeFolder("pi-runner")
            .write("ids: {from: 1200000, count: 10000}\n", to: "settings.yaml")
        // The number of the turn is in what it prints, so that it is no circle.
        let calls =
            turns == 0
            ? ""
            : "  - {repeat: \(turns), usage: {input: 1}, steps: [{call: {name: bash, arguments: {command: 'echo $RANDOM$RANDOM'}}}]}\n"
        try place.write(
            "version: 1\nturns:\n\(calls)  - {say: done, usage: {input: 1}}\n", to: "model.yaml")
        try place.write(
            "version: 1\nname: bench\nextends: [default]\nbudgets: {turns: 100000, tool_calls: 100000}\n",
            to: "bench.yaml")
        return try Command(
            [
                WholeProcess.built("pi-runner"), "run", "--policy", RawText("\(place)/bench.yaml")!,
                "-m", RawText("scripted/\(place)/model.yaml")!, "go",
            ],
            environment: [
                RawText("HOME=\(place)")!, RawText("XDG_CONFIG_HOME=\(place)")!,
                RawText("XDG_STATE_HOME=\(place)/state")!, "PATH=/usr/bin:/bin",
            ], in: work)
    }
}
