import PiPolicy
import PiSandbox
import PiSystem
import Synchronization

/// What a run stands on and no policy decides: its folder, its lock, and where its control groups can be.
///
/// It is made on a thread of its own while the policy is being read. A run that comes to nothing before it is
/// recorded leaves nothing of it.
final class RunGround: Sendable {
    let id: RunID
    let cgroups: Result<CgroupHost, CgroupHost.Missing>
    /// Runs that were killed, and are cleared away after now.
    let swept: [String]
    let folder: Folder
    private let state: StateFolder
    private let lock: FileLock
    private let isRecorded = Mutex(false)
    /// It has been one before, and goes on.
    private let goesOn: Bool
    /// What the run's record is called: each time that it goes on has one of its own.
    let record: FilePath
    /// The turn that was begun here, and is not sealed yet.
    private let turn = Mutex<Int?>(nil)

    /// Those of runs that have not ended yet: to look for dead ones costs nothing where there are none.
    private static let alive: FilePath = "alive"

    /// A new run, or one whose changes wait and that goes on.
    init(in state: StateFolder, goingOn earlier: WaitingRun? = nil) throws {
        let cgroups = CgroupHost.find()
        // Between the making of a lock's file and the lock a start would look dead: one at a time.
        let turn = try Self.turn(in: state)
        defer { withExtendedLifetime(turn) {} }
        swept =
            turn == nil
            ? []
            : try Self.sweep(state) { group in
                guard case .success(let host) = cgroups else { return true }
                return host.removeGroups(named: group)
            }
        let id = try earlier.map { RunID(description: $0.id) } ?? RunID.make()
        let runs = try state.folder("runs")
        if earlier == nil { try runs.makeFolder(id.name, mode: 0o700) }
        let folder = try runs.folder(id.name, resolving: [.beneath, .noLinks])
        let alive = try state.folder(Self.alive)
        // One that goes on, and was killed just now: something of it may still be going, for which no sweep waits.
        if try alive.factsIfPresent(of: id.name) != nil, case .success(let host) = cgroups {
            _ = host.removeGroups(named: Self.groupName(id.description), waiting: .seconds(5))
        }
        let file = try alive.file(
            id.name, for: .readAndWrite,
            creating: earlier == nil ? .always(mode: 0o600) : .ifMissing(mode: 0o600),
            resolving: [.beneath, .noLinks])
        self.lock = try FileLock(file, .exclusive, waiting: false)
        record = try earlier == nil ? "run.json" : Self.nextRecord(in: folder)
        goesOn = earlier != nil
        self.id = id
        self.cgroups = cgroups
        self.folder = folder
        self.state = state
    }

    private static func nextRecord(in folder: borrowing Folder) throws(SystemError) -> FilePath {
        let earlier = try folder.names(limit: 100_000).count { $0.text.hasPrefix("run") }
        return FilePath("run-\(earlier + 1).json")!
    }

    deinit {
        guard !isRecorded.withLock({ $0 }) else { return }
        // What stays is swept by the next start.
        try? removeAll()
    }

    /// A layer for what the run writes, and the note that it waits.
    ///
    /// `fill` brings what is seen instead of the workspace into a folder, if anything is; it returns the commit.
    func makeLayer(
        over workspace: WorkspaceFolder, _ wish: LayerWish,
        hiding hidden: PathPatterns, fill: (_ folder: String) throws -> String?
    ) throws -> LayerPlace {
        // Of a start that is tried once more.
        try dropTurn()
        try WaitingRun.note(id, workspace.path, wish, in: state)
        if try folder.factsIfPresent(of: WaitingRun.layers) == nil {
            try folder.makeFolder(WaitingRun.layers, mode: 0o700)
        }
        let layers = try folder.folder(WaitingRun.layers, resolving: [.beneath, .noLinks])
        guard let place = try layers.realPath().utf8 else {
            throw WorkspaceFolder.Unfit(
                state.path.description, "the name of the folder for state is no text",
                help: "give it a name in UTF-8, or set XDG_STATE_HOME")
        }
        let source = try LayerSource(in: layers, at: place)
        if !goesOn, wish.source != .here, try !source.isThere {
            try source.make(wish.source, like: workspace, fill)
        }
        guard try source.isOf(wish.source) else {
            throw WaitingRun.NotFound.otherSource(id.description)
        }
        if try source.isThere {
            // A later turn may have more to hide.
            try LayerSource.remove(hidden, of: workspace.path, from: source.path)
        }
        let hide = try makeHidingLayer(wish.erased, in: layers, over: workspace)
        var turns = try Turns(in: layers)
        return try begin(
            &turns, over: workspace, hiding: hide, at: place, source, memory: wish.memory)
    }

