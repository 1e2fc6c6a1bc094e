package import PiJSON

extension Script {
    /// The answers of a recorded session, one after another.
    ///
    /// A strict one wants to be told what was told then; a loose one says the same whatever it is told.
    package init(replaying messages: [Message], strict: Bool) {
        var turns: [Turn] = []
        var prompt: String?
        var results: [ToolResultMessage] = []
        for message in messages {
            switch message {
            case .user(let user): prompt = user.content.joinedText
            case .toolResult(let result): results.append(result)
            case .system: break
            case .assistant(let answer):
                var turn = Turn(answer)
                if strict {
                    var expected = Condition()
                    expected.prompt = prompt
                    if let last = results.last {
                        expected.tool = last.toolName
                        expected.isError = results.contains(where: \.isError)
                    }
                    turn.expect = expected
                }
                turns.append(turn)
                results = []
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
