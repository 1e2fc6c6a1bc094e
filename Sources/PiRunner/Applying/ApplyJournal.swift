import PiJSON
import PiSystem

/// What an apply is about to do, on disk before it does it: whoever comes after a killed one goes on from here.
struct ApplyJournal {
    enum Phase: String {
        /// New things are being made; no step has been taken.
        case preparing
        case forward
        /// A step could not be taken, and those before it are being taken back.
        case back
    }

    /// The name of the staging folder in the workspace.
    let staging: FilePath
    /// What it is called as soon as the new tree stands, and nothing is left to do but to clear away: a rename comes
    /// to the disk before what is removed after it.
    var finished: FilePath { FilePath("\(staging).done")! }
    var phase: Phase
    var steps: [ApplyStep]

    private static let folder: FilePath = "applying"

    func write(for run: String, in state: StateFolder) throws {
        let json: JSONValue = [
            "version": 1, "staging": .string(staging.text),
            "phase": .string(phase.rawValue), "steps": .array(steps.map(\.json)),
        ]
        try state.folder(Self.folder).replace(
            FilePath(run)!, with: JSONWriter.write(json, layout: .compact), mode: 0o600,
            // Before the first step a power cut leaves nothing worse than new things that nobody wants.
            survives: phase == .preparing ? .kills : .powerCuts)
    }

    static func remove(for run: String, in state: StateFolder) throws {
        try state.folder(folder).remove(FilePath(run)!, isFolder: false)
    }

    static func exists(for run: String, in state: StateFolder) throws(SystemError) -> Bool {
        try state.folder().factsIfPresent(of: folder.appending(FilePath(run)!)) != nil
    }

    /// Nil if no apply of the run is under way or was interrupted.
    static func read(for run: String, in state: StateFolder) throws -> ApplyJournal? {
        let limit = ByteCount.mebibytes(1024)
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try state.folder().read(
                folder.appending(FilePath(run)!), limit: limit, resolving: [.beneath, .noLinks])
        } catch {
            guard error.errno == .noSuchFile else { throw error }
            return nil
        }
        let json = try JSONReader.read(
            String(decoding: bytes, as: UTF8.self), .exact(sizeLimit: limit.bytes)
        ).value
        let steps = json["steps"]?.array ?? []
        let understood = steps.compactMap(ApplyStep.init)
        guard json["version"]?.number?.int == 1,
            let staging = json["staging"]?.string.flatMap({ FilePath($0) }),
            staging.name == staging,
            let phase = json["phase"]?.string.flatMap(Phase.init), understood.count == steps.count
        else {
            throw WaitingRun.NotFound(
                diagnostic: Diagnostic(
                    severity: .error,
                    message:
                        "what an interrupted apply of run \(run) was to do can't be understood",
                    help: "use the version of pi-runner that began it"))
        }
        return ApplyJournal(staging: staging, phase: phase, steps: understood)
    }
}
