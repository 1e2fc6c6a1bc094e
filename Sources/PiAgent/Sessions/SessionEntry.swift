package import PiAI
package import PiJSON

/// One line of a session behind its header: a step in the tree of a conversation.
package struct SessionEntry: Hashable, Sendable {
    package let id: String
    /// Nil for the first.
    package let parent: String?
    package let content: Content
    /// All of it, as it is written.
    package let json: JSONValue

    package enum Content: Hashable, Sendable {
        case message(Message)
        /// A command that a person ran beside the agent.
        case shell(command: String, output: String, code: Int?, isExcluded: Bool)
        case modelChange(provider: String, model: String)
        case thinkingLevel(String)
        case compaction(summary: String, firstKept: String, tokensBefore: Int)
        case branchSummary(String)
        /// Told to the model as if a person had said it.
        case note(type: String, [InputPart])
        /// Never told to the model.
        case custom(type: String, data: JSONValue?)
        case label(target: String, String?)
        case name(String)
        /// What a later version wrote: kept as it is.
        case unknown(type: String)
    }

    /// Those that are understood here.
    package enum Kind: String {
        case message, compaction, custom, label
        case modelChange = "model_change"
        case thinkingLevel = "thinking_level_change"
        case branchSummary = "branch_summary"
        case note = "custom_message"
        case name = "session_info"
    }

    /// Nil for what is no entry.
    package init?(_ json: JSONValue) {
        guard let type = json["type"]?.string, type != "session", let id = json["id"]?.string else {
            return nil
        }
        self.id = id
        parent = json["parentId"]?.string
        self.json = json
        content = Self.content(type, json) ?? .unknown(type: type)
    }

    private static func content(_ type: String, _ json: JSONValue) -> Content? {
        switch Kind(rawValue: type) {
        case .message: return json["message"].flatMap(message)
        case .modelChange:
            guard let provider = json["provider"]?.string, let model = json["modelId"]?.string
            else {
                return nil
            }
            return .modelChange(provider: provider, model: model)
        case .thinkingLevel:
            return json["thinkingLevel"]?.string.map(Content.thinkingLevel)
        case .compaction:
            guard let summary = json["summary"]?.string,
                let first = json["firstKeptEntryId"]?.string
            else { return nil }
            return .compaction(
                summary: summary, firstKept: first,
                tokensBefore: json["tokensBefore"]?.number?.int ?? 0)
        case .branchSummary: return json["summary"]?.string.map(Content.branchSummary)
        case .custom:
            return json["customType"]?.string.map { .custom(type: $0, data: json["data"]) }
        case .note:
            guard let type = json["customType"]?.string, let parts = parts(json["content"]) else {
                return nil
            }
            return .note(type: type, parts)
        case .label:
            return json["targetId"]?.string.map { .label(target: $0, json["label"]?.string) }
        case .name: return json["name"]?.string.map(Content.name)
        case nil: return nil
        }
    }

    private static func message(_ json: JSONValue) -> Content? {
        if let message = Message(json) { return .message(message) }
        switch json["role"]?.string {
        case "bashExecution":
            return .shell(
                command: json["command"]?.string ?? "", output: json["output"]?.string ?? "",
                code: json["exitCode"]?.number?.int,
                isExcluded: json["excludeFromContext"]?.bool ?? false)
        case "custom", "hookMessage":
            guard let parts = parts(json["content"]) else { return nil }
            return .note(type: json["customType"]?.string ?? "custom", parts)
        default: return nil
        }
    }

    private static func parts(_ json: JSONValue?) -> [InputPart]? {
        if let text = json?.string { return [.text(text)] }
        // By the same reader as a person's message.
        guard let json, case .user(let message)? = Message(["role": "user", "content": json]) else {
            return nil
        }
        return message.content
    }

    // MARK: - Making

    /// The members that every entry begins with, as Pi writes them.
    static func beginning(_ type: String, id: String, parent: String?, at time: String)
        -> JSONObject
    {
        JSONObject([
            .init(name: "type", value: .string(type)), .init(name: "id", value: .string(id)),
            .init(name: "parentId", value: parent.map(JSONValue.string) ?? .null),
            .init(name: "timestamp", value: .string(time)),
        ])
    }
}

extension SessionEntry.Content {
    /// Whether it changes nothing of what the model is told.
    var isSilent: Bool {
        switch self {
        case .modelChange, .thinkingLevel, .custom, .label, .name, .unknown: true
        case .message, .shell, .compaction, .branchSummary, .note: false
        }
    }

    /// The type and the further members that it is written as.
    var written: (type: String, members: [(String, JSONValue?)]) {
        switch self {
        case .message(let message): ("message", [("message", message.json)])
        case .shell(let command, let output, let code, let isExcluded):
            (
                "message",
                [
                    (
                        "message",
                        [
                            "role": "bashExecution", "command": .string(command),
                            "output": .string(output),
                            "exitCode": code.map { .number(JSONNumber($0)) } ?? .null,
                            "excludeFromContext": .bool(isExcluded),
                        ]
                    )
                ]
            )
        case .modelChange(let provider, let model):
            (
                "model_change",
                [("provider", .string(provider)), ("modelId", .string(model))]
            )
        case .thinkingLevel(let level):
            ("thinking_level_change", [("thinkingLevel", .string(level))])
        case .compaction(let summary, let first, let tokens):
            (
                "compaction",
                [
                    ("summary", .string(summary)), ("firstKeptEntryId", .string(first)),
                    ("tokensBefore", .number(JSONNumber(tokens))),
                ]
            )
        case .branchSummary(let summary): ("branch_summary", [("summary", .string(summary))])
        case .note(let type, let parts):
            (
                "custom_message",
                [
                    ("customType", .string(type)),
                    ("content", Message.user(UserMessage(parts, timestamp: 0)).json["content"]),
                    ("display", true),
                ]
            )
        case .custom(let type, let data):
            ("custom", [("customType", .string(type)), ("data", data)])
        case .label(let target, let label):
            ("label", [("targetId", .string(target)), ("label", label.map(JSONValue.string))])
        case .name(let name): ("session_info", [("name", .string(name))])
        case .unknown(let type): (type, [])
        }
    }
}
