import PiPolicy
import PiSandbox
import PiSystem

/// What a run sees in the place of the workspace's files, beside its layers: made once, and never written to.
struct LayerSource: ~Copyable {
    private let layers: Folder
    private let place: String

    private static let name: FilePath = "source"
    private static let unfinished: FilePath = "source.part"
    private static let note: FilePath = "source.commit"

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
        like workspace: WorkspaceFolder, _ fill: (_ folder: String) throws -> String?
    ) throws {
        try layers.makeFolder(Self.unfinished, mode: 0o700)
        if workspace.owner != .current {
            try layers.changeOwner(of: Self.unfinished, to: workspace.owner, workspace.group)
        }
        let commit = try fill("\(place)/\(Self.unfinished)")
        if let commit {
            try layers.replace(
                Self.note, with: Array(commit.utf8), mode: 0o600, survives: .kills)
        }
        let facts = try FileFacts.of(FilePath(workspace.path) ?? "/")
        try layers.changeMode(of: Self.unfinished, to: facts.mode & 0o777)
        try layers.rename(Self.unfinished, to: Self.name, replacing: .refused)
    }

    func commit() throws -> String? {
        guard try layers.factsIfPresent(of: Self.note) != nil else { return nil }
        let bytes = try layers.read(
            Self.note, limit: .kibibytes(1), resolving: [.beneath, .noLinks])
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What the policy hides is not in it.
    static func remove(
        _ hidden: PathPatterns, of workspace: String, from folder: String
    ) throws {
        let source = try Folder.open(FilePath(folder) ?? "/", resolving: .noLinks)
        let hits = try PatternHits.find(
            hidden, below: workspace, standingIn: folder, limit: 100_000)
        for hit in hits {
            guard let path = FilePath(String(hit.dropFirst(workspace.utf8.count + 1))),
                let name = path.name
            else { continue }
            let holder = try source.holder(of: path)
            let isFolder = try holder.facts(of: name).kind == .folder
            if isFolder { try LayerFolder.empty(holder.folder(name, resolving: .inHostileTree)) }
            try holder.remove(name, isFolder: isFolder)
        }
    }
}
