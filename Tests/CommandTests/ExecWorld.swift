import PiSystem
import PiTesting

/// A person with a home, a folder of work, and, if they are root, ids for their runs.
struct ExecWorld {
    let home: FilePath
    let work: FilePath

    init(in world: borrowing World) throws {
        home = world.path.appending("home")
        work = world.path.appending("work")
        try world.folder.makeFolder("home", mode: 0o755)
        try world.folder.makeFolder("work", mode: 0o755)
        let folder = try world.folder.folder("home", resolving: .noLinks)
        try folder.makeFolder("pi-runner", mode: 0o755)
        try Self.write(
            "ids: {from: 1200000, count: 10000}\n", to: home.appending("pi-runner/settings.yaml"))
    }

    /// `pi-runner exec OPTIONS -- PROGRAM`, in the folder of work.
    func exec(_ options: some Collection<RawText>, _ program: [RawText]) throws -> Program {
        var run = try Program.piRunner()
        run.arguments = ["exec"] + options + ["--"] + program
        run.folder = work
        run.environment = [
            RawText("HOME=\(home)")!, RawText("XDG_CONFIG_HOME=\(home)")!,
            RawText("XDG_STATE_HOME=\(home)/state")!, "PATH=/usr/bin:/bin", "SECRET=s3cret",
        ]
        return run
    }

    /// The same with a policy that extends a ready-made one.
    func write(policy lines: String, extending parent: String = "exec") throws -> RawText {
        let text = "version: 1\nname: test\nextends: [\(parent)]\n\(lines)\n"
        try Self.write(text, to: home.appending("test.yaml"))
        return RawText("\(home)/test.yaml")!
    }

    static func write(_ text: String, to path: FilePath, mode: UInt32 = 0o644) throws {
        try Folder.open(path.parent, resolving: .noLinks)
            .replace(path.name!, with: Array(text.utf8), mode: mode)
    }

    func read(_ name: FilePath) throws -> String {
        let bytes = try Folder.open(work, resolving: .noLinks)
            .read(name, limit: .mebibytes(1), resolving: [.beneath])
        return String(decoding: bytes, as: UTF8.self)
    }
}
