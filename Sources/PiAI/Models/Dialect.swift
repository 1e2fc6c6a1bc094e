package import PiJSON

/// In what a server differs from the maker of the protocol that it speaks.
///
/// The names are those of Pi's `compat` in `models.json`.
package struct Dialect: Hashable, Sendable {
    package enum MaxTokensField: String, Hashable, Sendable {
        case completion = "max_completion_tokens"
        case plain = "max_tokens"
    }

    package enum ThinkingFormat: String, Hashable, Sendable {
        case openai = "reasoning_effort"
        case openrouter, together, zai, qwen
        case qwenTemplate = "qwen-chat-template"
    }

    package enum AnthropicVersion: String, Hashable, Sendable {
        case v2023 = "2023-06-01"
        case v2026 = "2026-10-21"
    }

    // Chat Completions
    package var supportsStore = false
    package var supportsDeveloperRole = false
    package var supportsUsageInStreaming = true
    package var supportsStrictMode = false
    package var maxTokensField = MaxTokensField.plain
    package var requiresToolResultName = false
    package var requiresAssistantAfterToolResult = false
    package var requiresThinkingAsText = false
    /// Whether the content of an answer that is but calls is an empty text, and not null.
    package var saysNothingAsText = false
    package var thinkingFormat = ThinkingFormat.openai
    package var callIDs = CallIDRule.completions
    package var supportsReasoningEffort = true
    /// Whether it wants to be told, as Anthropic does, up to where it shall keep what it has read.
    package var marksCache = false
    /// Which of the providers behind a gateway shall serve, in the gateway's own words.
    package var openRouterRouting: JSONObject?
    package var vercelGatewayRouting: JSONObject?

    package var images = ImageLimits()
    /// Whether it refuses a tool whose schema has a choice (`oneOf` and the like) at its top.
    package var refusesChoices = false

    // Responses
    package var supportsPromptCacheKey = false
    /// Whether it is known to think, and so to give its thoughts back sealed.
    package var sealsThoughts = false

    // Anthropic
    package var anthropicVersion = AnthropicVersion.v2023
    package var supportsLongCache = false
    /// Whether models that could be told a number of tokens are told a word.
    package var forcesAdaptive = false

    // Gemini
    package var nestsImagesInResults = false
    package var needsThoughtSignatures = false

    package init() {}

    /// What is known of a server by where it is.
    package static func known(api: API, baseURL: String, model: String = "") -> Dialect {
        var dialect = Dialect()
        if api == .googleGenerativeAI {
            let isThird =
                model.contains("gemini-3") || model == "gemini-flash-latest"
                || model == "gemini-pro-latest"
            dialect.needsThoughtSignatures = isThird
            dialect.nestsImagesInResults = isThird
        }
        let address = HTTPAddress(baseURL)
        func isAt(_ domain: String) -> Bool { address?.isAt(domain) == true }
        if isAt("api.openai.com") {
            dialect.images = .openAI
            dialect.supportsStore = true
            dialect.supportsDeveloperRole = true
            dialect.supportsStrictMode = true
            dialect.maxTokensField = .completion
            dialect.supportsPromptCacheKey = true
        }
        if isAt("api.mistral.ai") {
            dialect.images = .mistral
            dialect.supportsUsageInStreaming = false
            dialect.callIDs = .mistral
            dialect.requiresToolResultName = true
        }
        if isAt("openrouter.ai") { dialect.marksCache = model.hasPrefix("anthropic/") }
        // Servers that people run themselves are not as choosy, and may make a grammar of it.
        let isLoopback = address?.isLoopback == true
        dialect.refusesChoices =
            api == .anthropicMessages || (api != .googleGenerativeAI && !isLoopback)
        // They take an empty text; llama-cpp-python takes nothing else.
        dialect.saysNothingAsText = isLoopback
        if isAt("z.ai") { dialect.thinkingFormat = .zai }
        if isAt("api.groq.com") { dialect.images = .groq }
        if isAt("googleapis.com") { dialect.images = .gemini }
        if isAt("api.anthropic.com") {
            dialect.images = .anthropic
            dialect.supportsLongCache = true
        }
        return dialect
    }
}

/// What a server takes for the id of a call.
package enum CallIDRule: Hashable, Sendable {
    /// At most 40 bytes.
    case completions
    /// Two halves, of the call and of its item, at most 64 bytes each.
    case responses
    /// At most 64 letters, digits, `_` and `-`.
    case anthropic
    /// Exactly nine letters and digits.
    case mistral
    case gemini
}
