package import PiJSON

extension Script {
    /// The answers of a recorded session, one after another.
    ///
    /// A strict one wants to be told what was told then; a loose one says the same whatever it is told.
    package init(replaying messages: [Message], strict: Bool) {
        var turns: [Turn] = []
        var told = Recorded()
        for message in messages {
            switch message {
            case .user(let user): told.prompt = Recorded.Content(user.content)
            case .toolResult(let result): told.results.append(Recorded.Result(result))
            case .system: break
            case .assistant(let answer):
                var turn = Turn(answer)
                if strict { turn.expect = Condition(recorded: told) }
                turns.append(turn)
                told.results = []
            }
        }
        self.turns = turns
        labels = [:]
    }

    /// The messages of a session as Pi keeps it: a line each, on the way from the first entry to the last.
    ///
    /// Of a session that was branched that is the way to its newest entry.
    package static func messages(ofSession lines: [JSONValue]) -> [Message] {
        var entries: [String: JSONValue] = [:]
        var last: String?
        var unnamed: [Message] = []
        for line in lines where line["type"]?.string != "session" {
            guard let id = line["id"]?.string else {
                // Older ones have no tree.
                if let message = line["message"].flatMap(Message.init) { unnamed.append(message) }
                continue
            }
            entries[id] = line
            last = id
        }
        var way: [Message] = []
        var at = last
        while let id = at, let entry = entries.removeValue(forKey: id) {
            if let message = entry["message"].flatMap(Message.init) { way.append(message) }
            at = entry["parentId"]?.string
        }
        return unnamed + way.reversed()
    }
}

extension Script.Turn {
    fileprivate init(_ answer: AssistantMessage) {
        steps = answer.content.map { part in
            switch part {
            case .text(let text): .text(text.text)
            case .thinking(let thinking): .thinking(thinking.text)
            case .toolCall(let call):
                .call(id: call.id, name: call.name, arguments: call.arguments)
            }
        }
        usage = answer.usage
        switch answer.stopReason {
        case .error, .aborted: failure = .cut
        case .stop, .length, .toolUse: stop = answer.stopReason
        }
    }
}

extension Script.Recorded {
    /// What is not as it was; nil if all is.
    ///
    /// In which order calls have ended is a matter of chance.
    func unmet(by said: [InputPart]?, _ told: [ToolResultMessage]) -> String? {
        if said.map(Content.init) != prompt {
            return "the person said \(prompt?.shown ?? "nothing")"
        }
        var rest = told.map(Result.init)
        for result in results {
            guard let place = rest.firstIndex(of: result) else {
                let kind = result.isError ? "an error" : "a result"
                return "\(kind) of the tool `\(result.tool.text)` was \(result.content.shown)"
            }
            rest.remove(at: place)
        }
        return rest.isEmpty ? nil : "there were \(results.count) results"
    }
}

extension Script.Recorded.Content {
    fileprivate init(_ content: [InputPart]) {
        self.init(
            texts: content.compactMap(\.text).map(ExactText.init),
            images: content.compactMap(\.image))
    }

    fileprivate var shown: String {
        let text = texts.map(\.text).joined(separator: "\n")
        let rest = images.isEmpty ? "" : " and \(images.count) pictures"
        return "`\(text.prefix(200))\(text.count > 200 ? "…" : "")`\(rest)"
    }
}

extension Script.Recorded.Result {
    fileprivate init(_ result: ToolResultMessage) {
        self.init(
            callID: ExactText(result.callID), tool: ExactText(result.toolName),
            isError: result.isError, content: .init(result.content))
    }
}
