import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// `session`, as a person uses it.
@Suite(.timeLimit(.minutes(10))) struct SessionCommandTests {
    private static let turns = """
          - steps:
              - text: Looking <b>here</b>.
              - call: {name: bash, arguments: {command: "printf 'a\\\\033[31mred'"}}
          - say: first answer
          - say: second answer
        """

    @Test func `sessions are listed, found, read and taken apart`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: Self.turns)
            _ = try await here.run([], ["what colour"]).run()
            _ = try await here.run(["-c"], ["and then"]).run()
            func session(_ arguments: RawText...) async throws -> Program.Run {
                try await here.command(["session"] + arguments).run()
            }
            let list = try await session("ls")
            #expect(list.output.contains("what colour (6 messages)"), "\(list.output)\(list.error)")
            let hits = try await session("search", "SECOND", "answer")
            #expect(hits.output.contains("agent: second answer"))
            #expect(try await session("search", "nothing-like-it").output == "nothing was found\n")
            let shown = try await session("show")
            // What a tool has printed acts on no terminal.
            #expect(shown.output.contains(#"a\x1b[31mred"#))
            #expect(!shown.output.contains("\u{1B}"))
            let tree = try await session("tree")
            let first = try #require(
                tree.output.split(separator: "\n").first { $0.hasSuffix("first answer") })
            let id = String(first.split(separator: " ")[1])
            let forked = try await session("fork", "--at", RawText(id)!)
            #expect(forked.code == 0, "\(forked.error)")
            let fork = try here.session()
            #expect(fork[0]["parentSession"] != nil)
            #expect(fork.last?["id"]?.string == id)
            #expect(try await session("verify").output.contains("whole"))
        }
    }

    @Test func `a session and its entries are named, and found by that`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: Self.turns)
            _ = try await here.run([], ["what colour"]).run()
            func session(_ arguments: RawText...) async throws -> Program.Run {
                try await here.command(["session"] + arguments).run()
            }
            let said = try here.session().first { $0["message"] != nil }
            let first = try #require(said?["id"]?.string)
            #expect(try await session("name", "the colours").code == 0)
            let label = try await session("label", RawText(first)!, "begun here")
            #expect(label.code == 0, "\(label.error)")
            #expect(try await session("ls").output.contains("the colours ("))
            #expect(try await session("tree").output.contains("[begun here]"))
            // The model is told what it was told before.
            let again = try await here.run(["-c"], ["and then"]).run()
            #expect(again.output == "second answer\n")
            #expect(try await session("name", "").code == 0)
            #expect(try await session("label", RawText(first)!, "").code == 0)
            #expect(try await session("ls").output.contains("what colour ("))
            let bare = try await session("tree").output
            #expect(!bare.contains("[begun here]"))
            let wrong = try await session("label", "zzzz", "x")
            #expect(wrong.code != 0 && wrong.error.contains("there is no one entry zzzz"))
            let lines = try await session("name", "a\nb")
            #expect(lines.code != 0 && lines.error.contains("no line of at most 200 bytes"))
        }
    }

    @Test func `a page runs nothing, whatever was said`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: Self.turns)
            _ = try await here.run([], ["<script>alert(1)</script>"]).run()
            let page = try await here.command(["session", "export"]).run().output
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(page.contains("Looking &lt;b&gt;here"))
            #expect(!page.contains("<script"))
            #expect(page.contains("default-src 'none'"))
            let markdown = try await here.command(["session", "export", "-f", "md"]).run().output
            #expect(markdown.contains("\n## bash\n\n```\n"))
            let lines = try await here.command(["session", "export", "-f", "jsonl"]).run().output
            let written = try here.session()
            #expect(try lines.split(separator: "\n").map { try parse(String($0)) } == written)
        }
    }

    @Test func `a session of version 1 comes over with its tree, and the old file stays`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world, turns: "  - {when: {prompt: more}, say: going on}\n")
            let old = """
                {"type":"session","id":"x","timestamp":"t","cwd":"\(here.person.work)"}
                {"type":"message","timestamp":"t","message":{"role":"user","content":"one","timestamp":1}}
                {"type":"message","timestamp":"t","message":{"role":"hookMessage","customType":"h","content":"two","timestamp":1}}
                {"type":"compaction","timestamp":"t","summary":"all","firstKeptEntryIndex":2,"tokensBefore":9}

                """
            let file = world.path.appending("old.jsonl")
            try ExecWorld.write(old, to: file)
            let refused = try await here.run(["--session", file.raw]).run()
            #expect(refused.error.contains("session import"))
            let taken = try await here.command(["session", "import", file.raw]).run()
            #expect(taken.code == 0, "\(taken.error)")
            let new = try here.session()
            #expect(new[0]["version"] == 3)
            #expect(new[2]["parentId"] == new[1]["id"])
            #expect(new[2]["message"]?["role"] == "custom")
            #expect(new[3]["firstKeptEntryId"] == new[2]["id"])
            #expect(try await here.run(["-c"], ["more"]).run().output == "going on\n")
            let bytes = try world.folder.read(
                "old.jsonl", limit: .kibibytes(16), resolving: .noLinks)
            #expect(String(decoding: bytes, as: UTF8.self) == old)
        }
    }

    @Test func `entries go from file to file to the byte, however they are spelled`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: x\n")
            let entries = [
                #"{ "type":"message","id":"a1","parentId":null,"timestamp":"t","message":{"role":"user","content":"caf\u00e9 \/ 1","timestamp":1.0} }"#,
                #"{"type":"message","id":"a2","parentId":"a1","timestamp":"t","message":{"timestamp":2,"role":"user","content":"\ud800"}}"#,
                #"{"parentId":"a2","id":"a3","type":"something.new","n":1e3}"#,
            ]
            let file = world.path.appending("pi.jsonl")
            try ExecWorld.write(
                #"{"type":"session","version":3,"id":"s","timestamp":"t","cwd":"/w"}"# + "\n"
                    + entries.joined(separator: "\n") + "\n", to: file)
            let taken = try await here.command(["session", "import", file.raw]).run()
            #expect(taken.code == 0, "\(taken.error)")
            func lines() throws -> [String] {
                let path = try here.sessionFile()
                let bytes = try Folder.open(path.parent, resolving: .noLinks)
                    .read(path.name!, limit: .mebibytes(1), resolving: .noLinks)
                return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(
                    String.init)
            }
            let copy = try here.sessionFile()
            #expect(try lines().dropFirst() == entries[...])
            let forked = try await here.command(["session", "fork", copy.raw]).run()
            #expect(forked.code == 0, "\(forked.error)")
            #expect(try here.sessionFile() != copy)
            #expect(try lines().dropFirst() == entries[...])
            let exported = try await here.command(["session", "export", copy.raw, "-f", "jsonl"])
                .run()
            #expect(
                exported.output.split(separator: "\n").dropFirst().map(String.init) == entries,
                "\(exported.error)")
        }
    }

    @Test func `what is damaged is said line by line`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: x\n")
            let file = world.path.appending("bad.jsonl")
            try ExecWorld.write(
                """
                {"type":"session","version":3,"id":"x"}
                {"type":"message","id":"a","parentId":null,"message":{"role":"user","content":"hi"}}
                nonsense
                {"type":"message","id":"a","parentId":"zz","message":{"role":"user","content":"hi"}}
                {"type":"message","id":"b","parentId":"a","message":{"role":"user"}}
                {"type":"mess
                """, to: file)
            let run = try await here.command(["session", "verify", file.raw]).run()
            #expect(run.code == 12)
            let name = "\(file)"
            #expect(
                run.error.split(separator: "\n").map(String.init) == [
                    "error: \(name), line 3: it is no JSON object",
                    "error: \(name), line 4: a follows zz, which does not stand before it",
                    "error: \(name), line 4: the id a stands twice",
                    "error: \(name), line 5: b is no message that could be read",
                ])
            let used = try await here.run(["--session", file.raw]).run()
            #expect(used.code != 0)
            #expect(used.error.contains("is damaged: line 3"))
        }
    }
}
