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
    private let names: [FilePath: Was?]

    private struct Was: Hashable {
        let isFolder: Bool
        let mode: UInt32
    }

    static let file: FilePath = "base.json"

    /// As it is now.
    init(_ changes: [Change]) {
        names = Dictionary(
            changes.map { change in
                (
                    change.path,
                    change.before.map { Was(isFolder: $0.kind == .folder, mode: $0.mode) }
                )
            }
        ) { first, _ in first }
    }

    /// Nil if the run was killed before it was noted.
    init?(in folder: borrowing Folder) throws {
        guard try folder.factsIfPresent(of: Self.file) != nil else { return nil }
        let limit = ByteCount.mebibytes(512)
        let bytes = try folder.read(Self.file, limit: limit, resolving: [.beneath, .noLinks])
        let json = try JSONReader.read(
            String(decoding: bytes, as: UTF8.self), .exact(sizeLimit: limit.bytes)
        ).value
        var names: [FilePath: Was?] = [:]
        for row in json["names"]?.array ?? [] {
            guard let name = FilePath(json: row["path"]) else { continue }
            let mode = row["mode"]?.number?.int.flatMap(UInt32.init(exactly:))
            let was = mode.map { Was(isFolder: row["folder"]?.bool ?? false, mode: $0) }
            names.updateValue(was, forKey: name)
        }
        self.names = names
    }

    func write(in folder: borrowing Folder) throws {
        let rows = names.map { name, was -> JSONValue in
            guard let was else { return ["path": name.json] }
            return [
                "path": name.json, "mode": .number(JSONNumber(was.mode)),
                "folder": .bool(was.isFolder),
            ]
        }
        try folder.replace(
            Self.file,
            with: JSONWriter.write(
                ["version": 1, "names": .array(rows)], layout: .compact), mode: 0o600,
            survives: .kills)
    }

    /// Whether somebody else has changed what is there now under the name of a change.
    ///
    /// Of a folder the time of change says nothing: it moves with each name in it, and those are changes of their own.
    func isMoved(_ change: Change, since start: WallInstant) -> Bool {
        let noted = names[change.path] ?? nil
        guard let before = change.before, let was = noted else {
            return (change.before == nil) != (noted == nil)
        }
        guard was.isFolder == (before.kind == .folder) else { return true }
        return was.isFolder
            ? before.mode != was.mode : before.changed.nanoseconds >= start.nanoseconds
    }

    /// Those of a difference that are the run's.
    func ofTheRun(_ changes: [Change]) -> [Change] {
        var kept: [Change] = []
        // From the end, so that what is in a folder is known before the folder.
        for change in changes.reversed() {
            let isNoted = names.keys.contains(change.path)
            let folder = change.path.bytes + [UInt8(ascii: "/")]
            switch (change.before?.kind, change.after?.kind) {
            case _ where isNoted, (_, nil): kept.append(change)
            case (.folder?, .folder?): continue
            case (_, .folder?):
                // It is there for what is in it.
                if kept.last?.path.bytes.starts(with: folder) == true { kept.append(change) }
            case (_, _?):
                while kept.last?.path.bytes.starts(with: folder) == true { kept.removeLast() }
            }
        }
        return kept.reversed()
    }
}

extension FilePath {
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
