import PiAI
import PiJSON
import Testing

@Suite struct CatalogueTests {
    private static let catalogue = Catalogue.shipped()

    @Test func `the snapshot is read whole`() {
        #expect(Self.catalogue.entries.count > 1_200)
        #expect(Set(Self.catalogue.entries.map(\.reference)).count == Self.catalogue.entries.count)
        #expect(Self.catalogue.entries.allSatisfy { $0.outputLimit > 0 })
        let priced = Self.catalogue.entries.count { $0.prices != nil }
        #expect(priced * 10 > Self.catalogue.entries.count * 9)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let typed: String
        let found: String?
        let level: ReasoningLevel?
        var testDescription: String { typed }
    }

    @Test(arguments: [
        Case(typed: "anthropic/claude-opus-4-8", found: "anthropic/claude-opus-4-8", level: nil),
        Case(typed: "claude-opus-4-8", found: "anthropic/claude-opus-4-8", level: nil),
        Case(typed: "claude-opus-4-8:high", found: "anthropic/claude-opus-4-8", level: .high),
        Case(typed: "anthropic/opus:max", found: "anthropic/claude-opus-4-8", level: .max),
        Case(typed: "opus", found: "anthropic/claude-opus-4-8", level: nil),
        Case(typed: "SONNET", found: "anthropic/claude-sonnet-5", level: nil),
        Case(
            typed: "openrouter/opus-4.8", found: "openrouter/anthropic/claude-opus-4.8", level: nil),
        Case(typed: "anthropic/claude-opus-9", found: nil, level: nil),
        Case(typed: "x", found: nil, level: nil), Case(typed: "", found: nil, level: nil),
        Case(typed: "nobody/nothing", found: nil, level: nil),
    ])
    func `a model is found by what a person types`(what: Case) {
        switch ModelPattern(what.typed).find(in: Self.catalogue) {
        case .entry(let entry, let level):
            #expect(entry.reference == what.found)
            #expect(level == what.level)
        case .unlisted(let provider, let id, _):
            #expect(what.found == nil)
            #expect("\(provider.id)/\(id)" == what.typed)
        case .nothing: #expect(what.found == nil)
        }
    }

