import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiTools

@Suite struct ListToolTests {
    private func list(_ arguments: String, in folder: FilePath) async throws -> ToolRun {
        try await ToolRun.of("ls", arguments, in: folder)
    }

    @Test func `names come in the order that people expect, folders marked, links not followed`()
        async throws
    {
        try await World.with { world in
            for name: FilePath in ["b.txt", "A.txt", ".hidden", "Zebra"] {
                try world.write("", to: name)
            }
            try world.folder.makeFolder("middle", mode: 0o755)
            try world.folder.makeLink("out", to: "/etc")
            let run = try await list("{}", in: world.path)
            #expect(run.text == ".hidden\nA.txt\nb.txt\nmiddle/\nout\nZebra\n")
            #expect(
                try await list(#"{"path":"@middle"}"#, in: world.path).text
                    == "(the folder is empty)\n")
        }
    }

    @Test func `what is cut is said`() async throws {
        try await World.with { world in
            for number in 0..<12 { try world.write("", to: FilePath("file \(number)")!) }
            let run = try await list(#"{"limit":3}"#, in: world.path)
            #expect(
                run.text
                    == "file 0\nfile 1\nfile 10\n(3 of 12 names: `limit` ends the list; name a folder inside)\n"
            )
            let long = String(repeating: "x", count: 240)
            for number in 0..<300 { try world.write("", to: FilePath("\(long)\(number)")!) }
            let capped = try await list(#"{"limit":10000}"#, in: world.path).text
            #expect(capped.utf8.count <= 51_400)
            #expect(
                capped.hasSuffix(
                    "of 312 names: 50 KiB of output ends the list; name a folder inside)\n"))
        }
    }

    @Test func `a name that is no text, or acts on a terminal, is one line of marks`() async throws
    {
        try await World.with { world in
            let odd = FilePath(try #require(RawText([0x61, 0x0A, 0x1B, 0x5B, 0xFF])))
            _ = try world.folder.file(
                odd, for: .append, creating: .always(mode: 0o644), resolving: .noLinks)
            #expect(try await list("{}", in: world.path).text == #"a\n\x1b[\xff"# + "\n")
        }
    }

    @Test(arguments: [
        (
            "",
            "the arguments are no JSON object: line 1, column 1: there is no value; an empty text is not JSON\n"
        ),
        ("[]", "the arguments must be an object, not an array\n"),
        (#"{"path":1}"#, "`path` must be a string, not a number\n"),
        (#"{"limit":0}"#, "`limit` must be a whole number from 1 to 10000\n"),
        (#"{"limit":1.5}"#, "`limit` must be a whole number from 1 to 10000\n"),
        (#"{"pth":"x"}"#, "`ls` has no argument `pth`; did you mean `path`?\n"),
        (
            #"{"path":"a","path":"b"}"#,
            "the arguments are no JSON object: line 1, column 13: the name \"path\" stands twice in one object\n"
        ),
        (
            #"{"path":"missing"}"#,
            "cannot open missing: No such file or directory (ENOENT). Check the spelling, and that each folder of the path exists.\n"
        ),
        (#"{"path":"a\u0000b"}"#, "`path` names nothing: it is empty or has a zero byte in it\n"),
        (
            #"{"path":"/etc/passwd"}"#,
            "cannot open /etc/passwd: Not a directory (ENOTDIR). A part of the path is no folder.\n"
        ),
    ])
    func `a wrong call is refused with its reason`(arguments: String, reason: String) async throws {
        let run = try await list(arguments, in: "/")
        #expect(run.code == 1)
        #expect(run.error == reason)
        #expect(run.text == "")
    }

    @Test func `the program is static, and knows its tools`() async throws {
        let program = try Program.built("pi-tool", ["nothing"])
        let run = try await program.run()
        #expect(run.code == 2)
        #expect(run.error.hasSuffix("the tools are read, edit, write, grep, find, ls, context\n"))
        // Inside the sandbox there are no libraries to show it.
        let linked = try await Program("/usr/bin/ldd", [program.program.raw]).run()
        #expect(linked.error.contains("not a dynamic executable"))
    }

    @Test func `a tool's schema names what it takes`() {
        #expect(
            JSONValue.object(ListTool.tool.schema).description
                == #"{"type":"object","properties":{"path":{"type":"string","description":"the folder; the working folder if left out"},"limit":{"type":"integer","minimum":1,"maximum":10000,"description":"how many names at most; 500 if left out"}},"additionalProperties":false}"#
        )
    }
}
