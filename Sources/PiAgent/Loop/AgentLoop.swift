package import PiAI
import PiJSON

/// The loop of an agent as a value: events in, actions out.
///
///     idle ─► reserving ─► asking ─► calling ─► reserving …      every arrow may lead to `stopping`
///                 ▲           │                                  and, when nothing is under way any more, to `ended`
///                 └ compacting┘
///
/// Invariants: each call of an answer gets one result, and no result is without its call; after `stopping` began nothing is
/// started; messages are recorded before what follows from them is begun.
package struct AgentLoop: Sendable {
    package enum State: Hashable, Sendable {
        case idle
        case reserving
        case asking
        case calling(CallBatch)
        case compacting(CompactionReason)
        /// What is under way is being ended; `asks` while a request or a summary is.
        case stopping(AgentEnd, asks: Bool, CallBatch)
        case ended(AgentEnd)
    }

    package enum Event: Sendable {
        case prompted([Message])
        case steered(Steering)
        case turnGranted
        /// The context is too long for the model, or about to be.
        case turnTooLong
        case turnRefused(BudgetHit)
        case answered(AssistantMessage)
        case failed(ModelError, AssistantMessage)
        case callGranted(id: String)
        case callRefused(id: String, BudgetHit)
        case callEnded(id: String, CallOutcome)
        case compacted
        case notCompacted(ModelError?)
        /// The answer repeated itself, and was broken off.
        case repeated(String, AssistantMessage)
        case aborted
        case outOfTime(BudgetHit)
    }

    package enum Action: Hashable, Sendable {
        case record(Message)
        case reserveTurn
        /// After a pause, if it is an attempt that follows a failure.
        case ask(attempt: Int)
        case reserveCall(ToolCall)
        case run(ToolCall)
        /// After a pause, likewise.
        case compact(CompactionReason, attempt: Int)
        case cancelAll
        case endTurn
        /// The model that the policy names for such cases.
        case useStronger(because: String)
        /// The next model of those that take over when one fails.
        case useFallback(because: String)
        /// Something that whoever watches should know.
        case tell(String)
        case end(AgentEnd)
    }

    package private(set) var state = State.idle
    private let tools: ToolSet
    private let settings: Settings
    private var steering: [Message] = []
    private var followUps: [Message] = []
    private var circles = CircleGuard()
    private var attempts = 0
    private var silences = 0
    private var cuts = 0
    private var overflows = 0
    private var repetitions = RepetitionCount()
    private var usedFallbacks = 0
    /// A batch whose results are all there, and the budget that let it have no more.
    private var refused: BudgetHit?

    package struct Settings: Hashable, Sendable {
        package var steeringMode = QueueMode.oneAtATime
        package var followUpMode = QueueMode.oneAtATime
        /// Of one turn, when its failure may pass.
        package var mostAttempts = 3
        package var hasStronger = false
        /// How many models there are to go on with when one fails.
        package var fallbacks = 0
        /// That a provider may want.
        package var longestPause = Duration.seconds(60)

        package init() {}
    }

    package init(_ tools: ToolSet, _ settings: Settings = Settings()) {
        self.tools = tools
        self.settings = settings
    }

    /// The time is the caller's: what is recorded has it.
    package mutating func receive(_ event: Event, at time: Int) -> [Action] {
        switch (state, event) {
        // MARK: Prompts
        case (.idle, .prompted(let messages)):
            state = .reserving
            return messages.map(Action.record) + [.reserveTurn]
        case (_, .prompted(let messages)):
            followUps += messages
            return []
        case (.ended, .steered): return []
        case (_, .steered(.now(let message))):
            steering.append(message)
            return []
        case (_, .steered(.later(let message))):
            followUps.append(message)
            return []

        // MARK: Turns
        case (.reserving, .turnGranted):
            state = .asking
            return [.ask(attempt: attempts)]
        case (.reserving, .turnTooLong):
            // Once: what is still too long afterwards is tried as it is, if there is a budget for it.
            guard overflows == 0 else { return [.reserveTurn] }
            overflows += 1
            state = .compacting(.threshold)
            return [.compact(.threshold, attempt: 0)]
        case (.reserving, .turnRefused(let hit)), (.compacting, .turnRefused(let hit)):
            return end(.budget(hit))
        case (.idle, .turnGranted), (.idle, .turnTooLong), (.idle, .turnRefused),
            (.asking, .turnGranted), (.asking, .turnTooLong), (.asking, .turnRefused),
            (.calling, .turnGranted), (.calling, .turnTooLong), (.calling, .turnRefused),
            (.compacting, .turnGranted), (.compacting, .turnTooLong),
            (.stopping, .turnGranted), (.stopping, .turnTooLong),
            (.stopping(_, asks: false, _), .turnRefused),
            (.ended, .turnGranted), (.ended, .turnTooLong), (.ended, .turnRefused):
            return []

        // MARK: Answers
        case (.asking, .answered(let answer)): return take(answer, at: time)
        case (.asking, .failed(let error, let answer)): return take(error, answer)
        case (.asking, .repeated(let what, let answer)):
            attempts = 0
            return [.record(.assistant(answer))] + interrupt(what, at: time)
        case (.stopping(let why, asks: true, let batch), .answered(let answer)):
            // It came all the same. Its calls are not made; what it says stays.
            state = .stopping(why, asks: false, batch)
            var answer = answer
            answer.stopReason = .aborted
            return [.record(.assistant(answer))] + stopIfNothingRuns()
        case (.stopping(let why, asks: true, let batch), .failed(_, let answer)),
            (.stopping(let why, asks: true, let batch), .repeated(_, let answer)):
            state = .stopping(why, asks: false, batch)
            return (answer.content.isEmpty ? [] : [.record(.assistant(answer))])
                + stopIfNothingRuns()
        case (.idle, .answered), (.idle, .failed), (.idle, .repeated),
            (.reserving, .answered), (.reserving, .failed), (.reserving, .repeated),
            (.calling, .answered), (.calling, .failed), (.calling, .repeated),
            (.compacting, .answered), (.compacting, .failed), (.compacting, .repeated),
            (.stopping, .answered), (.stopping, .failed), (.stopping, .repeated),
            (.ended, .answered), (.ended, .failed), (.ended, .repeated):
            return []

        // MARK: Calls
        case (.calling(var batch), .callGranted(let id)):
            guard let call = batch.start(id) else { return [] }
            state = .calling(batch)
            return [.run(call)]
        case (.calling(var batch), .callRefused(let id, let hit)):
            guard let message = batch.refuse(id, .refused(hit), at: time) else { return [] }
            refused = refused ?? hit
            return [.record(message)] + goOn(batch)
        case (.calling(var batch), .callEnded(let id, let outcome)):
            guard let message = batch.finish(id, outcome, at: time) else { return [] }
            return [.record(message)] + goOn(batch)
        case (.stopping(let why, let asks, var batch), .callEnded(let id, let outcome)):
            guard let message = batch.finish(id, outcome, at: time) else { return [] }
            let doubles = batch.refuseUnfit(at: time).map(Action.record)
            state = .stopping(why, asks: asks, batch)
            return [.record(message)] + doubles + stopIfNothingRuns()
        case (.idle, .callGranted), (.idle, .callRefused), (.idle, .callEnded),
            (.reserving, .callGranted), (.reserving, .callRefused), (.reserving, .callEnded),
            (.asking, .callGranted), (.asking, .callRefused), (.asking, .callEnded),
            (.compacting, .callGranted), (.compacting, .callRefused), (.compacting, .callEnded),
            (.stopping, .callGranted), (.stopping, .callRefused),
            (.ended, .callGranted), (.ended, .callRefused), (.ended, .callEnded):
            return []

        // MARK: Compaction
        case (.compacting(let reason), .compacted):
            if reason == .overflow { attempts = 0 }
            state = .reserving
            return [.reserveTurn]
        case (.compacting(.threshold), .notCompacted):
            // It may fit all the same, and the provider says so if not.
            state = .reserving
            return [.reserveTurn]
        case (.compacting(.overflow), .notCompacted(let error?)): return tryAgain(after: error)
        case (.compacting(.overflow), .notCompacted(nil)):
            return tryAgain(
                after: ModelError(
                    .contextOverflow,
                    "the conversation is too long for this model, and nothing of it can be left out"
                ))
        case (.stopping(let why, asks: true, let batch), .compacted),
            (.stopping(let why, asks: true, let batch), .notCompacted),
            (.stopping(let why, asks: true, let batch), .turnRefused):
            state = .stopping(why, asks: false, batch)
            return stopIfNothingRuns()
        case (.idle, .compacted), (.idle, .notCompacted), (.reserving, .compacted),
            (.reserving, .notCompacted), (.asking, .compacted), (.asking, .notCompacted),
            (.calling, .compacted), (.calling, .notCompacted), (.stopping, .compacted),
            (.stopping, .notCompacted), (.ended, .compacted), (.ended, .notCompacted):
            return []

        // MARK: The end
        case (.ended, .aborted), (.ended, .outOfTime): return []
        case (_, .aborted): return stop(.aborted, at: time)
        case (_, .outOfTime(let hit)): return stop(.budget(hit), at: time)
        }
    }
}

