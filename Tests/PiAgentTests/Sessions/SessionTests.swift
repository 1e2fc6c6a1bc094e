import PiAI
import PiAgent
import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiAgent

@Suite struct SessionTests {
    private static func user(_ text: String) -> SessionEntry.Content { .message(Made.user(text)) }

    private static func make(in world: borrowing World) throws -> Session {
        try Session.make(id: "0199-test", for: "/work", in: world.folder)
    }

    private static func text(of session: Session, in world: borrowing World) throws -> String {
        let name = try #require(session.path?.name)
        let bytes = try world.folder.read(name, limit: .mebibytes(16), resolving: .noLinks)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One line of each kind that Pi writes, as it writes it.
    static let piLines = [
        #"{"type":"session","version":3,"id":"0199aaaa","timestamp":"2026-03-15T10:00:00.000Z","cwd":"/work","parentSession":"/old.jsonl"}"#,
        #"{"type":"message","id":"00000001","parentId":null,"timestamp":"2026-03-15T10:00:01.000Z","message":{"role":"user","content":"hello","timestamp":1}}"#,
        #"{"type":"thinking_level_change","id":"00000002","parentId":"00000001","timestamp":"2026-03-15T10:00:02.000Z","thinkingLevel":"high"}"#,
        #"{"type":"model_change","id":"00000003","parentId":"00000002","timestamp":"2026-03-15T10:00:03.000Z","provider":"anthropic","modelId":"m"}"#,
        #"{"type":"message","id":"00000004","parentId":"00000003","timestamp":"2026-03-15T10:00:04.000Z","message":{"role":"assistant","content":[{"type":"text","text":"one"}],"api":"anthropic-messages","provider":"anthropic","model":"m","usage":{"input":1,"output":2,"cacheRead":0,"cacheWrite":0,"totalTokens":3,"cost":{"input":0.1,"output":0.2,"cacheRead":0,"cacheWrite":0,"total":0.3}},"stopReason":"stop","timestamp":2}}"#,
        #"{"type":"message","id":"00000005","parentId":"00000004","timestamp":"2026-03-15T10:00:05.000Z","message":{"role":"bashExecution","command":"ls","output":"a","exitCode":1,"cancelled":false,"truncated":false,"timestamp":3}}"#,
        #"{"type":"custom","id":"00000006","parentId":"00000005","timestamp":"2026-03-15T10:00:06.000Z","customType":"x","data":{"a":[1.50,"\u00e9"]}}"#,
        #"{"type":"custom_message","id":"00000007","parentId":"00000006","timestamp":"2026-03-15T10:00:07.000Z","customType":"x","content":"note","display":true}"#,
        #"{"type":"label","id":"00000008","parentId":"00000007","timestamp":"2026-03-15T10:00:08.000Z","targetId":"00000004","label":"good"}"#,
        #"{"type":"session_info","id":"00000009","parentId":"00000008","timestamp":"2026-03-15T10:00:09.000Z","name":"a name"}"#,
        #"{"type":"branch_summary","id":"0000000a","parentId":"00000009","timestamp":"2026-03-15T10:00:10.000Z","fromId":"00000004","summary":"went wrong"}"#,
        #"{"type":"compaction","id":"0000000b","parentId":"0000000a","timestamp":"2026-03-15T10:00:11.000Z","summary":"all before","firstKeptEntryId":"00000007","tokensBefore":100,"details":{"readFiles":["a"]},"fromHook":true}"#,
        #"{"type":"something_new","id":"0000000c","parentId":"0000000b","timestamp":"2026-03-15T10:00:12.000Z","whatever":1e3}"#,
        #"{"type":"message","id":"0000000d","parentId":"0000000c","timestamp":"2026-03-15T10:00:13.000Z","message":{"role":"user","content":[{"type":"text","text":"go on"}],"timestamp":4}}"#,
    ]

    static let piFile = piLines.map { $0 + "\n" }.joined()

    @Test func `a file of Pi's opens, is told as Pi tells it, and stays the same to the byte`()
        async throws
    {
        try await World.with { world in
            try world.write(Self.piFile, to: "s.jsonl")
            let session = try Session.open("s.jsonl", in: world.folder, for: .writing)
            #expect(session.count == 13)
            #expect(session.leaf == "0000000d")
            let context = try session.modelContext()
            #expect(
                context.messages.map { message in
                    if case .user(let user) = message { user.content.joinedText } else { "?" }
                } == [
                    SessionContext.summaryIntroduction + "all before", "note",
                    "Of another attempt, which was left, this is the summary:\n\nwent wrong",
                    "go on",
                ])
            for place in 0..<session.count {
                let line = String(decoding: try session.bytes(at: place), as: UTF8.self)
                #expect(line == Self.piLines[place + 1])
            }
            let id = try session.append(Self.user("more"))
            let text = try Self.text(of: session, in: world)
            #expect(text.hasPrefix(Self.piFile))
            let added = text.dropFirst(Self.piFile.count)
            #expect(added.hasPrefix(#"{"type":"message","id":"\#(id)","parentId":"0000000d","#))
        }
    }

