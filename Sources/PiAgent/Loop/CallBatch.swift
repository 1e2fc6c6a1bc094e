import PiAI
import PiJSON

/// The calls of one answer, on their way to their results.
package struct CallBatch: Hashable, Sendable {
    private enum Progress: Hashable {
        case unfit(String)
        case waiting
        case reserving
        case running
        case done(CallOutcome)
    }

    private struct Item: Hashable {
        let call: ToolCall
        let touched: ToolSet.Touched
        var progress: Progress

        var isDone: Bool { if case .done = progress { true } else { false } }
    }

    private var items: [Item] = []
    private(set) var lastTime = 0

    /// Each has a sandbox of its own.
    private static let mostAtOnce = 8
    private static let most = 128

    init() {}

    init(_ answer: AssistantMessage, _ tools: ToolSet) {
        lastTime = answer.timestamp
        for call in answer.toolCalls {
            // Two calls with one id could not be told apart: the second is as if it were not there.
            let isDouble = items.contains { $0.call.id == call.id }
            guard items.count < Self.most else {
                items.append(
                    Item(
                        call: call, touched: .nothing,
                        progress: .unfit(
                            "Not run: an answer can have \(Self.most) calls. Make the others in the next."
                        )))
                continue
            }
            do throws(ToolSet.Unfit) {
                let checked = try tools.checked(call)
                items.append(
                    Item(
                        call: checked, touched: tools.touched(by: checked),
                        progress: isDouble
                            ? .unfit(
                                "Another call of this answer has the same id, so it was not run.")
                            : .waiting))
            } catch {
                items.append(
                    Item(call: call, touched: .nothing, progress: .unfit(error.sentence)))
            }
        }
    }

    var isDone: Bool { items.allSatisfy { $0.isDone } }

    var nothingRuns: Bool {
        items.allSatisfy {
            switch $0.progress {
            case .running, .reserving: false
            case .unfit, .waiting, .done: true
            }
        }
    }

    /// Each call with what came of it, for those who look for circles.
    var rounds: [CircleGuard.Round] {
        items.compactMap { item in
            guard case .done(let outcome) = item.progress else { return nil }
            return CircleGuard.Round(item.call, outcome)
        }
    }

    // MARK: - Steps

    /// Those that can begin now: what conflicts with an earlier one waits until that has ended.
    mutating func next() -> [ToolCall] {
        var calls: [ToolCall] = []
        var busy = items.count { $0.progress == .running || $0.progress == .reserving }
        for place in items.indices where items[place].progress == .waiting {
            guard busy < Self.mostAtOnce else { break }
            let isFree = items.prefix(place).allSatisfy { earlier in
                earlier.isDone || !items[place].touched.mustWait(for: earlier.touched)
            }
            guard isFree else { continue }
            items[place].progress = .reserving
            busy += 1
            calls.append(items[place].call)
        }
        return calls
    }

    mutating func start(_ id: String) -> ToolCall? {
        guard let place = items.firstIndex(where: { $0.call.id == id && $0.progress == .reserving })
        else { return nil }
        items[place].progress = .running
        return items[place].call
    }

    /// The result as a message; nil for news of a call that does not run.
    mutating func finish(_ id: String, _ outcome: CallOutcome, at time: Int) -> Message? {
        items.firstIndex { $0.call.id == id && $0.progress == .running }
            .map { finish($0, outcome, at: time) }
    }

    /// The result as a message; nil for one that does not wait for its budget.
    mutating func refuse(_ id: String, _ outcome: CallOutcome, at time: Int) -> Message? {
        items.firstIndex { $0.call.id == id && $0.progress == .reserving }
            .map { finish($0, outcome, at: time) }
    }

    private mutating func finish(_ place: Int, _ outcome: CallOutcome, at time: Int) -> Message {
        items[place].progress = .done(outcome)
        lastTime = time
        return .toolResult(
            ToolResultMessage(
                callID: items[place].call.id, toolName: items[place].call.name,
                content: outcome.content,
                details: outcome.details ?? ["way": .string(outcome.way.rawValue)],
                isError: outcome.isError,
                timestamp: time))
    }

    private mutating func finishAll(
        _ outcome: CallOutcome, at time: Int, where isMeant: (Progress) -> Bool
    ) -> [Message] {
        items.indices.filter { isMeant(items[$0].progress) }.map { finish($0, outcome, at: time) }
    }

    /// One that has the id of an earlier one waits for the result of that: whoever reads them later tells them by their order.
    mutating func refuseUnfit(at time: Int) -> [Message] {
        items.indices.compactMap { place in
            guard case .unfit(let reason) = items[place].progress else { return nil }
            let id = items[place].call.id
            guard items.prefix(place).allSatisfy({ $0.isDone || $0.call.id != id }) else {
                return nil
            }
            return finish(place, CallOutcome(.unfit, reason), at: time)
        }
    }

    mutating func refuseRest(_ outcome: CallOutcome) -> [Message] {
        finishAll(outcome, at: lastTime) { $0 == .waiting } + refuseUnfit(at: lastTime)
    }

    /// What is only reserved has not begun, and will not.
    mutating func interruptUnstarted(at time: Int) -> [Message] {
        finishAll(
            CallOutcome(.interrupted, "Interrupted before it began: nothing was run."), at: time
        ) { $0 == .waiting || $0 == .reserving } + refuseUnfit(at: time)
    }
}
