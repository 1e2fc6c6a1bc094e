import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// A run whose changes wait: what it wrote lies in its layer, and the workspace is as it was.
///
/// There is a note of each in the state folder, written before the layer is made and removed after it.
struct WaitingRun {
    let id: String
    let workspace: String
    /// The patterns of `workspace.protect`.
    let protected: [String]
    /// Those of what was hidden from it.
    let hidden: [String]
    /// It has met a limit of what may wait: nothing of it is taken over without a person's word.
    let hasOutgrown: Bool
    /// How long changes of its newest turn may wait; nil if for ever.
    private let secondsKept: Int?
    let state: StateFolder

    private static let notes: FilePath = "waiting"
    private static let lockFile: FilePath = "lock"

    // MARK: - Made by a run

    /// That it waits, before there is anything; what is protected and hidden adds up if it goes on under another policy.
    static func note(
        _ id: RunID, _ workspace: String, _ wish: LayerWish, in state: StateFolder
    ) throws {
        func sum(_ earlier: [String]?, _ more: [String]) -> JSONValue {
            let earlier = earlier ?? []
            return .array((earlier + more.filter { !earlier.contains($0) }).map(JSONValue.string))
        }
        let earlier = try WaitingRun(id.description, in: state)
        try write(
            [
                "version": 1, "workspace": .string(workspace),
                "protected": sum(earlier?.protected, wish.protected),
                "hidden": sum(earlier?.hidden, wish.hidden),
                "outgrown": .bool(earlier?.hasOutgrown ?? false),
                "seconds_kept": wish.secondsKept.map { .number(JSONNumber($0)) } ?? .null,
            ], of: id.name, in: state)
    }

    /// For as long as anything of it waits.
    func noteOutgrown() throws {
        try Self.write(
            [
                "version": 1, "workspace": .string(workspace),
                "protected": .array(protected.map(JSONValue.string)),
                "hidden": .array(hidden.map(JSONValue.string)), "outgrown": true,
                "seconds_kept": secondsKept.map { .number(JSONNumber($0)) } ?? .null,
            ], of: FilePath(id)!, in: state)
    }

    private static func write(_ note: JSONValue, of name: FilePath, in state: StateFolder) throws {
        try state.folder(notes).replace(
            name, with: JSONWriter.write(note, layout: .indented), mode: 0o600, survives: .kills)
    }

    init?(_ id: String, in state: StateFolder) throws {
        try self.init(id, noted: Self.notes, in: state)
    }

