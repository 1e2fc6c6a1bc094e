import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiTools

@Suite struct EditToolTests {
    private static func arguments(_ edits: [(String, String)], path: String = "f") -> String {
        let list = edits.map { old, new -> JSONValue in
            ["oldText": .string(old), "newText": .string(new)]
        }
        return JSONValue.object(
            JSONObject([
                .init(name: "path", value: .string(path)),
                .init(name: "edits", value: .array(list)),
            ])
        ).description
    }

    /// What becomes of a file, or what the model is told.
    private func edit(_ text: String, _ edits: [(String, String)]) async throws -> (String, ToolRun)
    {
        try await World.with { world in
            try world.write(text, to: "f")
            let run = try await ToolRun.of("edit", Self.arguments(edits), in: world.path)
            let bytes = try world.folder.read("f", limit: .mebibytes(1), resolving: .noLinks)
            return (String(decoding: bytes, as: UTF8.self), run)
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        let edits: [(String, String)]
        let after: String

        init(_ name: String, _ before: String, _ edits: [(String, String)], _ after: String) {
            testDescription = name
            self.before = before
            self.edits = edits
            self.after = after
        }
    }

    static let cases = [
        Case("exact", "a\nb\nc\n", [("b", "B")], "a\nB\nc\n"),
        Case("nothing in its place", "a\nb\nc\n", [("b\n", "")], "a\nc\n"),
        Case(
            "several at once, each as it was before", "one two three\n",
            [("one", "two"), ("two", "one")], "two one three\n"),
        Case(
            "exact before loose: the loose one is left alone", "say 'x'\nsay \u{2018}x\u{2019}\n",
            [("say 'x'", "done")], "done\nsay \u{2018}x\u{2019}\n"),
        Case(
            "curly quotes", "print(\u{201C}hi\u{201D})\n", [("print(\"hi\")", "print(1)")],
            "print(1)\n"),
        Case("dashes", "a \u{2013} b\n", [("a - b", "c")], "c\n"),
        Case(
            "a space that is none", "let\u{A0}x = 1\n", [("let x = 1", "let x = 2")], "let x = 2\n"),
        Case("full-width forms", "ｆ（ｘ）\n", [("f(x)", "g(x)")], "g(x)\n"),
        Case("ligatures and other compatible forms", "ﬁle №1²\n", [("file No12", "x")], "x\n"),
        Case(
            "an accent of its own, and one that is part of its letter", "caf\u{65}\u{301} x\n",
            [("caf\u{E9} x", "tea")], "tea\n"),
        Case(
            "the other way round, and nothing around it", "a caf\u{E9}\u{A0}x\n",
            [("cafe\u{301} x", "tea")], "a tea\n"),
        Case(
            "a mark at the beginning of a line stays where it is", "abc \n\u{301}def\n",
            [("abc\n", "x\n")], "x\n\u{301}def\n"),
        Case(
            "marks in another order are the same", "q\u{323}\u{307}\u{A0}x\n",
            [("q\u{307}\u{323} x", "r")], "r\n"),
        Case(
            "Hangul in pieces", "\u{1112}\u{1161}\u{11AB}\u{A0}x\n", [("\u{D55C} x", "r")], "r\n"),
        Case(
            "spaces at the ends of lines, and only of those that are meant", "a  \nb \nc  \n",
            [("a\nb", "A\nB")], "A\nB \nc  \n"),
        Case(
            "a loose match leaves all other lines as they are",
            "\u{201C}x\u{201D}\nuntouched \u{2013} here  \n", [("\"x\"", "y")],
            "y\nuntouched \u{2013} here  \n"),
        Case("CRLF is kept", "a\r\nb\r\nc\r\n", [("a\nb", "A\nX\nB")], "A\r\nX\r\nB\r\nc\r\n"),
        Case(
            "mixed ends: only the place changes", "a\nb\r\nc\n", [("c", "C")], "a\nb\r\nC\n"),
        Case("a byte order mark is kept", "\u{FEFF}a\nb\n", [("a", "A")], "\u{FEFF}A\nb\n"),
        Case("the end of a file without its line feed", "a\nb", [("b", "c")], "a\nc"),
    ]

    @Test(arguments: cases)
    func `an edit touches what it names and nothing else`(one: Case) async throws {
        let (after, run) = try await edit(one.before, one.edits)
        #expect(run.error == "")
        #expect(after == one.after)
    }

    @Test(arguments: [
        Case(
            "twice", "x\nx\n", [("x", "y")],
            "oldText stands in f 2 times, at line 1, 2: give more of the lines around the one that is meant\n"
        ),
        Case("empty", "x\n", [("", "y")], "oldText is empty: to make a file, write it\n"),
        Case(
            "no change", "x\n", [("x", "x")],
            "nothing would change: each newText is what stands there already\n"),
        Case(
            "twice when compared loosely", "\u{201C}x\u{201D}\n\u{201D}x\u{201C}\n",
            [("\"x\"", "y")],
            "oldText stands in f 2 times, at line 1, 2: give more of the lines around the one that is meant\n"
        ),
        Case(
            "twice, behind many that only begin alike",
            String(repeating: "x\u{A0}e\u{301}\n", count: 30) + "x\u{A0}e\nx\u{A0}e\n",
            [("x e", "y")],
            "oldText stands in f 2 times, at line 31, 32: give more of the lines around the one that is meant\n"
        ),
        Case(
            "two about one place", "abc\n", [("ab", "x"), ("bc", "y")],
            "edits 1 and 2 are about the same place: make one of them\n"),
        Case(
            "one of several fails", "a\nb\n", [("a", "A"), ("zzzzzz", "y")],
            "oldText of edit 2 does not stand in f. Nothing in it is much like it: read it again.\n"
        ),
        Case(
            "a miss shows what is nearest", "func one() {\n    return 1\n}\n",
            [("func one() {\n    return 2\n}", "")],
            "oldText does not stand in f. The nearest is:\n1: func one() {\n2:     return 1\n3: }\nFirst difference, at line 2: the file has\n      return 1\nand oldText has\n  return 2\n"
        ),
        Case(
            "a letter without its accent is another", "cafe\u{301}\u{A0}x\n", [("cafe x", "tea")],
            "oldText does not stand in f. The nearest is:\n1: cafe\u{301}\u{A0}x\nFirst difference, at line 1: the file has\n  cafe\u{301}\u{A0}x\nand oldText has\n  cafe x\n"
        ),
        Case(
            "a part of a syllable is another", "\u{1112}\u{1161}\u{11AB}\n", [("\u{D558}", "x")],
            "oldText does not stand in f. Nothing in it is much like it: read it again.\n"),
        Case(
            "a miss by how far it is indented", "\tif x {\n", [("    if x {", "")],
            "oldText does not stand in f. The nearest is:\n1: \\tif x {\nThe lines differ only in the spaces before them.\n"
        ),
        Case(
            "a part of a character", "de\u{FB01}ne\n", [("def", "DEF")],
            "oldText does not stand in f. Nothing in it is much like it: read it again.\n"),
        Case(
            "twice, one over the other", "a\na\na\n", [("a\na\n", "b")],
            "oldText stands in f 2 times, at line 1, 2: give more of the lines around the one that is meant\n"
        ),
        Case(
            "an empty file", "", [("x", "y")], "oldText does not stand in f. The file is empty.\n"),
    ])
    func `what can't be done changes nothing and says why`(one: Case) async throws {
        let (after, run) = try await edit(one.before, one.edits)
        #expect(run.error == one.after)
        #expect(after == one.before)
    }

    @Test func `the difference has numbers of lines, and each change once`() async throws {
        let text = (1...30).map { "line \($0)\n" }.joined()
        let (_, run) = try await edit(text, [("line 3\n", "three\nand more\n"), ("line 20\n", "")])
        #expect(
            run.json?["details"]?["diff"]?.string == """
                    1 line 1
                    2 line 2
                -   3 line 3
                +   3 three
                +   4 and more
                    5 line 4
                    6 line 5
                    7 line 6
                    8 line 7
                 ...
                   17 line 16
                   18 line 17
                   19 line 18
                   20 line 19
                -  20 line 20
                   21 line 21
                   22 line 22
                   23 line 23
                   24 line 24
                """)
        #expect(run.json?["details"]?["firstChangedLine"] == 3)
    }