// MARK: - Steps

extension AgentLoop {
    private mutating func take(_ answer: AssistantMessage, at time: Int) -> [Action] {
        attempts = 0
        let recorded = [Action.record(.assistant(answer))]
        if !answer.toolCalls.isEmpty {
            silences = 0
            cuts = 0
            overflows = 0
            repetitions.hasWorked()
            let batch = CallBatch(answer, tools)
            return recorded + goOn(batch, unfitAt: time)
        }
        if answer.stopReason == .length {
            cuts += 1
            guard cuts <= 3 else { return recorded + end(.cutOff) }
            return recorded
                + again(
                    "Your answer was cut off by the limit of its length. Go on where it ended.",
                    time)
        }
        if !answer.content.contains(where: { $0.text?.text.isEmpty == false }) {
            silences += 1
            guard silences <= 2 else { return recorded + end(.silent) }
            return recorded
                + again(
                    "Your answer was empty. Go on with the task, or say what you have done.", time)
        }
        silences = 0
        overflows = 0
        return recorded + [.endTurn] + deliverOrEnd()
    }

    /// Asks once more, with a word of ours.
    private mutating func again(_ text: String, _ time: Int) -> [Action] {
        state = .reserving
        return [.record(.user(UserMessage([.text(text)], timestamp: time))), .reserveTurn]
    }

