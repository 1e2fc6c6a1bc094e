package import PiJSON
package import PiSystem

/// Everything that is known of a model before it is asked: data, never code.
package struct Model: Hashable, Sendable {
    package enum Input: String, Hashable, Sendable { case text, image }

    package var name: ModelName
    package var baseURL: String
    package var inputs: Set<Input>
    /// How its maker wants to hear how much it shall think; nil if it doesn't.
    package var reasoning: Reasoning?
    /// In tokens; nil if nobody knows.
    package var contextWindow: Int?
    package var outputLimit: Int?
    /// Whether it takes a temperature.
    package var allowsSampling: Bool
    /// How its answers are drawn, in the words of its server; said with every request.
    package var sampling = JSONObject()
    package var credential: Credential
    package var headers: [HTTPHeader]
    package var dialect: Dialect

    package init(
        name: ModelName, baseURL: String, inputs: Set<Input> = [.text, .image],
        reasoning: Reasoning? = nil, contextWindow: Int? = nil, outputLimit: Int? = nil,
        allowsSampling: Bool = true, credential: Credential? = nil, headers: [HTTPHeader] = [],
        dialect: Dialect = Dialect()
    ) {
        self.name = name
        self.baseURL = baseURL
        self.inputs = inputs
        self.reasoning = reasoning
        self.contextWindow = contextWindow
        self.outputLimit = outputLimit
        self.allowsSampling = allowsSampling
        self.credential =
            credential ?? Credential.usual(for: name.api, version: dialect.anthropicVersion)
        self.headers = headers
        self.dialect = dialect
    }

    /// Why it can't be asked at its address; nil if it can.
    package var addressFault: String? {
        guard HTTPAddress(baseURL) == nil else { return nil }
        return baseURL.contains("@")
            ? "an address must not hold a name or a password"
            : "\(SafeText(baseURL, limit: 100)) is no address of a server"
    }

    /// Whether its provider searches for its answers, or runs what it likes, whatever it is asked: by what the makers call such models.
    package var searchesByItself: Bool {
        let whole = name.model.lowercased()
        if whole.contains(":online") { return true }
        // A server of one's own calls its models as it likes.
        guard !isOnLoopback else { return false }
        // Behind a colon a gateway says how it shall be served.
        let id = whole.split(separator: "/").last?.split(separator: ":").first ?? ""
        let isAtGroq = HTTPAddress(baseURL)?.host.hasSuffix("groq.com") ?? false
        let isCompound =
            id.hasPrefix("compound")
            && (isAtGroq || name.provider == "groq" || whole.contains("groq/"))
        let isSonar = id.split(separator: "-").contains("sonar")
        return isCompound || isSonar
            || ["-search-preview", "-search-api", "-deep-research"].contains { id.contains($0) }
    }

    /// The values of its headers: they are a person's own, and may be keys, too.
    package var headerSecrets: [Secret] {
        headers.flatMap { header in
            // `Bearer KEY` is a key behind a word.
            let last = header.value.split(separator: " ").last ?? ""
            return [Array(header.value.utf8), Array(last.utf8)].map {
                var bytes = $0
                return Secret(taking: &bytes)
            }
        }
    }

    /// Whether a key can be sent there unseen.
    package var isEncrypted: Bool { HTTPAddress(baseURL)?.isEncrypted ?? false }

    /// Whether it is served by this machine itself.
    package var isOnLoopback: Bool { HTTPAddress(baseURL)?.isLoopback ?? false }
}

/// In which header a key goes.
package enum Credential: Hashable, Sendable {
    case bearer
    case header(String)

    static func usual(for api: API, version: Dialect.AnthropicVersion) -> Credential {
        switch api {
        case .openAICompletions, .openAIResponses: .bearer
        case .anthropicMessages: version == .v2023 ? .header("x-api-key") : .bearer
        case .googleGenerativeAI: .header("x-goog-api-key")
        }
    }

    /// Where this very key goes: Google's tokens, which live for an hour, have not the place of its keys.
    func fitting(_ key: Secret) -> Credential {
        self == .header("x-goog-api-key") && key.isGoogleToken ? .bearer : self
    }
}

extension Secret {
    /// As `gcloud auth print-access-token` prints one.
    package var isGoogleToken: Bool {
        withBytes { bytes in
            let start = Array("ya29.".utf8)
            return bytes.count > start.count && start.indices.allSatisfy { bytes[$0] == start[$0] }
        }
    }
}

/// How much a model shall think before it answers.
package enum ReasoningLevel: String, CaseIterable, Hashable, Comparable, Sendable {
    case off, minimal, low, medium, high, xhigh, max

    package static func < (one: ReasoningLevel, other: ReasoningLevel) -> Bool {
        one.place < other.place
    }

    private var place: Int { Self.allCases.firstIndex(of: self)! }
}

/// How a model is told how much to think.
package enum Reasoning: Hashable, Sendable {
    /// By a word, those that it knows; what stands for `off`, if it can be said.
    case words([ReasoningLevel: String], off: String?)
    /// By a number of tokens; a negative one lets it decide.
    case budgets([ReasoningLevel: Int], off: Int?)
    /// It decides, and the word says how eagerly.
    case adaptive([ReasoningLevel: String])

    /// The nearest level that it knows: of two, the lesser.
    private static func nearest<Value>(
        _ level: ReasoningLevel, _ known: [ReasoningLevel: Value]
    ) -> Value? {
        let below = known.keys.filter { $0 <= level }.max()
        return (below ?? known.keys.min()).flatMap { known[$0] }
    }

    func word(for level: ReasoningLevel) -> String? {
        switch self {
        case .words(let words, let off): level == .off ? off : Self.nearest(level, words)
        case .adaptive(let words): level == .off ? nil : Self.nearest(level, words)
        case .budgets: nil
        }
    }

    func budget(for level: ReasoningLevel) -> Int? {
        guard case .budgets(let budgets, let off) = self else { return nil }
        return level == .off ? off : Self.nearest(level, budgets)
    }

    /// For a server that nothing is known of.
    package static func usual(for api: API, version: Dialect.AnthropicVersion) -> Reasoning {
        let words: [ReasoningLevel: String] = [
            .minimal: "minimal", .low: "low", .medium: "medium", .high: "high",
        ]
        return switch api {
        case .openAICompletions, .openAIResponses: .words(words, off: nil)
        case .anthropicMessages:
            version == .v2026
                ? .adaptive([.low: "low", .medium: "medium", .high: "high", .max: "max"])
                : .budgets([.minimal: 1024, .low: 2048, .medium: 8192, .high: 16384], off: nil)
        case .googleGenerativeAI:
            .budgets([.minimal: 128, .low: 2048, .medium: 8192, .high: 24576], off: 0)
        }
    }
}
