import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// What a run sees in the place of the workspace's files, beside its layers: made once, and never written to.
struct LayerSource: ~Copyable {
    private let layers: Folder
    private let place: String

    private static let name: FilePath = "source"
    private static let unfinished: FilePath = "source.part"
    private static let note: FilePath = "source.json"

    /// In the folder of a run's layers, which is at `place`.
    init(in layers: borrowing Folder, at place: String) throws(SystemError) {
        self.layers = try layers.folder(".", resolving: [.beneath, .noLinks])
        self.place = place
    }

    var path: String { "\(place)/\(Self.name)" }

    var isThere: Bool {
        get throws(SystemError) { try layers.factsIfPresent(of: Self.name) != nil }
    }

    /// Nil if there is none, and the run sees the workspace itself.
    static func find(in layers: borrowing Folder) throws(SystemError) -> Folder? {
        guard try layers.factsIfPresent(of: name) != nil else { return nil }
        return try layers.folder(name, resolving: [.beneath, .noLinks])
    }

    /// Whole, or not at all.
    func make(
        _ source: WorkspaceSource, like workspace: WorkspaceFolder,
        _ fill: (_ folder: String) throws -> String?
    ) throws {
        try LayerFolder.remove(Self.unfinished, from: layers)
        try layers.makeFolder(Self.unfinished, mode: 0o700)
        if workspace.owner != .current {
            try layers.changeOwner(of: Self.unfinished, to: workspace.owner, workspace.group)
        }
        let commit = try fill("\(place)/\(Self.unfinished)")
        let note: JSONValue = [
            "source": .string(source.phrase), "commit": commit.map(JSONValue.string) ?? .null,
        ]
        try layers.replace(
            Self.note, with: JSONWriter.write(note, layout: .compact), mode: 0o600,
            survives: .kills)
        let facts = try FileFacts.of(FilePath(workspace.path) ?? "/")
        try layers.changeMode(of: Self.unfinished, to: facts.mode & 0o777)
        try layers.rename(Self.unfinished, to: Self.name, replacing: .refused)
    }

    /// Whether the run sees what a policy now says.
    func isOf(_ source: WorkspaceSource) throws -> Bool {
        guard try isThere else { return source == .here }
        // One that has begun with a copy has it, whether it would need one now or not.
        let now = source == .here ? .copy : source
        return try noted("source") == now.phrase
    }

    /// Nil if it is none that it has.
    func commit() throws -> String? { try noted("commit") }

    private func noted(_ name: String) throws -> String? {
        guard try layers.factsIfPresent(of: Self.note) != nil else { return nil }
        let bytes = try layers.read(
            Self.note, limit: .kibibytes(4), resolving: [.beneath, .noLinks])
        return try JSONReader.read(
            String(decoding: bytes, as: UTF8.self), .exact(sizeLimit: 4096)
        ).value[name]?.string
    }

    /// What the policy hides is not in it.
    static func remove(
        _ hidden: PathPatterns, of workspace: String, from folder: String
    ) throws {
        let source = try Folder.open(FilePath(folder) ?? "/", resolving: .noLinks)
        let hits = try PatternHits.find(
            hidden, below: workspace, standingIn: folder, limit: 100_000)
        for hit in hits {
            let rest = String(decoding: hit.utf8.dropFirst(workspace.utf8.count + 1), as: UTF8.self)
            guard let path = FilePath(rest), let name = path.name else {
                throw PatternHits.Unmet(cause: .notText, place: hit)
            }
            try LayerFolder.remove(name, from: source.holder(of: path))
        }
    }
}
