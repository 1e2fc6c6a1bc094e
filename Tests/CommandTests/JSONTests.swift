import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

func parse(_ text: String) throws -> JSONValue {
    try JSONReader.read(text, .exact(sizeLimit: 1 << 20)).value
}

@Suite struct JSONTests {
    /// A way to call each command that succeeds.
    ///
    /// A command without one fails the test below.
    private static let calls: [String: [RawText]] = [
        "help": ["help"], "completion": ["completion", "zsh"], "version": ["version"],
        "policy check": ["policy", "check", "default"],
        "policy show": ["policy", "show", "--resolved", "default"],
        "policy explain": ["policy", "explain", "default", "--", "connect", "example.org:443"],
        "policy test": ["policy", "test", "default"],
        "policy diff": ["policy", "diff", "exec", "default"],
        "policy schema": ["policy", "schema"], "policy new": ["policy", "new", "default"],
        "policy groups": ["policy", "groups"],
        "run": ["run", "--no-session", "-m", "scripted/script.yaml", "hi"],
        "session ls": ["session", "ls"], "session show": ["session", "show"],
        "session tree": ["session", "tree"], "session search": ["session", "search", "done"],
        "session fork": ["session", "fork"], "session export": ["session", "export", "-f", "md"],
        "session import": ["session", "import"], "session verify": ["session", "verify"],
        "session name": ["session", "name", "a name"],
        "session label": ["session", "label", "ENTRY", "a label"],
        "exec": ["exec", "--", "true"], "doctor": ["doctor"],
        "diff": ["diff"], "apply": ["apply"], "discard": ["discard"],
        "undo": ["undo"], "redo": ["redo"], "ls": ["ls"], "show": ["show"], "gc": ["gc"],
        "policy groups refresh": ["policy", "groups", "refresh"],
        "ask": ["ask", "-m", "m", "--api", "openai-completions", "hi"],
        "models": ["models", "--all", "sonnet"], "models show": ["models", "show", "opus"],
        "models test": ["models", "test", "m", "--api", "openai-completions"],
        "models update": ["models", "update"],
        "auth set": ["auth", "set", "anthropic", "--env", "CANARY"], "auth list": ["auth", "list"],
        "auth check": ["auth", "check"], "auth remove": ["auth", "remove", "anthropic"],
    ]

    /// A model that calls the tool it is offered.
    private static let ping = """
        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"note",\
        "arguments":"{\\"word\\":\\"ping\\"}"}}]},"finish_reason":"tool_calls"}]}

        data: [DONE]


        """

    private static let list = """
        {"openai": {"models": {"m": {"id": "m", "name": "M", "modalities": {"input": ["text"], "output": ["text"]},
        "limit": {"context": 1000, "output": 100}, "release_date": "2026-11-01"}}}}
        """

    @Test(arguments: CommandTable.names)
    func `every command has --json, and its own schema accepts it`(name: String) async throws {
        let call = try #require(Self.calls[name], "add a way to call it above")
        var program = try Program.piRunner()
        // What stands behind `--` is no option.
        let dashes = call.firstIndex(of: "--") ?? call.endIndex
        program.arguments = call[..<dashes] + ["--json"] + call[dashes...]
        let run = try await World.with { world in
            // A person without a home of note, and without package clients.
            program.environment = [RawText("HOME=\(world.path)")!, "PATH=/nonexistent"]
            guard name != "exec" else {
                return try await ExecWorld(in: world).exec(["--json"], ["true"]).run()
            }
            if ["diff", "apply", "discard", "undo", "redo", "ls", "show", "gc"].contains(name) {
                // Of a run that has changed something.
                let person = try ExecWorld(in: world)
                let policy = try person.write(policy: "workspace: {mode: overlay}")
                _ = try await person.exec(["--policy", policy], ["touch", "new"]).run()
                var there = try person.exec([], [])
                if name == "redo" {
                    there.arguments = ["undo"]
                    _ = try await there.run()
                }
                there.arguments = program.arguments
                return try await there.run()
            }
            if name == "ask" || name == "models test" {
                return try await Peer.with([
                    [
                        .read, .stream,
                        name == "ask" ? .chunk("hi", finish: true) : .send(Self.ping),
                    ]
                ]) { _, address in
                    program.arguments += ["--base-url", RawText(address)!]
                    return try await program.run()
                }
            }
            if name == "models update" {
                try world.write(Self.list, to: "list.json")
                program.arguments.append(RawText("\(world.path)/list.json")!)
            }
            if name.hasPrefix("session ") {
                let here = try RunWorld(in: world, turns: "  - say: done\n")
                _ = try await here.run().run()
                let file = try here.sessionFile()
                var there = try here.command(program.arguments)
                if name == "session import" { there.arguments.append(file.raw) }
                if name == "session label" {
                    let entry = try here.session().last?["id"]?.string ?? ""
                    there.arguments[2] = RawText(entry)!
                }
                return try await there.run()
            }
            if name == "run" {
                let turns = "  - steps: [{call: {name: write, arguments: {path: x, content: y}}}]\n"
                return try await RunWorld(in: world, turns: turns + "  - say: done\n")
                    .run(["--json"]).run()
            }
            if name == "doctor" {
                program.environment = try ExecWorld(in: world).exec([], []).environment
            }
            return try await program.run()
        }
        #expect(run.code == 0)
        #expect(run.error == "")

        program.arguments =
            ["help", "--schema"] + name.split(separator: " ").map { RawText(String($0))! }
        let schema = try JSONSchema(try parse(try await program.run().output))
        // It does not promise more than is checked.
        #expect(schema.unchecked == [])
        #expect(try schema.faults(of: parse(run.output)) == [])
        // The check can see a fault.
        #expect(!schema.faults(of: [:]).isEmpty)
        #expect(!schema.faults(of: ["version": "1"]).isEmpty)
    }