    @Test func `what somebody else has changed since is not written over`() async throws {
        try await World.with { world in
            try world.write("one\n", to: "f")
            let read = try await ToolRun.of("read", #"{"path":"f"}"#, in: world.path)
            let stamp = try #require(read.stamp)
            let first = try await ToolRun.of(
                "edit", Self.arguments([("one", "two")]), in: world.path, stamp: stamp)
            #expect(first.code == 0)
            let stale = try await ToolRun.of(
                "edit", Self.arguments([("two", "three")]), in: world.path, stamp: stamp)
            #expect(
                stale.error
                    == "f has changed since you last read or wrote it: read it again, then decide what to write\n"
            )
            let write = #"{"path":"f","content":"x"}"#
            #expect(try await ToolRun.of("write", write, in: world.path, stamp: stamp).code == 1)
            #expect(
                try await ToolRun.of("write", write, in: world.path, stamp: first.stamp).code == 0)
        }
    }

    @Test func `a file is replaced whole, with its mode, and folders are made`() async throws {
        try await World.with { world in
            try world.write("#!/bin/sh\n", to: "run")
            try world.folder.changeMode(of: "run", to: 0o755)
            let run = try await ToolRun.of(
                "write", ##"{"path":"run","content":"#!/bin/sh\necho\n"}"##, in: world.path)
            #expect(run.text == "Wrote 15 bytes, 2 lines, to run, over what was there.")
            #expect(try world.folder.facts(of: "run").mode == 0o755)
            let new = try await ToolRun.of(
                "write", #"{"path":"a/b/c.txt","content":"é"}"#, in: world.path)
            #expect(new.text == "Wrote 2 bytes, 1 line, to a/b/c.txt, which is new.")
            try world.folder.makeLink("link", to: "run")
            _ = try await ToolRun.of("write", #"{"path":"link","content":"y"}"#, in: world.path)
            #expect(try world.folder.facts(of: "link").kind == .link)
            #expect(
                try world.folder.read("run", limit: .kibibytes(1), resolving: .noLinks) == [0x79])
        }
    }

    @Test func `where one text stands in another is found as a plain search finds it`() throws {
        var random = try Seeded.fresh(for: "occurrences")
        for _ in 0..<2_000 {
            let list = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                UInt8(Int.random(in: 0..<2, using: &random))
            }
            let wanted = (0..<(1 + Int.random(in: 0..<5, using: &random))).map { _ in
                UInt8(Int.random(in: 0..<2, using: &random))
            }
            var plain: [Range<Int>] = []
            var at = 0
            while at + wanted.count <= list.count {
                if Array(list[at..<at + wanted.count]) == wanted {
                    plain.append(at..<at + wanted.count)
                    at += 1
                } else {
                    at += 1
                }
            }
            #expect(Occurrences.of(wanted, in: list, limit: 100) == plain)
        }
    }
}
