import PiAI
import PiAgent
import PiJSON

/// The shape of each line that `run --output-format stream-json` prints; names and values may be added at any time.
enum StreamSchema {
    static let json: JSONValue = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "a line of pi-runner run --output-format stream-json",
        "oneOf": .array(lines.map { ["$ref": .string("#/$defs/\($0.name)")] }),
        "$defs": .object(
            JSONObject(
                lines.map { .init(name: $0.name, value: $0.schema) }
                    + [
                        .init(name: "message", value: message),
                        .init(name: "content", value: content),
                    ])),
    ]

    struct Line {
        let name: String
        let summary: String
        let schema: JSONValue
    }

    static let lines: [Line] = [
        line(
            "session", "first: the header of the session",
            ["version": ["const": 3], "id": text, "timestamp": text, "cwd": text]),
        line("agent_start", "the work begins", [:]),
        line("turn_start", "the model is about to be asked", ["turn": count]),
        line(
            "message_start", "a message begins: a prompt, an answer, a result",
            ["message": ["$ref": "#/$defs/message"]]),
        line(
            "message_update", "a piece of the answer under way", ["assistantMessageEvent": update]),
        line(
            "message_end", "a message is whole, and on disk",
            ["message": ["$ref": "#/$defs/message"]]),
        line("tool_execution_start", "a call begins", tool(["args": ["type": "object"]])),
        line(
            "tool_execution_update", "the end of what a call has printed so far",
            tool(["partialResult": withContent])),
        line(
            "tool_execution_end", "a call has ended, and how",
            tool([
                "status": ["enum": .array(CallOutcome.Way.allCases.map { .string($0.rawValue) })],
                "isError": ["type": "boolean"], "result": withContent,
            ])),
        line(
            "turn_end", "all calls of a turn have ended",
            [
                "turn": count,
                "messages": ["type": "array", "items": ["$ref": "#/$defs/message"]],
                "message": ["oneOf": [["$ref": "#/$defs/message"], ["type": "null"]]],
                "toolResults": ["type": "array", "items": ["$ref": "#/$defs/message"]],
            ]),
        line(
            "compaction_start", "the beginning of the conversation is being summed up",
            ["reason": ["enum": ["threshold", "overflow"]]]),
        line(
            "compaction_end", "it was; null if there is no summary",
            ["tokensBefore": ["type": ["integer", "null"]]]),
        line(
            "auto_retry_start",
            "a request failed before any part of an answer came, and is made again: a message that has begun goes on",
            ["provider": text, "modelId": text, "delayMs": count, "errorMessage": text]),
        line(
            "model_change", "another model goes on",
            ["provider": text, "modelId": text, "reason": text]),
        line("notice", "something that whoever watches should know", ["text": text]),
        line(
            "agent_end", "the work has ended, and why",
            ["end": AgentEnd.Name.schema]),
        Line(
            name: "result", summary: "last: what the run came to, as `--json` prints it",
            schema: result),
    ]

    private static let text: JSONValue = ["type": "string"]
    private static let count: JSONValue = ["type": "integer", "minimum": 1]

    private static func line(
        _ name: String, _ summary: String, _ properties: JSONValue
    ) -> Line {
        var all = JSONObject()
        all["type"] = ["const": .string(name)]
        for member in properties.object?.members ?? [] { all[member.name] = member.value }
        return Line(
            name: name, summary: summary,
            schema: [
                "type": "object", "description": .string(summary),
                "required": .array(all.members.map { .string($0.name) }),
                "properties": .object(all),
            ])
    }

    private static func tool(_ properties: JSONValue) -> JSONValue {
        var all = JSONObject()
        all["toolCallId"] = text
        all["toolName"] = text
        for member in properties.object?.members ?? [] { all[member.name] = member.value }
        return .object(all)
    }

    private static let withContent: JSONValue = [
        "type": "object", "required": ["content"],
        "properties": ["content": ["$ref": "#/$defs/content"]],
    ]

    private static let content: JSONValue = [
        "type": "array",
        "items": [
            "type": "object", "required": ["type"],
            "properties": [
                "type": ["enum": ["text", "image", "thinking", "toolCall"]],
                "text": text, "thinking": text, "data": text, "mimeType": text,
                "id": text, "name": text, "arguments": ["type": "object"],
            ],
        ],
    ]

    private static let message: JSONValue = [
        "type": "object", "required": ["role", "content", "timestamp"],
        "properties": [
            "role": ["enum": ["user", "assistant", "toolResult"]],
            "content": ["$ref": "#/$defs/content"],
            "timestamp": ["type": "integer"],
            "api": text, "provider": text, "model": text, "stopReason": text,
            "usage": ["type": "object"], "errorMessage": text,
            "toolCallId": text, "toolName": text, "isError": ["type": "boolean"],
        ],
    ]

    private static let update: JSONValue = [
        "type": "object", "required": ["type"],
        "properties": [
            "type": [
                "enum": .array(
                    ["text", "thinking", "toolcall"].flatMap { kind in
                        ["start", "delta", "end"].map { .string("\(kind)_\($0)") }
                    } + ["done", "error"])
            ],
            "contentIndex": ["type": "integer", "minimum": 0],
            "delta": text, "reason": text, "message": text, "id": text, "toolName": text,
            "content": text, "toolCall": ["type": "object"],
        ],
    ]

    /// As `--json` prints it, with its type.
    private static let result: JSONValue = {
        var schema = ResultSchema.of(RunCommand.command).object ?? JSONObject()
        schema["$schema"] = nil
        var properties = schema["properties"]?.object ?? JSONObject()
        properties["type"] = ["const": "result"]
        schema["properties"] = .object(properties)
        schema["required"] = .array((schema["required"]?.array ?? []) + ["type"])
        return .object(schema)
    }()
}
