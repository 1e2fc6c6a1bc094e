import PiSystem
import PiTesting
import Testing

/// A row of the table `acts.txt`: something that must be contained, and by which walls.
struct Act: Hashable, Sendable, CustomTestStringConvertible {
    let name: String
    let topic: String
    let what: String
    /// With `{…}` where the harness fills something in.
    let arguments: [String]
    let isForRootAlone: Bool
    let clauses: [Clause]
    let verdict: Verdict
    let needs: String?

    var testDescription: String { "\(name): \(what)" }

    /// The placeholders that have to be filled.
    var placeholders: Set<String> {
        Set((arguments + [what, verdict.subject]).flatMap { Placeholders.names(in: $0) })
    }

    /// What keeps it in cannot be switched off, so its control runs without a launcher.
    var isKeptByTheLauncher: Bool {
        clauses.contains { $0.walls == Raised(["launcher"]) }
    }
}

/// Walls that contain an act together, and where they do.
struct Clause: Hashable, Sendable, CustomStringConvertible {
    let description: String
    let walls: Raised
    private let isJudged: Bool
    private let whose: Substring?
    private let leastLandlock: Int?

    init(_ text: Substring) {
        description = String(text)
        isJudged = text.last != "?"
        var parts = (isJudged ? text : text.dropLast()).split(separator: ":")
        whose = parts.count > 1 ? parts.removeLast() : nil
        let words = parts[0].split(separator: ">=")
        leastLandlock = words.count > 1 ? Int(words[1]) : nil
        walls = Raised(Set(words[0].split(separator: "+").map(String.init)))
    }

    /// Whether something can be said of it here.
    func holds(on host: TestHost) -> Bool {
        guard isJudged else { return false }
        if let whose, (whose == "root") != host.isRoot { return false }
        if walls.names.contains("landlock"), (host.landlock ?? 0) < leastLandlock ?? 1 {
            return false
        }
        return !walls.names.contains("cgroup-limits") || host.cgroups != nil
    }
}

/// What tells that an act happened.
struct Verdict: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
        case said, lasted, setid
        case outputHas = "output-has"
        case fileExists = "file-exists"
        case fileChanged = "file-changed"
        case signalReceived = "signal-received"
        case processChanged = "process-changed"
        case processAlive = "process-alive"
        case listenerConnected = "listener-connected"
        case listenerDatagram = "listener-datagram"
        case callerServed = "caller-served"
        case messageCount = "message-count"
        case semaphoreRaised = "semaphore-raised"
        case terminalGot = "terminal-got"
        case outputOver = "output-over"
    }

    let kind: Kind
    let subject: String
}

extension Act {
    struct Unreadable: Error {
        let line: String
    }

    /// All rows.
    static let all = Result { try parse(Repository.read("Tests/ContainmentTests/acts.txt")) }

    private static func parse(_ text: String) throws -> [Act] {
        var acts: [Act] = []
        var topic = ""
        var fields: [Substring: String] = [:]
        func finish() throws {
            guard !fields.isEmpty else { return }
            acts.append(try Act(fields, topic: topic))
            fields = [:]
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ")
            if line.hasPrefix("# "), !line.hasPrefix("#  ") { topic = String(line.dropFirst(2)) }
            guard let key = words.first, !line.hasPrefix("#") else {
                try finish()
                continue
            }
            fields[key] = words.dropFirst().joined(separator: " ")
        }
        try finish()
        return acts
    }

    private init(_ fields: [Substring: String], topic: String) throws {
        guard let name = fields["act"], let what = fields["what"], let whose = fields["as"],
            let contained = fields["contained"], let words = fields["verdict"],
            let kind = Verdict.Kind(rawValue: String(words.prefix { $0 != " " }))
        else { throw Unreadable(line: fields["act"] ?? "\(fields)") }
        self.name = name
        self.what = what
        self.topic = topic
        arguments = (fields["args"] ?? "").split(separator: " ").map(String.init)
        isForRootAlone = whose == "root"
        clauses = contained.split(separator: " ").map(Clause.init)
        verdict = Verdict(
            kind: kind, subject: String(words.dropFirst(kind.rawValue.count).drop { $0 == " " }))
        needs = fields["needs"]
    }
}

/// The `{…}` of the table.
enum Placeholders {
    static func names(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
            String($0.prefix { $0 != "}" })
        }
    }

    static func fill(_ text: String, from values: [String: String]) -> String {
        var filled = text
        for name in names(in: text) {
            guard let value = values[name] else { continue }
            while let place = filled.firstRange(of: "{\(name)}") {
                filled.replaceSubrange(place, with: value)
            }
        }
        return filled
    }
}
