package import PiJSON

/// Reads a list of models in the shape of models.dev into the lines of a catalogue.
package enum ModelsDev {
    /// Why something is no such list.
    package struct Wrong: Error, Hashable, Sendable {
        package let reason: String
    }

    /// They speak what is not spoken here yet.
    private static let otherProtocols: Set<String> = [
        "@ai-sdk/google-vertex/anthropic", "@ai-sdk/amazon-bedrock/mantle",
    ]
    private static let protocols: [String: API] = [
        "@ai-sdk/anthropic": .anthropicMessages, "@ai-sdk/openai": .openAIResponses,
        "@ai-sdk/google": .googleGenerativeAI,
    ]

    /// The lines of the providers that are known here; the providers stand in `providers`, or are the whole.
    package static func lines(of json: JSONValue) throws(Wrong) -> String {
        guard let providers = (json["providers"] ?? json).object else {
            throw Wrong(reason: "it is \(json.kind), not an object of providers")
        }
        var lines: [String] = []
        for provider in providers.members.sorted(by: { $0.name < $1.name })
        where Provider.all.contains(where: { $0.catalogueID == provider.name }) {
            let models = provider.value["models"]?.object?.members ?? []
            let written = models.map(\.value).compactMap(line).sorted()
            if !written.isEmpty { lines += ["@\(provider.name)"] + written }
        }
        guard !lines.isEmpty else {
            throw Wrong(reason: "no provider that is known here stands in it")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Nil for what writes no text, or can't be addressed by a name alone.
    private static func line(_ model: JSONValue) -> String? {
        let npm = model["provider"]?["npm"]?.string ?? ""
        guard let id = model["id"]?.filled,
            model["modalities"]?["output"]?.array?.contains("text") == true,
            let output = model["limit"]?["output"]?.count, output > 0,
            !otherProtocols.contains(npm),
            model["provider"]?["api"]?.string?.contains("${") != true
        else { return nil }
        let flags = [
            ("i", model["modalities"]?["input"]?.array?.contains("image") == true),
            ("r", model["reasoning"]?.bool == true), ("t", model["temperature"]?.bool != false),
            ("c", model["tool_call"]?.bool == true), ("d", model["status"] == "deprecated"),
        ]
        let fields = [
            id, model["name"]?.string ?? id, flags.filter(\.1).map(\.0).joined(),
            "\(model["limit"]?["context"]?.count ?? 0)", "\(output)", prices(model["cost"]),
            reasoning(model["reasoning_options"]), model["release_date"]?.string ?? "",
            protocols[npm]?.rawValue ?? "",
        ]
        // A tab or a line feed in a name would make two fields, or two models.
        let plain = fields.map { field in
            String(field.unicodeScalars.map { $0.isUnseen ? " " : Character($0) })
        }
        var line = plain.joined(separator: "\t")
        while line.hasSuffix("\t") { line.removeLast() }
        return line
    }

    private static func prices(_ cost: JSONValue?) -> String {
        guard let cost, cost.object != nil else { return "" }
        let tiers = (cost["tiers"]?.array ?? []).compactMap { tier in
            tier["tier"]?["size"]?.count.map { "\($0):\(price(tier))" }
        }
        return ([price(cost)] + tiers).joined(separator: " ")
    }

    private static func price(_ cost: JSONValue) -> String {
        let fields = [
            cost["input"], cost["output"], cost["cache_read"] ?? cost["cached_input"],
            cost["cache_write"] ?? cost["cached_write"],
        ]
        return fields.map { amount($0?.number) }.joined(separator: "/")
    }

    /// Digit by digit: `3.0` is `3`, and `1e-2` is `0.01`.
    private static func amount(_ number: JSONNumber?) -> String {
        guard let number else { return "" }
        var text = number.text
        if text.contains("e") || text.contains("E") {
            guard let value = number.double, value >= 0, value < 1e6 else { return "" }
            let millionths = (value * 1e6).rounded()
            let rest = String(Int(millionths) % 1_000_000)
            text =
                "\(Int(millionths) / 1_000_000)." + String(repeating: "0", count: 6 - rest.count)
                + rest
        }
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static func reasoning(_ options: JSONValue?) -> String {
        (options?.array ?? []).compactMap { option in
            switch option["type"]?.string {
            case "effort":
                "effort="
                    + (option["values"]?.array ?? []).compactMap(\.string).joined(separator: ",")
            case "budget_tokens":
                "budget=\(option["min"]?.number?.text ?? ""),\(option["max"]?.number?.text ?? "")"
            case "toggle": "toggle"
            default: nil
            }
        }.joined(separator: " ")
    }
}

extension Catalogue {
    /// What is new, what is gone, and what is another, of one catalogue after another; each by its reference.
    package struct Difference: Hashable, Sendable {
        package let added: [String]
        package let removed: [String]
        /// With what is another.
        package let changed: [(reference: String, what: [String])]

        package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

        package static func == (one: Difference, other: Difference) -> Bool {
            one.added == other.added && one.removed == other.removed
                && one.changed.map(\.reference) == other.changed.map(\.reference)
        }

        package func hash(into hasher: inout Hasher) { hasher.combine(added) }
    }

    package func difference(to newer: Catalogue) -> Difference {
        let old = Dictionary(entries.map { ($0.reference, $0) }) { one, _ in one }
        let new = Dictionary(newer.entries.map { ($0.reference, $0) }) { one, _ in one }
        let changed = newer.entries.compactMap { entry -> (reference: String, what: [String])? in
            guard let before = old[entry.reference] else { return nil }
            let what = Self.differences(before, entry)
            return what.isEmpty ? nil : (entry.reference, what)
        }
        return Difference(
            added: newer.entries.map(\.reference).filter { old[$0] == nil },
            removed: entries.map(\.reference).filter { new[$0] == nil }, changed: changed)
    }

    private static func differences(_ one: Entry, _ other: Entry) -> [String] {
        [
            ("price", one.prices != other.prices),
            ("context", one.contextWindow != other.contextWindow),
            ("output", one.outputLimit != other.outputLimit),
            ("pictures", one.seesImages != other.seesImages),
            ("thinking", one.reasons != other.reasons || one.reasoning != other.reasoning),
            ("tools", one.callsTools != other.callsTools),
            ("deprecated", one.isDeprecated != other.isDeprecated),
        ].filter(\.1).map(\.0)
    }
}
