package import PiJSON

/// Providers and models that a person added, in the format of Pi's `models.json`.
package struct CustomModels: Sendable {
    package struct Added: Sendable {
        package let provider: Provider
        /// Of all its models, where that is said.
        let api: API?
        let compat: JSONValue?
        /// What stands for the key, in the syntax of keys.
        package let key: String?
        /// Of the provider itself, each with what stands for its value.
        package let headers: [(name: String, value: String)]
        package let entries: [Catalogue.Entry]
    }

    package let providers: [Added]
    /// What is wrong, each with its place; what is right counts all the same.
    package let faults: [String]

    package init(_ json: JSONValue) {
        var providers: [Added] = []
        var faults: [String] = []
        guard let members = json["providers"]?.object?.members else {
            self.providers = []
            self.faults = ["/providers: this is an object of providers"]
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
    }

    private struct Fault: Error {
        let place: String
        let reason: String
    }

    /// Pi's names; those that mean nothing here are no mistakes.
    private static let providerNames: Set<String> = [
        "name", "baseUrl", "api", "apiKey", "headers", "authHeader", "compat", "models",
        "modelOverrides",
    ]
    private static let modelNames: Set<String> = [
        "id", "name", "api", "baseUrl", "reasoning", "input", "cost", "contextWindow", "maxTokens",
        "headers", "compat", "thinkingLevelMap", "samplingParams", "promptCache", "fallbacks",
        "imageLimits", "kind",
    ]

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
        let api = try self.api(json["api"], at: "/api") ?? known?.api
        let models = json["models"]?.array ?? []
        let key = json["apiKey"]?.string
        let provider = Provider(
            id, api ?? .openAICompletions, address, known?.keyVariables ?? [],
            needsKey: key != nil || known?.needsKey == true)
        var entries: [Catalogue.Entry] = []
        for (place, model) in models.enumerated() {
            entries.append(try entry(model, of: provider, api, json, at: "/models/\(place)"))
        }
        if models.isEmpty, known == nil {
            throw Fault(place: "/models", reason: "a provider that is not known needs models")
        }
        return Added(
            provider: provider, api: try self.api(json["api"], at: "/api"), compat: json["compat"],
            key: key,
            headers: (json["headers"]?.object?.members ?? []).compactMap { header in
                header.value.string.map { (header.name, $0) }
            }, entries: entries)
    }

    private static func api(_ json: JSONValue?, at place: String) throws(Fault) -> API? {
        guard let json else { return nil }
        guard let api = json.string.flatMap(API.init(rawValue:)) else {
            throw Fault(
                place: place,
                reason: "it is one of \(API.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return api
    }

    private static func entry(
        _ json: JSONValue, of provider: Provider, _ api: API?, _ whole: JSONValue, at place: String
    ) throws(Fault) -> Catalogue.Entry {
        try check(json, modelNames, at: place)
        guard let id = json["id"]?.filled else {
            throw Fault(place: "\(place)/id", reason: "it is missing")
        }
        guard let spoken = try self.api(json["api"], at: "\(place)/api") ?? api else {
            throw Fault(place: "\(place)/api", reason: "neither the model nor its provider has one")
        }
        var dialect = Dialect.known(api: spoken, baseURL: provider.baseURL, model: id)
        for compat in [whole["compat"], json["compat"]].compactMap({ $0 }) { dialect.apply(compat) }
        let window = json["contextWindow"]?.count ?? 128_000
        let output = json["maxTokens"]?.count ?? 16_384
        let reasons = json["reasoning"]?.bool ?? false
        let images = json["input"]?.array?.contains("image") ?? false
        return Catalogue.Entry(
            provider: provider, id: id, name: json["name"]?.string ?? id, seesImages: images,
            reasons: reasons, contextWindow: window, outputLimit: output,
            prices: prices(json["cost"]),
            custom: Model(
                name: ModelName(api: spoken, provider: provider.id, model: id),
                baseURL: provider.baseURL, inputs: images ? [.text, .image] : [.text],
                reasoning: reasons
                    ? Reasoning.usual(for: spoken, version: dialect.anthropicVersion) : nil,
                contextWindow: window, outputLimit: output, dialect: dialect))
    }

    private static func prices(_ json: JSONValue?) -> Prices? {
        func money(_ name: String) -> Money? {
            (json?[name]?.number?.text).flatMap { Money(aMillion: $0) }
        }
        guard let input = money("input"), let output = money("output") else { return nil }
        return Prices(
            base: Price(
                input: input, output: output, cacheRead: money("cacheRead"),
                cacheWrite: money("cacheWrite")))
    }
}

extension Dialect {
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
        if let field = compat["maxTokensField"]?.string.flatMap(MaxTokensField.init) {
            maxTokensField = field
        }
        if let format = compat["thinkingFormat"]?.string.flatMap(ThinkingFormat.init) {
            thinkingFormat = format
        }
        if let version = compat["anthropicVersion"]?.string.flatMap(AnthropicVersion.init) {
            anthropicVersion = version
        }
        if compat["requiresMistralToolIds"]?.bool == true { callIDs = .mistral }
    }
}