    /// Lines behind each other, told to a model.
    private static func told(_ lines: [String], in world: borrowing World) throws -> [String] {
        let header = #"{"type":"session","version":3,"id":"0199","timestamp":"","cwd":"/work"}"#
        var text = header + "\n"
        for (number, line) in lines.enumerated() {
            let parent = number == 0 ? "null" : "\"e\(number - 1)\""
            text += #"{"id":"e\#(number)","parentId":\#(parent),"timestamp":"",\#(line)}"# + "\n"
        }
        try world.write(text, to: "told.jsonl")
        let session = try Session.open("told.jsonl", in: world.folder, for: .reading)
        return try session.modelContext().messages.map { message in
            switch message {
            case .user(let user): "user: \(user.content.joinedText)"
            case .assistant(let answer): "\(answer.source.api): \(answer.text)"
            case .toolResult(let result): "\(result.toolName): \(result.content.joinedText)"
            case .system(let system): "system: \(system.text)"
            }
        }
    }

    private static func user(line text: String) -> String {
        #""type":"message","message":{"role":"user","content":"\#(text)"}"#
    }

    private static func answer(_ api: String, _ parts: String, _ stop: String = "stop") -> String {
        #""type":"message","message":{"role":"assistant","content":[\#(parts)],"api":"\#(api)","provider":"p","model":"m","usage":{},"stopReason":"\#(stop)"}"#
    }

    @Test func `an answer is told whatever protocol it came by, and whatever else stands in it`()
        async throws
    {
        try await World.with { world in
            let text = #"{"type":"text","text":"yes"}"#
            let lines = [
                Self.user(line: "a"), Self.answer("openai-codex-responses", text),
                Self.user(line: "b"), Self.answer("bedrock-converse-stream", text, "refusal"),
                Self.user(line: "c"), Self.answer("x", #"{"type":"new","x":1},"# + text),
            ]
            let told = try Self.told(lines, in: world)
            #expect(
                told == [
                    "user: a", "openai-codex-responses: yes", "user: b",
                    "bedrock-converse-stream: yes", "user: c", "x: yes",
                ])
        }
    }

