import PiSandbox
import PiSystem

/// The layers of a run: one for each turn, and all of them as one.
///
/// What was written in a turn stays as it was, so that it can be taken back; what is mounted and compared is `all`,
/// which is made of them and can be made again. Its name tells how many turns are in it.
struct Turns: ~Copyable {
    private let folder: Folder
    /// Those that count, the oldest first, and those that were taken back.
    private(set) var kept: [Int]
    private(set) var undone: [Int]

    /// In the folder of a run's layers; `turns/N/upper` is what turn N has written.
    init(in folder: consuming Folder) throws(SystemError) {
        self.folder = folder
        kept = []
        undone = []
        for name in [Self.turns, Self.undone]
        where try self.folder.factsIfPresent(of: name) == nil {
            do throws(SystemError) {
                try self.folder.makeFolder(name, mode: 0o700)
            } catch {
                // Whoever else looks was quicker.
                guard error.errno == .fileExists else { throw error }
            }
        }
        for turn in try numbers(in: Self.turns) {
            let isThere = try self.folder.factsIfPresent(of: upper(turn)) != nil
            // One that was killed before it had anything is none.
            isThere ? kept.append(turn) : try remove(Self.turns.appending(Self.name(turn)))
        }
        undone = try numbers(in: Self.undone)
    }

    private static let turns: FilePath = "turns"
    private static let undone: FilePath = "undone"
    private static let unfinished: FilePath = "all.part"
    private static let most = 10_000

    private func numbers(in name: FilePath) throws(SystemError) -> [Int] {
        try folder.folder(name, resolving: .inHostileTree).names(limit: Self.most)
            .compactMap { $0.utf8.flatMap { Int($0) } }.sorted()
    }

    private static func name(_ turn: Int) -> FilePath { FilePath("\(turn)")! }
    private static func all(_ turn: Int) -> FilePath { FilePath("all.\(turn)")! }

    /// Where a turn's `upper` is, of the layers of a run.
    static func folder(
        _ turn: Int, in layers: borrowing Folder
    ) throws(SystemError) -> Folder {
        try layers.folder(turns.appending(name(turn)), resolving: .inHostileTree)
    }

    // MARK: - A turn

    struct Layers {
        /// Where `upper` and `work` are, from the run's folder of layers.
        let writable: FilePath
        /// What was written before; nil in the first turn.
        let sealed: FilePath?
    }

    /// A layer for the next turn; its number is larger than any that there was.
    mutating func begin(like tree: FileFacts, after noted: Int) throws -> Layers {
        let sealed = try merged()
        let turn = max(kept.last ?? 0, undone.last ?? 0, noted) + 1
        guard kept.count < Self.most else {
            throw SystemError(moreThan: Self.most, in: folder.path)
        }
        let place = Self.turns.appending(Self.name(turn))
        let top = try sealed.map { try folder.facts(of: $0) } ?? tree
        try folder.makeFolder(place, mode: 0o700)
        try LayerFolder.make(
            in: folder.folder(place, resolving: .inHostileTree), mode: top.mode, owner: tree)
        kept.append(turn)
        return Layers(writable: place, sealed: sealed)
    }

    /// Whether anything lies in the newest.
    func hasWritten() throws(SystemError) -> Bool {
        guard let turn = kept.last else { return false }
        return try !folder.folder(upper(turn), resolving: .inHostileTree).isEmpty()
    }

    /// Nobody writes to the newest any more: if it is empty, it never was; else what was taken back is gone.
    mutating func seal() throws(SystemError) {
        guard !kept.isEmpty else { return }
        if try !hasWritten() { return try dropNewest() }
        for turn in undone { try remove(Self.undone.appending(Self.name(turn))) }
        undone = []
    }

    /// As if it had never begun.
    mutating func dropNewest() throws(SystemError) {
        guard let turn = kept.popLast() else { return }
        try remove(Self.turns.appending(Self.name(turn)))
    }

    /// When a turn began, by the clock of the file system.
    func start(of turn: Int) throws(SystemError) -> WallInstant {
        try folder.facts(of: Self.turns.appending(Self.name(turn))).modified
    }

    /// The same clock's word: the renaming.
    func whenTakenBack(_ turn: Int) throws(SystemError) -> WallInstant {
        try folder.facts(of: Self.undone.appending(Self.name(turn))).changed
    }

    // MARK: - All of them

    /// The layer that says what all turns have said, from the run's folder of layers; nil if there is none.
    func merged() throws(SystemError) -> FilePath? {
        guard let last = kept.last else { return nil }
        if kept.count == 1 { return upper(last) }
        if try folder.factsIfPresent(of: Self.all(last)) != nil { return Self.all(last) }
        var done = 0
        if try folder.factsIfPresent(of: Self.unfinished) != nil { try remove(Self.unfinished) }
        // The last time's needs no more than what has come since.
        for (place, turn) in kept.enumerated().reversed()
        where try folder.factsIfPresent(of: Self.all(turn)) != nil {
            try folder.rename(Self.all(turn), to: Self.unfinished, replacing: .refused)
            done = place + 1
            break
        }
        if done == 0 { try folder.makeFolder(Self.unfinished, mode: 0o700) }
        let all = try folder.folder(Self.unfinished, resolving: .inHostileTree)
        for turn in kept[done...] {
            try LayerMerge.lay(folder.folder(upper(turn), resolving: .inHostileTree), over: all)
        }
        let facts = try folder.facts(of: upper(last))
        if facts.user != .current {
            try folder.changeOwner(of: Self.unfinished, to: facts.user, facts.group)
        }
        try folder.changeMode(of: Self.unfinished, to: facts.mode)
        try folder.rename(Self.unfinished, to: Self.all(last), replacing: .refused)
        return Self.all(last)
    }

    private func upper(_ turn: Int) -> FilePath {
        Self.turns.appending(Self.name(turn)).appending("upper")
    }

    private func remove(_ path: FilePath) throws(SystemError) {
        try LayerFolder.remove(path, from: folder)
    }

    // MARK: - Back and forth

    /// Takes the newest back; what is made of it is made anew by whoever wants it.
    ///
    /// False if there is none.
    mutating func undo() throws(SystemError) -> Bool {
        guard let turn = kept.popLast() else { return false }
        if try folder.factsIfPresent(of: Self.all(turn)) != nil { try remove(Self.all(turn)) }
        try move(turn, from: Self.turns, to: Self.undone)
        undone.insert(turn, at: 0)
        return true
    }

    /// Unless something new was written since.
    mutating func redo() throws(SystemError) -> Bool {
        guard let turn = undone.first, turn > kept.last ?? 0 else { return false }
        try move(turn, from: Self.undone, to: Self.turns)
        undone.removeFirst()
        kept.append(turn)
        return true
    }

    private func move(_ turn: Int, from: FilePath, to: FilePath) throws(SystemError) {
        try folder.folder(from, resolving: .inHostileTree).move(
            Self.name(turn), to: folder.folder(to, resolving: .inHostileTree),
            as: Self.name(turn))
    }
}
