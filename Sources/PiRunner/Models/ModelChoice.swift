import PiAI
import PiJSON
import PiPolicy
import PiSystem

/// The model that was asked for, with what is needed to ask it.
struct ModelChoice {
    var model: Model
    let key: KeyStore.Key?
    let prices: Prices?
    let level: ReasoningLevel?
    /// What answers instead of a provider.
    private(set) var script: Script?
    /// By what it is found again, whatever is in the settings then; nil for a server that was named by its address.
    private(set) var again: String?
    /// What stands in no record.
    var secrets: [Secret] { (key.map { [$0.secret] } ?? []) + model.headerSecrets }
    /// Of the files that were read for it.
    private(set) var warnings: [Diagnostic] = []

    /// Options that every command has that asks a model.
    static let options: [Command.Option] = [
        .init(
            name: "model", short: "m", argument: .required("MODEL", .text),
            summary: "`provider/id`, or a part of it, with `:level` behind it for thinking"),
        .init(
            name: "base-url", short: nil, argument: .required("URL", .text),
            summary: "a server of your own; needs --api"),
        .init(
            name: "api", short: nil,
            argument: .required("API", .words(API.allCases.map(\.rawValue))),
            summary: "the protocol of that server"),
        .init(
            name: "api-key-env", short: nil, argument: .required("NAME", .text),
            summary: "the variable that holds the key"),
    ]

    struct Refused: Error {
        let exit: ExitCode
        let diagnostics: [Diagnostic]

        init(_ exit: ExitCode, _ message: String, help: String?) {
            self.exit = exit
            diagnostics = [Diagnostic(severity: .error, message: message, help: help)]
        }

        init(diagnostics: [Diagnostic]) {
            exit = .policyInvalid
            self.diagnostics = diagnostics
        }
    }

    /// `named` is a model that was typed elsewhere than behind --model; `instead` counts more than both, and `otherwise` is who is
    /// asked if nobody was typed.
    init(
        _ arguments: Arguments, named operand: RawText? = nil, instead: String? = nil,
        otherwise: String? = nil
    ) throws {
        let typed = instead ?? (arguments.value(of: "model") ?? operand)?.utf8 ?? otherwise
        if let typed, let (model, script) = try ScriptFile.named(typed) {
            self.init(model: model, key: nil, prices: nil, level: nil)
            self.script = script
            again = typed
            return
        }
        let known = try KnownModels.load()
        let keys = try KeyStore.open(known)
        if instead == nil, let address = arguments.value(of: "base-url")?.utf8 {
            self = try Self.server(address, typed, arguments, keys)
        } else {
            if instead == nil, arguments.has("api") {
                throw Refused(
                    .usage, "`--api` says how a server speaks, and none was named",
                    help: "name it with --base-url URL")
            }
            // A key that was named is for the model that was chosen, and for no other one's provider.
            let keyVariable = instead == nil ? arguments.value(of: "api-key-env")?.utf8 : nil
            self = try Self.known(typed, keyVariable, keys, known)
            again = model.name.reference + (level.map { ":\($0.rawValue)" } ?? "")
        }
        warnings = known.warnings
        guard !model.searchesByItself else {
            throw Refused(
                .denied,
                "\(SafeText(model.name.reference, limit: 100)) searches at its provider for every answer, and nothing is asked for that a provider does by itself",
                help: "name another model: `pi-runner models` lists them")
        }
        try checkCeiling()
        try VertexPlace.move(&model, for: key)
    }

    private init(model: Model, key: KeyStore.Key?, prices: Prices?, level: ReasoningLevel?) {
        self.model = model
        self.key = key
        self.prices = prices
        self.level = level
    }

    // MARK: - A server without configuration

