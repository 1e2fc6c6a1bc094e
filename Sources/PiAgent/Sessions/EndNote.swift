import PiJSON

/// Why a run came to no answer: it stands in the conversation for people, and no model is told of it.
package struct EndNote: Hashable, Sendable {
    package let message: String

    private static let type = "pi-runner.end"

    package init(message: String) { self.message = message }

    package var content: SessionEntry.Content {
        .custom(type: Self.type, data: ["message": .string(message)])
    }

    /// Nil for any other entry.
    package init?(_ entry: SessionEntry) {
        guard case .custom(Self.type, let data?) = entry.content,
            let message = data["message"]?.string
        else { return nil }
        self.message = message
    }
}
