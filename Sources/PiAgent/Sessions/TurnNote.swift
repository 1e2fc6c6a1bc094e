package import PiJSON

/// Where a turn that changed files stands in a conversation, so that both can be taken back together.
package struct TurnNote: Hashable, Sendable {
    /// What whoever ran its calls wants to know again.
    package let change: JSONValue
    /// The entry behind which the turn began; nil for the first of all.
    package let before: String?

    private static let type = "pi-runner.turn"

    static func content(_ change: JSONValue, before: String?) -> SessionEntry.Content {
        .custom(
            type: type, data: ["change": change, "before": before.map(JSONValue.string) ?? .null])
    }

    /// Nil for any other entry.
    package init?(_ entry: SessionEntry) {
        guard case .custom(Self.type, let data?) = entry.content, let change = data["change"] else {
            return nil
        }
        self.change = change
        before = data["before"]?.string
    }
}