    @Test func `what was said of entries since is told in their place`() async throws {
        func edit(_ target: Int, _ replacement: String) -> String {
            #""type":"context_edit","targetId":"e\#(target)","replacement":\#(replacement)"#
        }
        let text = #"{"type":"text","text":"long"}"#
        try await World.with { world in
            let lines = [
                Self.user(line: "a"), Self.answer("x", text), Self.user(line: "b"),
                edit(2, #"{"content":"first"}"#), edit(0, "null"), edit(2, #"{"content":"last"}"#),
                edit(1, #"{"content":[{"type":"text","text":"short"}]}"#),
                #""type":"custom_message","customType":"n","content":"note","display":true"#,
                edit(7, #"{"content":"other"}"#),
                #""type":"usage","kind":"cache_warm","usage":{}"#,
                #""type":"message","message":{"role":"system","content":"You are Pi.","sections":{}}"#,
            ]
            let told = try Self.told(lines, in: world)
            #expect(
                told
                    == ["x: short", "user: last", "user: other"])
        }
    }

    @Test func `counts from before a summary or an edit are of another conversation`() throws {
        let session = try Session(inMemory: "/work")
        func say(_ text: String) throws -> String {
            try session.append(.message(Made.user(text)))
            return try #require(session.leaf)
        }
        func counted() throws -> Int {
            let grown = try session.modelContext().counted
            // Read anew, as another process would.
            session.move(to: session.leaf)
            #expect(try session.modelContext().counted == grown)
            return grown
        }
        _ = try say("a")
        let kept = try say("b")
        #expect(try counted() == 0)
        try session.append(.compaction(summary: "s", firstKept: kept, tokensBefore: 1))
        #expect(try counted() == 2)
        _ = try say("c")
        #expect(try counted() == 2)
        #expect(try session.modelContext().messages.count == 3)
        try session.append(.contextEdit(target: kept, nil))
        #expect(try counted() == 2)
        _ = try say("d")
        #expect(try counted() == 2)
        #expect(try session.modelContext().messages.count == 3)
    }

    @Test func `an edit that does not fit leaves out, and of a result its call stays answered`()
        async throws
    {
        func edit(_ target: Int, _ replacement: String) -> String {
            #""type":"context_edit","targetId":"e\#(target)","replacement":\#(replacement)"#
        }
        let call = #"{"type":"toolCall","id":"c","name":"read","arguments":{}}"#
        let result =
            #""type":"message","message":{"role":"toolResult","toolCallId":"c","toolName":"read","content":[{"type":"film","url":"x"}],"isError":false}"#
        let shell =
            #""type":"message","message":{"role":"bashExecution","command":"ls","output":"long","exitCode":0}"#
        try await World.with { world in
            let lines = [
                Self.user(line: "a"), Self.answer("x", call, "toolUse"), result, shell,
                Self.answer("x", #"{"type":"text","text":"long"}"#), edit(0, #"{"content":7}"#),
                edit(3, #"{"content":"short"}"#), edit(4, #"{"content":"short"}"#),
            ]
            let told = try Self.told(lines, in: world)
            #expect(
                told == [
                    "x: ",
                    "read: [something of the kind film that is not understood here]",
                    "user: I ran `ls`:\n```\nshort\n```", "x: short",
                ])
            let without = try Self.told(lines + [edit(2, "null")], in: world)
            #expect(without[1] == "read: (left out)")
        }
    }

    @Test func `a summary that holds what was kept beside it needs nothing before it`() async throws
    {
        try await World.with { world in
            let kept =
                #"[{"role":"user","content":"kept"},{"role":"branchSummary","summary":"left"},{"role":"odd"}]"#
            let lines = [
                Self.user(line: "a"),
                #""type":"compaction","summary":"sum","tokensBefore":1,"firstKeptEntryId":"e0","retainedTail":\#(kept)"#,
                Self.user(line: "b"),
            ]
            let told = try Self.told(lines, in: world)
            #expect(
                told == [
                    "user: \(SessionContext.summaryIntroduction)sum", "user: kept",
                    "user: Of another attempt, which was left, this is the summary:\n\nleft",
                    "user: b",
                ])
        }
    }

    @Test func `every kind of entry that is written is read again as it was`() async throws {
        try await World.with { world in
            let session = try Self.make(in: world)
            let contents: [SessionEntry.Content] = [
                Self.user("x"), .message(.assistant(Made.answer("y"))),
                .message(
                    .toolResult(
                        ToolResultMessage(
                            callID: "a", toolName: "read", content: [.text("z")],
                            details: ["k": 1], isError: true, timestamp: 5))),
                .shell(command: "ls", output: "o", code: 0, isExcluded: true),
                .modelChange(provider: "p", model: "m"), .thinkingLevel("low"),
                .compaction(summary: "s", firstKept: "x", tokensBefore: 7), .branchSummary("b"),
                .compaction(
                    summary: "s", firstKept: nil, tokensBefore: 7,
                    tail: [
                        ["role": "user", "content": "kept"],
                        ["role": "branchSummary", "summary": "left"],
                    ]),
                .contextEdit(target: "x", nil), .contextEdit(target: "x", "y"),
                .note(type: "t", [.text("n")]), .custom(type: "c", data: ["d": true]),
                .label(target: "x", "l"), .label(target: "x", nil), .name("n"),
            ]
            for content in contents { try session.append(content) }
            let again = try Session.open(
                try #require(session.path?.name), in: world.folder, for: .reading)
            var found: [SessionEntry.Content] = []
            try again.forEachEntry { found.append($0.content) }
            #expect(found == contents)
        }
    }

    @Test func `a conversation goes on from wherever it is put`() throws {
        let session = try Session(inMemory: "/work")
        let one = try session.append(Self.user("one"))
        try session.append(Self.user("two"))
        session.move(to: one)
        try session.append(Self.user("other"))
        func texts() throws -> [String] {
            try session.modelContext().messages.compactMap {
                if case .user(let user) = $0 { user.content.joinedText } else { nil }
            }
        }
        #expect(try texts() == ["one", "other"])
        session.move(to: nil)
        #expect(try texts() == [])
        try session.append(Self.user("anew"))
        #expect(try texts() == ["anew"])
    }

    @Test func `what is appended is told without reading all anew, and the same`() async throws {
        try await World.with { world in
            let session = try Self.make(in: world)
            var random = try Seeded.fresh(for: "session")
            var ids: [String] = []
            for number in 0..<200 {
                switch Int.random(in: 0..<8, using: &random) {
                case 0: ids.append(try session.append(.custom(type: "x", data: nil)))
                case 1: ids.append(try session.append(.note(type: "x", [.text("\(number)")])))
                case 2: session.move(to: ids.randomElement(using: &random))
                case 3 where !ids.isEmpty:
                    let first = session.way().randomElement(using: &random) ?? ids[0]
                    ids.append(
                        try session.append(
                            .compaction(summary: "\(number)", firstKept: first, tokensBefore: 1)))
                default: ids.append(try session.append(Self.user("\(number)")))
                }
                let known = try session.modelContext()
                let fresh = try SessionContext.make(way: session.way(), entry: session.entry)
                #expect(known.messages == fresh.messages)
                #expect(known.ids == fresh.ids)
            }
        }
    }

    @Test func `a second writer is refused, a reader is not`() async throws {
        try await World.with { world in
            let session = try Self.make(in: world)
            let name = try #require(session.path?.name)
            #expect(throws: SystemError.self) {
                try Session.open(name, in: world.folder, for: .writing)
            }
            let reader = try Session.open(name, in: world.folder, for: .reading)
            try session.append(Self.user("x"))
            #expect(reader.count == 0)
            #expect(try Session.open(name, in: world.folder, for: .reading).count == 1)
        }
    }

    @Test func `cut at any byte, it opens and has lost only what was not whole`() async throws {
        try await World.with { world in
            let whole = Array((Self.piLines.prefix(4).map { $0 + "\n" }.joined()).utf8)
            let header = Self.piLines[0].utf8.count + 1
            for end in header...whole.count {
                let bytes = Array(whole[..<end])
                try world.folder.replace("cut.jsonl", with: bytes, mode: 0o600, survives: .kills)
                let feeds = bytes.count { $0 == 0x0A }
                // A line that is whole but for its end is not lost.
                let isWhole = end < whole.count && whole[end] == 0x0A
                let session = try Session.open("cut.jsonl", in: world.folder, for: .writing)
                #expect(session.count == feeds - 1 + (isWhole ? 1 : 0), "\(end)")
                try session.append(Self.user("x"))
                let again = try Session.open("cut.jsonl", in: world.folder, for: .reading)
                #expect(again.count == session.count)
            }
        }
    }

    @Test func `what is no session is refused, with its place`() async throws {
        try await World.with { world in
            let path = world.path
            func reason(_ text: String) -> SessionFile.Broken.Reason? {
                do {
                    let folder = try Folder.open(path, resolving: .noLinks)
                    try folder.replace(
                        "s.jsonl", with: Array(text.utf8), mode: 0o600, survives: .kills)
                    _ = try Session.open("s.jsonl", in: folder, for: .reading)
                    return nil
                } catch {
                    return (error as? SessionFile.Broken)?.reason
                }
            }
            let lines = Self.piLines
            #expect(reason("") == .noSession)
            #expect(reason("hello\n") == .noSession)
            #expect(reason(lines[1] + "\n") == .noSession)
            #expect(
                reason("\(lines[0])\n\(lines[1])\nnonsense\n\(lines[2])\n")
                    == .hole(line: 3, at: lines[0].utf8.count + lines[1].utf8.count + 2))
            #expect(reason(#"{"type":"session","id":"x"}"# + "\n") == .old(1))
            #expect(reason(#"{"type":"session","version":4,"id":"x"}"# + "\n") == .version("4"))
        }
    }

    @Test func `what is no session stays as it is, whoever wants to write to it`() async throws {
        try await World.with { world in
            let damaged =
                Self.piLines[0]
                + "\n{\"type\":\"message\",\"id\":\"a\",\"parentId\":null, rest}\n"
            for text in ["one line without an end", "{\"name\": \"x\"}", "a\nb", "x\n" + damaged] {
                try world.write(text, to: "s.jsonl")
                #expect(throws: SessionFile.Broken.self) {
                    try Session.open("s.jsonl", in: world.folder, for: .writing)
                }
                let bytes = try world.folder.read(
                    "s.jsonl", limit: .kibibytes(4), resolving: .noLinks)
                #expect(String(decoding: bytes, as: UTF8.self) == text)
            }
            // A good beginning is seen to be one when the entry is read.
            try world.write(damaged, to: "s.jsonl")
            let session = try Session.open("s.jsonl", in: world.folder, for: .reading)
            #expect(throws: SessionFile.Broken.self) { try session.modelContext() }
            #expect(throws: SystemError.self) {
                try Session.open("missing.jsonl", in: world.folder, for: .writing)
            }
            #expect(try world.folder.factsIfPresent(of: "missing.jsonl") == nil)
            try world.write(
                "{\"type\":\"session\",\"version\":3,\"id\":\"\\u001b[2J\"}\n", to: "s.jsonl")
            #expect(throws: SessionFile.Broken.self) {
                try Session.open("s.jsonl", in: world.folder, for: .reading)
            }
        }
    }

    @Test func `a tree that goes round in circles has an end`() async throws {
        try await World.with { world in
            let lines = [
                Self.piLines[0],
                #"{"type":"message","id":"a","parentId":"b","timestamp":"t","message":{"role":"user","content":"1"}}"#,
                #"{"type":"message","id":"b","parentId":"a","timestamp":"t","message":{"role":"user","content":"2"}}"#,
            ]
            try world.write(lines.map { $0 + "\n" }.joined(), to: "s.jsonl")
            let session = try Session.open("s.jsonl", in: world.folder, for: .reading)
            #expect(session.way().count <= 3)
            _ = try session.modelContext()
        }
    }

    @Test func `a head is the same at a glance and by reading all`() throws {
        let odd = [
            #"{"id":"1","type":"message","parentId":null}"#,
            #"{ "type" : "label", "id":"x\u0041", "parentId":"y" }"#,
            #"{"type":"message","id":"é","parentId":null}"#,
        ]
        for line in Self.piLines.dropFirst() + odd {
            let head = try #require(EntryHead(Array(line.utf8)[...]))
            let json = try JSONReader.read(line, .interchange(sizeLimit: 1 << 20)).value
            #expect(head.type == json["type"]?.string)
            #expect(head.id == json["id"]?.string)
            #expect(head.parent == json["parentId"]?.string)
        }
        #expect(EntryHead(Array("[1]".utf8)[...]) == nil)
        #expect(EntryHead(Array("{\"a\":1}".utf8)[...]) == nil)
    }

    @Test func `names are Pi's`() {
        #expect(SessionName.folder(of: "/home/me/my:project") == "--home-me-my-project--")
        let time = WallInstant(nanoseconds: 1_773_569_472_345_000_000)
        #expect(
            SessionName.file(id: "0199", at: time) == "2026-03-15T10-11-12-345Z_0199.jsonl")
        #expect(SessionName.id(of: "2026-03-15T10-11-12-345Z_0199.jsonl") == "0199")
        #expect(SessionName.id(of: "notes.txt") == nil)
    }
}
