import PiSystem

/// A program to be started, with all that it needs to find its way.
struct Command: Sendable {
    let arguments: [RawText]
    let environment: [RawText]
    let folder: FilePath

    init(
        _ arguments: [RawText], environment: [RawText] = ["PATH=/usr/bin:/bin"],
        in folder: FilePath = "/"
    ) {
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
    }

    /// Runs it in silence, from start to end.
    func run() throws {
        let silent = try Descriptor.sink("/dev/null")
        var child = try start(output: silent, error: silent)
        guard try child.waitBlocking().succeeded else {
            throw WholeProcess.Failed(program: arguments[0])
        }
    }

    func start(
        output: borrowing Descriptor, error: borrowing Descriptor
    ) throws -> ChildProcess {
        try plan.start(
            input: Descriptor.source("/dev/null"), output: output, error: error,
            in: Folder.open(folder, resolving: .anything))
    }

    private var plan: SpawnPlan {
        SpawnPlan(
            program: FilePath(arguments[0]), arguments: arguments, environment: environment,
            newSession: false)
    }
}

/// A program that ours is measured against, if this host lets it run.
enum PeerProgram: Sendable {
    case ready(Command)
    case absent(reason: String)

    /// Runs it once: what it says when it fails is why it can't be measured.
    static func tried(_ command: Command) throws -> PeerProgram {
        let said = try Pipe()
        let silent = try Descriptor.sink("/dev/null")
        var child: ChildProcess
        do {
            child = try command.start(output: silent, error: said.writing)
        } catch {
            return .absent(reason: "\(error)")
        }
        said.writing.close()
        let bytes = try said.reading.read(upTo: .kibibytes(4), from: "a peer") ?? []
        guard try !child.waitBlocking().succeeded else { return .ready(command) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        return .absent(reason: lines.last.map(String.init) ?? "it fails and does not say why")
    }
}
