import PiJSON

/// Takes the document of a script apart; a name that it does not know is a mistake.
enum ScriptReader {
    private static func wrong(_ place: String, _ reason: String) -> Script.Wrong {
        Script.Wrong(place: place, reason: reason)
    }

    static func check(
        _ json: JSONValue, at place: String, _ names: Set<String>
    ) throws(Script.Wrong) {
        guard let object = json.object else {
            throw wrong(place, "this is an object, not \(json.kind)")
        }
        for name in object.names where !names.contains(name) {
            let near = NearestWord.to(name, among: names.sorted())
            throw wrong(
                "\(place)/\(SafeText(name, limit: 60))",
                "there is no such name" + (near.map { "; did you mean `\($0)`?" } ?? ""))
        }
    }

    static func turn(_ json: JSONValue, at place: String) throws(Script.Wrong) -> Script.Turn {
        try check(
            json, at: place,
            [
                "label", "when", "expect", "say", "steps", "usage", "stop", "error", "cut",
                "repeat",
                "goto",
            ])
        var turn = Script.Turn()
        turn.label = try text(json["label"], at: "\(place)/label")
        turn.when = try json["when"].map { value throws(Script.Wrong) in
            try condition(value, at: "\(place)/when")
        }
        turn.expect = try json["expect"].map { value throws(Script.Wrong) in
            try condition(value, at: "\(place)/expect")
        }
        if let say = try text(json["say"], at: "\(place)/say") { turn.steps = [.text(say)] }
        if let steps = json["steps"] {
            guard let list = steps.array else { throw wrong("\(place)/steps", "this is a list") }
            for (index, one) in list.enumerated() {
                turn.steps.append(try step(one, at: "\(place)/steps/\(index)"))
            }
        }
        if let usage = json["usage"] {
            try check(
                usage, at: "\(place)/usage",
                ["input", "output", "cacheRead", "cacheWrite", "reasoning"])
            turn.usage = Usage(usage)
        }
        if let stop = try text(json["stop"], at: "\(place)/stop") {
            guard let reason = StopReason(rawValue: stop), reason != .error, reason != .aborted
            else {
                throw wrong("\(place)/stop", "it is stop, length or toolUse")
            }
            turn.stop = reason
        }
        turn.failure = try failure(json, at: place)
        if let times = json["repeat"] {
            guard let count = times.count, count >= 1 else {
                throw wrong("\(place)/repeat", "this is a number of times")
            }
            turn.times = count
        }
        turn.goTo = try text(json["goto"], at: "\(place)/goto")
        return turn
    }

    private static func failure(
        _ json: JSONValue, at place: String
    ) throws(Script.Wrong) -> Script.Failure? {
        if json["cut"] == true { return .cut }
        guard let error = json["error"] else { return nil }
        try check(error, at: "\(place)/error", ["kind", "message", "retry_after"])
        guard let kind = error["kind"]?.string.flatMap(ModelError.Kind.init) else {
            let kinds = ModelError.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw wrong("\(place)/error/kind", "it is one of \(kinds)")
        }
        let wait = try text(error["retry_after"], at: "\(place)/error/retry_after")
        return .error(
            ModelError(
                kind, error["message"]?.string ?? "the script says so",
                retryAfter: try wait.map { text throws(Script.Wrong) in
                    try duration(text, at: "\(place)/error/retry_after")
                }))
    }

    private static func step(_ json: JSONValue, at place: String) throws(Script.Wrong)
        -> Script.Step
    {
        try check(json, at: place, ["text", "thinking", "call", "pause"])
        guard json.object?.members.count == 1 else {
            throw wrong(place, "a step is one of text, thinking, call, pause")
        }
        if let text = try text(json["text"], at: "\(place)/text") { return .text(text) }
        if let text = try text(json["thinking"], at: "\(place)/thinking") { return .thinking(text) }
        if let text = try text(json["pause"], at: "\(place)/pause") {
            return .pause(try duration(text, at: "\(place)/pause"))
        }
        let call = json["call"] ?? .null
        try check(call, at: "\(place)/call", ["id", "name", "arguments"])
        guard let name = call["name"]?.filled else {
            throw wrong("\(place)/call/name", "it is missing")
        }
        guard let arguments = (call["arguments"] ?? .object(JSONObject())).object else {
            throw wrong("\(place)/call/arguments", "this is an object")
        }
        return .call(
            id: try text(call["id"], at: "\(place)/call/id"), name: name, arguments: arguments)
    }

    private static func condition(
        _ json: JSONValue, at place: String
    ) throws(Script.Wrong) -> Script.Condition {
        try check(json, at: place, ["prompt", "result", "tool", "error", "system", "tools"])
        var condition = Script.Condition()
        condition.prompt = try text(json["prompt"], at: "\(place)/prompt")
        condition.result = try text(json["result"], at: "\(place)/result")
        condition.tool = try text(json["tool"], at: "\(place)/tool")
        condition.system = try text(json["system"], at: "\(place)/system")
        condition.isError = json["error"]?.bool
        condition.tools = (json["tools"]?.array ?? []).compactMap(\.string)
        return condition
    }

    private static func text(_ json: JSONValue?, at place: String) throws(Script.Wrong) -> String? {
        guard let json, json != .null else { return nil }
        // A number without quotes is what it looks like, to people.
        if let number = json.number { return number.text }
        guard let text = json.string else { throw wrong(place, "this is a text, not \(json.kind)") }
        return text
    }

    /// `50ms`, `2s`.
    private static func duration(_ text: String, at place: String) throws(Script.Wrong) -> Duration
    {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count)
        guard let count = Int(digits), count <= 1_000_000, ["ms", "s"].contains(unit) else {
            throw wrong(place, "this is a time such as 50ms or 2s")
        }
        return unit == "ms" ? .milliseconds(count) : .seconds(count)
    }
}
