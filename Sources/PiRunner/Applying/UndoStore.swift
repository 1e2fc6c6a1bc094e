import PiJSON
import PiSandbox
import PiSystem

/// What the applies of a run have replaced: by it they can be taken back, and brought again.
///
/// For each there is a folder in which its old files lie, or its new ones while it is taken back, and beside it the record
/// of what was done last. Where a rename leads from there to the workspace, nothing of it is
/// copied, and it is the same files that come back.
struct UndoStore {
    private let run: WaitingRun
    private static let folder: FilePath = "undo"

    init(of run: WaitingRun) { self.run = run }

    private func folder() throws -> Folder {
        let run = try run.runFolder()
        if try run.factsIfPresent(of: Self.folder) == nil {
            try run.makeFolder(Self.folder, mode: 0o700)
        }
        return try run.folder(Self.folder, resolving: [.beneath, .noLinks])
    }

    private static func name(_ number: Int) -> FilePath { FilePath("\(number)")! }
    private static func copy(_ number: Int) -> FilePath { FilePath("\(number).new")! }
    private static func record(_ number: Int) -> FilePath { FilePath("\(number).json")! }

    /// The number of one more, with the note by which it is found.
    func begin() throws -> Int {
        try run.noteApplies()
        return try 1 + (Self.numbers(in: folder()).last ?? 0)
    }

    func makeFolder(_ number: Int) throws {
        try folder().makeFolder(Self.name(number), mode: 0o700)
    }

    func folder(_ number: Int) throws -> Folder {
        try folder().folder(Self.name(number), resolving: [.beneath, .noLinks])
    }

    /// Beside what is kept until now: as long as the new tree does not stand, that may be wanted again.
    func makeCopy(_ number: Int) throws -> Folder {
        try dropCopy(number)
        let all = try folder()
        try all.makeFolder(Self.copy(number), mode: 0o700)
        return try all.folder(Self.copy(number), resolving: [.beneath, .noLinks])
    }

    /// It takes the place of what was kept.
    func takeCopy(_ number: Int) throws {
        let all = try folder()
        guard try all.factsIfPresent(of: Self.copy(number)) != nil else { return }
        try LayerFolder.remove(Self.name(number), from: all)
        try all.rename(Self.copy(number), to: Self.name(number), replacing: .refused)
    }

    func dropCopy(_ number: Int) throws {
        try LayerFolder.remove(Self.copy(number), from: folder())
    }

    /// All is done: the journal becomes the record.
    func keep(_ number: Int) throws {
        try ApplyJournal.move(
            for: run.id, in: run.state, to: folder(), as: Self.record(number))
    }

    func drop(_ number: Int) throws {
        let all = try folder()
        try LayerFolder.remove(Self.name(number), from: all)
        try LayerFolder.remove(Self.record(number), from: all)
        guard try all.names(limit: .max).isEmpty else { return }
        try run.runFolder().remove(Self.folder, isFolder: true)
        try WaitingRun.forgetApplies(of: run.id, in: run.state)
    }

    static func removeAll(of run: borrowing Folder) throws(SystemError) {
        try LayerFolder.remove(folder, from: run)
    }

    /// The oldest first.
    func records() throws -> [ApplyJournal] {
        guard try run.runFolder().factsIfPresent(of: Self.folder) != nil else { return [] }
        let folder = try folder()
        return try Self.numbers(in: folder).compactMap { number in
            let name = Self.record(number)
            guard try folder.factsIfPresent(of: name) != nil else { return nil }
            let record = try ApplyJournal.read(name, in: folder, of: run.id)
            // One that was killed while what it did not want to keep was being removed.
            return record.isKept ? record : nil
        }
    }

    private static func numbers(in folder: borrowing Folder) throws(SystemError) -> [Int] {
        try folder.names(limit: 100_000).compactMap { $0.utf8.flatMap { Int($0) } }.sorted()
    }
}