    private init?(_ id: String, noted notes: FilePath, in state: StateFolder) throws {
        guard let name = FilePath(id) else { return nil }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try state.folder(notes).read(
                name, limit: .mebibytes(1), resolving: [.beneath, .noLinks])
        } catch {
            guard error.errno == .noSuchFile else { throw error }
            return nil
        }
        let note = try JSONReader.read(
            String(decoding: bytes, as: UTF8.self), .exact(sizeLimit: 1 << 20)
        ).value
        guard note["version"]?.number?.int == 1, let workspace = note["workspace"]?.string,
            let protected = note["protected"]?.array
        else {
            throw NotFound(
                diagnostic: Diagnostic(
                    severity: .error, message: "the note of run \(id) can't be understood",
                    help: "use the version of pi-runner that made the run"))
        }
        self.id = id
        self.workspace = workspace
        self.protected = protected.compactMap(\.string)
        // Older runs saw something empty in its place, and could make nothing there.
        self.hidden = note["hidden"]?.array?.compactMap(\.string) ?? []
        hasOutgrown = note["outgrown"]?.bool ?? false
        secondsKept = note["seconds_kept"]?.number?.int
        self.state = state
    }

    // MARK: - Found by a person

    /// The newest of a workspace, or the one that `given` begins, wherever it was at work.
    static func find(
        _ given: RawText?, in workspace: @autoclosure () throws -> String, _ state: StateFolder
    ) throws -> WaitingRun {
        let found: WaitingRun
        if let given {
            found = try choose(given, of: all(in: state))
        } else {
            let workspace = try workspace()
            let all = try all(in: workspace, state)
            // What is still under way does not wait yet.
            guard let newest = try all.last(where: { try !$0.isAlive }) ?? all.last else {
                throw NotFound.none(in: workspace)
            }
            found = newest
        }
        return try found.ended()
    }

    /// The one whose name begins so.
    static func choose(_ given: RawText, of runs: [WaitingRun]) throws -> WaitingRun {
        let fitting = runs.filter { run in
            given.utf8.map { !$0.isEmpty && run.id.hasPrefix($0) } ?? false
        }
        guard fitting.count == 1 else { throw NotFound.noSuch(given, runs.map(\.id)) }
        return fitting[0]
    }

    /// Itself, if it is not under way.
    func ended() throws -> WaitingRun {
        guard try !isAlive else { throw NotFound.alive(id) }
        return self
    }

    /// Whether the name of one begins so.
    static func isKnown(_ beginning: String, _ state: StateFolder) throws -> Bool {
        try all(in: state).contains { $0.id.hasPrefix(beginning) }
    }

    /// Those of a workspace, for whoever begins another there; none where nothing has ever waited, or all is taken back.
    static func earlier(in workspace: String, _ state: StateFolder) throws -> [WaitingRun] {
        try all(in: workspace, state).filter {
            try !$0.isAlive && $0.turns()?.kept.isEmpty == false
        }
    }

    /// As long as it is held, no other command changes what waits or looks at it.
    func lock() throws -> FileLock {
        while true {
            let run = try runFolder()
            let file = try run.file(
                Self.lockFile, for: .readAndWrite, creating: .ifMissing(mode: 0o600),
                resolving: [.beneath, .noLinks])
            let inode = try file.facts().inode
            guard
                let lock = try FileLock.exclusive(
                    file, within: .seconds(10), askingEvery: .milliseconds(10))
            else { throw NotFound.busy(id) }
            // Whoever had it may have removed its file, and then the next makes another.
            if try run.factsIfPresent(of: Self.lockFile)?.inode == inode { return lock }
        }
    }

    static func all(in workspace: String, _ state: StateFolder) throws -> [WaitingRun] {
        try all(in: state).filter { $0.isAtWork(in: workspace) }
    }

    /// Whether nothing can come of it any more: it has waited for longer than its policy lets it, or it was killed before
    /// it had written anything, or while it was being dropped.
    func isOver() throws -> Bool {
        guard try !isAlive else { return false }
        guard let turns = try turns() else { return true }
        guard let last = turns.kept.last else { return turns.undone.isEmpty }
        guard let secondsKept else { return false }
        return try turns.start(of: last) + .seconds(secondsKept) <= Clock<TimeOfDay>.system.now
    }

    func isAtWork(in folder: String) -> Bool {
        folder == workspace || folder.hasPrefix("\(workspace)/")
    }

    /// The oldest first: names of runs sort by their time.
    static func all(
        in state: StateFolder, noted notes: FilePath = notes
    ) throws -> [WaitingRun] {
        guard try state.folder().factsIfPresent(of: notes) != nil else { return [] }
        return try state.folder(notes).names(limit: 100_000).compactMap { name in
            guard let id = name.utf8, !id.hasPrefix(".") else { return nil }
            // A start that was killed before it had anything has left its note.
            guard try state.folder("runs").factsIfPresent(of: name) != nil else { return nil }
            return try WaitingRun(id, noted: notes, in: state)
        }
    }

    /// Whether there is still something of it that waits or can be taken back.
    var isKnown: Bool {
        get throws {
            try [Self.notes, Self.appliedNotes].contains { notes in
                try WaitingRun(id, noted: notes, in: state) != nil
            }
        }
    }

    // MARK: - What was applied

    /// Of runs that have applied something, or are about to.
    private static let appliedNotes: FilePath = "applied"

    func noteApplies() throws {
        let note: JSONValue = [
            "version": 1, "workspace": .string(workspace), "protected": .array([]),
        ]
        try state.folder(Self.appliedNotes).replace(
            FilePath(id)!, with: JSONWriter.write(note, layout: .indented), mode: 0o600,
            survives: .kills)
    }

    static func forgetApplies(of id: String, in state: StateFolder) throws {
        let notes = try state.folder(appliedNotes)
        guard try notes.factsIfPresent(of: FilePath(id)!) != nil else { return }
        try notes.remove(FilePath(id)!, isFolder: false)
    }

    /// Whether something waits or not: whatever there is that could be taken back, or is half done.
    static func withHistory(in state: StateFolder) throws -> [WaitingRun] {
        let waiting = try all(in: state)
        let known = Set(waiting.map(\.id))
        return try waiting
            + all(in: state, noted: appliedNotes).filter { !known.contains($0.id) }
    }

    var isAlive: Bool { get throws { try RunGround.isAlive(id, in: state) } }

    // MARK: - What waits

    private var folder: FilePath { FilePath("runs/\(id)")! }

    func runFolder() throws(SystemError) -> Folder {
        try state.folder().folder(folder, resolving: [.beneath, .noLinks])
    }

    /// Nil if it was killed before it had a layer, or while its layers were being dropped.
    func turns() throws(SystemError) -> Turns? {
        let run = try runFolder()
        guard try run.factsIfPresent(of: Self.layers) != nil else { return nil }
        return try Turns(in: run.folder(Self.layers, resolving: [.beneath, .noLinks]))
    }

    /// What all its turns have written, as one.
    func layer() throws(SystemError) -> Folder {
        let merged = try turns()?.merged() ?? "none"
        return try layer(named: merged, in: runFolder())
    }

    private func layer(
        named name: FilePath, in run: borrowing Folder
    ) throws(SystemError) -> Folder {
        try run.folder(Self.layers.appending(name), resolving: [.beneath, .noLinks])
    }

    func below() throws -> Folder {
        try Folder.open(FilePath(workspace) ?? "/", resolving: .noLinks)
    }

    /// What the run has changed.
    func changes() throws -> [Change] { try noted().changes }

    /// The same, and which of it somebody else has changed, too.
    struct Noted {
        let changes: [Change]
        let moved: Set<FilePath>
    }

    /// What there was below is noted as each turn ends; of one that was killed, as somebody first looks.
    func noted() throws -> Noted {
        let run = try runFolder()
        guard let turns = try turns(), let newest = turns.kept.last, let merged = try turns.merged()
        else { return Noted(changes: [], moved: []) }
        let layer = try layer(named: merged, in: run)
        // Nested so deep, or so many, that nobody would look at them: refused.
        let changes = try LayerDifference.find(
            layer: layer, below: below(), limits: Mark.limits)
        let layers = try run.folder(Self.layers, resolving: [.beneath, .noLinks])
        if let source = try LayerSource.find(in: layers) {
            return try SourceDifference.find(
                changes, layer: layer, source: source, workspace: below(),
                noted: WaitingBase(in: run))
        }
        var base = try WaitingBase(in: run)
        if let first = turns.kept.first(where: { $0 > base.turn }) {
            // The kernel stamps files with a clock that may be a tick behind.
            let start = try turns.start(of: first) + .milliseconds(-10)
            base.note(changes, since: start, upTo: newest)
            if !base.isEmpty { try base.write(in: run) }
        }
        let own = base.ofTheRun(changes)
        return Noted(changes: own, moved: Set(own.filter(base.isMoved).map(\.path)))
    }

    /// 0 if there is none.
    func newestTurn() throws -> Int {
        guard let turns = try turns() else { return 0 }
        return turns.kept.last ?? 0
    }

    /// What was put or taken back there was no change by somebody else.
    func settle(_ paths: [FilePath]) throws {
        let run = try runFolder()
        var base = try WaitingBase(in: run)
        if let names = try touched(in: run) {
            base.add(names.filter { $0.isOneOf(paths) })
        } else if base.isEmpty {
            return
        }
        try base.settle(paths, in: below())
        try base.write(in: run)
    }

    /// What the run has changed of other files than the workspace's; nil if it saw those.
    private func touched(in run: borrowing Folder) throws -> [FilePath]? {
        guard let merged = try turns()?.merged() else { return nil }
        let layers = try run.folder(Self.layers, resolving: [.beneath, .noLinks])
        guard let source = try LayerSource.find(in: layers) else { return nil }
        return try LayerDifference.find(
            layer: layer(named: merged, in: run), below: source, limits: Mark.limits
        ).map(\.path)
    }

    /// Without changes there is nothing to ask about later.
    func discardIfEmpty() throws -> Bool {
        guard try changes().isEmpty, try turns()?.undone.isEmpty ?? true else { return false }
        try discard()
        return true
    }

    /// Drops all that waits: at once for whoever looks, and then bit by bit.
    func discard() throws {
        let run = try runFolder()
        // One that was killed may have left some of it.
        try LayerFolder.remove(Self.dropped, from: run)
        if try run.factsIfPresent(of: Self.layers) != nil {
            try run.rename(Self.layers, to: Self.dropped, replacing: .refused)
            try LayerFolder.remove(Self.dropped, from: run)
        }
        try LayerFolder.remove(WaitingBase.file, from: run)
        try state.folder(Self.notes).remove(FilePath(id)!, isFolder: false)
        // Last: whoever waits for it then looks whether there still is anything.
        try LayerFolder.remove(Self.lockFile, from: run)
    }

    static let layers: FilePath = "layers"
    /// In the folder of layers: the lowest of them.
    static let hide: FilePath = "hide"
    private static let dropped: FilePath = "layers.dropped"
}
