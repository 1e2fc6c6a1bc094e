package import PiJSON

/// Providers and models that a person added, in the format of Pi's `models.json`.
package struct CustomModels: Sendable {
    package struct Header: Hashable, Sendable {
        package let name: String
        /// What stands for its value, in the syntax of keys.
        package let value: String

        static func all(
            _ json: JSONValue?, at place: String
        ) throws(ModelFields.Fault) -> [Header] {
            var headers: [Header] = []
            for header in json?.object?.members ?? [] {
                guard let value = header.value.string else {
                    throw ModelFields.Fault(
                        place: "\(place)/\(SafeText(header.name, limit: 60))",
                        reason: "this is a text, not \(header.value.kind)")
                }
                headers.append(Header(name: header.name, value: value))
            }
            return headers
        }
    }

    package struct Added: Sendable {
        package let provider: Provider
        /// Of all its models, where that is said.
        let api: API?
        let compat: JSONValue?
        /// Whether the key goes where most servers look for it, whatever the protocol says.
        let isBearer: Bool
        /// What stands for the key, in the syntax of keys.
        package let key: String?
        /// Of the provider itself.
        package let headers: [Header]
        /// What is otherwise with models that are known.
        let overrides: [String: ModelFields]
        package let entries: [Catalogue.Entry]

        /// One that no list knows.
        package func model(_ id: String) -> Model {
            var model = provider.model(id)
            model.apply(compat, isBearer: isBearer)
            return model
        }

        /// Ids of models of which something is otherwise.
        package var overridden: [String] { overrides.keys.sorted() }
    }

    package let providers: [Added]
    /// What is wrong, each with its place; what is right counts all the same.
    package let faults: [String]
    /// What is right, and has no effect here.
    package let unused: [String]

    package init(_ json: JSONValue) {
        var providers: [Added] = []
        var faults: [String] = []
        guard let members = json["providers"]?.object?.members else {
            self.providers = []
            self.faults = ["/providers: this is an object of providers"]
            unused = []
            return
        }
        for member in members {
            do {
                providers.append(try Self.provider(member.name, member.value))
            } catch {
                faults.append(
                    "/providers/\(SafeText(member.name, limit: 60))\(error.place): \(error.reason)")
            }
        }
        self.providers = providers
        self.faults = faults
        unused = members.flatMap { Self.unused(of: $0.name, $0.value) }
    }

    private typealias Fault = ModelFields.Fault

    private static let providerNames: Set<String> = [
        "name", "baseUrl", "api", "apiKey", "headers", "authHeader", "compat", "models",
        "modelOverrides",
    ]

    private static func unused(of provider: String, _ json: JSONValue) -> [String] {
        let place = "/providers/\(SafeText(provider, limit: 60))"
        func unused(_ json: JSONValue, at place: String, by api: JSONValue? = nil) -> [String] {
            var names = (json.object?.names ?? []).filter { ModelFields.unused.contains($0) }
            // These protocols have a few of their own, and refuse all others.
            let isStrict = api == "anthropic-messages" || api == "google-generative-ai"
            if isStrict, json["samplingParams"] != nil { names.append("samplingParams") }
            let flags = (json["compat"]?.object?.members ?? []).filter { !Dialect.takes($0) }
            return names.map { "\(place)/\($0)" }
                + flags.map { "\(place)/compat/\(SafeText($0.name, limit: 60))" }
        }
        let models = (json["models"]?.array ?? []).enumerated().flatMap {
            unused(
                $0.element, at: "\(place)/models/\($0.offset)",
                by: $0.element["api"] ?? json["api"])
        }
        let overrides = (json["modelOverrides"]?.object?.members ?? []).flatMap {
            unused(
                $0.value, at: "\(place)/modelOverrides/\(SafeText($0.name, limit: 60))",
                by: json["api"] ?? Provider.named(provider).map { .string($0.api.rawValue) })
        }
        return unused(json, at: place) + models + overrides
    }

    /// What is only misspelled must not be as if it were not there: the key would go elsewhere.
    private static func check(
        _ json: JSONValue, _ names: Set<String>, at place: String
    ) throws(Fault) {
        guard let object = json.object else {
            throw Fault(place: place, reason: "this is an object, not \(json.kind)")
        }
        for name in object.names where !names.contains(name) {
            let near = NearestWord.to(name, among: names.sorted())
            throw Fault(
                place: "\(place)/\(SafeText(name, limit: 60))",
                reason: "there is no such name" + (near.map { "; did you mean `\($0)`?" } ?? ""))
        }
        for (name, isRight) in [
            ("baseUrl", json["baseUrl"].map { $0.string != nil }),
            ("apiKey", json["apiKey"].map { $0.string != nil }),
            ("headers", json["headers"].map { $0.object != nil }),
            ("compat", json["compat"].map { $0.object != nil }),
            ("models", json["models"].map { $0.array != nil }),
            ("modelOverrides", json["modelOverrides"].map { $0.object != nil }),
            ("authHeader", json["authHeader"].map { $0.bool != nil }),
            ("thinkingLevelMap", json["thinkingLevelMap"].map { $0.object != nil }),
            ("samplingParams", json["samplingParams"].map { $0.object != nil }),
            ("reasoning", json["reasoning"].map { $0.bool != nil }),
            ("contextWindow", json["contextWindow"].map { $0.number?.int != nil }),
            ("maxTokens", json["maxTokens"].map { $0.number?.int != nil }),
            ("cost", json["cost"].map { $0.object != nil }),
            ("input", json["input"].map { $0.array != nil }),
        ] where isRight == false {
            throw Fault(
                place: "\(place)/\(name)", reason: "this can't be \(json[name]?.kind ?? "nothing")")
        }
    }

    private static func provider(_ id: String, _ json: JSONValue) throws(Fault) -> Added {
        try check(json, providerNames, at: "")
        let known = Provider.named(id)
        guard let address = json["baseUrl"]?.filled ?? known?.baseURL else {
            throw Fault(place: "/baseUrl", reason: "it is missing")
        }
        guard HTTPAddress(address) != nil else {
            throw Fault(place: "/baseUrl", reason: "this is no address of a server")
        }
        let said = try ModelFields.api(json["api"], at: "/api")
        let key = json["apiKey"]?.string
        let provider = Provider(
            id, said ?? known?.api ?? .openAICompletions, address, known?.keyVariables ?? [],
            catalogue: known?.catalogueID, needsKey: key != nil || known?.needsKey == true)
        let isBearer = json["authHeader"]?.bool == true
        try ModelFields.checkRouting(json["compat"], at: "/compat")
        var entries: [Catalogue.Entry] = []
        for (place, model) in (json["models"]?.array ?? []).enumerated() {
            let place = "/models/\(place)"
            try check(model, ModelFields.names.union(ModelFields.unused), at: place)
            guard let id = model["id"]?.filled else {
                throw Fault(place: "\(place)/id", reason: "it is missing")
            }
            let fields = try ModelFields(model, at: place)
            guard let spoken = fields.api ?? said ?? known?.api else {
                throw Fault(
                    place: "\(place)/api", reason: "neither the model nor its provider has one")
            }
            entries.append(
                Catalogue.Entry(
                    provider: provider, id: id, speaking: spoken,
                    at: fields.baseURL ?? provider.baseURL
                )
                .served(by: json["compat"], isBearer: isBearer)
                .with(fields, isBearer: isBearer))
        }
        var overrides: [String: ModelFields] = [:]
        for member in json["modelOverrides"]?.object?.members ?? [] {
            let place = "/modelOverrides/\(SafeText(member.name, limit: 60))"
            // Which model, and whose it is, is not said anew.
            let names = ModelFields.names.union(ModelFields.unused)
                .subtracting(["id", "api", "baseUrl"])
            try check(member.value, names, at: place)
            overrides[member.name] = try ModelFields(member.value, at: place)
        }
        if entries.isEmpty, known == nil {
            throw Fault(place: "/models", reason: "a provider that is not known needs models")
        }
        return Added(
            provider: provider, api: said, compat: json["compat"], isBearer: isBearer, key: key,
            headers: try Header.all(json["headers"], at: "/headers"), overrides: overrides,
            entries: entries)
    }
}

