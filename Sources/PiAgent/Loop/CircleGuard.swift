import PiAI
import PiJSON

/// Notices when an agent does the same again and again: one call, or several in turn, with the same results each time.
struct CircleGuard: Hashable, Sendable {
    /// A call and what came of it, small enough to keep many.
    struct Round: Hashable, Sendable {
        let name: String
        let digest: Int

        init(_ call: ToolCall, _ outcome: CallOutcome) {
            name = call.name
            var hasher = Hasher()
            hasher.combine(call.name)
            hasher.combine(JSONValue.object(call.arguments))
            hasher.combine(outcome.content)
            digest = hasher.finalize()
        }
    }

    enum Judgement: Hashable {
        case fine
        case warned(String)
        case stuck(String)
    }

    private var rounds: [Round] = []
    private var hasWarned = false

    private static let longestCircle = 6
    private static let warnedAfter = 4
    private static let stuckAfter = 7

    mutating func judge(_ new: [Round]) -> Judgement {
        rounds = (rounds + new).suffix(Self.longestCircle * Self.stuckAfter)
        for length in 1...Self.longestCircle {
            let times = repetitions(of: length)
            guard times >= Self.warnedAfter else { continue }
            let what = Self.told(Array(rounds.suffix(length)), times)
            // Whoever was not told yet has had no chance.
            guard hasWarned else {
                hasWarned = true
                return .warned(what)
            }
            return times >= Self.stuckAfter ? .stuck(what) : .fine
        }
        // Whoever goes round again later is told again.
        hasWarned = false
        return .fine
    }

    /// How often the last so many stand one behind the other at the end.
    private func repetitions(of length: Int) -> Int {
        guard rounds.count >= length else { return 0 }
        let last = rounds.suffix(length)
        var count = 0
        var end = rounds.count
        while end >= length, rounds[(end - length)..<end].elementsEqual(last) {
            count += 1
            end -= length
        }
        return count
    }

    private static func told(_ circle: [Round], _ times: Int) -> String {
        let names = circle.map { "`\($0.name)`" }.joined(separator: ", ")
        return circle.count == 1
            ? "The same call of \(names) was made \(times) times in a row, with the same result."
            : "The calls \(names) were made \(times) times in turn, with the same results."
    }
}
