/// A wire protocol, by the name that Pi gives it.
package enum API: String, CaseIterable, Hashable, Sendable {
    case openAICompletions = "openai-completions"
    case openAIResponses = "openai-responses"
    case anthropicMessages = "anthropic-messages"
    case googleGenerativeAI = "google-generative-ai"

    /// Where its maker serves it.
    package var usualBaseURL: String {
        switch self {
        case .openAICompletions, .openAIResponses: "https://api.openai.com/v1"
        case .anthropicMessages: "https://api.anthropic.com"
        case .googleGenerativeAI: "https://generativelanguage.googleapis.com/v1beta"
        }
    }

    /// Where the makers' own tools look for a key.
    package var usualKeyVariable: String {
        switch self {
        case .openAICompletions, .openAIResponses: "OPENAI_API_KEY"
        case .anthropicMessages: "ANTHROPIC_API_KEY"
        case .googleGenerativeAI: "GEMINI_API_KEY"
        }
    }
}
