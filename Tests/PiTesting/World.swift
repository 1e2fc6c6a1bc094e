package import PiSystem
import Synchronization

/// A folder for one test, empty at first and gone afterwards, also when the test's process is killed.
package struct World: ~Copyable, Sendable {
    package let path: FilePath
    package let folder: Folder

    /// Runs a test in a world of its own.
    package static func with<Value>(
        _ body: (borrowing World) async throws -> Value
    ) async throws -> Value {
        let name = FilePath(RawText("world-" + (try RandomBytes.name(bytes: 6)))!)
        let all = try Folder.open(Ground.shared.get(), resolving: [])
        // Open to others: what runs as an ordinary user has to work in it too.
        try all.makeFolder(name, mode: 0o777)
        let path = all.path.appending(name)
        let world = World(path: path, folder: try Folder.open(path, resolving: .noLinks))
        do {
            let value = try await body(world)
            try await removeTree(path)
            return value
        } catch {
            try await removeTree(path)
            throw error
        }
    }

    package borrowing func write(_ text: String, to name: FilePath) throws {
        try folder.replace(name, with: Array(text.utf8), mode: 0o644)
    }

    package borrowing func read(_ name: FilePath) throws -> String {
        let bytes = try folder.read(name, limit: .mebibytes(64), resolving: [.noLinks, .beneath])
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The kernel leaves a layer's own folder without any leave, and programs leave others: not even their owner could
    /// remove what is in them.
    fileprivate static let remove: RawText = """
        rm -rf -- "$1" 2>/dev/null || { chmod -Rf u+rwx -- "$1"; rm -rf -- "$1"; }
        """

    private static func removeTree(_ path: FilePath) async throws {
        let removed = try await Program("/bin/sh", ["-c", remove, "sh", path.raw]).run()
        precondition(removed.ending.succeeded, "a world can't be removed: \(removed.error)")
    }
}

/// The folder of all worlds of this process, watched by a process that removes it when this one is gone.
private enum Ground {
    static let shared: Result<FilePath, any Error> = Result { try make() }

    /// The watcher reads from a pipe that only this process holds: its end is our end, however it came.
    ///
    /// Kept for as long as the process lives; letting go of them would end the watcher.
    private static let kept = Mutex<[(Shared<Descriptor>, Shared<ChildProcess>)]>([])

    private static func make() throws -> FilePath {
        let parent = ThisProcess.variable("TMPDIR").map(FilePath.init) ?? "/tmp"
        let path = parent.appending(
            FilePath(RawText("pi-runner-test-" + (try RandomBytes.name(bytes: 6)))!))
        let folder = try Folder.open(parent, resolving: .anything)
        try folder.makeFolder(path.name!, mode: 0o755)

        let script = RawText("cat >/dev/null; ".utf8 + World.remove.bytes)!
        let plan = SpawnPlan(
            program: "/bin/sh", arguments: ["sh", "-c", script, "sh", path.raw],
            environment: ["PATH=/usr/bin:/bin"], newSession: true)
        let pipe = try Pipe()
        let silent = try Descriptor.sink("/dev/null")
        let watcher = try plan.start(
            input: pipe.reading, output: silent, error: silent,
            in: Folder.open("/", resolving: .anything))
        let held = (Shared(pipe.writing), Shared(watcher))
        kept.withLock { $0.append(held) }
        return path
    }
}
