/// Where models are served: a row of data on one of the protocols.
package struct Provider: Hashable, Sendable {
    /// As Pi names it, and so as sessions do.
    package let id: String
    /// As models.dev names it.
    let catalogueID: String
    package let api: API
    package let baseURL: String
    /// Where a key is looked for, in this order.
    package let keyVariables: [String]
    /// A server of one's own machine wants none.
    package let needsKey: Bool

    init(
        _ id: String, _ api: API, _ baseURL: String, _ keyVariables: [String],
        catalogue: String? = nil, needsKey: Bool = true
    ) {
        self.id = id
        catalogueID = catalogue ?? id
        self.api = api
        self.baseURL = baseURL
        self.keyVariables = keyVariables
        self.needsKey = needsKey
    }

    /// Where a request that costs nothing needs a key; nil where everything free is open to everybody.
    var keyCheck: String? {
        switch id {
        case "openrouter": "/key"
        case "huggingface", "vercel-ai-gateway": nil
        default: "/models"
        }
    }

    /// A model of it that no catalogue knows.
    package func model(_ id: String) -> Model {
        let dialect = Dialect.known(api: api, baseURL: baseURL, model: id)
        return Model(
            name: ModelName(api: api, provider: self.id, model: id), baseURL: baseURL,
            reasoning: Reasoning.usual(for: api, version: dialect.anthropicVersion),
            dialect: dialect)
    }

    package static func named(_ id: String) -> Provider? {
        all.first { $0.id == id || $0.catalogueID == id }
    }

    /// Those whose names people mean when they don't say whose a model is come first.
    package static let all: [Provider] = [
        Provider(
            "anthropic", .anthropicMessages, "https://api.anthropic.com", ["ANTHROPIC_API_KEY"]),
        Provider("openai", .openAIResponses, "https://api.openai.com/v1", ["OPENAI_API_KEY"]),
        Provider(
            "google", .googleGenerativeAI, "https://generativelanguage.googleapis.com/v1beta",
            ["GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY"]),
        Provider(
            "google-vertex", .googleGenerativeAI,
            "https://aiplatform.googleapis.com/v1/publishers/google", ["GOOGLE_CLOUD_API_KEY"]),
        Provider("mistral", .openAICompletions, "https://api.mistral.ai/v1", ["MISTRAL_API_KEY"]),
        Provider("xai", .openAICompletions, "https://api.x.ai/v1", ["XAI_API_KEY"]),
        Provider("deepseek", .openAICompletions, "https://api.deepseek.com", ["DEEPSEEK_API_KEY"]),
        Provider("groq", .openAICompletions, "https://api.groq.com/openai/v1", ["GROQ_API_KEY"]),
        Provider(
            "cerebras", .openAICompletions, "https://api.cerebras.ai/v1", ["CEREBRAS_API_KEY"]),
        Provider(
            "openrouter", .openAICompletions, "https://openrouter.ai/api/v1",
            ["OPENROUTER_API_KEY"]),
        Provider(
            "moonshotai", .openAICompletions, "https://api.moonshot.ai/v1", ["MOONSHOT_API_KEY"]),
        Provider(
            "moonshotai-cn", .openAICompletions, "https://api.moonshot.cn/v1",
            ["MOONSHOT_API_KEY"]),
        Provider(
            "kimi-coding", .anthropicMessages, "https://api.kimi.com/coding", ["KIMI_API_KEY"],
            catalogue: "kimi-for-coding"),
        Provider(
            "minimax", .anthropicMessages, "https://api.minimax.io/anthropic", ["MINIMAX_API_KEY"]),
        Provider(
            "minimax-cn", .anthropicMessages, "https://api.minimaxi.com/anthropic",
            ["MINIMAX_CN_API_KEY", "MINIMAX_API_KEY"]),
        Provider(
            "zai", .openAICompletions, "https://api.z.ai/api/coding/paas/v4",
            ["ZAI_API_KEY", "ZHIPU_API_KEY"], catalogue: "zai-coding-plan"),
        Provider(
            "zai-api", .openAICompletions, "https://api.z.ai/api/paas/v4",
            ["ZAI_API_KEY", "ZHIPU_API_KEY"], catalogue: "zai"),
        Provider(
            "vercel-ai-gateway", .anthropicMessages, "https://ai-gateway.vercel.sh",
            ["AI_GATEWAY_API_KEY"], catalogue: "vercel"),
        Provider(
            "opencode", .openAICompletions, "https://opencode.ai/zen/v1", ["OPENCODE_API_KEY"]),
        Provider(
            "opencode-go", .openAICompletions, "https://opencode.ai/zen/go/v1",
            ["OPENCODE_API_KEY"]),
        Provider(
            "huggingface", .openAICompletions, "https://router.huggingface.co/v1", ["HF_TOKEN"]),
        Provider(
            "together", .openAICompletions, "https://api.together.xyz/v1", ["TOGETHER_API_KEY"],
            catalogue: "togetherai"),
        Provider(
            "fireworks", .openAICompletions, "https://api.fireworks.ai/inference/v1",
            ["FIREWORKS_API_KEY"], catalogue: "fireworks-ai"),
        Provider(
            "deepinfra", .openAICompletions, "https://api.deepinfra.com/v1/openai",
            ["DEEPINFRA_API_KEY"]),
        Provider(
            "nvidia", .openAICompletions, "https://integrate.api.nvidia.com/v1",
            ["NVIDIA_API_KEY"]),
        Provider(
            "baseten", .openAICompletions, "https://inference.baseten.co/v1", ["BASETEN_API_KEY"]),
        Provider(
            "nebius", .openAICompletions, "https://api.tokenfactory.nebius.com/v1",
            ["NEBIUS_API_KEY"]),
        Provider(
            "scaleway", .openAICompletions, "https://api.scaleway.ai/v1", ["SCALEWAY_API_KEY"]),
        Provider("chutes", .openAICompletions, "https://llm.chutes.ai/v1", ["CHUTES_API_KEY"]),
        Provider(
            "cohere", .openAICompletions, "https://api.cohere.ai/compatibility/v1",
            ["COHERE_API_KEY"]),
        Provider("llama", .openAICompletions, "https://api.llama.com/compat/v1", ["LLAMA_API_KEY"]),
        Provider(
            "inception", .openAICompletions, "https://api.inceptionlabs.ai/v1",
            ["INCEPTION_API_KEY"]),
        Provider(
            "perplexity", .openAICompletions, "https://api.perplexity.ai", ["PERPLEXITY_API_KEY"]),
        Provider(
            "alibaba", .openAICompletions, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
            ["DASHSCOPE_API_KEY"]),
        Provider(
            "alibaba-cn", .openAICompletions, "https://dashscope.aliyuncs.com/compatible-mode/v1",
            ["DASHSCOPE_API_KEY"]),
        Provider(
            "xiaomi", .openAICompletions, "https://api.xiaomimimo.com/v1", ["XIAOMI_API_KEY"]),
        Provider(
            "ollama-cloud", .openAICompletions, "https://ollama.com/v1", ["OLLAMA_API_KEY"]),
        Provider("v0", .openAICompletions, "https://api.v0.dev/v1", ["V0_API_KEY"]),
        // Of one's own machine, at their usual ports.
        Provider("ollama", .openAICompletions, "http://127.0.0.1:11434/v1", [], needsKey: false),
        Provider("llama.cpp", .openAICompletions, "http://127.0.0.1:8080/v1", [], needsKey: false),
        Provider(
            "lmstudio", .openAICompletions, "http://127.0.0.1:1234/v1", ["LMSTUDIO_API_KEY"],
            needsKey: false),
        Provider("vllm", .openAICompletions, "http://127.0.0.1:8000/v1", [], needsKey: false),
    ]
}