    @Test func `the provider whose key is there comes first`() {
        let found = ModelPattern("claude-sonnet-5").find(in: Self.catalogue) {
            $0.id == "openrouter" || $0.id == "opencode"
        }
        guard case .entry(let entry, _) = found else { return #expect(Bool(false)) }
        #expect(["openrouter", "opencode"].contains(entry.provider.id))
    }

    @Test func `a price is exact, and what is not known is not nothing`() throws {
        let prices = Prices(
            base: Price(
                input: Money(picodollars: 1_250_000), output: Money(picodollars: 10_000_000),
                cacheRead: Money(picodollars: 125_000), cacheWrite: nil),
            tiers: [
                .init(
                    above: 200_000,
                    price: Price(
                        input: Money(picodollars: 2_500_000),
                        output: Money(picodollars: 15_000_000), cacheRead: nil, cacheWrite: nil))
            ])
        let small = try #require(
            prices.cost(of: Usage(input: 1_234_567 % 100_000, output: 890, cacheRead: 1_000)))
        #expect(small.total.dollars == "0.05223375")
        #expect(prices.cost(of: Usage(input: 1, output: 1, cacheWrite: 1)) == nil)
        let large = try #require(prices.cost(of: Usage(input: 200_001, output: 1)))
        #expect(large.input.dollars == "0.5000025")
        #expect(prices.cost(of: Usage(input: 200_001, cacheRead: 1)) == nil)
        #expect(prices.cost(of: Usage(input: Int.max / 2)) == nil)
        // However much a server says it was.
        let most = Usage(input: 1 << 40, output: 1 << 40)
        #expect(
            try #require(
                Prices(
                    base: Price(
                        input: Money(picodollars: 2_000_000), output: Money(picodollars: 8_000_000),
                        cacheRead: nil, cacheWrite: nil)
                ).cost(of: most)
            ).total.picodollars == Int.max)
        #expect(Money(picodollars: 0).dollars == "0")
        #expect(Money(picodollars: 1_000_000_000_000).dollars == "1")
    }

    @Test(arguments: [
        ("anthropic/claude-opus-4-8", API.anthropicMessages), ("openai/gpt-5.4", .openAIResponses),
        ("google/gemini-2.5-pro", .googleGenerativeAI),
        ("opencode/claude-opus-4-8", .anthropicMessages),
    ])
    func `a model is asked in its protocol`(reference: String, api: API) throws {
        let entry = try #require(Self.catalogue.entries.first { $0.reference == reference })
        #expect(entry.model.name.api == api)
        #expect(entry.model.reasoning != nil)
    }

    @Test func `at another address a model is still the same`() throws {
        let custom = CustomModels(
            [
                "providers": [
                    "anthropic": ["baseUrl": "https://gateway.example.org"],
                    "openai": [
                        "baseUrl": "https://gateway.example.org", "api": "openai-completions",
                        "compat": ["supportsStore": true],
                    ],
                ]
            ])
        #expect(custom.faults == [])
        let catalogue = Self.catalogue.adding(custom)
        for typed in ["anthropic/opus", "opus"] {
            guard case .entry(let entry, _) = ModelPattern(typed).find(in: catalogue) else {
                Issue.record("\(typed) is nothing")
                continue
            }
            #expect(entry.reference == "anthropic/claude-opus-4-8")
            #expect(entry.model.baseURL == "https://gateway.example.org")
            #expect(entry.released.hasPrefix("2026"))
        }
        let moved = try #require(catalogue.entries.first { $0.reference == "openai/gpt-5.4" })
        #expect(moved.model.name.api == .openAICompletions)
        #expect(moved.model.dialect.supportsStore)
    }

    private static func added(_ providers: JSONValue) -> (CustomModels, Catalogue) {
        let custom = CustomModels(["providers": providers])
        return (custom, catalogue.adding(custom))
    }

    private static func body(_ model: Model, _ level: ReasoningLevel? = nil) -> JSONValue {
        var request = ModelRequest(
            model: model, messages: [.user(UserMessage([.text("?")], timestamp: 0))])
        request.options.reasoning = level
        // What we have written is JSON.
        let json = try? JSONReader.read(request.encoded(), .interchange(sizeLimit: 1 << 16))
        return json?.value ?? .null
    }

    @Test func `a known model is as a person says, and else as it was`() throws {
        let before = try #require(
            Self.catalogue.entries.first { $0.reference == "openai/gpt-5.4" })
        let (custom, catalogue) = Self.added([
            "openai": [
                "compat": ["supportsStore": false],
                "modelOverrides": [
                    "gpt-5.4": [
                        "name": "Mine", "contextWindow": 99_000, "cost": ["output": 15],
                        "samplingParams": ["top_k": 5],
                        "thinkingLevelMap": ["low": .null, "max": "extreme", "off": .null],
                        "headers": ["x-a": "b"],
                    ],
                    "no-such-model": ["name": "x"],
                ],
            ]
        ])
        #expect(custom.faults == [])
        #expect(custom.unused == [])
        let entry = try #require(catalogue.entries.first { $0.reference == "openai/gpt-5.4" })
        #expect(entry.name == "Mine")
        #expect(entry.model.contextWindow == 99_000)
        #expect(entry.outputLimit == before.outputLimit)
        #expect(entry.prices?.base.output.picodollars == 15_000_000)
        #expect(entry.prices?.base.input == before.prices?.base.input)
        #expect(entry.prices?.tiers == before.prices?.tiers)
        #expect(entry.headers.map(\.name) == ["x-a"])
        #expect(entry.released == before.released)
        let body = Self.body(entry.model, .max)
        #expect(body["top_k"] == 5)
        #expect(body["reasoning"]?["effort"] == "extreme")
        #expect(Self.body(entry.model, .off)["reasoning"] == nil)
        // What is said of one is said of no other.
        let other = try #require(catalogue.entries.first { $0.reference == "openai/gpt-5.4-mini" })
        #expect(other.name != "Mine")
        #expect(Self.body(other.model)["top_k"] == nil)
    }

    @Test func `a model of one's own is told what its server wants to hear`() throws {
        let (custom, catalogue) = Self.added([
            "mine": [
                "baseUrl": "https://a.example/v1", "api": "openai-completions",
                "authHeader": true,
                "models": [
                    [
                        "id": "one", "reasoning": true,
                        "compat": [
                            "thinkingFormat": "openrouter",
                            "openRouterRouting": ["only": ["x"]],
                        ],
                        "cost": [
                            "input": 1, "output": 2,
                            "tiers": [["inputTokensAbove": 1000, "input": 3, "output": 4]],
                        ],
                    ],
                    [
                        "id": "two", "reasoning": true,
                        "compat": ["supportsReasoningEffort": false],
                    ],
                    [
                        "id": "three", "api": "anthropic-messages", "reasoning": true,
                        "baseUrl": "https://b.example", "compat": ["forceAdaptiveThinking": true],
                    ],
                    [
                        "id": "four", "promptCache": [:],
                        "compat": ["newFlag": true, "thinkingFormat": "odd"],
                    ],
                ],
            ]
        ])
        #expect(custom.faults == [])
        #expect(
            custom.unused == [
                "/providers/mine/models/3/promptCache", "/providers/mine/models/3/compat/newFlag",
                "/providers/mine/models/3/compat/thinkingFormat",
            ])
        func model(_ id: String) throws -> Model {
            try #require(catalogue.entries.first { $0.reference == "mine/\(id)" }).model
        }
        let one = Self.body(try model("one"), .high)
        #expect(one["reasoning"]?["effort"] == "high")
        #expect(one["reasoning_effort"] == nil)
        #expect(one["provider"]?["only"] == ["x"])
        let prices = try #require(catalogue.entries.first { $0.id == "one" }?.prices)
        #expect(prices.cost(of: Usage(input: 1001))?.total.picodollars == 1001 * 3_000_000)
        #expect(Self.body(try model("two"), .high)["reasoning_effort"] == nil)
        let three = try model("three")
        #expect(three.baseURL == "https://b.example")
        #expect(three.credential == .bearer)
        #expect(Self.body(three, .high)["thinking"]?["type"] == "adaptive")
    }

    @Test(
        arguments: [
            (["samplingParams": ["web_search_options": [:]]], "samplingParams/web_search_options"),
            (["samplingParams": ["enable_search": true]], "samplingParams/enable_search"),
            (["samplingParams": ["top_p": "0.5"]], "samplingParams/top_p"),
            (["thinkingLevelMap": ["huge": "x"]], "thinkingLevelMap/huge"),
            (["thinkingLevelMap": ["low": 3]], "thinkingLevelMap/low"),
            (["baseUrl": "nowhere"], "baseUrl"), (["headers": ["x-a": 7]], "headers/x-a"),
            (["cost": ["inptu": 1]], "cost/inptu"), (["cost": ["input": "1"]], "cost/input"),
            (["cost": ["tiers": [["input": 1]]]], "cost/tiers/0"),
            (
                ["compat": ["vercelGatewayRouting": ["models": ["perplexity/sonar"]]]],
                "compat/vercelGatewayRouting/models"
            ),
            (
                ["compat": ["openRouterRouting": ["plugins": []]]],
                "compat/openRouterRouting/plugins"
            ),
        ] as [(JSONValue, String)])
    func `what could not be meant so is refused with its place`(fields: JSONValue, place: String)
        throws
    {
        var model = try #require(fields.object)
        model["id"] = "m"
        let (custom, catalogue) = Self.added([
            "mine": [
                "baseUrl": "https://a.example", "api": "openai-completions",
                "models": [.object(model)],
            ]
        ])
        #expect(custom.faults.count == 1)
        #expect(custom.faults.first?.hasPrefix("/providers/mine/models/0/\(place): ") == true)
        #expect(!catalogue.entries.contains { $0.provider.id == "mine" })
        let (over, _) = Self.added(["openai": ["modelOverrides": ["gpt-5.4": fields]]])
        #expect(over.faults.count == 1)
    }

    @Test func `a key goes where the version wants it, or where a person says`() throws {
        let (custom, catalogue) = Self.added([
            "mine": [
                "baseUrl": "https://a.example", "api": "anthropic-messages",
                "compat": ["anthropicVersion": "2026-10-21"],
                "models": [["id": "new", "reasoning": true]],
            ],
            "old": [
                "baseUrl": "https://a.example", "api": "anthropic-messages",
                "models": [
                    ["id": "usual", "reasoning": true],
                    [
                        "id": "newer", "reasoning": true,
                        "compat": ["anthropicVersion": "2026-10-21"],
                    ],
                    [
                        "id": "endless", "reasoning": true, "maxTokens": 0,
                        "thinkingLevelMap": ["high": "9223372036854775807"],
                    ],
                ],
            ],
            "anthropic": ["authHeader": true, "compat": ["forceAdaptiveThinking": true]],
        ])
        #expect(custom.faults == [])
        func model(_ reference: String) throws -> Model {
            try #require(catalogue.entries.first { $0.reference == reference }).model
        }
        #expect(try model("mine/new").credential == .bearer)
        #expect(Self.body(try model("mine/new"), .high)["thinking"]?["type"] == "adaptive")
        #expect(try model("old/usual").credential == .header("x-api-key"))
        #expect(Self.body(try model("old/usual"), .high)["thinking"]?["type"] == "enabled")
        #expect(try model("old/newer").credential == .bearer)
        #expect(Self.body(try model("old/newer"), .high)["thinking"]?["type"] == "adaptive")
        #expect(Self.body(try model("old/endless"), .high)["thinking"]?["type"] == "enabled")
        #expect(try model("anthropic/claude-opus-4-8").credential == .bearer)
        let before = Self.catalogue.entries.first { $0.reference == "anthropic/claude-opus-4-8" }
        #expect(try model("anthropic/claude-opus-4-8").reasoning == before?.model.reasoning)
        // Of a provider that was changed, a model that no list knows is asked in the same way.
        let added = try #require(custom.providers.first { $0.provider.id == "anthropic" })
        #expect(added.model("claude-next").credential == .bearer)
        #expect(Self.body(added.model("claude-next"), .high)["thinking"]?["type"] == "adaptive")
    }

    @Test(arguments: [
        ("perplexity/sonar-pro", true), ("openrouter/perplexity/sonar", true),
        ("openrouter/perplexity/llama-3.1-sonar-large-128k-online", true),
        ("openai/o3-deep-research", true), ("openrouter/x:online/linkup", true),
        ("groq/groq/compound-mini", true), ("custom/groq/compound", true),
        ("openrouter/perplexity/sonar:nitro", true), ("openai/gpt-5.4", false),
        ("openrouter/perplexity/r1-1776", false), ("anthropic/claude-opus-4-8", false),
        ("groq/llama-3.3-70b", false),
    ])
    func `what searches by itself is known by its name`(reference: String, searches: Bool) {
        let halves = reference.split(separator: "/", maxSplits: 1).map(String.init)
        func model(at address: String) -> Model {
            Model(
                name: ModelName(api: .openAICompletions, provider: halves[0], model: halves[1]),
                baseURL: address)
        }
        #expect(model(at: "https://a.example").searchesByItself == searches)
        // On this machine only what is said to search does.
        #expect(
            model(at: "http://127.0.0.1:1").searchesByItself == reference.contains(":online"))
    }
}
