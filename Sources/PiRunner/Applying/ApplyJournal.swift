import PiJSON
import PiSystem

/// What an apply is about to do, on disk before it does it: whoever comes after a killed one goes on from here.
///
/// When all is done it becomes the record by which it can be taken back.
struct ApplyJournal {
    enum Kind: String {
        case apply, undo, redo

        var failure: String {
            switch self {
            case .apply: "nothing was applied"
            case .undo: "nothing was taken back"
            case .redo: "nothing was brought again"
            }
        }
    }

    enum Phase: String {
        /// New things are being made; no step has been taken.
        case preparing
        case forward
        /// A step could not be taken, and those before it are being taken back.
        case back
    }

    /// Where new things are made, and where old ones come: a rename leads from there to any place of the workspace.
    struct Staging: Hashable {
        /// Of the folder in the run's own where old things are kept.
        let number: Int
        /// A folder of this name in the workspace, because no rename leads there from the run's; nil if one does, and
        /// then things are made where they are kept.
        let name: FilePath?
    }

    let kind: Kind
    var staging: Staging
    /// Whether what was replaced is kept.
    var isKept: Bool
    /// When it was done for the first time.
    let applied: WallInstant
    /// When it was done, taken back or brought again for the last time.
    let done: WallInstant
    /// The newest turn that there was then; 0 if there was none.
    let turn: Int
    var phase: Phase = .preparing
    var steps: [ApplyStep] = []

    private static let folder: FilePath = "applying"

    func write(for run: String, in state: StateFolder) throws {
        try state.folder(Self.folder).replace(
            FilePath(run)!, with: JSONWriter.write(json, layout: .compact), mode: 0o600,
            // Before the first step a power cut leaves nothing worse than new things that nobody wants.
            survives: phase == .preparing ? .kills : .powerCuts)
    }

    static func remove(for run: String, in state: StateFolder) throws {
        try state.folder(folder).remove(FilePath(run)!, isFolder: false)
    }

    /// It is done: from now on this is a record, in the place of the one of what it reverses.
    static func move(
        for run: String, in state: StateFolder, to store: borrowing Folder, as name: FilePath
    ) throws {
        try state.folder(folder).move(
            FilePath(run)!, to: store, as: name, replacing: .allowed)
    }

    static func exists(for run: String, in state: StateFolder) throws(SystemError) -> Bool {
        try state.folder().factsIfPresent(of: folder.appending(FilePath(run)!)) != nil
    }

    /// The runs that have one.
    static func runs(in state: StateFolder) throws(SystemError) -> [String] {
        guard try state.folder().factsIfPresent(of: folder) != nil else { return [] }
        return try state.folder(folder).names(limit: 100_000).compactMap(\.utf8)
    }

    /// Nil if no apply of the run is under way or was interrupted.
    static func read(for run: String, in state: StateFolder) throws -> ApplyJournal? {
        guard try exists(for: run, in: state) else { return nil }
        return try read(FilePath(run)!, in: state.folder(folder), of: run)
    }

    static func read(
        _ name: FilePath, in folder: borrowing Folder, of run: String
    ) throws -> ApplyJournal {
        let limit = ByteCount.mebibytes(1024)
        let bytes = try folder.read(name, limit: limit, resolving: [.beneath, .noLinks])
        let json = try JSONReader.read(
            String(decoding: bytes, as: UTF8.self), .exact(sizeLimit: limit.bytes)
        ).value
        guard let journal = ApplyJournal(json) else {
            throw WaitingRun.NotFound(
                diagnostic: Diagnostic(
                    severity: .error,
                    message:
                        "what an apply of run \(run) has done, or was to do, can't be understood",
                    help: "use the version of pi-runner that began it"))
        }
        return journal
    }
}

// MARK: - As it is written

extension ApplyJournal {
    private var json: JSONValue {
        [
            "version": 1, "kind": .string(kind.rawValue), "staging": staging.json,
            "kept": .bool(isKept), "applied": .string("\(applied.nanoseconds)"),
            "done": .string("\(done.nanoseconds)"), "turn": .number(JSONNumber(turn)),
            "phase": .string(phase.rawValue), "steps": .array(steps.map(\.json)),
        ]
    }

    private init?(_ json: JSONValue) {
        let steps = json["steps"]?.array ?? []
        let understood = steps.compactMap(ApplyStep.init)
        guard json["version"]?.number?.int == 1, let staging = Staging(json["staging"]),
            let phase = json["phase"]?.string.flatMap(Phase.init), understood.count == steps.count
        else { return nil }
        func time(_ name: String) -> WallInstant {
            WallInstant(nanoseconds: json[name]?.string.flatMap { Int64($0) } ?? 0)
        }
        // Older ones kept nothing and knew no other kind.
        kind = json["kind"]?.string.flatMap(Kind.init) ?? .apply
        self.staging = staging
        isKept = json["kept"]?.bool ?? false
        applied = time("applied")
        done = time("done")
        turn = json["turn"]?.number?.int ?? 0
        self.phase = phase
        self.steps = understood
    }
}

extension ApplyJournal.Staging {
    fileprivate var json: JSONValue {
        ["number": .number(JSONNumber(number)), "name": name?.json ?? .null]
    }

    fileprivate init?(_ json: JSONValue?) {
        // Older ones kept nothing.
        let name = (json?["name"] ?? json).flatMap { FilePath(json: $0) }
        guard let number = json?["number"]?.number?.int ?? (name == nil ? nil : 0),
            name == nil || name?.name == name
        else { return nil }
        self.number = number
        self.name = name
    }

    /// What the folder in the workspace is called as soon as the new tree stands, and nothing is left to do but to clear
    /// away: a rename comes to the disk before what is removed after it.
    static func finished(_ name: FilePath) -> FilePath { FilePath("\(name).done")! }
}
