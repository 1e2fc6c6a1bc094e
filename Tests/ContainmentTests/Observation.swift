import PiSystem
import PiTesting

/// What was so before an attempt, so that it can be told afterwards what came of it.
struct Observation {
    private let subject: String
    private let verdict: Verdict
    private let before: String?
    private let finder: Helper.Searching?

    init(_ ground: Ground) throws {
        verdict = ground.act.verdict
        subject = Placeholders.fill(verdict.subject, from: ground.values)
        before = try Self.state(of: verdict, subject, on: ground)
        finder = verdict.kind == .processAlive ? try Helper.Searching(for: subject) : nil
    }

    /// Whether the act happened, whatever it said of itself.
    func tells(of ran: Attempt.Ran, on ground: Ground) throws -> Bool {
        func isTold(_ line: String, by witness: Witness?) throws -> Bool {
            try witness?.tell().contains { $0.hasPrefix(line) } ?? false
        }
        let name = Placeholders.names(in: verdict.subject).first ?? ""
        switch verdict.kind {
        case .said:
            let last = ran.output.split(separator: "\n").last
            return last == "done" && ran.exitedWell
        case .outputHas:
            return ran.output.split(separator: "\n").contains {
                $0.hasPrefix("saw ") && $0.firstRange(of: subject) != nil
            }
        case .outputOver: return ran.total >= (Int(subject) ?? .max) << 20
        case .lasted: return ran.lasted >= .seconds(Int(subject) ?? .max) && ran.exitedWell
        case .fileExists:
            return try before == nil && Self.state(of: verdict, subject, on: ground) != nil
        case .fileChanged, .processChanged, .messageCount:
            return try Self.state(of: verdict, subject, on: ground) != before
        case .setid: return try Self.state(of: verdict, subject, on: ground) == "set"
        case .semaphoreRaised: return try Self.state(of: verdict, subject, on: ground) != "0"
        case .signalReceived: return try Self.hasHeardSignal(ground.sleeper)
        case .processAlive:
            // A program that still writes keeps the caller waiting; it has been looked for meanwhile.
            guard ran.lasted < .seconds(1) else { return try finder?.found() ?? false }
            // One that is another process every moment is missed by a single look.
            for _ in 0..<20 where try !Ground.processes(with: subject).isEmpty { return true }
            return false
        case .listenerConnected: return try isTold("connected \(name)", by: ground.listener)
        case .listenerDatagram:
            return try isTold("heard \(name) \(ground.nonce)", by: ground.listener)
        case .callerServed: return try isTold("served", by: ground.caller)
        case .terminalGot:
            let direct = ran.error.firstRange(of: subject) != nil
            return try direct || isTold("heard terminal \(subject)", by: ground.terminal)
        }
    }

    /// Of what the verdict is about, as a text to compare.
    private static func state(of verdict: Verdict, _ subject: String, on ground: Ground) throws
        -> String?
    {
        switch verdict.kind {
        case .fileExists:
            let path = Helper.path(subject)
            let folder = try Folder.open(path.parent, resolving: .anything)
            return try folder.factsIfPresent(of: path.name!).map { "\($0)" }
        case .setid:
            let path = Helper.path(subject)
            let facts = try Folder.open(path.parent, resolving: .anything)
                .factsIfPresent(of: path.name!)
            return (facts?.mode ?? 0) & 0o6000 == 0 ? "plain" : "set"
        case .fileChanged:
            let script = "stat -c '%f %u %g %s %y %z %i' \"$1\"; test -d \"$1\" || cksum <\"$1\""
            return try Helper.run("/bin/sh", ["-c", script, "sh", subject]).output
        case .processChanged:
            let script = """
                cd /proc/$1; cut -d')' -f2 stat | cut -d' ' -f18,19,40,41
                grep Cpus_allowed status; cat limits oom_score_adj; ionice -p $1
                """
            return try Helper.run("/bin/sh", ["-c", script, "sh", subject]).output
        case .messageCount:
            let line = try Ground.text("/proc/sysvipc/msg").split(separator: "\n").first {
                $0.split(separator: " ").dropFirst().first == subject[...]
            }
            return line.map { String($0.split(separator: " ")[4]) }
        case .semaphoreRaised:
            return try Helper.ask(ground.program, ["--make", "semaphore-value", subject])
        case .said, .outputHas, .outputOver, .lasted, .signalReceived, .processAlive,
            .listenerConnected, .listenerDatagram, .callerServed, .terminalGot:
            return nil
        }
    }

    /// A signal that was sent before is handled when the sleeper sleeps again and none is waiting.
    private static func hasHeardSignal(_ sleeper: Witness?) throws -> Bool {
        guard let sleeper else { return false }
        for _ in 0..<1000 {
            let status = try Ground.text("/proc/\(sleeper.pid)/status").split(separator: "\n")
            func field(_ name: String) -> Substring? {
                status.first { $0.hasPrefix(name) }?.dropFirst(name.count)
            }
            let isAsleep = field("State:\t")?.hasPrefix("S") ?? true
            let pending = [field("SigPnd:\t"), field("ShdPnd:\t")].compactMap(\.self)
            if isAsleep, pending.allSatisfy({ $0.allSatisfy { $0 == "0" } }) { break }
        }
        return try sleeper.saidByItself().contains("signal")
    }
}

extension Helper {
    /// Looks after a while for processes with a word in their arguments.
    final class Searching {
        private let witness: Witness

        init(for word: String) throws {
            // It has the word itself, in another spelling.
            let pattern = "[\(word.prefix(1))]\(word.dropFirst())"
            let script =
                "echo ready; sleep 1.5; grep -lae \"$1\" /proc/[0-9]*/cmdline 2>/dev/null; echo synced"
            witness = try Witness("/bin/sh", ["-c", script, "sh", pattern])
        }

        func found() throws -> Bool { try !witness.tell().isEmpty }
    }
}
