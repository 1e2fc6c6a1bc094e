import PiJSON

/// What `models.json` says of one model: of a new one all there is to know, of a known one what is otherwise.
struct ModelFields: Sendable {
    let name: String?
    let api: API?
    let baseURL: String?
    let reasons: Bool?
    /// The provider's own word for a level; nil for a level that the model does not have.
    let levels: [ReasoningLevel: String?]
    let seesImages: Bool?
    let contextWindow: Int?
    let outputLimit: Int?
    let cost: JSONValue?
    let sampling: JSONObject
    let headers: [CustomModels.Header]
    let compat: JSONValue?

    struct Fault: Error {
        let place: String
        let reason: String
    }

    /// Pi's names.
    static let names: Set<String> = [
        "id", "name", "api", "baseUrl", "reasoning", "input", "cost", "contextWindow", "maxTokens",
        "headers", "compat", "thinkingLevelMap", "samplingParams",
    ]
    /// Pi's, too, of which nothing depends here.
    static let unused: Set<String> = ["promptCache", "fallbacks", "imageLimits", "kind"]

    init(_ json: JSONValue, at place: String) throws(Fault) {
        name = json["name"]?.filled
        api = try Self.api(json["api"], at: "\(place)/api")
        baseURL = json["baseUrl"]?.filled
        if let baseURL, HTTPAddress(baseURL) == nil {
            throw Fault(place: "\(place)/baseUrl", reason: "this is no address of a server")
        }
        reasons = json["reasoning"]?.bool
        levels = try Self.levels(json["thinkingLevelMap"], at: "\(place)/thinkingLevelMap")
        seesImages = json["input"]?.array?.contains("image")
        contextWindow = json["contextWindow"]?.count
        outputLimit = json["maxTokens"]?.count
        cost = json["cost"]
        try Self.checkCost(cost, at: "\(place)/cost")
        sampling = try Self.sampling(json["samplingParams"], at: "\(place)/samplingParams")
        headers = try CustomModels.Header.all(json["headers"], at: "\(place)/headers")
        compat = json["compat"]
        try Self.checkRouting(compat, at: "\(place)/compat")
    }

    /// Which of the providers behind a gateway may serve, and nothing else.
    ///
    /// What a gateway takes there beside could name other models, or hold keys.
    private static let routing: [String: Set<String>] = [
        "openRouterRouting": [
            "only", "order", "ignore", "allow_fallbacks", "require_parameters", "data_collection",
            "zdr", "enforce_distillable_text", "quantizations", "sort", "max_price",
            "preferred_min_throughput", "preferred_max_latency",
        ],
        "vercelGatewayRouting": ["only", "order"],
    ]

    static func checkRouting(_ compat: JSONValue?, at place: String) throws(Fault) {
        for (flag, names) in routing {
            for name in compat?[flag]?.object?.names ?? [] where !names.contains(name) {
                throw Fault(
                    place: "\(place)/\(flag)/\(SafeText(name, limit: 60))",
                    reason: "that is none of \(names.sorted().joined(separator: ", "))")
            }
        }
    }

    /// A price that is not read would be one that no budget counts.
    private static func checkCost(_ json: JSONValue?, at place: String) throws(Fault) {
        func check(_ json: JSONValue, _ more: Set<String>, _ place: String) throws(Fault) {
            for member in json.object?.members ?? [] where !more.contains(member.name) {
                let here = "\(place)/\(SafeText(member.name, limit: 60))"
                guard ["input", "output", "cacheRead", "cacheWrite"].contains(member.name) else {
                    throw Fault(place: here, reason: "there is no such price")
                }
                guard member.value.number.flatMap({ Money(aMillion: $0.text) }) != nil else {
                    throw Fault(
                        place: here, reason: "this is dollars a million tokens, such as 0.25")
                }
            }
        }
        guard let json else { return }
        try check(json, ["tiers"], place)
        guard let tiers = json["tiers"] else { return }
        for (number, tier) in (tiers.array ?? [tiers]).enumerated() {
            let here = "\(place)/tiers/\(number)"
            guard tiers.array != nil, tier.object != nil,
                tier["inputTokensAbove"]?.number?.int ?? -1 >= 0
            else { throw Fault(place: here, reason: "a tier begins at its `inputTokensAbove`") }
            try check(tier, ["inputTokensAbove"], here)
        }
    }

