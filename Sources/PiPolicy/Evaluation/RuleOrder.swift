/// The order in which rules are numbered.
enum RuleOrder {
    /// By their texts, so that the smallest number does not depend on who wrote what first.
    static func numbered<Item>(_ items: [Item], by text: (Item) -> String) -> [Item] {
        items.map { (Array(text($0).utf8), $0) }
            .sorted { $0.0.lexicographicallyPrecedes($1.0) }
            .map(\.1)
    }
}

/// Whose rules these are: a policy allows only what it names, a bound restricts only what it names.
enum Standing: Hashable, Sendable {
    case policy
    case bound(name: String)

    var isPolicy: Bool { self == .policy }
}