    private mutating func take(_ error: ModelError, _ answer: AssistantMessage) -> [Action] {
        // What came before it failed is told, and is no part of what the model sees again.
        let recorded: [Action] = answer.content.isEmpty ? [] : [.record(.assistant(answer))]
        if error.kind == .contextOverflow, overflows < 2 {
            overflows = 2
            attempts = 0
            state = .compacting(.overflow)
            return recorded + [.compact(.overflow, attempt: 0)]
        }
        state = .reserving
        return recorded + tryAgain(after: error)
    }

    /// The same once more, from the same model or from the next, as often as there is sense in it.
    private mutating func tryAgain(after error: ModelError) -> [Action] {
        attempts += 1
        // Whoever is told to come back in an hour tells the person.
        let isSoon = (error.retryAfter ?? .zero) <= settings.longestPause
        if error.isPassing, isSoon, attempts < settings.mostAttempts {
            let again: Action =
                if case .compacting(let reason) = state {
                    .compact(reason, attempt: attempts)
                } else {
                    .reserveTurn
                }
            return [.tell("\(error.description); asking again"), again]
        }
        guard usedFallbacks < settings.fallbacks, error.isOfOneModel else {
            return end(.failed(error))
        }
        usedFallbacks += 1
        attempts = 1
        // What is too long for one may fit into another.
        overflows = 0
        state = .reserving
        return [.useFallback(because: error.description), .reserveTurn]
    }

