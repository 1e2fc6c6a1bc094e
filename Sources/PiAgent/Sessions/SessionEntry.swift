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
        /// What was kept beside the summary begins with an entry before it, or, as later versions have it, stands in it whole.
        case compaction(
            summary: String, firstKept: String?, tokensBefore: Int, tail: [JSONValue] = [])
        case branchSummary(String)
        /// Told to the model as if a person had said it.
        case note(type: String, [InputPart])
        /// Never told to the model.
        case custom(type: String, data: JSONValue?)
        case label(target: String, String?)
        case name(String)
        /// Another content for an entry, as far as the model is told of it; nil leaves it out.
        case contextEdit(target: String, JSONValue?)
        /// Of no use for a model here: what was paid beside the conversation, the words with which Pi began it.
        case bookkeeping(type: String)
        /// What a later version wrote: kept as it is.
        case unknown(type: String)
    }

    /// Those that are understood here.
    package enum Kind: String {
        case message, compaction, custom, label, usage
        case contextEdit = "context_edit"
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
            let first = json["firstKeptEntryId"]?.string
            let tail = json["retainedTail"]?.array
            let keepsNothing = json["firstKeptEntryId"] == .null
            guard let summary = json["summary"]?.string, first != nil || tail != nil || keepsNothing
            else { return nil }
            return .compaction(
                summary: summary, firstKept: tail == nil ? first : nil,
                tokensBefore: json["tokensBefore"]?.number?.int ?? 0,
                tail: tail ?? [])
        case .contextEdit:
            guard let target = json["targetId"]?.string, let replacement = json["replacement"],
                replacement["content"] != nil || replacement == .null
            else { return nil }
            return .contextEdit(target: target, replacement["content"])
        case .usage: return .bookkeeping(type: "usage")
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

    /// What a message says, wherever it stands.
    static func message(_ json: JSONValue) -> Content? {
        // Which words and tools are in force is said by whoever asks the model now.
        if json["role"]?.string == "system",
            ["sections", "toolsAdded", "toolsRemoved"].contains(where: { json[$0] != nil })
        {
            return .bookkeeping(type: "message")
        }
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
        case "branchSummary": return json["summary"]?.string.map(Content.branchSummary)
        case "compactionSummary":
            return json["summary"]?.string.map { .note(type: "summary", [.text($0)]) }
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

    /// The same with another content; nil if it can't have that one.
    func replacing(_ content: JSONValue) -> SessionEntry? {
        guard var object = json.object else { return nil }
        let text = (content.string ?? Self.parts(content)?.joinedText).map(JSONValue.string)
        let (name, value): (String, JSONValue?) =
            switch self.content {
            // What was run, and what was summed up, is a text by another name; an answer is made of parts.
            case .shell: ("output", text)
            case .branchSummary: ("summary", text)
            case .message(.assistant) where content.string != nil:
                ("content", [["type": "text", "text": content]])
            default: ("content", content)
            }
        guard let value else { return nil }
        if var message = json["message"]?.object {
            message[name] = value
            object["message"] = .object(message)
        } else {
            object[name] = value
        }
        let edited = SessionEntry(.object(object))
        if case .unknown? = edited?.content { return nil }
        return edited
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
        case .modelChange, .thinkingLevel, .custom, .label, .name, .bookkeeping, .unknown: true
        case .message, .shell, .compaction, .branchSummary, .note, .contextEdit: false
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
        case .compaction(let summary, let first, let tokens, let tail):
            (
                "compaction",
                [
                    ("summary", .string(summary)),
                    ("firstKeptEntryId", first.map(JSONValue.string)),
                    ("tokensBefore", .number(JSONNumber(tokens))),
                    ("retainedTail", first == nil ? .array(tail) : nil),
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
        case .contextEdit(let target, let content):
            (
                "context_edit",
                [
                    ("targetId", .string(target)),
                    ("replacement", content.map { ["content": $0] } ?? .null),
                ]
            )
        case .bookkeeping(let type), .unknown(let type): (type, [])
        }
    }
}
