import PiAI
import PiJSON
import PiSystem

/// What a model is saying at this moment, in a line: for whoever waits while a long file is written.
struct AnswerStatus {
    private struct Part {
        let opening: AnswerEvent.Opening
        var bytes = 0
        var arguments = PartialJSON(sizeLimit: Self.looksAt)

        /// What a call is about stands at its beginning, or nobody waits for it.
        static let looksAt = 16_384
    }

    private var parts: [Int: Part] = [:]
    private var newest: Int?

    mutating func take(_ event: AnswerEvent) {
        switch event {
        case .start, .done, .failed:
            parts = [:]
            newest = nil
        case .partStart(let index, let opening): parts[index] = Part(opening: opening)
        case .partDelta(let index, let kind, let text):
            guard let before = parts[index]?.bytes else { return }
            parts[index]?.bytes += text.utf8.count
            if kind == .toolCall, before < Part.looksAt {
                parts[index]?.arguments.append(text.utf8.prefix(Part.looksAt - before))
            }
            newest = index
        case .partEnd(let index, _): parts[index] = nil
        }
    }

    /// Nil while nothing is said.
    func line(of model: String) -> String? {
        guard let part = newest.flatMap({ parts[$0] }) else { return nil }
        let what =
            switch part.opening {
            case .thinking: "\(model) thinks"
            case .text: "\(model) answers"
            case .toolCall(_, let name): Self.told(name, part.arguments.value)
            }
        let size =
            switch part.bytes {
            case 1: "1 byte"
            case ..<10_240: "\(part.bytes) bytes"
            default: "\(part.bytes >> 10) KiB"
            }
        return "\(what) … \(size)"
    }

    /// A call and what it is about, as every line about it shows it.
    static func told(_ tool: String, _ arguments: JSONValue?) -> String {
        let subject = ["command", "path", "pattern"].lazy.compactMap { arguments?[$0]?.string }
            .first
        return "\(SafeText(tool, limit: 40)) \(SafeText(subject ?? "", limit: 100))"
    }
}
