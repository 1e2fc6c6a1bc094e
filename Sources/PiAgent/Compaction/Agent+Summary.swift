import PiAI
import PiSystem

extension Agent {
    /// What stands for the beginning of a conversation from now on, by the first of the models that can say it.
    func summarize(
        _ context: Session.Context, _ tokens: Int, _ reason: CompactionReason, for asked: Model,
        after pause: Duration
    ) async -> News {
        if pause > .zero, !(await Pause.wait(pause)) {
            return .ofSummary(
                nil, tokens: tokens, ModelError(.cancelled, "the request was cancelled"))
        }
        let models = [setup.summarizer, asked].compactMap(\.self)
        var news = News.ofSummary(nil, tokens: tokens, nil)
        for (place, model) in models.enumerated() where !models[..<place].contains(model) {
            news = await summarize(context, tokens, reason, for: asked, by: model)
            guard case .ofSummary(nil, _, let error?) = news, error.kind != .cancelled else {
                break
            }
            if model != models.last {
                await watch(
                    .notice("\(model.name.reference) made no summary: \(error.description)"))
            }
        }
        return news
    }

    private func summarize(
        _ context: Session.Context, _ tokens: Int, _ reason: CompactionReason, for asked: Model,
        by model: Model
    ) async -> News {
        // What a provider has just refused is more than its window, whatever is said of that.
        let window =
            reason == .overflow ? min(asked.contextWindow ?? .max, tokens) : asked.contextWindow
        let room = window.map { ($0 - setup.compaction.reserve(in: $0)) / 2 } ?? .max
        // What stands before the conversation is denser or not as that is.
        let said = Double(context.weight.approximateTokens)
        let counted = Int(
            Double(min(tokens, 1 << 40)) * said / max(1, said + Double(head.approximateTokens)))
        var keep = min(setup.compaction.keepRecent, room)
        // How long it may be is what nobody knew: half of it is shorter in any case.
        if reason == .overflow { keep = min(keep, counted / 2) }
        guard let plan = CompactionPlan(context, keeping: keep, counted: counted) else {
            return .ofSummary(nil, tokens: tokens, nil)
        }
        let own = model == asked ? window : model.contextWindow
        let summary = Summary(plan, by: model, window: own, for: window, setup.compaction)
        var text = summary.earlier
        for number in 0..<summary.requests() {
            var request = summary.request(number, after: text, at: clock.now.milliseconds)
            let length = TokenEstimate(request).tokens
            if model != asked, let own, length + (request.options.maxTokens ?? 0) > own {
                // Somebody else's summary may be more than it can hold, and not every server would say so.
                return .ofSummary(
                    nil, tokens: tokens,
                    ModelError(.contextOverflow, "what is to be summed up does not fit into it"))
            }
            if let hit = ledger.reserve(length, of: model.name, for: .summary) {
                return .refused(hit)
            }
            request.options.maxTokens = longestAnswer(request.options.maxTokens, of: model)
            switch await whole(request) {
            case .success(let answer): text = answer
            case .failure(let error): return .ofSummary(nil, tokens: tokens, error)
            }
        }
        guard let text else { return .ofSummary(nil, tokens: tokens, nil) }
        return .ofSummary(
            .compaction(
                summary: text + TouchedFiles(in: plan.summarized).text, firstKept: plan.firstKept,
                tokensBefore: tokens), tokens: tokens, nil)
    }

    /// A summary that was cut off is none.
    private func whole(_ request: ModelRequest) async -> Result<String, ModelError> {
        for await event in ask(request) {
            switch event {
            case .done(let message):
                ledger.settle(message)
                guard message.stopReason != .length, !message.text.isEmpty else {
                    return .failure(
                        ModelError(.interrupted, "the summary was cut off", shouldRetry: false))
                }
                return .success(message.text)
            case .failed(let error, let message):
                ledger.settle(message)
                return .failure(error)
            case .start, .partStart, .partDelta, .partEnd: break
            }
        }
        return .failure(ModelError(.interrupted, "the summary had no end"))
    }
}
