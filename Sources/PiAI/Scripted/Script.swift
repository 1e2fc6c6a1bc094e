package import PiJSON

/// What a model that is none says: turn after turn, with conditions on what it is told.
///
/// Which turn is next follows from the conversation alone, so a run that goes on after a kill goes on in the script, too.
package struct Script: Hashable, Sendable {
    let turns: [Turn]
    let labels: [String: Int]

    struct Turn: Hashable, Sendable {
        var label: String?
        /// Of the next turn whose condition holds, this one or a later.
        var when: Condition?
        /// What must hold, or the script has been told something else than it was written for.
        var expect: Condition?
        var steps: [Step] = []
        var usage = Usage()
        var stop: StopReason?
        /// How the turn ends, if not as an answer.
        var failure: Failure?
        /// How often it is given before the next.
        var times = 1
        var goTo: String?
    }

    enum Step: Hashable, Sendable {
        case text(String)
        case thinking(String)
        case call(id: String?, name: String, arguments: JSONObject)
        case pause(Duration)
    }

    enum Failure: Hashable, Sendable {
        case error(ModelError)
        /// It breaks off without an end.
        case cut
    }

    struct Condition: Hashable, Sendable {
        /// Stands in what the person said last.
        var prompt: String?
        /// Stands in one of the last results.
        var result: String?
        /// One of the last results is of this tool.
        var tool: String?
        /// One of the last results is an error, or none is.
        var isError: Bool?
        /// Stands in the system prompt.
        var system: String?
        /// Are among those offered.
        var tools: [String] = []
        /// What was told when it was recorded, to the letter.
        var recorded: Recorded?
    }

    struct Recorded: Hashable, Sendable {
        struct Content: Hashable, Sendable {
            let texts: [ExactText]
            let images: [ImagePart]
        }

        struct Result: Hashable, Sendable {
            let callID: ExactText
            let tool: ExactText
            let isError: Bool
            let content: Content
        }

        var prompt: Content?
        var results: [Result] = []
    }

    /// Why something is no script.
    package struct Wrong: Error, Hashable, Sendable {
        package let place: String
        package let reason: String
    }

    /// From a document: `{version: 1, turns: [...]}`.
    package init(_ json: JSONValue) throws(Wrong) {
        guard json["version"] == 1 else {
            throw Wrong(place: "/version", reason: "it has to be 1")
        }
        guard let list = json["turns"]?.array, !list.isEmpty else {
            throw Wrong(place: "/turns", reason: "this is a list of turns")
        }
        try ScriptReader.check(json, at: "", ["version", "turns", "name", "description"])
        var turns: [Turn] = []
        var labels: [String: Int] = [:]
        for (index, one) in list.enumerated() {
            let turn = try ScriptReader.turn(one, at: "/turns/\(index)")
            if let label = turn.label {
                guard labels.updateValue(index, forKey: label) == nil else {
                    throw Wrong(place: "/turns/\(index)/label", reason: "it stands twice")
                }
            }
            turns.append(turn)
        }
        for (index, turn) in turns.enumerated() {
            if let label = turn.goTo, labels[label] == nil {
                throw Wrong(place: "/turns/\(index)/goto", reason: "no turn has this label")
            }
        }
        self.turns = turns
        self.labels = labels
    }
}

// MARK: - Which turn is next

extension Script {
    /// The turn that answers a conversation; nil if the script has come to its end.
    func turn(after request: ModelRequest) -> Turn? {
        var walk = Walk(script: self)
        for (index, message) in request.messages.enumerated() {
            guard case .assistant = message else { continue }
            guard let place = walk.place(for: request, before: index) else { return nil }
            walk.leave(place)
        }
        return walk.place(for: request, before: request.messages.count).map { turns[$0] }
    }

    private struct Walk {
        let script: Script
        var next = 0
        var given = 0

        func place(for request: ModelRequest, before end: Int) -> Int? {
            script.turns.indices.dropFirst(next).first { place in
                script.turns[place].when?.unmet(by: request, before: end) == nil
            }
        }

        mutating func leave(_ place: Int) {
            given = place == next ? given + 1 : 1
            let turn = script.turns[place]
            if given < turn.times {
                next = place
                return
            }
            given = 0
            next = turn.goTo.flatMap { script.labels[$0] } ?? place + 1
        }
    }
}

extension Script.Condition {
    /// What of it does not hold; nil if all does.
    func unmet(by request: ModelRequest, before end: Int) -> String? {
        let told = request.messages[..<end]
        let results = told.reversed().prefix { message in
            if case .assistant = message { false } else { true }
        }.compactMap { message in
            if case .toolResult(let result) = message { result } else { nil }
        }
        let said =
            told.lazy.reversed().compactMap { message in
                if case .user(let user) = message { user.content } else { nil }
            }.first
        if let recorded, let unmet = recorded.unmet(by: said, results) { return unmet }
        if let prompt, said?.joinedText.contains(prompt) != true {
            return "the person said `\(prompt)`"
        }
        if let result, !results.contains(where: { $0.content.joinedText.contains(result) }) {
            return "a result held `\(result)`"
        }
        if let tool, !results.contains(where: { $0.toolName == tool }) {
            return "a result was of the tool `\(tool)`"
        }
        if let isError, results.contains(where: \.isError) != isError {
            return isError ? "a result was an error" : "no result was an error"
        }
        if let system, request.systemPrompt?.contains(system) != true {
            return "the system prompt held `\(system)`"
        }
        let offered = Set(request.tools.map(\.name))
        return tools.first { !offered.contains($0) }.map { "the tool `\($0)` was offered" }
    }
}
