import PiAI
import PiJSON

/// Why a conversation is made shorter.
package enum CompactionReason: String, Hashable, Sendable {
    /// It comes near to what the model can take.
    case threshold
    /// The provider has said that it is too long.
    case overflow
}

/// How much is left out, and when.
package struct CompactionSettings: Hashable, Sendable {
    /// Tokens that are kept free for the answer.
    package var reserve = 16_384
    /// Tokens of what was said last that stay as they are.
    package var keepRecent = 20_000

    package init() {}

    /// Of a small window no more than half is kept free.
    func reserve(in window: Int?) -> Int { min(reserve, (window ?? .max) / 2) }
}

/// What of a conversation a summary is to stand for: decided before a model is asked for it.
struct CompactionPlan: Hashable {
    /// From the beginning on; an earlier summary is the first of them.
    let summarized: [Message]
    /// The entry that what stays begins with.
    let firstKept: String

    /// Nil if nothing can be left out.
    ///
    /// What stays begins with no result, as its call would be missing; all before it is in the summary, whatever turn it belongs to.
    ///
    /// - Parameter counted: how many tokens it is for the model, as far as that is known: what a guess by bytes falls short of it
    ///   by, it falls short by of each message.
    init?(_ context: Session.Context, keeping tokens: Int, counted: Int = 0) {
        let weights = context.messages.map(\.approximateTokens)
        let guessed = weights.reduce(0, +)
        // A conversation of calls with little text is many times what its bytes say.
        let tokens =
            counted > guessed ? Int(Double(tokens) * Double(guessed) / Double(counted)) : tokens
        var sum = 0
        var cut = context.messages.count
        for place in context.messages.indices.reversed() {
            sum += weights[place]
            // Of one message that is larger than all that may be kept, something has to stay.
            if sum > tokens, cut < context.messages.count { break }
            cut = place
        }
        /// No result, and nothing of what one entry says together.
        func canBegin(_ place: Int) -> Bool {
            if case .toolResult = context.messages[place] { return false }
            return place == 0 || context.ids[place] != context.ids[place - 1]
        }
        let wanted = cut
        while cut < context.messages.count, !canBegin(cut) { cut += 1 }
        if cut == context.messages.count {
            // Nothing but results: they stay, with the answer that asked for them.
            cut = wanted
            while cut > 0, !canBegin(cut) { cut -= 1 }
        }
        guard cut > 0, cut < context.messages.count else { return nil }
        // A summary alone can't be made shorter by one more.
        let summarized = Array(context.messages[..<cut])
        guard summarized.count > 1 || !SessionContext.isSummary(summarized[0]) else { return nil }
        self.summarized = summarized
        firstKept = context.ids[cut]
    }
}

extension SessionContext {
    static func isSummary(_ message: Message) -> Bool { summary(message) != nil }

    /// What a message says that stands for what was said before; nil for any other.
    static func summary(_ message: Message) -> String? {
        guard case .user(let user) = message else { return nil }
        let text = user.content.joinedText
        return text.hasPrefix(summaryIntroduction)
            ? String(text.dropFirst(summaryIntroduction.count)) : nil
    }
}

extension Message {
    /// Four bytes a token, and what most models take for a picture.
    var approximateTokens: Int {
        func tokens(_ parts: [InputPart]) -> Int {
            parts.reduce(0) { $0 + ($1.text.map { $0.utf8.count / 4 } ?? 1_200) }
        }
        switch self {
        case .system(let message): return message.text.utf8.count / 4
        case .user(let message): return tokens(message.content)
        case .toolResult(let result): return tokens(result.content)
        case .assistant(let answer):
            return answer.content.reduce(0) { sum, part in
                switch part {
                case .text(let text): sum + text.text.utf8.count / 4
                case .thinking(let thinking): sum + thinking.text.utf8.count / 4
                case .toolCall(let call):
                    sum + (call.name.utf8.count + call.arguments.compactLength) / 4
                }
            }
        }
    }
}

extension JSONObject {
    fileprivate var compactLength: Int {
        JSONWriter.write(.object(self), layout: .compact).count
    }
}
