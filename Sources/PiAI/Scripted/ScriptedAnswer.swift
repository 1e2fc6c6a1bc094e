import PiJSON

/// Plays one turn of a script, with the events that a real answer has.
struct ScriptedAnswer: AnswerGiver {
    private var builder: AnswerBuilder
    private var steps: ArraySlice<Script.Step>
    private let turn: Script.Turn
    private var waiting: ArraySlice<AnswerEvent> = []

    init(_ script: Script, _ request: ModelRequest, timestamp: Int) {
        builder = AnswerBuilder(request.model.name, timestamp: timestamp)
        let end = request.messages.count
        guard let turn = script.turn(after: request) else {
            self.turn = Script.Turn()
            steps = []
            builder.fail(
                ModelError(
                    .invalidRequest, "the script has come to its end: it has no turn for this"))
            return
        }
        self.turn = turn
        steps = turn.steps[...]
        if let unmet = turn.expect?.unmet(by: request, before: end) {
            builder.fail(
                ModelError(.invalidRequest, "the script expected that \(unmet), and it is not so"))
        } else if case .error? = turn.failure, turn.steps.isEmpty {
            // It fails before anything came.
        } else {
            builder.start()
            builder.setUsage(turn.usage)
        }
    }

    mutating func next() async -> AnswerEvent? {
        while true {
            if let event = waiting.popFirst() { return event }
            waiting = builder.takeEvents()[...]
            guard waiting.isEmpty else { continue }
            guard !builder.hasEnded else { return nil }
            await go()
        }
    }

    private mutating func go() async {
        guard let step = steps.popFirst() else { return end() }
        do throws(ModelError) {
            switch step {
            case .text(let text): try say(text, .text)
            case .thinking(let text): try say(text, .thinking)
            case .call(let id, let name, let arguments):
                let id = id ?? "call_\(builder.message.timestamp)_\(steps.count)"
                let part = try builder.open(.toolCall(id: id, name: name))
                try builder.append(arguments.compact, to: part)
                builder.close(part)
            case .pause(let time):
                if !(await Pause.wait(time)) {
                    throw ModelError(.cancelled, "the request was cancelled")
                }
            }
        } catch {
            builder.fail(error)
        }
    }

    /// Word by word, as models do.
    private mutating func say(
        _ text: String, _ opening: AnswerEvent.Opening
    ) throws(ModelError) {
        let part = try builder.open(opening)
        var piece = ""
        for character in text {
            piece.append(character)
            if character.isWhitespace {
                try builder.append(piece, to: part)
                piece = ""
            }
        }
        try builder.append(piece, to: part)
        builder.close(part)
    }

    private mutating func end() {
        switch turn.failure {
        case .error(let error)?: builder.fail(error)
        case .cut?: builder.fail(ModelError(.interrupted, "the answer ended before its end"))
        case nil: builder.finish(turn.stop ?? (builder.hasToolCalls ? .toolUse : .stop))
        }
    }
}

extension Script {
    /// The events of the turn that answers.
    package func stream(_ request: ModelRequest) -> AnswerStream {
        AnswerStream { ScriptedAnswer(self, request, timestamp: $0) }
    }
}
