package import PiJSON

/// What a model is asked.
package struct ModelRequest: Hashable, Sendable {
    package var model: Model
    package var systemPrompt: String?
    package var messages: [Message]
    package var tools: [ToolDeclaration]
    package var options: Options

    package init(
        model: Model, systemPrompt: String? = nil, messages: [Message],
        tools: [ToolDeclaration] = [], options: Options = Options()
    ) {
        self.model = model
        self.systemPrompt = systemPrompt
        self.messages = messages
        self.tools = tools
        self.options = options
    }

    package struct Options: Hashable, Sendable {
        package enum ToolChoice: Hashable, Sendable {
            case auto, none, required
            case tool(String)
        }

        package enum CacheRetention: String, Hashable, Sendable { case none, short, long }

        package var maxTokens: Int?
        package var temperature: JSONNumber?
        package var reasoning: ReasoningLevel?
        package var toolChoice: ToolChoice?
        package var cacheRetention = CacheRetention.short
        /// Under which a provider may find again what it has read before.
        package var sessionID: String?

        package init() {}
    }
}

/// A tool that a model may ask for.
package struct ToolDeclaration: Hashable, Sendable {
    package let name: String
    package let description: String
    /// JSON Schema 2020-12, of an object.
    package let parameters: JSONObject

    package init(name: String, description: String, parameters: JSONObject) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}

extension ModelRequest {
    /// Whether the model is not asked to think, though it should be, as its answer would have no room.
    package var hasNoRoomToThink: Bool {
        model.name.api == .anthropicMessages && AnthropicMessages.hasNoRoomToThink(self)
    }
}