    private static func server(
        _ address: String, _ typed: String?, _ arguments: Arguments, _ keys: KeyStore
    ) throws -> ModelChoice {
        guard let api = arguments.value(of: "api")?.utf8.flatMap(API.init(rawValue:)) else {
            throw Refused(
                .usage, "`--base-url` needs to know how that server speaks",
                help: "add --api: one of \(API.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let typed, !typed.isEmpty else {
            throw Refused(
                .usage, "`--base-url` needs the name of a model there", help: "add --model ID")
        }
        let dialect = Dialect.known(api: api, baseURL: address, model: typed)
        let name = ModelName(api: api, provider: "custom", model: typed)
        let model = Model(
            name: name, baseURL: address,
            reasoning: Reasoning.usual(for: api, version: dialect.anthropicVersion),
            dialect: dialect)
        if let fault = model.addressFault {
            throw Refused(.usage, fault, help: "write it like https://HOST/v1")
        }
        let named = arguments.value(of: "api-key-env")?.utf8
        // Neither a server on this machine nor one that a key could be read on its way to is sent one that nobody named.
        let isSent = model.isEncrypted && !model.isOnLoopback
        let variable = named ?? (isSent ? api.usualKeyVariable : nil)
        let key = try variable.flatMap { try keys.key(named: $0) }
        if key == nil, let variable {
            throw Refused(
                .usage,
                "there is no key for \(SafeText(address, limit: 100)): \(variable) is not set",
                help: "set it, or name another variable with --api-key-env")
        }
        return ModelChoice(model: model, key: key, prices: nil, level: nil)
    }

    // MARK: - One of the catalogue

    private static func known(
        _ typed: String?, _ named: String?, _ keys: KeyStore, _ known: KnownModels
    ) throws -> ModelChoice {
        // What is wrong there may be where a key was meant to go.
        guard known.warnings.isEmpty else {
            throw Refused(diagnostics: known.warnings.map { $0.raised(to: .error) })
        }
        let settings = try PolicyStore.here().settings()
        let chosen = typed ?? settings?.model
        guard let chosen, !chosen.isEmpty else { throw noModel(keys, known) }
        let typed = ModelAlias.meaning(of: chosen, settings, known, keys)
        let found = ModelPattern(typed).find(in: known.catalogue) { keys.has($0) }
        let provider: Provider
        let choice: ModelChoice
        var headers: [CustomModels.Header] = []
        switch found {
        case .entry(let entry, let level):
            provider = entry.provider
            headers = entry.headers
            choice = ModelChoice(
                model: entry.model, key: nil, prices: entry.prices, level: level)
        case .unlisted(let named, let id, let level):
            let added = known.added(named)
            provider = added?.provider ?? named
            choice = ModelChoice(
                model: added?.model(id) ?? provider.model(id), key: nil, prices: nil, level: level)
        case .nothing(let near):
            if let added = known.custom.providers.first(where: {
                typed.hasPrefix("\($0.provider.id)/")
            }) {
                throw Refused(
                    .usage, "\(added.provider.id) has no model of that name in models.json",
                    help: "it has \(added.entries.map(\.id).joined(separator: ", "))")
            }
            throw Refused(
                .usage, "no model is known by `\(SafeText(typed, limit: 80))`",
                help: near.isEmpty
                    ? "`pi-runner models` lists them; of a server of your own: --base-url"
                    : "is it one of \(near.joined(separator: ", "))?")
        }
        let key = try named.map { try keys.key(named: $0) } ?? keys.key(of: provider)
        if key == nil, provider.needsKey || named != nil {
            let places = named.map { [$0] } ?? provider.keyVariables
            throw Refused(
                .usage, "there is no key for \(provider.id)",
                help: places.isEmpty
                    ? "pi-runner auth set \(provider.id)"
                    : "set \(places.joined(separator: " or ")), or: pi-runner auth set \(provider.id)"
            )
        }
        var model = choice.model
        for header in (known.added(provider)?.headers ?? []) + headers {
            let value = try String(decoding: KeyText(header.value).bytes(), as: UTF8.self)
            guard let line = HTTPHeader(name: header.name, value: value) else {
                throw Refused(
                    .usage,
                    "the header \(SafeText(header.name, limit: 60)) of \(provider.id) is none",
                    help: "look at models.json")
            }
            // What is said of a model counts more than what is said of its provider.
            model.headers.removeAll { $0.name.lowercased() == line.name.lowercased() }
            model.headers.append(line)
        }
        return ModelChoice(model: model, key: key, prices: choice.prices, level: choice.level)
    }

    /// With the models for which a key is there.
    private static func noModel(_ keys: KeyStore, _ known: KnownModels) -> Refused {
        let usable = known.providers.filter { $0.needsKey && keys.has($0) }
        let catalogue = known.catalogue
        let newest = usable.compactMap { provider in
            catalogue.entries.filter {
                $0.provider == provider && $0.callsTools && !$0.isDeprecated
            }
            .max { $0.released < $1.released }?.reference
        }
        return Refused(
            .usage, "no model was named",
            help: newest.isEmpty
                ? "add --model, and a key: `pi-runner auth set PROVIDER`, or its variable such as ANTHROPIC_API_KEY"
                : "add --model, such as \(newest.joined(separator: ", "))")
    }

    // MARK: - What the host allows

    /// On a host with a ceiling nobody asks a model that it does not allow.
    private func checkCeiling() throws {
        guard let allowed = try PolicyStore.here().modelsOfCeiling() else { return }
        let reference = model.name.reference
        if let known = Provider.named(model.name.provider), known.baseURL != model.baseURL {
            // A name is worth what its address is.
            throw Refused(
                .denied, "this host does not allow \(known.id) at another address",
                help: "its ceiling names models, and they are at \(known.baseURL)")
        }
        guard !allowed.contains(where: { Self.matches(reference, $0) }) else { return }
        throw Refused(
            .denied, "this host does not allow the model \(SafeText(reference, limit: 100))",
            help: "it allows \(allowed.joined(separator: ", ")) (/etc/pi-runner/ceiling.yaml)")
    }

    /// A `*` stands for anything.
    static func matches(_ name: String, _ pattern: String) -> Bool {
        let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return name == pattern }
        guard name.hasPrefix(pieces[0]), name.utf8.count >= pieces[0].utf8.count else {
            return false
        }
        var rest = name.dropFirst(pieces[0].count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let place = rest.firstRange(of: piece) else { return false }
            rest = rest[place.upperBound...]
        }
        return rest.hasSuffix(pieces[pieces.count - 1])
    }
}

extension PolicyStore {
    /// The patterns of models that the host's ceiling allows; nil if it says nothing of them.
    func modelsOfCeiling() throws -> [String]? {
        var diagnostics: [Diagnostic] = []
        guard let ceiling = try ceiling(&diagnostics) else { return nil }
        guard let loaded = ceiling.policy else {
            throw ModelChoice.Refused(diagnostics: diagnostics)
        }
        guard case .list(let patterns)? = loaded.value.value(at: ["model", "allow"])?.content else {
            return nil
        }
        return patterns.compactMap(\.text)
    }
}
