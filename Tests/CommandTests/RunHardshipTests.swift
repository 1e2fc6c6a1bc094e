import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// What a person does to a run, and what a machine does: Ctrl-C in each phase, a disk that is full.
@Suite(.timeLimit(.minutes(15))) struct RunHardshipTests {
    struct Phase: Sendable, CustomTestStringConvertible {
        let name: String
        let turns: String
        /// What the stream says when it has come to that.
        let sign: String
        var testDescription: String { name }
    }

    /// A result that is long, and never the same.
    private static let long = "head -c 49000 /dev/zero | tr '\\\\0' x; echo $RANDOM$RANDOM"

    private static let phases = [
        Phase(
            name: "while it waits for an answer",
            turns: "      - {steps: [{pause: 1000s}], say: never}", sign: #""type":"turn_start""#),
        Phase(
            name: "in the middle of an answer",
            turns: "      - {steps: [{text: half}, {pause: 1000s}, {text: never}]}", sign: "half"),
        Phase(
            name: "while it waits to ask again",
            turns: """
                      - error: {kind: overloaded, message: busy, retry_after: 50s}
                        repeat: 9
                """, sign: "asking again"),
        Phase(
            name: "while a call runs",
            turns: """
                      - steps: [{call: {name: bash, arguments: {command: "echo here; sleep 1000"}}}]
                """, sign: #""type":"tool_execution_start""#),
        Phase(
            name: "while it sums up",
            turns: """
                      - when: {prompt: <conversation>}
                        steps: [{pause: 1000s}]
                      - steps: [{call: {name: bash, arguments: {command: "\(long)"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "\(long)"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "\(long)"}}}]
                      - error: {kind: context-overflow, message: too long}
                """, sign: #""type":"compaction_start""#),
    ]

    /// Presses Ctrl-C as soon as the sign is there, however busy the tests are: the code and the seconds that it took.
    private static let pressing = """
        import signal, subprocess, sys, time
        run = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        for line in run.stdout:
            if sys.argv[1].encode() in line: break
        pressed = time.monotonic()
        run.send_signal(signal.SIGINT)
        run.stdout.read()
        print(run.wait(), time.monotonic() - pressed, end="")
        """

    @Test(arguments: phases)
    func `Ctrl-C ends a run at once, whatever it is about, and it can go on`(phase: Phase)
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: phase.turns)
            let run = try here.run(["--output-format", "stream-json"])
            var python = Program("/usr/bin/python3", [])
            python.arguments =
                ["-c", RawText(Self.pressing)!, RawText(phase.sign)!, run.program.raw]
                + run.arguments
            python.environment = run.environment
            python.folder = run.folder
            let ended = try await python.run()
            let told = ended.output.split(separator: " ").compactMap { Double($0) }
            #expect(told.first == 130, "\(ended.output) \(ended.error)")
            // No speed is meant, only that nothing was waited for.
            #expect(told.count == 2 && told[1] < 45)
            #expect(try await here.command(["session", "verify"]).run().code == 0)
            try here.write(turns: "      - {say: gone on, repeat: 9}")
            let again = try await here.run(["-c"], ["go on"]).run()
            #expect(again.output == "gone on\n", "\(again.error)")
        }
    }

    @Test func `a disk that is full ends a run with a word, and nothing of it is lost`()
        async throws
    {
        try await World.with { world in
            let call = "{call: {name: bash, arguments: {command: \"echo x >> log; \(Self.long)\"}}}"
            let begun = "      - {when: {prompt: begin}, steps: [\(call)]}\n"
            let here = try RunWorld(
                in: world,
                turns: String(repeating: begun, count: 20) + """
                          - when: {prompt: go on}
                            steps: [{call: {name: bash, arguments: {command: "cat log"}}}]
                          - say: gone on
                    """)
            let run = try here.run()
            let state = here.person.home.appending("state")
            try Folder.open(here.person.home, resolving: .noLinks).makeFolder("state", mode: 0o700)
            // What is left of it is enough for a run to begin, and not for what its calls say.
            let script: RawText = """
                mount -t tmpfs -o size=6m,mode=0700 none "$1" || exit 70
                head -c 5700000 /dev/zero >"$1/filler"
                "$2" run -m "$3" begin; echo "code $?"
                rm "$1/filler"
                "$2" session verify >/dev/null; echo "verify $?"
                "$2" run -m "$3" -c "go on"; echo "code $?"
                cat "$1"/pi-runner/sessions/*/*.jsonl | grep -c '"isError":false'
                cat "$1"/pi-runner/sessions/*/*.jsonl | grep -o '"text":"x[^x"]*\\\\nx[^"]*"' | tail -1
                """
            // Nobody else can have a small disk of their own: of a file that may not grow any more it is the same.
            let limit: RawText = """
                (ulimit -f 400; "$2" run -m "$3" begin; echo "code $?")
                "$2" session verify >/dev/null; echo "verify $?"
                "$2" run -m "$3" -c "go on"; echo "code $?"
                cat "$1"/pi-runner/sessions/*/*.jsonl | grep -c '"isError":false'
                cat "$1"/pi-runner/sessions/*/*.jsonl | grep -o '"text":"x[^x"]*\\\\nx[^"]*"' | tail -1
                """
            let isRoot = UserID.current == .root
            var shell = Program(
                isRoot ? "/usr/bin/unshare" : "/bin/sh",
                (isRoot ? ["-m", "/bin/sh", "-c", script] : ["-c", limit]) + [
                    "sh", state.raw, run.program.raw, run.arguments[run.arguments.count - 2],
                ])
            shell.environment = run.environment
            shell.folder = run.folder
            let ended = try await shell.run()
            let lines = ended.output.split(separator: "\n").map(String.init)
            #expect(lines.first == "code 11", "\(ended.output) \(ended.error)")
            let sign = isRoot ? "No space left on device (ENOSPC)" : "File too large (EFBIG)"
            #expect(ended.error.contains(sign), "\(ended.error)")
            #expect(lines.contains("verify 0"), "\(lines)")
            #expect(lines.contains("gone on"), "\(ended.error)")
            // What was done stays done: each call that has its result has left its line.
            try #require(lines.count == 6, "\(lines)")
            let done = try #require(Int(lines[4]))
            #expect(done >= 2 && lines[5].count { $0 == "x" } >= done - 1, "\(lines)")
        }
    }

    /// A model that is busy once, then answers; and a run that asks it.
    private static let busyOnce = """
        import http.server, subprocess, sys, threading
        class Model(http.server.BaseHTTPRequestHandler):
            asked = 0
            def log_message(self, *_): pass
            def do_POST(self):
                self.rfile.read(int(self.headers["content-length"]))
                Model.asked += 1
                busy = Model.asked == 1
                body = b"{}" if busy else b'data: {"choices":[{"index":0,"delta":{"content":"here"},"finish_reason":"stop"}]}\\n\\ndata: [DONE]\\n\\n'
                self.send_response(503 if busy else 200)
                self.send_header("content-type", "application/json" if busy else "text/event-stream")
                if busy: self.send_header("retry-after", "0.01")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        words = [word.replace("PORT", str(server.server_port)) for word in sys.argv[1:]]
        sys.exit(subprocess.run(words, stdin=subprocess.DEVNULL).returncode)
        """

    @Test(arguments: [
        ("stream-json", #""type":"auto_retry_start","provider":"#),
        ("text", "; asking again in 0."),
    ])
    func `whoever waits for a provider that is busy is told`(format: String, sign: String)
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "  - say: never\n")
            let run = try here.command([
                "run", "--base-url", "http://127.0.0.1:PORT/v1", "--api", "openai-completions",
                "-m", "m", "--output-format", RawText(format)!, "go",
            ])
            var beside = Program(
                "/usr/bin/python3",
                ["-c", RawText(Self.busyOnce)!, run.program.raw] + run.arguments)
            beside.folder = run.folder
            beside.environment = run.environment
            let told = try await beside.run()
            #expect(told.code == 0, "\(told.error)")
            #expect((told.output + told.error).contains(sign), "\(told.output)\(told.error)")
            #expect(told.output.contains("here"))
        }
    }
}
