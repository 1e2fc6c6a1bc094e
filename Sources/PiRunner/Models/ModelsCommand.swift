import PiAI
import PiJSON
import PiSystem

/// `pi-runner models` and `models show`.
enum ModelsCommand {
    static let command = Command(
        name: "models",
        summary: "list the models that are known",
        about: [
            """
            Of the providers for which there is a key; with --all, of every one. Prices are dollars a million tokens. The \
            list is a snapshot: a model that is not in it can be asked as `provider/id` all the same.
            """
        ],
        operands: [
            .init(
                name: "SEARCH", count: .optional, summary: "only those whose name contains it",
                value: .text)
        ],
        options: [
            .init(
                name: "all", short: "a", argument: .none,
                summary: "also those for which there is no key")
        ],
        examples: [
            .init(line: "pi-runner models", summary: "what can I ask?"),
            .init(line: "pi-runner models --all sonnet", summary: "who has it?"),
        ],
        exitCodes: [],
        result: [
            .init(name: "source", schema: ["type": "string"]),
            .init(name: "models", schema: ["type": "array", "items": ["type": "object"]]),
        ],
        perform: { try list($0) })

    static let show = Command(
        name: "models show",
        summary: "show what is known of a model",
        about: ["What it takes, what it costs, where it is asked and with which key."],
        operands: [
            .init(
                name: "MODEL", count: .one, summary: "`provider/id`, or a part of it", value: .text)
        ],
        options: [],
        examples: [.init(line: "pi-runner models show opus", summary: "which one is that?")],
        exitCodes: [],
        result: [
            .init(name: "model", schema: ["type": ["object", "null"]])
        ],
        perform: { try show($0) })

    private static func list(_ arguments: Arguments) throws -> Outcome {
        let known = try KnownModels.load()
        let keys = try KeyStore.open(known)
        let search = arguments.operands.first?.text.lowercased()
        var hasKey: [String: Bool] = [:]
        let chosen = known.catalogue.entries.filter { entry in
            let provider = entry.provider
            let usable = hasKey[provider.id] ?? keys.has(provider)
            hasKey[provider.id] = usable
            guard usable || arguments.has("all") else { return false }
            guard let search else { return !entry.isDeprecated }
            return entry.reference.lowercased().contains(search)
                || entry.name.lowercased().contains(search)
        }
        var page = Layout(columns: Console.columns)
        page.rows(chosen.map { ($0.reference, phrase($0)) })
        if chosen.isEmpty {
            page.line(
                search == nil
                    ? "There is no key for any provider: `pi-runner auth set PROVIDER`, or its variable."
                    : "No model of that name is known\(arguments.has("all") ? "" : " for which there is a key; --all shows the others")."
            )
        }
        return Outcome(
            exit: .ok, text: page.text,
            fields: [
                .init(name: "source", value: .string(Catalogue.source)),
                .init(name: "models", value: .array(chosen.map(json))),
            ], diagnostics: known.warnings + known.notes, isPaged: true)
    }

    private static func phrase(_ entry: Catalogue.Entry) -> String {
        var words = [Self.count(entry.contextWindow)]
        if let price = entry.prices?.base {
            words.append("$\(million(price.input)) in, $\(million(price.output)) out")
        } else {
            words.append("price unknown")
        }
        if entry.seesImages { words.append("pictures") }
        if entry.reasons { words.append("thinks") }
        if !entry.callsTools { words.append("no tools") }
        if entry.isDeprecated { words.append("deprecated") }
        if entry.model.searchesByItself { words.append("searches by itself: never asked") }
        return words.joined(separator: ", ")
    }

    private static func million(_ money: Money) -> String {
        Money(picodollars: money.picodollars * 1_000_000).dollars
    }

    /// `200k`, `1M`.
    private static func count(_ tokens: Int) -> String {
        switch tokens {
        case 0: "size unknown"
        case 1_000_000...: "\(tokens / 1_000_000)M"
        case 1_000...: "\(tokens / 1_000)k"
        default: "\(tokens)"
        }
    }

