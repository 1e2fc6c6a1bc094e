import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// A patch of ours, given to Git.
@Suite struct GitPatchTests {
    private typealias Content = GitPatch.Content

    /// Makes what was, applies the patch, and says what is there then: nil for nothing.
    private static func applied(
        _ name: FilePath, was before: Content?, is after: Content?
    ) async throws -> (said: String, there: Content?) {
        try await World.with { world in
            let folder = try world.folder.folder(".", resolving: .noLinks)
            try folder.makeFolder("tree", mode: 0o755)
            let tree = try folder.folder("tree", resolving: .noLinks)
            if name.bytes.contains(UInt8(ascii: "/")) {
                try tree.makeFolder(name.parent, mode: 0o755)
            }
            if let before { try put(before, name, tree) }
            var patch = GitPatch()
            let isSaid = patch.add(name, was: before, is: after)
            #expect(isSaid)
            try folder.replace("patch", with: patch.bytes, mode: 0o644)
            var git = Program(
                "/usr/bin/git", ["apply", "--whitespace=nowarn", "../patch"])
            git.folder = world.path.appending("tree")
            git.environment = ["PATH=/usr/bin:/bin", RawText("HOME=\(world.path)")!]
            let run = try await git.run()
            return (run.error, try content(name, tree))
        }
    }

    private static func put(
        _ content: Content, _ name: FilePath, _ tree: borrowing Folder
    ) throws {
        let holder = try tree.folder(name.parent, resolving: .noLinks)
        guard content.kind != .link else {
            return try holder.makeLink(name.name!, to: FilePath(RawText(content.bytes)!))
        }
        try holder.replace(
            name.name!, with: content.bytes, mode: content.kind == .program ? 0o755 : 0o644)
    }

    private static func content(
        _ name: FilePath, _ tree: borrowing Folder
    ) throws -> Content? {
        // Without the folder there is nothing in it.
        guard let holder = try? tree.folder(name.parent, resolving: .noLinks),
            let facts = try holder.factsIfPresent(of: name.name!)
        else { return nil }
        guard facts.kind != .link else {
            return Content(kind: .link, bytes: try holder.readLink(name.name!).bytes)
        }
        let bytes = try holder.read(name.name!, limit: .mebibytes(1), resolving: .noLinks)
        return Content(kind: facts.mode & 0o100 == 0 ? .text : .program, bytes: bytes)
    }

    private static func text(_ text: String, _ kind: Content.Kind = .text) -> Content {
        Content(kind: kind, bytes: Array(text.utf8))
    }

    @Test(
        arguments: [
            (text("one\ntwo\n"), text("one\n2\n")), (nil, text("new\n")), (text("old\n"), nil),
            (nil, text("")), (text(""), nil), (text("a"), text("a\n")), (text("a\n"), text("a")),
            (text("a\r\nb\r\n"), text("a\nb\r\n")), (text("same\n"), text("same\n", .program)),
            (text("a\n"), text("b\n", .program)), (nil, text("../x", .link)),
            (text("x", .link), text("y", .link)), (text("x", .link), text("x\n")),
            (text("x\n"), text("x", .link)), (text("x", .link), nil),
            (text("-- a\n++ b\n"), text("--- a\n@@ -1 +1 @@\n")), (text("\u{FFFD}"), text("")),
            (Content(kind: .text, bytes: [0xFF, 0x0A]), Content(kind: .text, bytes: [0xFE])),
        ] as [(Content?, Content?)])
    private func `Git takes each kind of change`(before: Content?, after: Content?) async throws {
        let (said, there) = try await Self.applied("file", was: before, is: after)
        #expect(said == "")
        #expect(there == after)
    }

    @Test(arguments: [
        Array("with space".utf8), Array("tab\tline\n\"quoted\\".utf8), Array("ümläut".utf8),
        [0x61, 0xFF, 0x1B], Array("a/b".utf8), Array("-dash".utf8), Array("b b/b".utf8),
    ])
    func `Git takes any name`(name: [UInt8]) async throws {
        let path = FilePath(RawText(name)!)
        for (before, after) in [
            (Self.text("a\n"), Self.text("b\n")), (nil, Self.text("b\n")), (Self.text("a\n"), nil),
            (nil, Self.text("")), (Self.text("a"), Self.text("a", .program)),
        ] {
            let (said, there) = try await Self.applied(path, was: before, is: after)
            #expect(said == "")
            #expect(there == after)
        }
    }

    @Test func `what a patch can't say it does not say`() {
        var patch = GitPatch()
        let isSaid = patch.add("file", was: nil, is: Content(kind: .text, bytes: [0x61, 0, 0x62]))
        #expect(!isSaid)
        #expect(patch.bytes.isEmpty)
    }

    /// Many files in one patch, so that Git is started once.
    @Test func `Git takes random changes`() async throws {
        var random = try Seeded.fresh(for: "GitPatchTests")
        func lines() -> [[UInt8]] {
            (0..<Int.random(in: 0...30, using: &random)).map { _ in
                Array("\(Int.random(in: 0..<6, using: &random))".utf8)
            }
        }
        func joined(_ lines: [[UInt8]]) -> Content {
            let text = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
            return Content(
                kind: .text, bytes: Bool.random(using: &random) ? text : text + [UInt8(ascii: "\n")]
            )
        }
        let pairs = (0..<2_000).map { _ in
            let old = lines()
            var new = old
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let at = Int.random(in: 0...new.count, using: &random)
                if at < new.count, Bool.random(using: &random) {
                    new.remove(at: at)
                } else {
                    new.insert(Array("\(Int.random(in: 0..<6, using: &random))".utf8), at: at)
                }
            }
            return (
                joined(old), joined(Int.random(in: 0..<10, using: &random) == 0 ? lines() : new)
            )
        }
        try await World.with { world in
            let tree = try world.folder.folder(".", resolving: .noLinks)
            var patch = GitPatch()
            for (number, (old, new)) in pairs.enumerated() {
                try Self.put(old, FilePath("f\(number)")!, tree)
                guard old != new else { continue }
                let isSaid = patch.add(FilePath("f\(number)")!, was: old, is: new)
                #expect(isSaid)
            }
            try tree.replace("patch", with: patch.bytes, mode: 0o644)
            var git = Program("/usr/bin/git", ["apply", "--whitespace=nowarn", "patch"])
            git.folder = world.path
            git.environment = ["PATH=/usr/bin:/bin", RawText("HOME=\(world.path)")!]
            #expect(try await git.run().error == "")
            for (number, (_, new)) in pairs.enumerated() {
                #expect(try Self.content(FilePath("f\(number)")!, tree) == new)
            }
        }
    }

    @Test func `no difference is larger than it has to be`() {
        func edits(_ old: String, _ new: String) -> Int {
            LineDifference.hunks(Array(old.utf8), Array(new.utf8)).reduce(0) { sum, hunk in
                sum + hunk.lines.count { $0.edit != .same }
            }
        }
        // The example of Myers's paper: ABCABBA to CBABAC takes five.
        #expect(edits("A\nB\nC\nA\nB\nB\nA\n", "C\nB\nA\nB\nA\nC\n") == 5)
        let many = (0..<20_000).map { "\($0)\n" }.joined()
        #expect(edits(many, many) == 0)
        #expect(edits(many, "first\n\(many)last\n") == 2)
        // More than anybody looks for: one block instead of the other.
        let others = (0..<20_000).map { "x\($0)\n" }.joined()
        #expect(edits(many, others) == 40_000)
    }
}
