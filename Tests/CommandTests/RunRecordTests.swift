import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// `run --record`: what went over the wire, for a fixture.
@Suite(.timeLimit(.minutes(10))) struct RunRecordTests {
    private static let key = "sk-canary-0123456789abcdef"

    private static let stream: Peer.Step = .head("200 OK", "content-type: text/event-stream")

    private static let call =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"bash\",\"arguments\":\"{\\\"command\\\":\\\"echo hello\\\"}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n"

    private static func run(
        _ here: RunWorld, at address: String, to file: RawText
    ) throws -> Program {
        var program = try here.command([
            "run", "-m", "m", "--api", "openai-completions", "--base-url", RawText(address)!,
            "--api-key-env", "CANARY", "--record", file, "hi",
        ])
        program.environment.append(RawText("CANARY=\(key)")!)
        return program
    }

    @Test func `each exchange of a run is a line, and no key is in it`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "")
            let file = RawText("\(world.path)/wire.jsonl")!
            let run = try await Peer.with([
                [.read, .head("529 Overloaded"), .send("{}")],
                [.read, Self.stream, .send(Self.call)],
                [.read, Self.stream, .chunk("I know \(Self.key)", finish: true)],
            ]) { _, address in try await Self.run(here, at: address, to: file).run() }
            #expect(run.code == 0, "\(run.error)")
            let text = try world.read("wire.jsonl")
            #expect(!text.contains(Self.key))
            let lines = try text.split(separator: "\n").map {
                try JSONReader.read(Array($0.utf8), .exact(sizeLimit: 1 << 20)).value
            }
            #expect(lines.map { $0["response"]?["status"] } == [529, 200, 200])
            // The second request has the call and its result in it, as it went.
            let body = try #require(lines.last?["request"]?["body"]?.string)
            #expect(body.contains("\"tool_call_id\":\"c1\"") && body.contains("hello\\n"))
            #expect(lines.last?["response"]?["body"]?.string?.contains("I know [a key]") == true)
        }
    }

    @Test func `what can't be kept ends the run, and what could not be is said first`() async throws
    {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: x")
            let (run, asked) = try await Peer.with([[.read, Self.stream, .send(Self.call)]]) {
                peer, address in
                (
                    try await Self.run(here, at: address, to: "/dev/full").run(),
                    peer.requests.count
                )
            }
            #expect(run.code == 11, "\(run.error)")
            #expect(run.error.contains("/dev/full") && run.error.contains("ENOSPC"))
            #expect(asked == 1)
            let (nowhere, never) = try await Peer.with([[.read]]) { peer, address in
                (
                    try await Self.run(here, at: address, to: "/no/such/folder/f").run(),
                    peer.requests.count
                )
            }
            #expect(nowhere.code != 0 && nowhere.error.contains("/no/such/folder/f"))
            #expect(never == 0)
            let script = try await here.run(["--record", "x"]).run()
            #expect(script.code == 2 && script.error.contains("a script sends nothing"))
        }
    }

    @Test func `a header of one's own is in no line, not even where the server says it again`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "")
            let file = RawText("\(world.path)/wire.jsonl")!
            let value = "gateway-canary-9876543210"
            let said = #"{"error":{"message":"bad token \#(value)"}}"#
            let run = try await Peer.with([
                [.read, .head("401 Unauthorized", "set-cookie: \(value)"), .send(said)]
            ]) { _, address in
                try ExecWorld.write(
                    #"{"providers":{"mine":{"baseUrl":"\#(address)","api":"openai-completions","headers":{"x-gw":"Bearer $GW"},"models":[{"id":"m"}]}}}"#,
                    to: here.person.home.appending("pi-runner/models.json"))
                var program = try here.command(["run", "-m", "mine/m", "--record", file, "hi"])
                program.environment.append(RawText("GW=\(value)")!)
                return try await program.run()
            }
            #expect(run.code == 8, "\(run.error)")
            let text = try world.read("wire.jsonl")
            #expect(!text.contains(value) && text.contains("bad token [a key]"), "\(text)")
        }
    }

    @Test func `a pipe gets the record, and what was begun is in it whoever has gone`() async throws
    {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "")
            let run = try await Peer.with([[.read, Self.stream, .chunk("Hello", finish: true)]]) {
                _, address in
                let asked = try Self.run(here, at: address, to: RawText("\(world.path)/pipe")!)
                var shell = Program(
                    "/bin/sh",
                    [
                        "-c",
                        "mkfifo \"$0\"; cat \"$0\" & shift; \"$@\" >/dev/null 2>&1; echo \"code $?\"; wait",
                        RawText("\(world.path)/pipe")!, "x", asked.program.raw,
                    ] + asked.arguments)
                shell.environment = asked.environment
                shell.folder = asked.folder
                return try await shell.run()
            }
            #expect(run.output.contains(#""status":200"#), "\(run.output) \(run.error)")
            #expect(run.output.contains("code 0"))
        }
    }
}