    private static func json(_ entry: Catalogue.Entry) -> JSONValue {
        var object = JSONObject()
        object["id"] = .string(entry.reference)
        object["name"] = .string(entry.name)
        object["api"] = .string(entry.model.name.api.rawValue)
        object["context"] = .number(JSONNumber(entry.contextWindow))
        object["output"] = .number(JSONNumber(entry.outputLimit))
        object["images"] = .bool(entry.seesImages)
        object["reasoning"] = .bool(entry.reasons)
        object["tools"] = .bool(entry.callsTools)
        object["deprecated"] = .bool(entry.isDeprecated)
        object["released"] = .string(entry.released)
        object["price"] =
            entry.prices.map { prices in
                var price = JSONObject()
                price["input"] = .string(million(prices.base.input))
                price["output"] = .string(million(prices.base.output))
                price["cache_read"] = prices.base.cacheRead.map { .string(million($0)) } ?? .null
                price["cache_write"] = prices.base.cacheWrite.map { .string(million($0)) } ?? .null
                return .object(price)
            } ?? .null
        return .object(object)
    }

    private static func show(_ arguments: Arguments) throws -> Outcome {
        let known = try KnownModels.load()
        let keys = try KeyStore.open(known)
        let typed = ModelAlias.meaning(
            of: arguments.operands[0].text, try PolicyStore.here().settings(), known, keys)
        switch ModelPattern(typed).find(in: known.catalogue, preferred: { keys.has($0) }) {
        case .entry(let entry, _):
            var page = Layout(columns: Console.columns)
            page.paragraph("\(entry.reference): \(entry.name)")
            page.section("What it is", rows(entry))
            page.section("How it is asked", asked(entry, keys))
            return Outcome(
                exit: .ok, text: page.text,
                fields: [.init(name: "model", value: json(entry))])
        case .unlisted(let provider, let id, _):
            return unknown(
                "\(provider.id) has no model `\(SafeText(id, limit: 80))` that is known here",
                "it can be asked all the same, if it is newer than the list")
        case .nothing(let near):
            return unknown(
                "no model is known by `\(SafeText(typed, limit: 80))`",
                near.isEmpty
                    ? "`pi-runner models --all` lists them"
                    : "is it one of \(near.joined(separator: ", "))?")
        }
    }

    private static func unknown(_ message: String, _ help: String) -> Outcome {
        Outcome(
            exit: .failed, text: "", fields: [.init(name: "model", value: .null)],
            diagnostics: [Diagnostic(severity: .error, message: message, help: help)])
    }

    private static func rows(_ entry: Catalogue.Entry) -> [(String, String)] {
        var rows = [
            ("context", "\(entry.contextWindow) tokens"), ("answer", "\(entry.outputLimit) tokens"),
            ("takes", entry.seesImages ? "text, pictures" : "text"),
            ("tools", entry.callsTools ? "yes" : "no"),
            ("thinking", entry.reasons ? "yes" : "no"), ("released", entry.released),
        ]
        guard let prices = entry.prices else { return rows + [("price", "unknown")] }
        rows.append(("price", phrase(prices.base)))
        for tier in prices.tiers {
            rows.append(("above \(count(tier.above))", phrase(tier.price)))
        }
        return rows
    }

    private static func phrase(_ price: Price) -> String {
        let more = [("read from the cache", price.cacheRead), ("written to it", price.cacheWrite)]
            .compactMap { name, money in money.map { ", $\(million($0)) \(name)" } }
        return
            "$\(million(price.input)) in, $\(million(price.output)) out\(more.joined()), a million tokens"
    }

    private static func asked(
        _ entry: Catalogue.Entry, _ keys: KeyStore
    ) -> [(String, String)] {
        let model = entry.model
        let wanted = entry.provider.keyVariables.joined(separator: " or ")
        return [
            ("protocol", model.name.api.rawValue), ("address", model.baseURL),
            (
                "key",
                keys.origin(of: entry.provider)
                    ?? (entry.provider.needsKey ? "none; set \(wanted)" : "needs none")
            ),
        ]
    }
}
