import PiJSON

/// The models that are known: of the snapshot in the program, or of a newer one, and those that a person added.
package struct Catalogue: Sendable {
    package struct Entry: Hashable, Sendable {
        package internal(set) var provider: Provider
        package let id: String
        package internal(set) var name: String
        package internal(set) var seesImages: Bool
        package internal(set) var reasons: Bool
        package let takesTemperature: Bool
        package let callsTools: Bool
        package let isDeprecated: Bool
        package internal(set) var contextWindow: Int
        package internal(set) var outputLimit: Int
        package internal(set) var prices: Prices?
        /// As the snapshot has them: `effort=low,high budget=1024,32000 toggle`.
        let reasoning: String
        package let released: String
        let api: API?
        /// Of one that a person added, all there is to know.
        var custom: Model?
        /// Of the model itself, beside those of its provider.
        package internal(set) var headers: [CustomModels.Header] = []

        package var reference: String { "\(provider.id)/\(id)" }
    }

    package let entries: [Entry]

    /// Of the program itself.
    package static func shipped() -> Catalogue { Catalogue(text: Snapshot.text.description) }

    package static var source: String { Snapshot.source }

    /// A line `@provider`, then a line a model; what a line does not hold is left out.
    package init(text: String) {
        var entries: [Entry] = []
        var provider: Provider?
        for line in text.split(separator: "\n") {
            if line.hasPrefix("@") {
                let name = line.dropFirst()
                provider = Provider.all.first { $0.catalogueID == name }
            } else if let provider, let entry = Entry(line, of: provider) {
                entries.append(entry)
            }
        }
        self.init(entries: entries)
    }

    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// With what a person added: of a name that was known, theirs counts; of a provider whose address is another, all of its
    /// models are asked there.
    package func adding(_ custom: CustomModels) -> Catalogue {
        var entries = entries
        for added in custom.providers {
            for place in entries.indices where entries[place].provider.id == added.provider.id {
                let served = entries[place].served(by: added)
                entries[place] =
                    added.overrides[served.id].map { served.with($0, isBearer: added.isBearer) }
                    ?? served
            }
            let names = Set(added.entries.map(\.reference))
            entries.removeAll { names.contains($0.reference) }
            entries += added.entries
        }
        return Catalogue(entries: entries)
    }
}

extension Catalogue.Entry {
    fileprivate init?(_ line: Substring, of provider: Provider) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        func field(_ place: Int) -> Substring { place < fields.count ? fields[place] : "" }
        guard fields.count >= 5, let window = Int(fields[3]), let limit = Int(fields[4]) else {
            return nil
        }
        self.provider = provider
        id = String(fields[0])
        name = String(fields[1])
        let flags = fields[2]
        seesImages = flags.contains("i")
        reasons = flags.contains("r")
        takesTemperature = flags.contains("t")
        callsTools = flags.contains("c")
        isDeprecated = flags.contains("d")
        contextWindow = window
        outputLimit = limit
        prices = Prices(field(5))
        reasoning = String(field(6))
        released = String(field(7))
        api = API(rawValue: String(field(8)))
        custom = nil
    }

    /// Of one that a person added; what its fields do not say is as Pi has it.
    init(provider: Provider, id: String, speaking api: API, at address: String) {
        self.provider = provider
        self.id = id
        name = id
        seesImages = false
        reasons = false
        takesTemperature = true
        callsTools = true
        isDeprecated = false
        contextWindow = 128_000
        outputLimit = 16_384
        prices = nil
        reasoning = ""
        released = ""
        self.api = api
        custom = Model(
            name: ModelName(api: api, provider: provider.id, model: id), baseURL: address,
            dialect: Dialect.known(api: api, baseURL: address, model: id))
    }

    /// The same at another address, and perhaps in another protocol.
    fileprivate func served(by added: CustomModels.Added) -> Catalogue.Entry {
        var entry = self
        entry.provider = added.provider
        entry.custom = entry.model(speaking: added.api ?? api ?? provider.api)
        return entry.served(by: added.compat, isBearer: added.isBearer)
    }

    func served(by compat: JSONValue?, isBearer: Bool) -> Catalogue.Entry {
        var model = model
        model.apply(compat, isBearer: isBearer)
        setReasoning(of: &model, isTold: false)
        var entry = self
        entry.custom = model
        return entry
    }

    /// Everything that a request needs to know.
    package var model: Model {
        custom ?? model(speaking: api ?? provider.api)
    }

    private func model(speaking spoken: API) -> Model {
        var dialect = Dialect.known(api: spoken, baseURL: provider.baseURL, model: id)
        dialect.sealsThoughts = reasons
        return Model(
            name: ModelName(api: spoken, provider: provider.id, model: id),
            baseURL: provider.baseURL, inputs: seesImages ? [.text, .image] : [.text],
            reasoning: reasons
                ? Reasoning(options: reasoning, for: spoken, dialect) : nil,
            contextWindow: contextWindow > 0 ? contextWindow : nil,
            outputLimit: outputLimit > 0 ? outputLimit : nil, allowsSampling: takesTemperature,
            dialect: dialect)
    }
}

extension Reasoning {
    /// From what a catalogue says a model can be told; nil if that is nothing that this protocol can say.
    init?(options: String, for api: API, _ dialect: Dialect) {
        var words: [ReasoningLevel: String] = [:]
        var off: String?
        var budget: (least: Int?, most: Int?)?
        for option in options.split(separator: " ") {
            if option.hasPrefix("effort=") {
                for word in option.dropFirst(7).split(separator: ",") {
                    let text = api == .googleGenerativeAI ? word.uppercased() : String(word)
                    if word == "none" { off = text }
                    if let level = ReasoningLevel(rawValue: String(word)) { words[level] = text }
                }
            } else if option.hasPrefix("budget=") {
                let bounds = option.dropFirst(7).split(
                    separator: ",", omittingEmptySubsequences: false)
                budget = (bounds.first.flatMap { Int($0) }, bounds.last.flatMap { Int($0) })
            }
        }
        switch api {
        case .anthropicMessages:
            // Those that know the highest level decide themselves; the older ones want a number.
            if words[.max] != nil {
                self = .adaptive(words)
            } else {
                self = .budgets(Self.budgets(budget?.least, budget?.most), off: nil)
            }
        case .googleGenerativeAI:
            if !words.isEmpty {
                self = .words(words, off: off)
            } else if let budget {
                let canStop = budget.least == 0 || budget.least == nil
                self = .budgets(Self.budgets(budget.least, budget.most), off: canStop ? 0 : nil)
            } else {
                return nil
            }
        case .openAICompletions, .openAIResponses:
            guard !words.isEmpty || dialect.thinkingFormat != .openai else { return nil }
            self = .words(words, off: off)
        }
    }

    private static func budgets(_ least: Int?, _ most: Int?) -> [ReasoningLevel: Int] {
        let usual: [ReasoningLevel: Int] = [
            .minimal: 1024, .low: 2048, .medium: 8192, .high: 16384, .xhigh: 32768,
        ]
        return usual.mapValues { min(max($0, least ?? 0), most ?? Int.max) }
    }
}
