import PiAI
import PiPolicy

/// Short names for models: a person's own, and two of the program's.
enum ModelAlias {
    /// Of each maker one, in the order of the makers.
    private static let shipped: [String: [String]] = [
        "fast": [
            "anthropic/claude-haiku-4-5", "openai/gpt-5.4-mini", "google/gemini-3.5-flash",
        ],
        "smart": ["anthropic/claude-opus-4-8", "openai/gpt-5.5", "google/gemini-3.1-pro-preview"],
    ]

    /// What was typed, if it is no short name; a level that was typed counts more than one of the short name's.
    static func meaning(
        of typed: String, _ settings: Settings?, _ known: KnownModels, _ keys: KeyStore
    ) -> String {
        let colon = typed.lastIndex(of: ":")
        let level = colon.map { typed[typed.index(after: $0)...] }
            .flatMap { ReasoningLevel(rawValue: String($0)) }
        let name = level == nil ? typed : String(typed[..<colon!])
        guard let meant = settings?.alias(name) ?? usable(name, known, keys) else { return typed }
        guard let level else { return meant }
        let own = meant.lastIndex(of: ":").flatMap { colon in
            ReasoningLevel(rawValue: String(meant[meant.index(after: colon)...])).map { _ in colon }
        }
        return "\(own.map { String(meant[..<$0]) } ?? meant):\(level.rawValue)"
    }

    private static func usable(
        _ name: String, _ known: KnownModels, _ keys: KeyStore
    ) -> String? {
        guard let models = shipped[name] else { return nil }
        return models.first { model in
            known.providers.contains { model.hasPrefix("\($0.id)/") && keys.has($0) }
        } ?? models.first
    }
}
