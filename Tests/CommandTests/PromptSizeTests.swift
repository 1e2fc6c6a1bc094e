import PiAI
import PiAgent
import PiJSON
import PiPolicy
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// What every request begins with is paid for every time.
@Suite struct PromptSizeTests {
    @Test func `our own words and the four tools are few`() throws {
        let store = PolicyStore(
            userFolder: nil, hostFolder: "/usr/no-such-folder",
            surroundings: Surroundings(workspace: "/work", home: "/home/me"))
        let policy = try store.load("default", bounds: [], strict: false)
        let offer = try ToolOffer(nil, policy, hasRipgrep: true)
        #expect(offer.names == ["read", "bash", "edit", "write"])
        let prompt = SystemPrompt(
            workspace: "/home/someone/projects/something",
            writing: "what you change is kept aside until the person takes it over",
            network: "none", day: "2026-11-29")
        let text = prompt.text(tools: offer.names)
        var bytes = JSONWriter.write(.string(text), layout: .compact).count
        for tool in offer.tools.declarations {
            let json: JSONValue = [
                "name": .string(tool.name), "description": .string(tool.description),
                "input_schema": .object(tool.parameters),
            ]
            bytes += JSONWriter.write(json, layout: .compact).count + 1
        }
        #expect(bytes <= 3_600, "\(bytes)")
        let request = ModelRequest(
            model: Model(
                name: ModelName(api: .anthropicMessages, provider: "x", model: "m"),
                baseURL: "http://127.0.0.1"), systemPrompt: text, messages: [],
            tools: offer.tools.declarations)
        #expect(TokenEstimate(request).tokens < 1_000)
    }

    @Test func `what a policy denies is not shown, and what a host lacks is said`() throws {
        let store = PolicyStore(
            userFolder: nil, hostFolder: "/usr/no-such-folder",
            surroundings: Surroundings(workspace: "/work", home: "/home/me"))
        let policy = try store.load("review-only", bounds: [], strict: false)
        let all = "read,bash,edit,write,grep,find,ls"
        let offer = try ToolOffer(all, policy, hasRipgrep: false)
        #expect(Set(offer.names).isDisjoint(with: ["edit", "write", "grep", "find"]))
        #expect(offer.withheld.contains { $0.name == "grep" && $0.reason.contains("ripgrep") })
    }
}