    static func api(_ json: JSONValue?, at place: String) throws(Fault) -> API? {
        guard let json else { return nil }
        guard let api = json.string.flatMap(API.init(rawValue:)) else {
            throw Fault(
                place: place,
                reason: "it is one of \(API.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return api
    }

    private static func levels(
        _ json: JSONValue?, at place: String
    ) throws(Fault) -> [ReasoningLevel: String?] {
        var levels: [ReasoningLevel: String?] = [:]
        for member in json?.object?.members ?? [] {
            guard let level = ReasoningLevel(rawValue: member.name) else {
                throw Fault(
                    place: "\(place)/\(SafeText(member.name, limit: 60))",
                    reason:
                        "there is no such level; there are \(ReasoningLevel.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            guard member.value.string != nil || member.value == .null else {
                throw Fault(
                    place: "\(place)/\(level.rawValue)",
                    reason: "this is the provider's word for it, or null if there is no such level")
            }
            levels[level] = .some(member.value.string)
        }
        return levels
    }

    /// How an answer is drawn by lot, by the names of the servers that there are.
    ///
    /// Others could be anything, a search that the provider would do among them.
    private static let samplingNames: Set<String> = [
        "temperature", "top_p", "top_k", "top_a", "min_p", "typical_p", "tfs_z", "seed",
        "presence_penalty", "frequency_penalty", "repetition_penalty", "repeat_penalty",
        "repeat_last_n", "length_penalty", "min_tokens", "mirostat", "mirostat_tau",
        "mirostat_eta", "dry_multiplier", "dry_base", "dry_allowed_length", "xtc_probability",
        "xtc_threshold", "dynatemp_range", "dynatemp_exponent",
    ]

    private static func sampling(
        _ json: JSONValue?, at place: String
    ) throws(Fault) -> JSONObject {
        let object = json?.object ?? JSONObject()
        for member in object.members {
            let shown = SafeText(member.name, limit: 60)
            guard samplingNames.contains(member.name) else {
                throw Fault(
                    place: "\(place)/\(shown)",
                    reason: "that is no name of how an answer is drawn that is known here")
            }
            guard member.value.number != nil || member.value.bool != nil else {
                throw Fault(
                    place: "\(place)/\(shown)", reason: "this can't be \(member.value.kind)")
            }
        }
        return object
    }
}

extension Catalogue.Entry {
    /// With what is said of it.
    func with(_ fields: ModelFields, isBearer: Bool) -> Catalogue.Entry {
        var entry = self
        if let name = fields.name { entry.name = name }
        if let seesImages = fields.seesImages { entry.seesImages = seesImages }
        if let window = fields.contextWindow { entry.contextWindow = window }
        if let limit = fields.outputLimit { entry.outputLimit = limit }
        if let cost = fields.cost { entry.prices = Prices(cost, over: prices) }
        if let reasons = fields.reasons { entry.reasons = reasons }
        var model = model
        model.inputs = entry.seesImages ? [.text, .image] : [.text]
        model.contextWindow = entry.contextWindow > 0 ? entry.contextWindow : nil
        model.outputLimit = entry.outputLimit > 0 ? entry.outputLimit : nil
        if let baseURL = fields.baseURL { model.baseURL = baseURL }
        model.sampling.take(fields.sampling)
        model.apply(fields.compat, isBearer: isBearer)
        let isTold = fields.reasons == true || !fields.levels.isEmpty
        entry.setReasoning(of: &model, isTold: isTold)
        model.reasoning = model.reasoning?.calling(fields.levels)
        entry.custom = model
        entry.headers += fields.headers
        return entry
    }
}

extension Model {
    /// What a person knows better, by Pi's names.
    ///
    /// - Parameter isBearer: the key goes where most servers look for it, whatever the version has.
    mutating func apply(_ compat: JSONValue?, isBearer: Bool) {
        let wasUsual =
            reasoning == Reasoning.usual(for: name.api, version: dialect.anthropicVersion)
        compat.map { dialect.apply($0) }
        credential =
            isBearer
            ? .bearer : Credential.usual(for: name.api, version: dialect.anthropicVersion)
        // One that nobody knows is told as the version has it.
        if wasUsual { reasoning = usualReasoning }
    }

    /// As a model is told of which nothing is known.
    fileprivate var usualReasoning: Reasoning {
        let isAdaptive = name.api == .anthropicMessages && dialect.forcesAdaptive
        return Reasoning.usual(
            for: name.api, version: isAdaptive ? .v2026 : dialect.anthropicVersion)
    }
}

extension Catalogue.Entry {
    /// How it is told how much to think, now that it is known whom it is told to.
    ///
    /// - Parameter isTold: whether somebody says so, and it is not only what the catalogue has.
    func setReasoning(of model: inout Model, isTold: Bool) {
        guard reasons else {
            model.reasoning = nil
            return
        }
        let api = model.name.api
        if model.reasoning == nil, !reasoning.isEmpty {
            model.reasoning = Reasoning(options: reasoning, for: api, model.dialect)
        }
        if model.reasoning == nil, isTold { model.reasoning = model.usualReasoning }
        if api == .anthropicMessages, model.dialect.forcesAdaptive, case .budgets? = model.reasoning
        {
            model.reasoning = model.usualReasoning
        }
    }
}

extension Reasoning {
    /// With other words for levels, or without them.
    func calling(_ levels: [ReasoningLevel: String?]) -> Reasoning {
        var words: [ReasoningLevel: String] = [:]
        switch self {
        case .words(let known, _), .adaptive(let known): words = known
        case .budgets(var budgets, var off):
            // A number of tokens has no word; what is none takes the level away.
            for (level, word) in levels {
                let tokens = word.flatMap { Int($0) }.map { min(max(0, $0), 1 << 40) }
                if level == .off {
                    off = word == nil ? nil : tokens ?? off
                } else if word == nil || tokens != nil {
                    budgets[level] = tokens
                }
            }
            return .budgets(budgets, off: off)
        }
        for (level, word) in levels where level != .off { words[level] = word }
        guard case .words(_, let off) = self else { return .adaptive(words) }
        return .words(words, off: levels[.off] ?? off)
    }
}

extension Prices {
    /// By Pi's names, a million tokens each; what is not said is as it was.
    ///
    /// Nil if what goes in or comes out has no price then.
    init?(_ json: JSONValue, over known: Prices?) {
        guard let base = Price(json, over: known?.base) else { return nil }
        let tiers = json["tiers"]?.array?.compactMap { tier -> Tier? in
            guard let above = tier["inputTokensAbove"]?.count else { return nil }
            return Price(tier, over: base).map { Tier(above: above, price: $0) }
        }
        self.init(base: base, tiers: tiers ?? known?.tiers ?? [])
    }
}

extension Price {
    fileprivate init?(_ json: JSONValue, over known: Price?) {
        func money(_ name: String) -> Money? {
            (json[name]?.number?.text).flatMap { Money(aMillion: $0) }
        }
        guard let input = money("input") ?? known?.input,
            let output = money("output") ?? known?.output
        else { return nil }
        self.init(
            input: input, output: output, cacheRead: money("cacheRead") ?? known?.cacheRead,
            cacheWrite: money("cacheWrite") ?? known?.cacheWrite)
    }
}
