import PiSystem
import PiTesting
import Testing

/// Who is asked for when a proxy stands between, which is all that it learns.
@Suite(.timeLimit(.minutes(10))) struct ModelProxyTests {
    private static let token = "ya29.canary-0123456789abcdef"

    /// What a proxy that lets nobody through is asked, and what the person is told.
    private static func ask(
        _ model: RawText, _ variables: [RawText]
    ) async throws -> (Program.Run, [String]) {
        try await World.with { world in
            var program = try Program.piRunner()
            // What was sent is printed behind what was answered, which is nothing.
            program.arguments = ["ask", "-m", model, "--record", "/dev/stdout", "hi"]
            program.environment =
                [
                    "PATH=/usr/bin:/bin", RawText("HOME=\(world.path)")!,
                    RawText("XDG_CONFIG_HOME=\(world.path)/config")!,
                ] + variables
            let prepared = Shared(program)
            return try await Peer.with([[.read, .head("502 Bad Gateway")]]) { peer, address in
                var program = prepared.value
                program.environment.append(RawText("HTTPS_PROXY=\(address)")!)
                return (try await program.run(), peer.requests)
            }
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
