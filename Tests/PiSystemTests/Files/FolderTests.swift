import PiSystem
import PiTesting
import Testing

@Suite struct FolderTests {
    @Test func `what is read has a limit, and says which`() async throws {
        try await World.with { world in
            try world.write("12345", to: "file")
            #expect(
                try world.folder.read("file", limit: ByteCount(5), resolving: .noLinks).count == 5)
            let error = #expect(throws: SystemError.self) {
                try world.folder.read("file", limit: ByteCount(4), resolving: .noLinks)
            }
            #expect(error?.cause == .larger(than: ByteCount(4)))
        }
    }

    @Test func `a pipe, a folder or a device in a file's place is refused and not waited for`()
        async throws
    {
        try await World.with { world in
            try world.folder.makeFolder("folder", mode: 0o755)
            let fifo = world.path.appending("fifo").raw
            #expect(try await Program("/usr/bin/mkfifo", [fifo]).run().ending.succeeded)
            let kinds: [(FilePath, FileKind)] = [("fifo", .pipe), ("folder", .folder)]
            for (name, kind) in kinds {
                let error = #expect(throws: SystemError.self) {
                    try world.folder.read(name, limit: .kibibytes(1), resolving: .noLinks)
                }
                #expect(error?.cause == .wrongKind(kind, wanted: .file))
            }
            let dev = try Folder.open("/dev", resolving: .anything)
            let error = #expect(throws: SystemError.self) {
                try dev.read("null", limit: .kibibytes(1), resolving: .noLinks)
            }
            #expect(error?.cause == .wrongKind(.characterDevice, wanted: .file))
        }
    }

    @Test(
        arguments: [
            ("link", .tooManyLinks), ("folder/../../etc/passwd", .crossDevice),
            ("/etc/passwd", .crossDevice), ("linked/file", .tooManyLinks), ("missing", .noSuchFile),
        ] as [(FilePath, Errno)])
    func `nothing leads out of a folder that must not be left`(path: FilePath, errno: Errno)
        async throws
    {
        try await World.with { world in
            try world.write("canary", to: "canary")
            try world.folder.makeFolder("inner", mode: 0o755)
            let inner = try world.folder.folder("inner", resolving: .noLinks)
            try inner.makeFolder("folder", mode: 0o755)
            try inner.makeLink("link", to: "../canary")
            try inner.makeLink("linked", to: "..")
            // The same acts succeed where links and ways out are allowed: they fail for this reason.
            if path == "link" {
                #expect(try inner.read(path, limit: .kibibytes(1), resolving: .anything).count == 6)
            }
            let error = #expect(throws: SystemError.self) {
                try inner.read(path, limit: .kibibytes(1), resolving: [.noLinks, .beneath])
            }
            #expect(error?.errno == errno)
        }
    }

    @Test func `entries of a longer path are reached beneath, and through no link`() async throws {
        try await World.with { world in
            try world.folder.makeFolder("inner", mode: 0o755)
            try world.folder.makeFolder("inner/folder", mode: 0o755)
            try world.write("canary", to: "canary")
            let inner = try world.folder.folder("inner", resolving: .noLinks)
            try inner.makeLink("out", to: "..")
            #expect(try world.folder.facts(of: "inner/out").kind == .link)
            for path: FilePath in ["out/canary", "../canary", "/etc/passwd"] {
                #expect(throws: SystemError.self) { _ = try inner.facts(of: path) }
                #expect(throws: SystemError.self) { try inner.remove(path, isFolder: false) }
            }
            #expect(try world.read("canary") == "canary")
        }
    }

    @Test func `a replaced file is the new one, whole, with its mode, and nothing else is left`()
        async throws
    {
        try await World.with { world in
            try world.folder.makeFolder("empty", mode: 0o755)
            #expect(try world.folder.folder("empty", resolving: .noLinks).isEmpty())
            try world.folder.remove("empty", isFolder: true)
            try world.folder.replace("file", with: Array("old".utf8), mode: 0o600)
            try world.folder.replace("file", with: Array("new contents".utf8), mode: 0o640)
            #expect(try world.read("file") == "new contents")
            #expect(try world.folder.facts(of: "file").mode == 0o640)
            #expect(try world.folder.names(limit: 10) == ["file"])
            #expect(try !world.folder.isEmpty())
        }
    }

    @Test func `a replacement that fails leaves the old file and nothing of the new one`()
        async throws
    {
        try await World.with { world in
            try world.folder.makeFolder("taken", mode: 0o755)
            #expect(throws: SystemError.self) {
                try world.folder.replace("taken", with: [1], mode: 0o600)
            }
            #expect(try world.folder.names(limit: 10) == ["taken"])
        }
    }

    @Test func `a replacement killed at any point leaves the old file or the new one`() async throws
    {
        try await World.with { world in
            let program = try Program.built(
                "exercise", ["replace", world.path.appending("file").raw, "the new contents"])
            let seen = Box(Set<String>())
            let points = try await CrashPoints.visit(program) {
                try world.write("the old contents", to: "file")
            } check: { _, outcome, _ in
                let contents = try world.read("file")
                seen.value.insert(contents)
                if outcome == .finished { #expect(contents == "the new contents") }
                #expect(["the old contents", "the new contents"].contains(contents))
            }
            // Create, write, sync, rename, sync: it proves nothing if the points were not there.
            #expect(points >= 5)
            #expect(seen.value.count == 2)
        }
    }

    @Test func `a message names what was tried, on what, why, and what to do`() async throws {
        try await World.with { world in
            let error = #expect(throws: SystemError.self) {
                try world.folder.read("a\u{1B}[31m", limit: .kibibytes(1), resolving: .noLinks)
            }
            #expect(
                error?.description
                    == "cannot open \(world.path)/a\\x1b[31m: No such file or directory (ENOENT). "
                    + "Check the spelling, and that each folder of the path exists.")
        }
    }
}

/// A variable that closures share, in tests where they run one after the other.
final class Box<Value> {
    var value: Value

    init(_ value: Value) {
        self.value = value
    }
}