    private mutating func interrupt(_ what: String, at time: Int) -> [Action] {
        guard repetitions.wasAccident() else { return end(.stuck(what)) }
        let stronger: [Action] = settings.hasStronger ? [.useStronger(because: what)] : []
        return [.tell(what)] + stronger
            + again(
                "Your last answer repeated itself and was broken off. Go on without that.", time)
    }

    // MARK: Batches

    /// What can be begun is begun; when all have their results, the turn has ended.
    private mutating func goOn(_ batch: CallBatch, unfitAt time: Int? = nil) -> [Action] {
        var batch = batch
        var actions: [Action] = []
        // Calls that can't be made have their results at once, and may be all there are.
        actions += batch.refuseUnfit(at: time ?? batch.lastTime).map(Action.record)
        if refused == nil { actions += batch.next().map(Action.reserveCall) }
        state = .calling(batch)
        guard batch.isDone || refused != nil && batch.nothingRuns else { return actions }
        if let refused {
            // Of the others, none is begun any more.
            actions += batch.refuseRest(.refused(refused)).map(Action.record)
            return actions + [.endTurn] + end(.budget(refused))
        }
        actions.append(.endTurn)
        switch circles.judge(batch.rounds) {
        case .fine: break
        case .warned(let what):
            steering.append(
                .user(
                    UserMessage(
                        [
                            .text(
                                "(From the runner: \(what) Do something else, or say what stands in the way.)"
                            )
                        ], timestamp: batch.lastTime)))
            actions.append(.tell(what))
            if settings.hasStronger { actions.append(.useStronger(because: what)) }
        case .stuck(let what): return actions + end(.stuck(what))
        }
        state = .reserving
        return actions + takeSteering().map(Action.record) + [.reserveTurn]
    }

    private mutating func takeSteering() -> [Message] {
        Self.take(from: &steering, settings.steeringMode)
    }

    private static func take(from queue: inout [Message], _ mode: QueueMode) -> [Message] {
        let taken = mode == .all ? queue : Array(queue.prefix(1))
        queue.removeFirst(taken.count)
        return taken
    }

    private mutating func deliverOrEnd() -> [Action] {
        var messages = takeSteering()
        if messages.isEmpty { messages = Self.take(from: &followUps, settings.followUpMode) }
        guard !messages.isEmpty else { return end(.finished) }
        state = .reserving
        return messages.map(Action.record) + [.reserveTurn]
    }

    // MARK: Ending

    private mutating func end(_ end: AgentEnd) -> [Action] {
        state = .ended(end)
        return [.end(end)]
    }

    private mutating func stop(_ why: AgentEnd, at time: Int) -> [Action] {
        switch state {
        case .idle, .reserving: return end(why)
        case .ended, .stopping: return []
        case .asking, .compacting:
            state = .stopping(why, asks: true, CallBatch())
            return [.cancelAll]
        case .calling(var batch):
            // What never began has its word at once; what runs is waited for.
            let unstarted = batch.interruptUnstarted(at: time).map(Action.record)
            state = .stopping(why, asks: false, batch)
            return unstarted + [.cancelAll] + stopIfNothingRuns()
        }
    }

    private mutating func stopIfNothingRuns() -> [Action] {
        guard case .stopping(let why, asks: false, let batch) = state, batch.nothingRuns else {
            return []
        }
        return [.endTurn] + end(why)
    }
}

extension CallOutcome {
    static func refused(_ hit: BudgetHit) -> CallOutcome {
        CallOutcome(.denied, "Not run: \(hit.sentence).")
    }
}
