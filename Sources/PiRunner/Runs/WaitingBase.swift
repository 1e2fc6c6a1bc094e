import PiJSON
import PiSandbox
import PiSystem

/// What a run had changed as it ended, and what there was below under those names.
///
/// A layer alone doesn't tell: it has copies of files that were only touched, and of folders for what is in them, and
/// when somebody changes the workspace later these look like changes. Nor does it tell a new name from one that
/// somebody has removed since.
struct WaitingBase {
    /// Nil if there was nothing.
    private var names: [FilePath: Was?] = [:]
    /// The newest of the turns whose changes are noted.
    private(set) var turn = 0

    /// Nothing has ever been changed.
    var isEmpty: Bool { names.isEmpty }

    fileprivate struct Was: Hashable {
        let isFolder: Bool
        let mode: UInt32
        /// Whatever changed since then, somebody else has changed.
        let since: WallInstant
    }

    static let file: FilePath = "base.json"

    /// Empty if nothing was noted yet.
    init(in folder: borrowing Folder) throws {
        guard try folder.factsIfPresent(of: Self.file) != nil else { return }
        let limit = ByteCount.mebibytes(512)
        let bytes = try folder.read(Self.file, limit: limit, resolving: [.beneath, .noLinks])
        let json = try JSONReader.read(
            String(decoding: bytes, as: UTF8.self), .exact(sizeLimit: limit.bytes)
        ).value
        turn = json["turn"]?.number?.int ?? 0
        for row in json["names"]?.array ?? [] {
            guard let name = FilePath(json: row["path"]) else { continue }
            names.updateValue(Was(row), forKey: name)
        }
    }

    func write(in folder: borrowing Folder) throws {
        let rows = names.map { name, was in
            was?.json(name) ?? ["path": name.json]
        }
        let note: JSONValue = [
            "version": 1, "turn": .number(JSONNumber(turn)), "names": .array(rows),
        ]
        try folder.replace(
            Self.file, with: JSONWriter.write(note, layout: .compact), mode: 0o600,
            survives: .kills)
    }

    /// What is not noted yet, as it is now: it was changed in a turn that began then.
    mutating func note(_ changes: [Change], since start: WallInstant, upTo turn: Int) {
        for change in changes where !names.keys.contains(change.path) {
            let was = change.before.map {
                Was(isFolder: $0.kind == .folder, mode: $0.mode, since: start)
            }
            names.updateValue(was, forKey: change.path)
        }
        self.turn = turn
    }

    /// As of now nobody else has changed what lies there.
    mutating func settle(
        _ paths: [FilePath], in workspace: borrowing Folder
    ) throws(SystemError) {
        for (name, was) in names where name.isOneOf(paths) {
            // What was put there is there now, and what was taken away is not.
            guard let facts = try Self.facts(of: name, in: workspace) else {
                names[name] = .some(nil)
                continue
            }
            let since = facts.changed + .nanoseconds(1)
            names[name] = .some(
                Was(
                    isFolder: facts.kind == .folder, mode: facts.mode,
                    since: was.map { max($0.since, since) } ?? since))
        }
    }

    /// Names that were put there, or taken away.
    mutating func add(_ paths: [FilePath]) {
        for name in paths where !names.keys.contains(name) { names[name] = .some(nil) }
    }

    /// Whether what lies there is still what was put there.
    func isPut(_ change: Change) -> Bool {
        names.keys.contains(change.path) && !isMoved(change)
    }

    /// Nil also where a file or a link now stands in the place of a folder on the way.
    private static func facts(
        of name: FilePath, in workspace: borrowing Folder
    ) throws(SystemError) -> FileFacts? {
        do {
            return try workspace.factsIfPresent(of: name)
        } catch {
            guard error.errno == .notAFolder || error.errno == .tooManyLinks else { throw error }
            return nil
        }
    }

    /// Whether somebody else has changed what is there now under the name of a change.
    ///
    /// Of a folder the time of change says nothing: it moves with each name in it, and those are changes of their own.
    func isMoved(_ change: Change) -> Bool {
        let noted = names[change.path] ?? nil
        guard let before = change.before, let was = noted else {
            return (change.before == nil) != (noted == nil)
        }
        guard was.isFolder == (before.kind == .folder) else { return true }
        return was.isFolder ? before.mode != was.mode : before.changed >= was.since
    }

    /// Those of a difference that are the run's.
    func ofTheRun(_ changes: [Change]) -> [Change] {
        var kept: [Change] = []
        // From the end, so that what is in a folder is known before the folder.
        for change in changes.reversed() {
            let isNoted = names.keys.contains(change.path)
            switch (change.before?.kind, change.after?.kind) {
            case _ where isNoted, (_, nil): kept.append(change)
            case (.folder?, .folder?): continue
            case (_, .folder?):
                // It is there for what is in it.
                if kept.last?.path.isBelow(change.path) == true { kept.append(change) }
            case (_, _?):
                while kept.last?.path.isBelow(change.path) == true { kept.removeLast() }
            }
        }
        return kept.reversed()
    }
}

extension WaitingBase.Was {
    fileprivate func json(_ path: FilePath) -> JSONValue {
        [
            "path": path.json, "folder": .bool(isFolder), "mode": .number(JSONNumber(mode)),
            "since": .string("\(since.nanoseconds)"),
        ]
    }

    fileprivate init?(_ json: JSONValue) {
        guard let isFolder = json["folder"]?.bool,
            let mode = json["mode"]?.number?.int.flatMap(UInt32.init(exactly:)),
            let since = json["since"]?.string.flatMap({ Int64($0) })
        else { return nil }
        self.isFolder = isFolder
        self.mode = mode
        self.since = WallInstant(nanoseconds: since)
    }
}

extension FilePath {
    /// Of these paths, or below one of them.
    func isOneOf(_ paths: [FilePath]) -> Bool {
        paths.contains { self == $0 || isBelow($0) }
    }

    /// In our own files: a name need not be text.
    var json: JSONValue {
        utf8.map(JSONValue.string) ?? .array(bytes.map { .number(JSONNumber($0)) })
    }

    init?(json: JSONValue?) {
        if let text = json?.string {
            self.init(text)
            return
        }
        let bytes = json?.array?.compactMap { $0.number?.int.flatMap(UInt8.init(exactly:)) }
        guard let raw = bytes.flatMap({ RawText($0) }), !raw.isEmpty else { return nil }
        self.init(raw)
    }
}
