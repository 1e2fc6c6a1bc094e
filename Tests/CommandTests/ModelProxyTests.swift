import PiJSON
import PiSystem
import PiTesting
import Testing

/// Who is asked for when a proxy stands between, which is all that it learns.
@Suite(.timeLimit(.minutes(10))) struct ModelProxyTests {
    private static let token = "ya29.canary-0123456789abcdef"

    /// A program that is run with a proxy that lets nobody through, in a process of its own: a whole handshake with it has to come in
    /// time, however busy the tests are.
    private static let proxied = """
        import json, os, socket, subprocess, sys, threading
        listener = socket.create_server(("127.0.0.1", 0))
        asked = []
        def serve():
            while True:
                connection, _ = listener.accept()
                text = b""
                while b"\\r\\n\\r\\n" not in text:
                    more = connection.recv(65536)
                    if not more: break
                    text += more
                if text: asked.append(text.decode())
                connection.sendall(b"HTTP/1.1 502 Bad Gateway\\r\\ncontent-length: 0\\r\\nconnection: close\\r\\n\\r\\n")
                connection.close()
        threading.Thread(target=serve, daemon=True).start()
        proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
        run = subprocess.run(sys.argv[1:], env=os.environ | {"HTTPS_PROXY": proxy}, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        print(json.dumps({"code": run.returncode, "output": run.stdout, "error": run.stderr, "asked": asked}))
        """

    private struct Told {
        let code: Int?
        let output, error: String
    }

    /// What such a proxy is asked, and what the person is told.
    private static func ask(
        _ model: RawText, _ variables: [RawText]
    ) async throws -> (Told, [String]) {
        try await World.with { world in
            let program = try Program.piRunner()
            var python = Program("/usr/bin/python3", [])
            python.arguments = [
                "-c", RawText(proxied)!, program.program.raw, "ask", "-m", model,
                // What was sent is printed behind what was answered, which is nothing.
                "--record", "/dev/stdout", "hi",
            ]
            python.environment =
                [
                    "PATH=/usr/bin:/bin", RawText("HOME=\(world.path)")!,
                    RawText("XDG_CONFIG_HOME=\(world.path)/config")!,
                ] + variables
            let run = try await python.run()
            let told = try parse(run.output)
            return (
                Told(
                    code: told["code"]?.number?.int, output: told["output"]?.string ?? "",
                    error: told["error"]?.string ?? ""),
                (told["asked"]?.array ?? []).compactMap(\.string)
            )
        }
    }

    @Test func `a proxy is told where to, and no key`() async throws {
        let (run, requests) = try await Self.ask(
            "openai/gpt-5", [RawText("OPENAI_API_KEY=\(Self.token)")!])
        #expect(run.code == 8)
        #expect(run.error.contains("502"), "\(run.error)")
        #expect(requests.first?.hasPrefix("CONNECT api.openai.com:443 ") == true)
        #expect(requests.first?.contains("canary") == false)
    }

    @Test(arguments: [
        (
            token, ["GOOGLE_CLOUD_PROJECT=mine"] as [RawText], "aiplatform.googleapis.com",
            "mine/locations/global"
        ),
        (
            token, ["GCLOUD_PROJECT=example.com:mine", "GOOGLE_CLOUD_LOCATION=europe-west1"],
            "europe-west1-aiplatform.googleapis.com", "example.com:mine/locations/europe-west1"
        ),
        (
            token, ["GOOGLE_CLOUD_PROJECT=mine", "GOOGLE_CLOUD_LOCATION=eu"],
            "aiplatform.eu.rep.googleapis.com", "mine/locations/eu"
        ),
        ("AIza-canary-0123456789", ["GOOGLE_CLOUD_PROJECT=mine"], "aiplatform.googleapis.com", nil),
    ])
    func `with a token Vertex is asked where the project is, and with a key where all are`(
        key: String, variables: [RawText], host: String, project: String?
    ) async throws {
        let (run, requests) = try await Self.ask(
            "google-vertex/gemini-3-pro",
            [RawText("GOOGLE_CLOUD_API_KEY=\(key)")!] + variables)
        #expect(run.code == 8)
        #expect(requests.first?.hasPrefix("CONNECT \(host):443 ") == true, "\(run.error)")
        let place = project.map { "projects/\($0)/" } ?? ""
        #expect(
            run.output.contains(
                "\"https://\(host)/v1/\(place)publishers/google/models/gemini-3-pro:streamGenerateContent?alt=sse\""
            ),
            "\(run.output)")
        #expect(!run.output.contains("canary"))
    }

    @Test(arguments: [
        ([] as [RawText], "set GOOGLE_CLOUD_PROJECT"),
        (["GOOGLE_CLOUD_PROJECT=../elsewhere"], "GOOGLE_CLOUD_PROJECT is no name"),
        (
            ["GOOGLE_CLOUD_PROJECT=mine", "GOOGLE_CLOUD_LOCATION=example.org/"],
            "GOOGLE_CLOUD_LOCATION is no name"
        ),
        (["GOOGLE_CLOUD_PROJECT=a..b"], "GOOGLE_CLOUD_PROJECT is no name"),
    ])
    func `a token that nobody knows the project of goes nowhere`(
        variables: [RawText], told: String
    ) async throws {
        let (run, requests) = try await Self.ask(
            "google-vertex/gemini-3-pro",
            [RawText("GOOGLE_CLOUD_API_KEY=\(Self.token)")!] + variables)
        #expect(run.code == 2)
        #expect(run.error.contains(told), "\(run.error)")
        #expect(requests.isEmpty)
    }
}
