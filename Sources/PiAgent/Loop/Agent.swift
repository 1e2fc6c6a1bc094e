package import PiAI
import PiJSON
package import PiSystem

/// Does what the loop says: asks, runs calls, writes down.
///
/// It decides nothing itself. One task group holds all that is under way; when `run` returns, or throws, none of it is left.
package struct Agent: Sendable {
    let setup: Setup
    let ask: @Sendable (ModelRequest) -> AnswerStream
    private let executor: any ToolExecutor
    let ledger: any Ledger
    let watch: @Sendable (AgentEvent) async -> Void
    let clock: Clock<TimeOfDay>
    let head: TokenWeight

    package init(
        _ setup: Setup, asking ask: @escaping @Sendable (ModelRequest) -> AnswerStream,
        tools executor: any ToolExecutor, ledger: any Ledger,
        clock: Clock<TimeOfDay> = .system,
        watching watch: @escaping @Sendable (AgentEvent) async -> Void
    ) {
        self.setup = setup
        self.ask = ask
        self.executor = executor
        self.ledger = ledger
        self.clock = clock
        head = .ofHead(setup.systemPrompt, setup.tools.declarations)
        self.watch = watch
    }

    /// Works until the loop has come to its end; throws if something could not be written down.
    package func run(
        _ prompts: [Message], in session: Session, _ inbox: AgentInbox
    ) async throws -> AgentEnd {
        await watch(.agentStart)
        try tellOfInterrupted(session)
        var settings = AgentLoop.Settings()
        settings.steeringMode = setup.steeringMode
        settings.followUpMode = setup.followUpMode
        settings.hasStronger = setup.stronger != nil
        settings.fallbacks = setup.fallbacks.count
        var work = Work(
            loop: AgentLoop(setup.tools, settings), model: setup.model,
            fallbacks: setup.fallbacks[...])
        let end = try await withThrowingTaskGroup(of: News.self) { group in
            group.addTask { .fromOutside(await inbox.next()) }
            work.waiting = [.prompted(prompts)]
            while true {
                while !work.waiting.isEmpty {
                    let event = work.waiting.removeFirst()
                    for action in work.loop.receive(event, at: clock.now.milliseconds) {
                        try await perform(action, &work, session, &group)
                    }
                }
                if let end = work.end {
                    group.cancelAll()
                    return end
                }
                // There is always somebody who waits for news from outside, until all is cancelled.
                guard let news = try await group.next() else { return .aborted }
                switch news {
                case .fromOutside(let event):
                    // Nobody listens any more: the task itself was cancelled.
                    guard let event else {
                        work.waiting.append(.aborted)
                        continue
                    }
                    work.waiting.append(event)
                    group.addTask { .fromOutside(await inbox.next()) }
                case .ofWork(let event):
                    switch event {
                    case .answered, .repeated: work.failed = false
                    case .failed(let error, _):
                        work.failed = true
                        work.pause = error.retryAfter ?? .zero
                    default: break
                    }
                    work.waiting.append(event)
                case .ofSummary(let content, let tokens, let error):
                    try await keep(content, tokens, error, &work, session)
                case .refused(let hit): work.waiting.append(.turnRefused(hit))
                }
            }
        }
        await watch(.agentEnd(end))
        return end
    }

    /// What changes while it works.
    struct Work {
        var loop: AgentLoop
        var model: Model
        var fallbacks: ArraySlice<Model>
        /// It has just taken over, and nobody has told it to wait.
        var isNewModel = false
        var waiting: [AgentLoop.Event] = []
        var turn = 0
        /// The entry behind which it began.
        var beforeTurn: String?
        var started: [String: ToolCall] = [:]
        /// How long the provider wants us to wait.
        var pause = Duration.zero
        /// The last request failed, and is made again.
        var failed = false
        /// What is too long was summed up for the next request already, as far as that was possible.
        var hasShortened = false
        var shortened = Shortened.never
        /// Tokens of the request that is asked next.
        var length = 0
        var end: AgentEnd?

        /// What became of the last summary, as far as it says whether there is sense in one more.
        enum Shortened {
            case never, made
            /// The conversation behind it, of that length by our own estimate, was asked.
            case asked(length: Int)
            /// It failed or did not help: there is sense in one more when the conversation has that length.
            case inVain(until: Int)
        }

        mutating func takePause(before attempt: Int) -> Duration {
            let isFirst = attempt == 0 || isNewModel
            isNewModel = false
            return isFirst ? .zero : max(pause, .seconds(1 << attempt))
        }
    }

    enum News: Sendable {
        case fromOutside(AgentLoop.Event?)
        case ofWork(AgentLoop.Event)
        case ofSummary(SessionEntry.Content?, tokens: Int, ModelError?)
        /// There is no budget for a summary.
        case refused(BudgetHit)
    }

    // MARK: - Beginning

    /// Whoever was killed has left calls without a result: nobody knows what they have done.
    private func tellOfInterrupted(_ session: Session) throws {
        for call in AgentLoop.unanswered(in: try session.modelContext().messages) {
            let text =
                "Interrupted: the runner was ended while this call was under way, or before it began. It may have done all of its work, a part or nothing. Look before you repeat it."
            try session.append(
                .message(
                    .toolResult(
                        ToolResultMessage(
                            callID: call.id, toolName: call.name, content: [.text(text)],
                            details: ["way": "interrupted"], isError: true,
                            timestamp: clock.now.milliseconds))))
        }
    }

    // MARK: - Actions

    private func perform(
        _ action: AgentLoop.Action, _ work: inout Work, _ session: Session,
        _ group: inout ThrowingTaskGroup<News, any Error>
    ) async throws {
        switch action {
        case .record(let message):
            try session.append(.message(message))
            await tell(message, &work)
        case .reserveTurn:
            let estimate = try estimate(work.model, session)
            let tokens = estimate.tokens
            work.length = tokens
            let isTooLong = isTooLong(tokens, for: work.model)
            if !isTooLong, !work.hasShortened, !work.failed { work.shortened = .never }
            if isTooLong, !work.hasShortened, shortens(estimate, &work) {
                // Before it is counted: it is not asked as it is.
                work.hasShortened = true
                work.waiting.append(.turnTooLong)
            } else if let hit = ledger.reserve(
                tokens, of: work.model.name, for: work.failed ? .retry : .turn)
            {
                work.waiting.append(.turnRefused(hit))
            } else {
                work.waiting.append(.turnGranted)
            }
        case .ask(let attempt):
            if case .made = work.shortened { work.shortened = .asked(length: work.length) }
            work.hasShortened = false
            if attempt == 0, !work.failed {
                work.turn += 1
                work.beforeTurn = session.leaf
                await watch(.turnStart(number: work.turn))
            }
            var request = try request(work.model, session)
            request.options.maxTokens = request.options.maxTokens.map {
                min($0, roomForAnswer(work.length, work.model))
            }
            let pause = work.takePause(before: attempt)
            group.addTask { .ofWork(await answer(request, after: pause)) }
        case .reserveCall(let call):
            if let hit = ledger.reserveCall(call) {
                work.waiting.append(.callRefused(id: call.id, hit))
            } else {
                work.waiting.append(.callGranted(id: call.id))
            }
        case .run(let call):
            work.started[call.id] = call
            await watch(.toolStart(call))
            group.addTask {
                let outcome = await executor.run(call) { text in
                    await watch(.toolProgress(call, text))
                }
                await watch(.toolEnd(call, outcome))
                return .ofWork(.callEnded(id: call.id, outcome))
            }
        case .compact(let reason, let attempt):
            await watch(.compactionStart(reason))
            let context = try session.modelContext()
            let tokens = try estimate(work.model, session).tokens
            let pause = attempt == 0 ? .zero : work.takePause(before: attempt)
            let model = work.model
            group.addTask { await summarize(context, tokens, reason, for: model, after: pause) }
        case .cancelAll: group.cancelAll()
        case .endTurn:
            if let change = await executor.endTurn() {
                try session.append(TurnNote.content(change, before: work.beforeTurn))
            }
            work.started = [:]
            await watch(.turnEnd(number: work.turn))
        case .useStronger(let why):
            guard let stronger = setup.stronger, work.model != stronger else { return }
            try await change(&work, to: stronger, because: why, session)
        case .useFallback(let why):
            guard let next = work.fallbacks.popFirst() else { return }
            (work.isNewModel, work.pause) = (true, .zero)
            try await change(&work, to: next, because: why, session)
        case .tell(let text): await watch(.notice(text))
        case .end(let end): work.end = end
        }
    }

    private func change(
        _ work: inout Work, to model: Model, because why: String, _ session: Session
    ) async throws {
        work.model = model
        try session.append(.modelChange(provider: model.name.provider, model: model.name.model))
        await watch(.modelChange(model.name, because: why))
    }

    /// Answers were shown as they came; the rest is shown when it is written down.
    private func tell(_ message: Message, _ work: inout Work) async {
        if case .assistant = message { return }
        if case .toolResult(let result) = message, work.started[result.callID] == nil {
            // Not every call is begun, and whoever watches wants to know of each.
            let call = ToolCall(id: result.callID, name: result.toolName, arguments: JSONObject())
            let way = result.details?["way"]?.string.flatMap(CallOutcome.Way.init) ?? .unfit
            await watch(.toolStart(call))
            await watch(.toolEnd(call, CallOutcome(way, result.content, details: result.details)))
        }
        await watch(.messageStart(message))
        await watch(.messageEnd(message))
    }

    func request(_ model: Model, _ session: Session) throws -> ModelRequest {
        var options = setup.options
        options.sessionID = session.id
        options.reasoning = setup.levels[model.name] ?? options.reasoning
        options.maxTokens = longestAnswer(options.maxTokens, of: model)
        return ModelRequest(
            model: model, systemPrompt: setup.systemPrompt,
            messages: try session.modelContext().messages, tools: setup.tools.declarations,
            options: options)
    }

    // MARK: - Asking

    private func answer(
        _ request: ModelRequest, after pause: Duration
    ) async -> AgentLoop.Event {
        func nothing(_ reason: StopReason) -> AssistantMessage {
            AssistantMessage(
                content: [], source: AnswerOrigin(request.model.name), stopReason: reason,
                timestamp: clock.now.milliseconds)
        }
        if pause > .zero, !(await Pause.wait(pause)) {
            return .failed(ModelError(.cancelled, "the request was cancelled"), nothing(.aborted))
        }
        var repetition = RepetitionGuard()
        var said = ""
        var bytes = 0
        for await event in ask(request) {
            switch event {
            case .done(var message):
                settle(&message)
                await watch(.messageDelta(event))
                await watch(.messageEnd(.assistant(message)))
                return .answered(message)
            case .failed(let error, var message):
                settle(&message)
                await watch(.messageDelta(event))
                await watch(.messageEnd(.assistant(message)))
                return .failed(error, message)
            case .start: await watch(.messageStart(.assistant(nothing(.stop))))
            case .partDelta(_, let kind, let text):
                if said.utf8.count < 4_096 { said += text }
                bytes += text.utf8.count
                // What a call is given may well repeat itself: it is somebody's file.
                if kind != .toolCall, let what = repetition.take(text) {
                    // Whoever stops taking events ends the request.
                    var message = nothing(.aborted)
                    message.content = [.text(TextPart(String(said.prefix(2_000))))]
                    message.errorMessage = what
                    message.usage.output = bytes / 4
                    settle(&message)
                    await watch(.messageEnd(.assistant(message)))
                    return .repeated(what, message)
                }
                await watch(.messageDelta(event))
            case .partStart:
                // Each part is looked at by itself.
                repetition = RepetitionGuard()
                await watch(.messageDelta(event))
            case .partEnd: await watch(.messageDelta(event))
            }
        }
        return .failed(ModelError(.interrupted, "the answer had no end"), nothing(.error))
    }

    private func settle(_ message: inout AssistantMessage) {
        ledger.settle(message)
        message.usage.cost = ledger.cost(of: message)
    }

    // MARK: - Compaction

    private func keep(
        _ content: SessionEntry.Content?, _ tokens: Int, _ error: ModelError?, _ work: inout Work,
        _ session: Session
    ) async throws {
        if let content { try session.append(content) }
        // What failed may have been paid for all the same: it is not tried again with each turn.
        let soon = tokens + (work.model.contextWindow ?? 0) / 50
        work.shortened = content == nil ? .inVain(until: soon) : .made
        // The whole conversation has just been read and sent.
        ThisProcess.returnMemory()
        await watch(.compactionEnd(tokensBefore: content == nil ? nil : tokens))
        if let error {
            if case .compacting(.overflow) = work.loop.state {
                work.pause = error.retryAfter ?? .zero
            }
            await watch(.notice("no summary was made: \(error.description)"))
        }
        work.waiting.append(content == nil ? .notCompacted(error) : .compacted)
    }
}
