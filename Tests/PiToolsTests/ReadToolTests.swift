import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiTools

@Suite struct ReadToolTests {
    private func read(_ arguments: String, in world: borrowing World) async throws -> ToolRun {
        try await ToolRun.of("read", arguments, in: world.path)
    }

    private func read(typed name: String, in world: borrowing World) async throws -> ToolRun {
        let path = JSONObject([.init(name: "path", value: .string(name))])
        return try await read(JSONValue.object(path).description, in: world)
    }

    private static let numbers = (1...5_000).map { "\($0)\n" }.joined()

    @Test func `lines are counted from one, and what is left is said with where to go on`()
        async throws
    {
        try await World.with { world in
            try world.write(Self.numbers, to: "n")
            #expect(
                try await read(#"{"path":"n","offset":4999}"#, in: world).text == "4999\n5000\n")
            let some = try await read(#"{"path":"n","offset":3,"limit":2}"#, in: world)
            #expect(some.text == "3\n4\n\n[lines 3 to 4 of 5000; go on with offset=5]")
            let whole = try await read(#"{"path":"n"}"#, in: world).text
            #expect(whole.hasPrefix("1\n2\n"))
            #expect(whole.hasSuffix("\n2000\n\n[lines 1 to 2000 of 5000; go on with offset=2001]"))
            let past = try await read(#"{"path":"n","offset":5001}"#, in: world)
            #expect(past.error == "line 5001 is past the end: n has 5000 lines\n")
        }
    }

    @Test func `whole lines only, and no more bytes than may be shown`() async throws {
        try await World.with { world in
            let line = String(repeating: "x", count: 999) + "\n"
            try world.write(String(repeating: line, count: 100), to: "wide")
            let text = try await read(#"{"path":"wide"}"#, in: world).text
            #expect(text.utf8.count < 52_000)
            #expect(
                text.hasSuffix("\n\n[lines 1 to 51 of 100, 50 KiB at most; go on with offset=52]"))
            try world.write(String(repeating: "y", count: 60_000) + "\nshort\n", to: "long")
            #expect(
                try await read(#"{"path":"long"}"#, in: world).text
                    == "[line 1 alone is longer than 50 KiB; bash shows a part of it: sed -n '1p' FILE | head -c 20000]"
            )
            #expect(try await read(#"{"path":"long","offset":2}"#, in: world).text == "short\n")
        }
    }

    @Test func `an empty file is an empty text, and a last line needs no end`() async throws {
        try await World.with { world in
            try world.write("", to: "empty")
            try world.write("a\nb", to: "open")
            #expect(try await read(#"{"path":"empty"}"#, in: world).text == "")
            #expect(try await read(#"{"path":"open"}"#, in: world).text == "a\nb")
            #expect(
                try await read(#"{"path":"open","offset":3}"#, in: world).error
                    == "line 3 is past the end: open has 2 lines\n")
        }
    }

    @Test func `a picture is told by what it holds, and what is no text is said to be none`()
        async throws
    {
        try await World.with { world in
            let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
            try world.folder.replace("photo.txt", with: png, mode: 0o644, survives: .kills)
            let picture = try await read(#"{"path":"photo.txt"}"#, in: world)
            #expect(picture.text == "photo.txt: image/png, 10 bytes")
            #expect(picture.json?["content"]?.array?.last?["mimeType"] == "image/png")
            #expect(picture.json?["content"]?.array?.last?["data"] == "iVBORw0KGgoAAA==")
            try world.folder.replace(
                "b", with: Array("\u{7F}ELF".utf8) + [0, 1], mode: 0o644, survives: .kills)
            #expect(
                try await read(#"{"path":"b"}"#, in: world).error
                    == "b is no text: a program or library (ELF), 6 bytes. Look at it with a program, such as `file`, `xxd` or `strings`\n"
            )
        }
    }

    @Test func `bytes that are no text are replaced, and that is said`() async throws {
        try await World.with { world in
            try world.folder.replace(
                "latin", with: [0x61, 0xE9, 0x0A], mode: 0o644, survives: .kills)
            let run = try await read(#"{"path":"latin"}"#, in: world)
            #expect(
                run.text
                    == "a\u{FFFD}\n\n[bytes that are no UTF-8 are shown as \u{FFFD}: don't write them back]"
            )
        }
    }

    @Test func `names as models and people write them lead to the file`() async throws {
        try await World.with { world in
            try world.write("here\n", to: "my file.txt")
            for name in ["@my file.txt", "./my file.txt", "my\u{A0}file.txt", "my\u{202F}file.txt"]
            {
                let arguments = JSONValue.object(
                    JSONObject([.init(name: "path", value: .string(name))]))
                #expect(try await read(arguments.description, in: world).text == "here\n")
            }
        }
    }

    @Test func `a name that a person would read as the same leads to the file, if it is one`()
        async throws
    {
        try await World.with { world in
            // As macOS writes them: a narrow space before PM, letters and their accents apart, a curly apostrophe.
            try world.write("shot\n", to: "Screenshot at 1.02.03\u{202F}PM.txt")
            try world.write("apart\n", to: "re\u{301}sume\u{301}.txt")
            try world.write("curly\n", to: "Capture d\u{2019}e\u{301}cran.txt")
            let shot = try await read(typed: "Screenshot at 1.02.03 PM.txt", in: world).text
            #expect(shot.hasPrefix("shot\n") && shot.contains("whose name is written so"))
            #expect(
                try await read(typed: "r\u{E9}sum\u{E9}.txt", in: world).text.hasPrefix(
                    "apart\n\n["))
            #expect(
                try await read(typed: "Capture d'\u{E9}cran.txt", in: world).text.hasPrefix(
                    "curly\n\n["))
            // Which of two is meant nobody knows.
            try world.write("other\n", to: "Capture d\u{2018}e\u{301}cran.txt")
            let either = try await read(typed: "Capture d'\u{E9}cran.txt", in: world)
            #expect(either.error.contains("No such file or directory"))
            #expect(try await read(typed: "Resume.txt", in: world).code == 1)
            // What is only like it is another.
            try world.write("two\n", to: "notes\u{B2}.txt")
            #expect(try await read(typed: "notes2.txt", in: world).code == 1)
        }
    }

    @Test func `what is no file is an error that says what to do`() async throws {
        try await World.with { world in
            try world.folder.makeFolder("sub", mode: 0o755)
            #expect(
                try await read(#"{"path":"sub"}"#, in: world).error
                    == "sub is a folder: list it, with `ls` or with bash\n")
            #expect(
                try await read(#"{"path":"none"}"#, in: world).error.contains(
                    "none: No such file or directory"))
            let device = try await read(#"{"path":"/dev/zero"}"#, in: world)
            #expect(device.code == 1)
            #expect(device.error.contains("a device"))
        }
    }

    @Test func `a window holds as many whole lines as it may, however they come`() {
        let text = Array("one\ntwo\nthree\nfour".utf8)
        for size in 1...text.count {
            var window = LineWindow(from: 2, lines: 2, bytes: 100)
            for start in stride(from: 0, to: text.count, by: size) {
                window.take(Array(text[start..<min(text.count, start + size)]))
            }
            window.end()
            #expect(String(decoding: window.taken, as: UTF8.self) == "two\nthree\n")
            #expect((window.count, window.total) == (2, 4))
        }
    }
}