    @Test func `the JSON goes to a file, whole, and the text to stdout as ever`() async throws {
        try await World.with { world in
            let file = world.path.appending("result.json")
            let run = try await Program.piRunner("version", RawText("--json=\(file)")!).run()
            #expect(run.output.hasPrefix("pi-runner "))
            #expect(try parse(world.read("result.json"))["command"] == "version")
            #expect(try world.folder.names(limit: 10) == ["result.json"])
        }
    }

    @Test func `the JSON goes to a file whatever becomes of stdout, and tells of it`() async throws
    {
        try await World.with { world in
            let file = "--json=\(world.path)/result.json"
            let script = RawText(
                "mkfifo f; $pi version \(file) >/dev/full; echo $?; $pi vresion \(file); echo $?")!
            let run = try await Program.shell(RawText("cd \(world.path); \(script)")!).run()
            #expect(run.output == "1\n2\n")
            #expect(try parse(world.read("result.json"))["exit"]?["name"] == "usage")

            let gone = try await Program.shell(
                RawText("(sleep 0.2; $pi version \(file); echo $? >&2) | true")!
            ).run()
            #expect(gone.error == "0\n")
            #expect(try parse(world.read("result.json"))["exit"]?["name"] == "ok")

            let full = try await Program.shell(
                RawText("$pi version \(file) >/dev/full; echo $? >&2")!
            ).run()
            #expect(full.error.hasSuffix("\n1\n"))
            #expect(try parse(world.read("result.json"))["exit"]?["name"] == "failed")
        }
    }

    @Test func `a file keeps its mode, its other names and its place behind a link`() async throws {
        try await World.with { world in
            let file = try world.folder.file(
                "file", for: .append, creating: .always(mode: 0o600), resolving: .noLinks)
            try file.write(Array(String(repeating: "old ", count: 1000).utf8))
            try world.folder.makeLink("link", to: "file")
            try world.folder.makeLink("dangling", to: "new")
            for name in ["link", "dangling"] {
                let run = try await Program.piRunner(
                    "version", RawText("--json=\(world.path)/\(name)")!
                ).run()
                #expect(run.code == 0)
            }
            #expect(try parse(world.read("file"))["command"] == "version")
            #expect(try parse(world.read("new"))["command"] == "version")
            #expect(try world.folder.facts(of: "file").mode == 0o600)
            #expect(try world.folder.facts(of: "link").kind == .link)

            let open = RawText(
                "cd \(world.path); chmod 666 new; umask 022; $pi version --json=new >/dev/null")!
            #expect(try await Program.shell(open).run().code == 0)
            #expect(try world.folder.facts(of: "new").mode == 0o666)

            // A second name: both stay names of one file.
            let script = RawText(
                "cd \(world.path); ln file other; $pi version --json=file >/dev/null")!
            #expect(try await Program.shell(script).run().code == 0)
            #expect(try world.folder.facts(of: "file").links == 2)
            #expect(try parse(world.read("other"))["command"] == "version")
        }
    }

    @Test func `a pipe that nobody reads from is refused, not waited for`() async throws {
        try await World.with { world in
            let script = RawText(
                "mkfifo \(world.path)/pipe; $pi version --json=\(world.path)/pipe; echo $?")!
            let run = try await Program.shell(script).run()
            #expect(run.output.hasSuffix("\n1\n"))
            #expect(
                run.error.contains(
                    "No such device or address (ENXIO)\n  = help: nobody is at the other end"))
        }
    }

    @Test func `JSON on stdout comes behind the text, also into a file`() async throws {
        try await World.with { world in
            let script = RawText(
                "cd \(world.path); echo first >out; $pi version --json=/dev/stdout >>out")!
            #expect(try await Program.shell(script).run().code == 0)
            let text = try world.read("out")
            #expect(text.hasPrefix("first\npi-runner "))
            #expect(text.hasSuffix("\n}\n"))
        }
    }

    @Test func `a stream that does not block is waited for`() async throws {
        let pipe = try Pipe()
        try pipe.writing.neverBlock()
        let filler = [UInt8](repeating: UInt8(ascii: " "), count: 4096)
        while try pipe.writing.write(filler[...], to: "a pipe") != nil {}
        let silent = try Descriptor.sink("/dev/null")
        let program = try Program.piRunner("version", "--json")
        let plan = SpawnPlan(
            program: program.program, arguments: ["pi-runner"] + program.arguments, environment: [],
            newSession: true)
        var child = try plan.start(
            input: silent, output: pipe.writing, error: silent,
            in: Folder.open("/", resolving: .anything))
        pipe.writing.close()
        var text = ""
        while let piece = try pipe.reading.read(upTo: .kibibytes(64), from: "a pipe"),
            !piece.isEmpty
        {
            text += String(decoding: piece, as: UTF8.self)
        }
        #expect(try child.waitBlocking().succeeded)
        #expect(try parse(text)["command"] == "version")
    }

    @Test func `the JSON goes into a pipe or device that is named`() async throws {
        let run = try await Program.shell("$pi version --json=/dev/fd/3 3>&1 >/dev/null").run()
        #expect(try parse(run.output)["program"]?.string == VersionCommand.version)
    }
}
