import PiSystem
import PiTesting
import Testing

@Suite struct TreeWalkTests {
    @Test func `everything is visited once, in order, and links are not followed`() async throws {
        try await World.with { world in
            try world.folder.makeFolder("b", mode: 0o755)
            try world.folder.makeFolder("b/c", mode: 0o755)
            try world.write("x", to: "a")
            try world.folder.makeLink("b/out", to: "/etc")
            try world.folder.makeLink("b/loop", to: "..")
            let odd = FilePath(try #require(RawText([0x62, 0x2F, 0xFF, 0x0A])))
            _ = try world.folder.file(
                odd, for: .append, creating: .always(mode: 0o644), resolving: .noLinks)

            var seen: [String] = []
            try TreeWalk.walk(world.folder, limits: .init(entries: 100, depth: 8)) { entry in
                seen.append("\(entry.depth) \(entry.path) \(entry.kind)")
                return .enter
            }
            #expect(
                seen == [
                    "1 a file", "1 b folder", "2 b/c folder", "2 b/loop link", "2 b/out link",
                    #"2 b/\xff\n file"#,
                ])
        }
    }

    @Test func `the visitor says where to go and when to stop`() async throws {
        try await World.with { world in
            for name: FilePath in ["a", "b", "c"] { try world.folder.makeFolder(name, mode: 0o755) }
            for name: FilePath in ["a/1", "b/2", "c/3"] {
                try world.folder.makeFolder(name, mode: 0o755)
            }
            var seen: [String] = []
            try TreeWalk.walk(world.folder, limits: .init(entries: 100, depth: 8)) { entry in
                seen.append(entry.path.description)
                return entry.path == "a" ? .skip : entry.path == "b/2" ? .stop : .enter
            }
            #expect(seen == ["a", "b", "b/2"])
        }
    }

    @Test func `a tree too deep or too large is an error, not a long wait`() async throws {
        try await World.with { world in
            var path: FilePath = "d"
            for _ in 0..<6 {
                try world.folder.makeFolder(path, mode: 0o755)
                path = path.appending("d")
            }
            try Self.walk(world.folder, entries: 6, depth: 7)
            #expect(throws: SystemError.self) { try Self.walk(world.folder, entries: 6, depth: 5) }
            #expect(throws: SystemError.self) { try Self.walk(world.folder, entries: 5, depth: 7) }
        }
    }

    @Test func `the limit counts entries of the whole tree`() async throws {
        try await World.with { world in
            try world.folder.makeFolder("a", mode: 0o755)
            for number in 0..<9 {
                try world.write("", to: FilePath("b\(number)")!)
                let inner = FilePath("a/c\(number)")!
                _ = try world.folder.file(
                    inner, for: .append, creating: .always(mode: 0o644), resolving: .noLinks)
            }
            try Self.walk(world.folder, entries: 19, depth: 2)
            let error = #expect(throws: SystemError.self) {
                try Self.walk(world.folder, entries: 18, depth: 2)
            }
            #expect(error?.cause == .moreThan(18))
            let deep = #expect(throws: SystemError.self) {
                try Self.walk(world.folder, entries: 19, depth: 1)
            }
            #expect(deep?.cause == .deeperThan(1))
        }
    }

    @Test func `a tree that is removed under the walk ends it, and is no error`() async throws {
        try await World.with { world in
            let path = world.path
            let script: RawText =
                "cd \"$1\"; for i in 1 2 3 4 5 6 7 8; do mkdir -p t/$i/a t/$i/b; done; rm -rf t"
            for _ in 0..<20 {
                async let removing = Program("/bin/sh", ["-c", script, "sh", path.raw]).run()
                for _ in 0..<20 {
                    let folder = try Folder.open(path, resolving: .noLinks)
                    try Self.walk(folder, entries: 100, depth: 8)
                }
                #expect(try await removing.ending.succeeded)
            }
        }
    }

    private static func walk(
        _ folder: borrowing Folder, entries: Int, depth: Int
    ) throws(SystemError) {
        try TreeWalk.walk(folder, limits: .init(entries: entries, depth: depth)) { _ in .enter }
    }

    @Test func `a tree of 2,000 files in 200 folders is walked with few descriptors`()
        async throws
    {
        try await World.with { world in
            let script: RawText = """
                cd "$1" && mkdir $(seq 200)
                for folder in *; do for file in 0 1 2 3 4 5 6 7 8 9; do : >$folder/$file; done; done
                """
            #expect(
                try await Program("/bin/sh", ["-c", script, "sh", world.path.raw]).run().ending
                    .succeeded)
            let place = world.path.description
            /// Those that lead into this world: other tests run beside this one.
            func openDescriptors() throws(SystemError) -> Int {
                let folder = try Folder.open("/proc/self/fd", resolving: .anything)
                var count = 0
                for name in try folder.names(limit: 10_000) {
                    // One of another test may be closed by now.
                    let target = try? folder.readLink(name).description
                    if target?.hasPrefix(place) == true { count += 1 }
                }
                return count
            }
            var files = 0
            var most = 0
            try TreeWalk.walk(world.folder, limits: .init(entries: 3_000, depth: 4)) {
                (entry) throws(SystemError) in
                files += entry.kind == .file ? 1 : 0
                if files % 500 == 1 {
                    let count = try openDescriptors()
                    most = max(most, count)
                }
                return .enter
            }
            #expect(files == 2_000)
            // The world itself, the folder, and what its names are read by.
            #expect((2...4).contains(most))
        }
    }
}
