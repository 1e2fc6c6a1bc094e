package import PiAI

/// Models of every protocol, as their makers serve them and as others do.
package enum Asked {
    package static func models(at address: String) -> [Model] {
        var models: [Model] = []
        for api in API.allCases {
            func add(_ dialect: Dialect, _ reasoning: Reasoning?, limit: Int? = nil) {
                models.append(
                    Model(
                        name: ModelName(api: api, provider: "test", model: "m"), baseURL: address,
                        reasoning: reasoning, outputLimit: limit, dialect: dialect))
            }
            var maker = Dialect.known(api: api, baseURL: api.usualBaseURL)
            add(maker, Reasoning.usual(for: api, version: .v2023), limit: 64_000)
            add(Dialect(), nil)
            switch api {
            case .anthropicMessages:
                maker.anthropicVersion = .v2026
                add(maker, Reasoning.usual(for: api, version: .v2026))
                add(Dialect(), Reasoning.usual(for: api, version: .v2023), limit: 4096)
            case .googleGenerativeAI:
                maker.nestsImagesInResults = true
                maker.needsThoughtSignatures = true
                add(maker, .words([.low: "LOW", .high: "HIGH"], off: nil))
            case .openAICompletions, .openAIResponses: break
            }
        }
        return models
    }
}
