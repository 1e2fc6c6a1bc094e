import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiTools

@Suite struct SearchToolTests {
    private static func project(_ world: borrowing World) throws {
        for name: FilePath in ["src", "src/deep", "node_modules", ".git"] {
            try world.folder.makeFolder(name, mode: 0o755)
        }
        try world.write("node_modules\n", to: ".gitignore")
        for (place, name, text): (FilePath, FilePath, String) in [
            ("src", "a.swift", "let alpha = 1\nlet beta = 2\n"),
            ("src/deep", "b.txt", "alpha beta\n"),
            ("node_modules", "x.js", "alpha\n"), (".git", "config", "alpha\n"),
        ] {
            try world.folder.folder(place, resolving: .noLinks)
                .replace(name, with: Array(text.utf8), mode: 0o644, survives: .kills)
        }
        try world.write("alpha\n", to: ".hidden")
    }

    @Test func `lines are found by what stands in them, ignored files are not`() async throws {
        try await World.with { world in
            try Self.project(world)
            let place = world.path
            func grep(_ arguments: String) async throws -> ToolRun {
                try await ToolRun.of("grep", arguments, in: place)
            }
            #expect(
                try await grep(#"{"pattern":"alpha"}"#).text
                    == ".hidden:1: alpha\nsrc/a.swift:1: let alpha = 1\nsrc/deep/b.txt:1: alpha beta\n"
            )
            #expect(
                try await grep(#"{"pattern":"ALPHA","ignoreCase":true,"glob":"*.swift"}"#).text
                    == "src/a.swift:1: let alpha = 1\n")
            #expect(
                try await grep(#"{"pattern":"beta","path":"src","context":1}"#).text
                    == "src/a.swift-1- let alpha = 1\nsrc/a.swift:2: let beta = 2\nsrc/deep/b.txt:1: alpha beta\n"
            )
            #expect(
                try await grep(#"{"pattern":"alpha","limit":1}"#).text
                    == ".hidden:1: alpha\n(the first 1 matches: raise `limit`, or narrow the pattern)\n"
            )
            #expect(
                try await grep(#"{"pattern":"beta","path":"src/deep/b.txt"}"#).text
                    == "src/deep/b.txt:1: alpha beta\n")
            #expect(try await grep(#"{"pattern":"a.b","literal":true}"#).text == "No match.\n")
            let wrong = try await grep(#"{"pattern":"("}"#)
            #expect(wrong.error.hasPrefix("ripgrep: regex parse error"))
        }
    }

    @Test func `what ripgrep complains of does not make it wait`() async throws {
        try await World.with { world in
            try world.write(String(repeating: "[\n", count: 6_000), to: ".ignore")
            try world.write("x\n", to: "a")
            #expect(try await ToolRun.of("grep", #"{"pattern":"x"}"#, in: world.path).code == 0)
            #expect(
                try await ToolRun.of("find", #"{"pattern":"a"}"#, in: world.path).text == "a\n")
        }
    }

    @Test func `a line that is too long is cut, and that is said`() async throws {
        try await World.with { world in
            try world.write("x" + String(repeating: "y", count: 3_000) + "\n", to: "long")
            let text = try await ToolRun.of("grep", #"{"pattern":"x"}"#, in: world.path).text
            #expect(text.hasSuffix("…\n(long lines are cut: read shows them whole)\n"))
            #expect(text.utf8.count < 700)
        }
    }

    @Test func `files are found by their names, in order`() async throws {
        try await World.with { world in
            try Self.project(world)
            let place = world.path
            func find(_ arguments: String) async throws -> ToolRun {
                try await ToolRun.of("find", arguments, in: place)
            }
            #expect(try await find(#"{"pattern":"*.swift"}"#).text == "src/a.swift\n")
            #expect(
                try await find(#"{"pattern":"src/**"}"#).text == "src/a.swift\nsrc/deep/b.txt\n")
            #expect(
                try await find(#"{"pattern":"*","path":"src/deep"}"#).text == "src/deep/b.txt\n")
            #expect(
                try await find(#"{"pattern":"*","limit":2}"#).text
                    == ".gitignore\n.hidden\n(the first 2: `limit` ends the list; narrow the pattern)\n"
            )
            #expect(try await find(#"{"pattern":"*.py"}"#).text == "No file matches *.py.\n")
            #expect(try await find(#"{"pattern":"*","path":"none"}"#).code == 1)
        }
    }

    static let patterns: [(String, [String], [String])] = [
        ("*.c", ["a.c", "x/y.c"], ["a.cc", "c"]),
        ("src/*.c", ["src/a.c"], ["src/x/a.c", "a.c"]),
        ("src/**/*.c", ["src/a.c", "src/x/a.c", "src/x/y/a.c"], ["a.c", "srcx/a.c"]),
        ("**/b", ["b", "a/b", "a/c/b"], ["ab", "a/xb"]),
        ("a/**", ["a/b", "a/b/c"], ["b", "ab/c"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a/xb", "axb"]),
        ("{a,b}.{c,h}", ["a.c", "b.h"], ["a.d", "ab.c"]),
        ("[a-c]?.txt", ["a1.txt", "cz.txt"], ["d1.txt", "a.txt"]),
        ("[!a].txt", ["b.txt"], ["a.txt"]),
        ("a\\*b", ["a*b"], ["axb"]),
        ("*a*a*a*a*a*a*a*a*b", ["aaaaaaaaab"], [String(repeating: "a", count: 5_000)]),
    ]

    @Test func `a pattern means what shells and Git mean`() throws {
        for (pattern, matching, other) in Self.patterns {
            let glob = try #require(GlobPattern(pattern))
            for path in matching { #expect(glob.matches(path.utf8), "\(pattern) \(path)") }
            for path in other { #expect(!glob.matches(path.utf8), "\(pattern) \(path.prefix(20))") }
        }
    }

    @Test func `braces without end are refused`() {
        #expect(GlobPattern(String(repeating: "{a,b}", count: 40)) == nil)
    }
}
