import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// `ask`, `models` and `auth`, as a person uses them.
@Suite(.timeLimit(.minutes(10))) struct ModelCommandTests {
    private static let key = "sk-canary-0123456789abcdef"

    /// A person with a home of their own and nothing set.
    private static func person(
        in world: borrowing World, _ arguments: [RawText], _ variables: [RawText] = []
    ) throws -> Program {
        var program = try Program.piRunner()
        program.arguments = arguments
        program.environment =
            [
                "PATH=/usr/bin:/bin", RawText("HOME=\(world.path)")!,
                RawText("XDG_CONFIG_HOME=\(world.path)/config")!,
            ] + variables
        return program
    }

    private static func ask(
        _ scripts: [[Peer.Step]], api: RawText = "openai-completions", _ more: [RawText] = [],
        _ variables: [RawText] = []
    ) async throws -> (Program.Run, [String]) {
        try await World.with { world in
            let home = Shared(try Self.person(in: world, [], variables))
            return try await Peer.with(scripts) { peer, address in
                var program = home.value
                program.arguments =
                    ["ask", "-m", "m", "--api", api, "--base-url", RawText(address)!] + more
                    + ["hi"]
                let run = try await program.run()
                return (run, peer.requests)
            }
        }
    }

    private static let stream: Peer.Step = .head("200 OK", "content-type: text/event-stream")

    private static let answers: [(RawText, String)] = [
        (
            "openai-completions",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
        ),
        (
            "openai-responses",
            "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"id\":\"msg\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\"}]}]}}\n\n"
        ),
        (
            "anthropic-messages",
            "data: {\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}\n\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"Hello\"}}\n\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\ndata: {\"type\":\"message_stop\"}\n\n"
        ),
        (
            "google-generative-ai",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\"}]},\"finishReason\":\"STOP\"}]}\n\n"
        ),
    ]

    @Test(arguments: answers)
    func `an answer is printed as it comes`(api: RawText, answer: String) async throws {
        let (run, requests) = try await Self.ask([[.read, Self.stream, .send(answer)]], api: api)
        #expect(run.output == "Hello\n")
        #expect(run.error == "")
        #expect(run.code == 0)
        #expect(requests.count == 1)
    }

    @Test func `what is on this machine is reached without a proxy`() async throws {
        let (run, requests) = try await Self.ask(
            [[.read, Self.stream, .chunk("Hello", finish: true)]], ["--api-key-env", "CANARY"],
            [
                RawText("CANARY=\(Self.key)")!, "http_proxy=http://127.0.0.1:1",
                "HTTPS_PROXY=http://127.0.0.1:1", "ALL_PROXY=http://127.0.0.1:1",
            ])
        #expect(run.output == "Hello\n", "\(run.error)")
        #expect(requests.count == 1)
    }

    @Test func `no part of a key is shown where a message is cut`() async throws {
        for length in 440...500 {
            guard length % 6 == 0 else { continue }
            let body = String(repeating: "x", count: length) + Self.key
            let (run, _) = try await Self.ask(
                [[.read, .head("400 Bad Request", "x-request-id: \(Self.key)"), .send(body)]],
                ["--api-key-env", "CANARY"], [RawText("CANARY=\(Self.key)")!])
            #expect(!run.error.contains("sk-canary"), "\(length)")
        }
    }

    @Test func `what is asked goes over the wire`() async throws {
        try await World.with { world in
            try world.write(
                #"{"name":"read","description":"reads","parameters":{"type":"object","properties":{"path":{"type":"string"}}}}"#,
                to: "tool.json")
            try world.folder.replace(
                "picture", with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], mode: 0o644)
            let call =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"read\",\"arguments\":\"{\\\"path\\\":\\\"x\\\"}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n"
            let (run, requests) = try await Self.ask(
                [[.read, Self.stream, .send(call)]],
                [
                    "--system", "Be brief.", "--tool", RawText("\(world.path)/tool.json")!,
                    "--image", RawText("\(world.path)/picture")!, "--max-tokens", "99",
                    "--thinking", "low", "--api-key-env", "CANARY",
                ], [RawText("CANARY=\(Self.key)")!])
            #expect(run.output == "read {\"path\":\"x\"}\n")
            let pieces = try #require(requests.first).split(separator: "\r\n\r\n", maxSplits: 1)
            #expect(pieces[0].contains("Authorization: Bearer \(Self.key)"))
            let body = try parse(String(pieces[1]))
            #expect(body["messages"]?.array?.first?["content"] == "Be brief.")
            #expect(body["tools"]?.array?.first?["function"]?["name"] == "read")
            #expect(body["max_tokens"] == 99)
            #expect(body["reasoning_effort"] == "low")
            let parts = body["messages"]?.array?.last?["content"]?.array
            #expect(
                parts?.last?["image_url"]?["url"]?.string == "data:image/png;base64,iVBORw0KGgo=")
        }
    }

    @Test func `what a provider can't be told of a tool is said`() async throws {
        try await World.with { world in
            try world.write(
                #"{"name":"pick","parameters":{"oneOf":[{"required":["a"]},{"required":["b"]}]}}"#,
                to: "tool.json")
            let answer = Self.answers[2]
            let (run, _) = try await Self.ask(
                [[.read, Self.stream, .send(answer.1)]], api: answer.0,
                ["--tool", RawText("\(world.path)/tool.json")!])
            #expect(run.code == 0)
            #expect(
                run.error == """
                    warning: of the tool `pick`: `oneOf` at the top of its parameters was left out: this provider takes none there
                      = help: what the model calls it with is checked against the whole schema

                    """)
        }
    }

    @Test func `a key that is refused is told by where it is from, and once`() async throws {
        let body =
            "{\"error\":{\"message\":\"Incorrect API key: \(Self.key)\",\"code\":\"invalid_api_key\"}}"
        let (run, requests) = try await Self.ask(
            [
                [
                    .read,
                    .head(
                        "401 Unauthorized", "content-type: application/json", "x-request-id: req_7"),
                    .send(body),
                ]
            ],
            ["--api-key-env", "CANARY"], [RawText("CANARY=\(Self.key)")!])
        #expect(run.code == 8)
        #expect(run.output == "")
        #expect(
            run.error == """
                error: custom/m: Incorrect API key: [a key] (HTTP 401, request req_7)
                  = help: check the key, and that it is for this provider
                  = note: the key was from CANARY

                """)
        #expect(requests.count == 1)
    }

    @Test func `what goes over the wire can be kept, without the key`() async throws {
        try await World.with { world in
            let file = RawText("\(world.path)/record.jsonl")!
            let echo =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"you said \(Self.key)\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
            let (run, _) = try await Self.ask(
                [
                    [.read, .head("529 Overloaded"), .send("{}")],
                    [.read, Self.stream, .send(echo)],
                ],
                ["--record", file, "--api-key-env", "CANARY"], [RawText("CANARY=\(Self.key)")!])
            #expect(run.code == 0, "\(run.error)")
            let text = try world.read("record.jsonl")
            #expect(!text.contains(Self.key))
            let lines = try text.split(separator: "\n").map { try parse(String($0)) }
            try #require(lines.count == 2)
            #expect(lines[0]["response"]?["status"] == 529)
            #expect(lines[1]["response"]?["body"]?.string?.contains("you said [a key]") == true)
            #expect(lines[1]["request"]?["body"]?.string?.contains("\"model\":\"m\"") == true)
        }
    }

    @Test(
        arguments: [
            "perplexity/sonar-pro", "openrouter/perplexity/sonar", "openai/o3-deep-research",
            "openrouter/openai/gpt-4o-search-preview", "openrouter/openai/gpt-5.4:online",
        ] as [RawText])
    func `a model that searches by itself is refused before it is asked`(model: RawText)
        async throws
    {
        try await World.with { world in
            var program = try Self.person(
                in: world, [], ["PERPLEXITY_API_KEY=x", "OPENROUTER_API_KEY=x", "OPENAI_API_KEY=x"])
            program.arguments = ["ask", "-m", model, "hi"]
            let run = try await program.run()
            #expect(run.code == 5, "\(run.error)")
            #expect(run.error.contains("searches at its provider for every answer"))
        }
    }

    @Test func `half an answer is printed, and told to be half`() async throws {
        let (run, _) = try await Self.ask([[.read, Self.stream, .chunk("Hel")]])
        #expect(run.output == "Hel\n")
        #expect(run.code == 8)
        #expect(run.error.contains("the answer ended before its end"))
        #expect(run.error.contains("what came before is not the whole answer"))
    }

    @Test func `the result has the message, what it took, and the error`() async throws {
        let (run, _) = try await Self.ask(
            [[.read, Self.stream, .chunk("Hel"), .chunk("lo", finish: true)]], ["--json"])
        let json = try parse(run.output)
        #expect(json["message"]?["content"]?.array?.first?["text"] == "Hello")
        #expect(json["message"]?["stopReason"] == "stop")
        #expect(json["cost"] == .null)
        #expect(json["error"] == .null)
        let (failed, _) = try await Self.ask(
            [[.read, .head("429 Too Many", "retry-after: 3600"), .send("{}")]], ["--json"])
        #expect(try parse(failed.output)["error"]?["kind"] == "rate-limit")
        #expect(try parse(failed.output)["error"]?["retry_after"] == 3600)
    }

    /// The certificate of the server, whether it is trusted, and what comes of it.
    @Test(
        arguments: [
            ("good", true, 0, "encrypted"), ("good", false, 8, "SSL_CERT_FILE"),
            ("expired", true, 8, "expired"), ("other", true, 8, "is not who it should be"),
        ] as [(String, Bool, Int32, String)])
    func `only a server that is who it should be is asked`(
        certificate: String, isTrusted: Bool, code: Int32, told: String
    ) async throws {
        try await World.with { world in
            let folder = Repository.root.appending("Tests/PiAITests/Certificates")
            let script: RawText = """
                python3 "$1/serve.py" "$1/$2.pem" "$1/key.pem" >"$3/port" & server=$!
                trap 'kill $server' EXIT
                for i in $(seq 600); do [ -s "$3/port" ] && break; sleep 0.05; done
                "$4" ask -m m --api openai-completions --base-url "https://localhost:$(cat "$3/port")" hi
                """
            var program = try Self.person(in: world, [])
            let runner = program.program
            program.program = "/bin/sh"
            program.arguments = [
                "-c", script, "sh", folder.raw, RawText(certificate)!, world.path.raw, runner.raw,
            ]
            if isTrusted {
                program.environment.append(RawText("SSL_CERT_FILE=\(folder)/\(certificate).pem")!)
            }
            let run = try await program.run()
            #expect(run.code == code)
            #expect((run.output + run.error).contains(told), "\(run.error)")
        }
    }

    // MARK: - Models of one's own

    @Test func `a provider of one's own is asked as any other`() async throws {
        try await World.with { world in
            let script: [Peer.Step] = [.read, Self.stream, .chunk("Hello", finish: true)]
            let home = Shared(try Self.person(in: world, [], [RawText("CANARY=\(Self.key)")!]))
            let folder = try Shared(
                Folder.make(world.path.appending("config/pi-runner"), mode: 0o755))
            let (run, requests, json) = try await Peer.with([script]) { peer, address in
                let file = """
                    {"providers": {"mine": {"baseUrl": "\(address)", "api": "openai-completions", "apiKey": "$CANARY",
                      "headers": {"x-team": "walls"}, "compat": {"maxTokensField": "max_completion_tokens"},
                      "models": [{"id": "small", "cost": {"input": 1000, "output": 2000}, "maxTokens": 500}]},
                     "other": {"baseUrl": "http://127.0.0.1:1", "api": "openai-completions", "models": [{"id": "large"}]}}}
                    """
                try folder.value.replace("models.json", with: Array(file.utf8), mode: 0o644)
                var program = home.value
                program.arguments = ["ask", "-m", "small", "--max-tokens", "9", "hi"]
                let run = try await program.run()
                program.arguments = ["models", "--json"]
                return (run, peer.requests, try parse(try await program.run().output))
            }
            #expect(run.output == "Hello\n", "\(run.error)")
            let request = try #require(requests.first)
            #expect(request.contains("Authorization: Bearer \(Self.key)\r\n"))
            #expect(request.contains("x-team: walls\r\n"))
            #expect(request.contains("\"max_completion_tokens\":9"))
            #expect(json["models"]?.array?.contains { $0["id"] == "mine/small" } == true)
        }
    }

    /// The key must not go to the maker because its gateway is misspelled.
    @Test(arguments: [
        (#"{"providers":{"anthropic":{"baseUrl":"http://127.0.0.1:1",}}}"#, "models.json"),
        (
            #"{"providers":{"anthropic":{"baseURL":"http://127.0.0.1:1"}}}"#,
            "did you mean `baseUrl`?"
        ),
        (#"{"providers":{"anthropic":{"baseUrl":"nowhere"}}}"#, "/providers/anthropic/baseUrl"),
        (#"{"provider":{}}"#, "/providers"), ("[]", "/providers"),
        (
            #"{"providers":{"mine":{"baseUrl":"http://127.0.0.1:1","api":"openai","models":[{"id":"m"}]}}}"#,
            "/api: it is one of"
        ),
        (
            #"{"providers":{"mine":{"baseUrl":"http://127.0.0.1:1","api":"openai-completions","models":[{"id":"m","contextWindow":"32k"}]}}}"#,
            "/models/0/contextWindow"
        ),
    ])
    func `a mistake in a list of one's own stops all that it could mean`(file: String, told: String)
        async throws
    {
        try await World.with { world in
            let folder = try Folder.make(world.path.appending("config/pi-runner"), mode: 0o755)
            try folder.replace("models.json", with: Array(file.utf8), mode: 0o644)
            let variables =
                [RawText("ANTHROPIC_API_KEY=\(Self.key)")!, "HTTPS_PROXY=http://127.0.0.1:1"]
                as [RawText]
            let run = try await Self.person(in: world, ["ask", "-m", "opus", "hi"], variables).run()
            #expect(run.code == 3)
            #expect(run.error.contains(told), "\(run.error)")
        }
    }

    @Test func `what others may change says nothing about keys`() async throws {
        try await World.with { world in
            let folder = try Folder.make(world.path.appending("config/pi-runner"), mode: 0o755)
            try folder.replace(
                "models.json",
                with: Array(#"{"providers":{"anthropic":{"apiKey":"!touch canary"}}}"#.utf8),
                mode: 0o644)
            _ = try await Program("/bin/chmod", ["666", RawText("\(folder.path)/models.json")!])
                .run()
            let run = try await Self.person(in: world, ["ask", "-m", "opus", "hi"]).run()
            #expect(run.code == 1)
            #expect(run.error.contains("others may change it"), "\(run.error)")
        }
    }

    @Test func `a provider that is known can be asked elsewhere`() async throws {
        try await World.with { world in
            let script: [Peer.Step] = [.read, Self.stream, .send(Self.answers[2].1)]
            let home = Shared(
                try Self.person(in: world, [], [RawText("ANTHROPIC_API_KEY=\(Self.key)")!]))
            let folder = try Shared(
                Folder.make(world.path.appending("config/pi-runner"), mode: 0o755))
            let (run, requests) = try await Peer.with([script]) { peer, address in
                let file = "{\"providers\": {\"anthropic\": {\"baseUrl\": \"\(address)\"}}}"
                try folder.value.replace("models.json", with: Array(file.utf8), mode: 0o644)
                var program = home.value
                program.arguments = ["ask", "-m", "opus", "--json", "hi"]
                return (try await program.run(), peer.requests)
            }
            #expect(run.code == 0, "\(run.error)")
            #expect(try parse(run.output)["model"]?["provider"] == "anthropic")
            #expect(requests.first?.contains("x-api-key: \(Self.key)\r\n") == true)
        }
    }

    @Test func `a short name stands for a model, and one is asked if none is named`() async throws {
        try await World.with { world in
            let folder = try Folder.make(world.path.appending("config/pi-runner"), mode: 0o755)
            let settings =
                "model: deep\naliases: {deep: 'anthropic/claude-opus-4-8:high', other: google/gemini-2.5-pro}\n"
            try folder.replace("settings.yaml", with: Array(settings.utf8), mode: 0o644)
            for (arguments, told) in [
                (["ask", "hi"], "no key for anthropic"),
                (["ask", "-m", "other", "hi"], "no key for google"),
                (["ask", "-m", "other:low", "hi"], "no key for google"),
                (["ask", "-m", "fast", "hi"], "no key for anthropic"),
            ] as [([RawText], String)] {
                let run = try await Self.person(in: world, arguments).run()
                #expect(run.error.contains(told), "\(run.error)")
            }
            let shown = try await Self.person(
                in: world, ["models", "show", "smart"], [RawText("OPENAI_API_KEY=\(Self.key)")!]
            ).run()
            #expect(shown.output.hasPrefix("openai/"))
            try folder.replace("settings.yaml", with: Array("modle: x\n".utf8), mode: 0o644)
            let wrong = try await Self.person(in: world, ["ask", "hi"]).run()
            #expect(wrong.error.contains("settings.yaml:1:1"), "\(wrong.error)")
        }
    }

    @Test func `a newer list is shown before it counts`() async throws {
        try await World.with { world in
            try world.write(
                """
                {"providers": {"openai": {"models": {"gpt-99": {"id": "gpt-99", "name": "GPT\\u001b 99",
                 "modalities": {"input": ["text", "image"], "output": ["text"]}, "reasoning": true,
                 "reasoning_options": [{"type": "effort", "values": ["low", "high"]}], "tool_call": true,
                 "limit": {"context": 1000000, "output": 1000}, "cost": {"input": 1.25, "output": 1e1}, "release_date": "2027-01-01"}}}}}
                """, to: "list.json")
            let list = RawText("\(world.path)/list.json")!
            let look = try await Self.person(in: world, ["models", "update", list]).run()
            #expect(look.output.contains("openai/gpt-99"))
            #expect(look.output.contains("Nothing was written"))
            let before = try await Self.person(in: world, ["models", "show", "openai/gpt-99"]).run()
            #expect(before.code == 1)
            #expect(
                try await Self.person(in: world, ["models", "update", "--write", list]).run().code
                    == 0)
            let after = try await Self.person(in: world, ["models", "show", "openai/gpt-99"]).run()
            #expect(after.output.contains("$1.25 in, $10 out"))
            #expect(!after.output.contains("\u{1B}"))
            for broken in [
                "{}", "[]", "{\"providers\": 7}", "{\"openai\": {\"models\": {\"m\": 7}}}", "no",
            ] {
                try world.write(broken, to: "list.json")
                let run = try await Self.person(in: world, ["models", "update", list]).run()
                #expect(run.code == 1)
                #expect(run.error.contains("is no list of models"))
            }
        }
    }

    @Test func `what works with a model is tried and told`() async throws {
        let call =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\",\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"note\",\"arguments\":\"{\\\"word\\\":\\\"ping\\\"}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n"
        for (script, code, told) in [
            ([.read, Self.stream, .send(call)], 0, "thinking   works"),
            ([.read, Self.stream, .chunk("no", finish: true)], 8, "it called nothing"),
            (
                [
                    .read, .head("400 Bad Request"),
                    .send("{\"error\":{\"message\":\"no pictures here\"}}"),
                ], 8, "no pictures here"
            ),
        ] as [([Peer.Step], Int32, String)] {
            try await World.with { world in
                let home = Shared(try Self.person(in: world, []))
                let run = try await Peer.with([script]) { _, address in
                    var program = home.value
                    program.arguments = [
                        "models", "test", "m", "--api", "openai-completions", "--base-url",
                        RawText(address)!,
                    ]
                    return try await program.run()
                }
                #expect(run.output.contains(told), "\(run.output)\(run.error)")
                #expect(run.code == code)
            }
        }
    }

    // MARK: - Without a network

    @Test func `a script answers, and its mistakes have their place`() async throws {
        try await World.with { world in
            try world.write(
                """
                version: 1
                turns:
                  - expect: {prompt: hi}
                    steps:
                      - thinking: hm
                      - text: Hello.
                      - call: {name: read, arguments: {path: a, lines: 3}}
                """, to: "script.yaml")
            let model = RawText("scripted/\(world.path)/script.yaml")!
            let run = try await Self.person(in: world, ["ask", "-m", model, "hi"]).run()
            #expect(run.output == "Hello.\nread {\"path\":\"a\",\"lines\":3}\n")
            #expect(run.code == 0)
            #expect(run.error.contains("the call of `read` can't be run: no such tool was offered"))
            try world.write(
                #"{"name":"read","parameters":{"type":"object","properties":{"lines":{"type":"string"},"from":{}},"required":["from"]}}"#,
                to: "tool.json")
            let tool = RawText("\(world.path)/tool.json")!
            let checked = try await Self.person(
                in: world, ["ask", "-m", model, "--tool", tool, "hi"]
            ).run()
            #expect(checked.error.contains("/from: it is missing"))
            #expect(!checked.error.contains("/lines"))
            let other = try await Self.person(in: world, ["ask", "-m", model, "bye"]).run()
            #expect(other.code == 8)
            #expect(other.error.contains("the script expected that the person said `hi`"))
            for (text, told) in [
                (
                    "version: 1\nturns:\n  - sya: x\n",
                    "/turns/0/sya: there is no such name; did you mean `say`?"
                ),
                ("version: 1\nturns: [\n", "script.yaml:"), ("a: &x 1\n", "script.yaml:1:4"),
            ] {
                try world.write(text, to: "script.yaml")
                let wrong = try await Self.person(in: world, ["ask", "-m", model, "hi"]).run()
                #expect(wrong.code == 3)
                #expect(wrong.error.contains(told), "\(wrong.error)")
            }
            let absent = try await Self.person(
                in: world, ["ask", "-m", "scripted/nowhere.yaml", "hi"]
            ).run()
            #expect(absent.error.contains("nowhere.yaml"))
        }
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let arguments: [RawText]
        let code: Int32
        let error: String
        var testDescription: String { arguments.map(\.description).joined(separator: " ") }
    }

    @Test(arguments: [
        Mistake(arguments: ["ask", "hi"], code: 2, error: "no model was named"),
        Mistake(arguments: ["ask", "-m", "sonet", "hi"], code: 2, error: "is it one of"),
        Mistake(
            arguments: ["ask", "-m", "anthropic/claude-sonnet-5", "hi"], code: 2,
            error: "set ANTHROPIC_API_KEY"),
        Mistake(
            arguments: ["ask", "-m", "openai/newer-than-this", "hi"], code: 2,
            error: "set OPENAI_API_KEY"),
        Mistake(
            arguments: ["ask", "-m", "m", "--base-url", "http://127.0.0.1:1", "hi"], code: 2,
            error: "add --api"),
        Mistake(
            arguments: [
                "ask", "--base-url", "http://127.0.0.1:1", "--api", "openai-completions", "hi",
            ], code: 2, error: "add --model"),
        Mistake(
            arguments: [
                "ask", "-m", "m", "--base-url", "https://example.org", "--api",
                "openai-completions", "hi",
            ], code: 2, error: "OPENAI_API_KEY is not set"),
        Mistake(
            arguments: [
                "ask", "-m", "m", "--base-url", "http://127.0.0.1:1", "--api", "smoke", "hi",
            ], code: 2, error: "`--api` is"),
        Mistake(
            arguments: [
                "ask", "-m", "m", "--base-url", "http://127.0.0.1:1", "--api", "openai-completions",
                " ",
            ], code: 2, error: "the prompt is empty"),
        Mistake(
            arguments: [
                "ask", "-m", "m", "--base-url", "http://127.0.0.1:1", "--api", "openai-completions",
                "--image", "/etc/hostname", "hi",
            ], code: 2, error: "is no picture"),
        Mistake(
            arguments: [
                "ask", "-m", "m", "--base-url", "http://127.0.0.1:1", "--api", "openai-completions",
                "--tool", "/etc/hostname", "hi",
            ], code: 2, error: "is no tool"),
        Mistake(
            arguments: [
                "ask", "-m", "m", "--base-url", "http://127.0.0.1:1", "--api", "openai-completions",
                "--max-tokens", "many", "hi",
            ], code: 2, error: "is no number of tokens"),
        Mistake(
            arguments: [
                "ask", "-m", "m", "--base-url", "127.0.0.1", "--api", "openai-completions",
                "--api-key-env", "HOME", "hi",
            ], code: 2, error: "is no address of a server"),
        Mistake(arguments: ["models", "show", "sonet"], code: 1, error: "is it one of"),
        Mistake(
            arguments: ["auth", "remove", "antropic"], code: 2, error: "did you mean `anthropic`?"),
    ])
    func `a mistake is told with what to do`(what: Mistake) async throws {
        try await World.with { world in
            let run = try await Self.person(in: world, what.arguments).run()
            #expect(run.error.contains(what.error), "\(run.error)")
            #expect(run.code == what.code)
            #expect(run.output == "")
        }
    }

    @Test func `what would be run is no key that was typed, and a header is no command`()
        async throws
    {
        try await World.with { world in
            var set = try Self.person(in: world, ["auth", "set", "anthropic"])
            set.input = Array("command:true\n".utf8)
            let run = try await set.run()
            #expect(run.code == 2 && run.error.contains("is a command and no key"), "\(run.error)")
            #expect(KeyText("command:true") == .pieces([.text("command:true")]))
        }
    }

    @Test func `a key is kept for nobody else to see, and goes again`() async throws {
        try await World.with { world in
            var set = try Self.person(in: world, ["auth", "set", "anthropic"])
            set.input = Array("\(Self.key)\n".utf8)
            #expect(try await set.run().code == 0)
            let file = FilePath("config/pi-runner/auth.json")
            let facts = try world.folder.facts(of: file)
            #expect(facts.mode & 0o777 == 0o600)
            #expect(try parse(world.read(file))["anthropic"]?["key"]?.string == Self.key)
            let list = try await Self.person(in: world, ["auth", "list"]).run()
            #expect(list.output.contains("anthropic"))
            #expect(!list.output.contains(Self.key))

            _ = try await Program("/bin/chmod", ["644", RawText("\(world.path)/\(file)")!]).run()
            let open = try await Self.person(in: world, ["auth", "list"]).run()
            #expect(open.code == 1)
            #expect(open.error.contains("others may look into it"))
            _ = try await Program("/bin/chmod", ["600", RawText("\(world.path)/\(file)")!]).run()

            #expect(
                try await Self.person(in: world, ["auth", "remove", "anthropic"]).run().code == 0)
            #expect(try parse(world.read(file)) == [:])
        }
    }

    @Test(
        arguments: [
            ("plain", .pieces([.text("plain")])), ("$A", .pieces([.variable("A")])),
            ("${A_1}x", .pieces([.variable("A_1"), .text("x")])),
            ("a$$b", .pieces([.text("a$b")])), ("$!x", .pieces([.text("!x")])),
            ("!pass show x", .command("pass show x")),
            ("command:pass show x", .command("pass show x")),
            ("a command:b", .pieces([.text("a command:b")])),
            ("a$", .pieces([.text("a$")])),
            ("$1", .pieces([.text("$1")])), ("${A", .pieces([.text("${A")])),
            ("$$A", .pieces([.text("$A")])),
        ] as [(String, KeyText)])
    func `a key is written as in Pi`(text: String, meaning: KeyText) {
        #expect(KeyText(ofKey: text) == meaning)
    }

    @Test func `a variable that is not set is no key`() throws {
        #expect(throws: KeyText.Unset.self) { try KeyText("$PI_RUNNER_SURELY_NOT_SET").bytes() }
        #expect(throws: KeyText.CommandFailed.self) { try KeyText("!false").bytes() }
        #expect(try KeyText("!printf key").bytes() == Array("key".utf8))
    }

    @Test(arguments: [
        ("anthropic/claude", "anthropic/*", true), ("anthropic/claude", "anthropic/claude", true),
        ("anthropic/claude", "openai/*", false), ("anthropic/claude", "*", true),
        ("a/b-mini", "a/*-mini", true), ("a/mini", "a/*-mini", false),
        ("x/a", "a/*", false), ("a/b/c", "a/*/c", true), ("ab", "ab*b", false),
    ])
    func `a ceiling names models by patterns`(name: String, pattern: String, matches: Bool) {
        #expect(ModelChoice.matches(name, pattern) == matches)
    }
}