    /// The number of the layer of the turn that goes on; nil if nothing was left in it.
    func layerWritten() throws -> Int? {
        let layers = try folder.folder(WaitingRun.layers, resolving: [.beneath, .noLinks])
        let turns = try Turns(in: layers)
        return try turns.hasWritten() ? turns.kept.last : nil
    }

    /// The layers of the next turn of an agent, as the last one has ended.
    func nextLayers(over workspace: WorkspaceFolder, _ wish: LayerWish) throws -> LayerPlace {
        let layers = try folder.folder(WaitingRun.layers, resolving: [.beneath, .noLinks])
        let place = try layers.realPath().text
        let source = try LayerSource(in: layers, at: place)
        // Never what nothing has been hidden of.
        guard try source.isOf(wish.source) else {
            throw WaitingRun.NotFound.otherSource(id.description)
        }
        let hide = try makeHidingLayer(wish.erased, in: layers, over: workspace)
        var turns = try Turns(in: layers)
        try turns.seal()
        return try begin(
            &turns, over: workspace, hiding: hide, at: place, source, memory: wish.memory)
    }

    /// What the next turn writes to, on what those before it have written.
    private func begin(
        _ turns: inout Turns, over workspace: WorkspaceFolder, hiding hide: FilePath?,
        at place: String, _ source: borrowing LayerSource, memory: SandboxSpec.Layers.Room?
    ) throws -> LayerPlace {
        let begun = try turns.begin(
            like: FileFacts.of(FilePath(workspace.path) ?? "/"),
            after: WaitingBase(in: folder).turn)
        turn.withLock { $0 = turns.kept.last }
        return LayerPlace(
            layers: SandboxSpec.Layers(
                writable: "\(place)/\(begun.writable)",
                sealed: [begun.sealed, hide].compactMap { $0 }.map { "\(place)/\($0)" },
                memory: try memory.map { try Self.left(of: $0, beside: begun.sealed, at: place) }),
            base: try source.isThere ? source.path : workspace.path, commit: try source.commit())
    }

    /// What waits already takes of what may wait.
    private static func left(
        of room: SandboxSpec.Layers.Room, beside sealed: FilePath?, at place: String
    ) throws(SystemError) -> SandboxSpec.Layers.Room {
        guard let sealed, let path = FilePath("\(place)/\(sealed)") else { return room }
        let used = try LayerUse.measure(
            Folder.open(path, resolving: .noLinks), isAtRest: true, most: { _ in false })
        return .init(
            size: max(1, room.size - used.size.bytes),
            names: room.names.map { max(0, $0 - used.files) })
    }

    /// A layer in memory, which nobody writes to any more, comes to where the turn that was begun is.
    func keepLayer(of sandbox: Sandbox) throws {
        guard let number = turn.withLock({ $0 }), let layer = try sandbox.layerInMemory() else {
            return
        }
        let layers = try folder.folder(WaitingRun.layers, resolving: [.beneath, .noLinks])
        do throws(SystemError) {
            try LayerCopy.keep(layer, in: Turns.folder(number, in: layers))
        } catch {
            throw LayerLost(reason: error)
        }
    }

    struct LayerLost: Error, CustomStringConvertible {
        let reason: SystemError
        var description: String {
            "what the program wrote to its layer in memory can't be kept, and is lost: \(reason)"
        }
    }

    /// Made anew for each turn: what is there on the host may have changed.
    private func makeHidingLayer(
        _ names: [String], in layers: borrowing Folder, over workspace: WorkspaceFolder
    ) throws(SystemError) -> FilePath? {
        try LayerFolder.remove(WaitingRun.hide, from: layers)
        guard !names.isEmpty else { return nil }
        try layers.makeFolder(WaitingRun.hide, mode: 0o700)
        try HidingLayer.make(
            in: layers.folder(WaitingRun.hide, resolving: .inHostileTree),
            hiding: names.compactMap { FilePath($0) },
            over: Folder.open(FilePath(workspace.path) ?? "/", resolving: .noLinks))
        return WaitingRun.hide
    }

    // MARK: - What is believed

    private static let trusted: FilePath = "trusted"

    /// For files of the workspace as they were once; it goes when the run ends.
    func makeTrustedFolder(like workspace: WorkspaceFolder) throws -> String {
        try LayerFolder.remove(Self.trusted, from: folder)
        try folder.makeFolder(Self.trusted, mode: 0o700)
        if workspace.owner != .current {
            try folder.changeOwner(of: Self.trusted, to: workspace.owner, workspace.group)
        }
        return try folder.realPath().text + "/\(Self.trusted)"
    }

    /// It is filled: whoever is inside reads it, and nobody writes it any more.
    func openTrustedFolder() throws {
        try folder.changeMode(of: Self.trusted, to: 0o755)
    }