extension Dialect {
    /// What is so of a server or is not, by Pi's names.
    private static let names: Set<String> = [
        "supportsStore", "supportsDeveloperRole", "supportsReasoningEffort",
        "supportsUsageInStreaming", "supportsStrictMode", "requiresToolResultName",
        "requiresAssistantAfterToolResult", "requiresThinkingAsText", "supportsPromptCacheKey",
        "supportsLongCacheRetention", "requiresMistralToolIds", "forceAdaptiveThinking",
    ]

    /// Whether it is known, and can be said so.
    static func takes(_ flag: JSONObject.Member) -> Bool {
        switch flag.name {
        case "thinkingFormat": flag.value.string.flatMap(format) != nil
        case "maxTokensField": flag.value.string.flatMap(MaxTokensField.init) != nil
        case "cacheControlFormat": flag.value == "anthropic"
        case "anthropicVersion": flag.value.string.flatMap(AnthropicVersion.init) != nil
        case "openRouterRouting", "vercelGatewayRouting": flag.value.object != nil
        default: names.contains(flag.name) && flag.value.bool != nil
        }
    }

    /// `openai` is how it was said before.
    private static func format(_ word: String) -> ThinkingFormat? {
        ThinkingFormat(rawValue: word == "openai" ? "reasoning_effort" : word)
    }

    /// What a person knows better, by Pi's names.
    mutating func apply(_ compat: JSONValue) {
        func set(_ name: String, _ flag: inout Bool) {
            if let value = compat[name]?.bool { flag = value }
        }
        set("supportsStore", &supportsStore)
        set("supportsDeveloperRole", &supportsDeveloperRole)
        set("supportsUsageInStreaming", &supportsUsageInStreaming)
        set("supportsStrictMode", &supportsStrictMode)
        set("requiresToolResultName", &requiresToolResultName)
        set("requiresAssistantAfterToolResult", &requiresAssistantAfterToolResult)
        set("requiresThinkingAsText", &requiresThinkingAsText)
        set("supportsPromptCacheKey", &supportsPromptCacheKey)
        set("supportsReasoningEffort", &supportsReasoningEffort)
        set("supportsLongCacheRetention", &supportsLongCache)
        set("forceAdaptiveThinking", &forcesAdaptive)
        if let routing = compat["openRouterRouting"]?.object { openRouterRouting = routing }
        if let routing = compat["vercelGatewayRouting"]?.object { vercelGatewayRouting = routing }
        if let field = compat["maxTokensField"]?.string.flatMap(MaxTokensField.init) {
            maxTokensField = field
        }
        if let format = compat["thinkingFormat"]?.string.flatMap(Self.format) {
            thinkingFormat = format
        }
        if let version = compat["anthropicVersion"]?.string.flatMap(AnthropicVersion.init) {
            anthropicVersion = version
        }
        if compat["cacheControlFormat"]?.string == "anthropic" { marksCache = true }
        if compat["requiresMistralToolIds"]?.bool == true { callIDs = .mistral }
    }
}
