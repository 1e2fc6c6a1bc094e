import PiJSON
import PiSandbox
import PiSystem

/// A run as its records tell of it, under way or ended.
struct PastRun {
    let id: String
    /// As it was written: the first, and one for each time that the run went on.
    let records: [JSONValue]
    let state: State

    enum State: String {
        case alive = "running"
        case ended
        /// There is no word of an end.
        case killed
    }

    private static let runs: FilePath = "runs"

    /// Every run that has a record, the newest first.
    static func all(in state: StateFolder) throws -> [PastRun] {
        guard try state.folder().factsIfPresent(of: runs) != nil else { return [] }
        return try state.folder(runs).names(limit: 1_000_000).reversed().compactMap { name in
            try name.utf8.flatMap { try PastRun($0, in: state) }
        }
    }

    /// The one that `given` begins, or the newest of a workspace.
    static func find(
        _ given: RawText?, in workspace: String, _ state: StateFolder
    ) throws -> PastRun {
        if let text = given?.utf8, !text.isEmpty {
            let names = try state.folder(runs).names(limit: 1_000_000).compactMap(\.utf8)
                .filter { $0.hasPrefix(text) }
            if names.count == 1, let run = try PastRun(names[0], in: state) { return run }
        } else {
            // No more of them are read than have to be.
            for name in try state.folder(runs).names(limit: 1_000_000).reversed() {
                if let id = name.utf8, let run = try PastRun(id, in: state), run.isOf(workspace) {
                    return run
                }
            }
        }
        throw NotFound(given: given, workspace: workspace)
    }

    struct NotFound: Error {
        let given: RawText?
        let workspace: String

        var diagnostic: Diagnostic {
            Diagnostic(
                severity: .error,
                message: given.map { "there is no one run \($0.description)" }
                    ?? "there was no run in \(SafeText(workspace, limit: 200))",
                help: "`pi-runner ls --all` lists them")
        }
    }

    /// Nil if it has no record: it came to nothing, or is about to have one.
    private init?(_ id: String, in state: StateFolder) throws {
        let folder = try state.folder(Self.runs)
            .folder(FilePath(id)!, resolving: [.beneath, .noLinks])
        let names = try folder.names(limit: 100_000).filter {
            $0.text.hasPrefix("run") && $0.text.hasSuffix(".json")
        }.sorted { ($0.bytes.count, $0.text) < ($1.bytes.count, $1.text) }
        records = try names.compactMap { name in
            let bytes = try folder.read(
                name, limit: .mebibytes(16), resolving: [.beneath, .noLinks])
            // One that was cut off by a power cut tells nothing.
            return try? JSONReader.read(
                String(decoding: bytes, as: UTF8.self), .exact(sizeLimit: 16 << 20)
            ).value
        }
        guard let last = records.last else { return nil }
        self.id = id
        self.state =
            try RunGround.isAlive(id, in: state)
            ? .alive : last["outcome"] == nil ? .killed : .ended
    }

    /// With all that is left of it; false if another command has begun something with it.
    func remove(from state: StateFolder) throws -> Bool {
        guard let history = try WaitingRun.withHistory(in: state).first(where: { $0.id == id })
        else { return try removeNow(from: state) }
        let lock = try history.lock()
        defer { withExtendedLifetime(lock) {} }
        return try removeNow(from: state)
    }

    private func removeNow(from state: StateFolder) throws -> Bool {
        guard try WaitingRun(id, in: state) == nil, try !ApplyJournal.exists(for: id, in: state)
        else { return false }
        let runs = try state.folder(Self.runs)
        let name = FilePath(id)!
        // By its record it is found again, should this be killed.
        try UndoStore.removeAll(of: runs.folder(name, resolving: [.beneath, .noLinks]))
        try WaitingRun.forgetApplies(of: id, in: state)
        try LayerFolder.remove(name, from: runs)
        return true
    }

    // MARK: - What it tells

    /// The revision of a workspace that a run believed last; nil if it was what lay there, or if the run is gone.
    static func trusted(
        by id: String, in workspace: String, _ state: StateFolder
    ) throws -> String? {
        do {
            guard let given = RawText(id) else { return nil }
            let run = try find(given, in: workspace, state)
            return run.workspace == workspace
                ? run.records.last?["trusted"]?["revision"]?.string : nil
        } catch is NotFound {
            return nil
        }
    }

    var workspace: String? { records.first?["workspace"]?.string }
    var program: String { records.last?["program"]?.string ?? "?" }
    /// What an agent was asked; nil if it was none, or if that was to be kept nowhere.
    var task: String? { records.last?["task"]?.string }
    var started: WallInstant {
        WallInstant(nanoseconds: Int64(records.last?["started"]?.number?.int ?? 0) * 1_000_000)
    }
    var code: Int? { records.last?["outcome"]?["exit"]?["code"]?.number?.int }

    func isOf(_ folder: String) -> Bool {
        guard let workspace else { return false }
        return folder == workspace || folder.hasPrefix("\(workspace)/")
    }

    /// What waits in it, to be looked at; nil if nothing does, or if it is still under way.
    func waiting(in folder: StateFolder) throws -> Waiting? {
        guard state != .alive, let run = try WaitingRun(id, in: folder) else { return nil }
        let held = try HeldRun(run)
        defer { withExtendedLifetime(held) {} }
        let changes: Int?
        do {
            changes = try run.changes().count
        } catch is SystemError {
            // The workspace is gone, or it is more than anybody would look at.
            changes = nil
        }
        return Waiting(
            changes: changes, turns: try run.turns()?.kept.count ?? 0, news: held.news)
    }

    struct Waiting {
        /// Nil if they can't be counted.
        let changes: Int?
        let turns: Int
        let news: [Diagnostic]

        var phrase: String {
            guard let changes else { return "changes wait that can't be listed" }
            let count = counted(changes, "change waits", "changes wait")
            return turns == 1 ? count : "\(count), written in \(turns) turns"
        }
    }

    /// As much of its name as tells when it began, which is enough for most.
    var shortID: String { String(id.prefix(13)) }

    var stateSentence: String {
        switch state {
        case .alive: "running"
        case .killed: "killed"
        case .ended: code.map { "ended with \($0)" } ?? "ended"
        }
    }
}

extension WallInstant {
    /// For people: `5 min ago`.
    var age: String {
        let seconds = max(0, (Clock<TimeOfDay>.system.now - self).components.seconds)
        switch seconds {
        case ..<60: return "\(seconds) s ago"
        case ..<3_600: return "\(seconds / 60) min ago"
        case ..<86_400: return "\(seconds / 3_600) h ago"
        case ..<(30 * 86_400): return "\(seconds / 86_400) d ago"
        default: return "on \(CalendarDay(of: self))"
        }
    }
}