    /// What is sealed, or dropped, is no turn of a start any more.
    private func takeTurn() -> Int? {
        turn.withLock { turn in
            defer { turn = nil }
            return turn
        }
    }

    private func dropTurn() throws {
        guard let begun = takeTurn(), var turns = try waiting()?.turns(), turns.kept.last == begun
        else { return }
        try turns.dropNewest()
    }

    /// Nobody writes any more: what was only looked at leaves nothing that waits.
    func seal(nothingWaits: Bool = false) throws {
        guard takeTurn() != nil, let waiting = try waiting() else { return }
        if nothingWaits, !goesOn { return try waiting.discard() }
        if var turns = try waiting.turns() { try turns.seal() }
        do {
            _ = try waiting.discardIfEmpty()
        } catch let error as SystemError where error.errno == nil {
            // Too much to be looked at waits, too; whoever looks is told.
        }
    }

    /// What it has written, as it waits now; nil if it has no layer.
    func waiting() throws -> WaitingRun? { try WaitingRun(id.description, in: state) }

    /// Whether a run has not ended yet.
    static func isAlive(_ id: String, in state: StateFolder) throws -> Bool {
        guard let name = FilePath(id) else { return false }
        do throws(SystemError) {
            let file = try state.folder(alive).file(
                name, for: .readAndWrite, creating: .never, resolving: [.beneath, .noLinks])
            let lock = try FileLock(file, .shared, waiting: false)
            withExtendedLifetime(lock) {}
            return false
        } catch {
            if error.errno == .wouldBlock { return true }
            guard error.errno == .noSuchFile else { throw error }
            return false
        }
    }

    private func removeAll() throws {
        try LayerFolder.remove(Self.trusted, from: folder)
        if goesOn {
            try dropTurn()
        } else {
            try waiting()?.discard()
            try state.folder("runs").remove(id.name, isFolder: true)
        }
        try leave()
    }

    /// A start that is tried once more has had no effect, and no record.
    func startAgain() throws {
        try folder.remove(record, isFolder: false)
        isRecorded.withLock { $0 = false }
    }

    /// From now on there is a record, and with it the run lasts.
    func keep() { isRecorded.withLock { $0 = true } }

    /// It has ended, and is not looked for any more.
    func leave() throws {
        try LayerFolder.remove(Self.trusted, from: folder)
        try state.folder(Self.alive).remove(id.name, isFolder: false)
    }

    /// What of it is still in use is for a later start to clear away, to which it looks killed.
    func leaveToLaterStart() throws {
        keep()
        _ = try state.folder(Self.alive).file(
            id.name, for: .readAndWrite, creating: .ifMissing(mode: 0o600),
            resolving: [.beneath, .noLinks])
    }

    /// What the names of the run's control groups begin with, and no other run's.
    var groupName: String { Self.groupName(id.description) }

    private static func groupName(_ id: String) -> String { "pi-runner-\(id)" }

    /// Nil if another start has had it for two seconds, as one that was stopped: then nothing is swept, and nobody
    /// waits for it.
    private static func turn(in state: StateFolder) throws -> FileLock? {
        let file = try state.folder().file(
            "starting", for: .readAndWrite, creating: .ifMissing(mode: 0o600),
            resolving: [.beneath, .noLinks])
        return try FileLock.exclusive(
            file, within: .seconds(2), askingEvery: .milliseconds(1))
    }

    /// Clears away after runs that were killed, and names them.
    ///
    /// Their processes and mounts went with them, and what is left is control groups. One that a process is still
    /// in waits for a later start.
    private static func sweep(
        _ state: StateFolder, removeGroups: (String) -> Bool
    ) throws -> [String] {
        var dead: [String] = []
        let alive = try state.folder(Self.alive)
        for name in try alive.names(limit: 100_000) {
            do throws(SystemError) {
                let file = try alive.file(
                    name, for: .readAndWrite, creating: .never, resolving: [.beneath, .noLinks])
                let lock = try FileLock(file, .exclusive, waiting: false)
                defer { withExtendedLifetime(lock) {} }
                // It may have ended between the two: whoever leaves takes the name away first.
                guard try alive.factsIfPresent(of: name)?.inode == file.facts().inode else {
                    continue
                }
            } catch {
                // Alive, or ended in this moment.
                guard error.errno == .wouldBlock || error.errno == .noSuchFile else { throw error }
                continue
            }
            guard removeGroups(groupName(name.description)) else { continue }
            // One that was never made holds nothing.
            if let run = try? state.folder("runs").folder(name, resolving: [.beneath, .noLinks]) {
                try LayerFolder.remove(trusted, from: run)
            }
            // One that came to nothing has an empty folder; any other keeps its record.
            try? state.folder("runs").remove(name, isFolder: true)
            try alive.remove(name, isFolder: false)
            dead.append(name.description)
        }
        return dead
    }
}
