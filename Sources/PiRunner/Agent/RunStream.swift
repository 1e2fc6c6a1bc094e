import PiAI
import PiAgent
import PiJSON
import PiSystem
import Synchronization

/// `--output-format stream-json`: the header of the session, then every event, a line each, by Pi's names.
final class RunStream: Sendable {
    private let gone = Mutex(false)
    private let messages = Mutex<[JSONValue]>([])
    private let whenGone: @Sendable () -> Void

    init(whenGone: @escaping @Sendable () -> Void) {
        self.whenGone = whenGone
    }

    /// Nobody reads it any more.
    var readerHasGone: Bool { gone.withLock { $0 } }

    func header(_ header: JSONValue) { write(header) }

    /// The last line: what the run came to, as `--json` prints it.
    func result(_ outcome: Outcome) {
        var object = ResultSchema.object(outcome, command: "run").object ?? JSONObject()
        object["type"] = "result"
        write(.object(object))
    }

    func see(_ event: AgentEvent) {
        guard let json = json(event) else { return }
        write(json)
    }

    private func json(_ event: AgentEvent) -> JSONValue? {
        switch event {
        case .agentStart: return ["type": "agent_start"]
        case .turnStart(let number):
            messages.withLock { $0 = [] }
            return ["type": "turn_start", "turn": .number(JSONNumber(number))]
        case .messageStart(let message): return ["type": "message_start", "message": message.json]
        case .messageEnd(let message):
            messages.withLock { $0.append(message.json) }
            return ["type": "message_end", "message": message.json]
        case .messageDelta(let event):
            return Self.delta(event).map {
                ["type": "message_update", "assistantMessageEvent": $0]
            }
        case .toolStart(let call):
            return [
                "type": "tool_execution_start", "toolCallId": .string(call.id),
                "toolName": .string(call.name), "args": .object(call.arguments),
            ]
        case .toolProgress(let call, let text):
            return [
                "type": "tool_execution_update", "toolCallId": .string(call.id),
                "toolName": .string(call.name),
                "partialResult": ["content": [["type": "text", "text": .string(text)]]],
            ]
        case .toolEnd(let call, let outcome):
            let message = Message.toolResult(
                ToolResultMessage(
                    callID: call.id, toolName: call.name, content: outcome.content,
                    details: outcome.details, isError: outcome.isError, timestamp: 0))
            var result = JSONObject()
            result["content"] = message.json["content"]
            result["details"] = outcome.details
            return [
                "type": "tool_execution_end", "toolCallId": .string(call.id),
                "toolName": .string(call.name), "status": .string(outcome.way.rawValue),
                "isError": .bool(outcome.isError), "result": .object(result),
            ]
        case .turnEnd(let number):
            let all = messages.withLock { $0 }
            return [
                "type": "turn_end", "turn": .number(JSONNumber(number)), "messages": .array(all),
                "message": all.last { $0["role"] == "assistant" } ?? .null,
                "toolResults": .array(all.filter { $0["role"] == "toolResult" }),
            ]
        case .compactionStart(let reason):
            return ["type": "compaction_start", "reason": .string(reason.rawValue)]
        case .compactionEnd(let tokens):
            return [
                "type": "compaction_end",
                "tokensBefore": tokens.map { .number(JSONNumber($0)) } ?? .null,
            ]
        case .retry(let name, let error, let pause):
            return [
                "type": "auto_retry_start", "provider": .string(name.provider),
                "modelId": .string(name.model), "delayMs": .number(JSONNumber(pause.milliseconds)),
                "errorMessage": .string(error.description),
            ]
        case .modelChange(let name, let why):
            return [
                "type": "model_change", "provider": .string(name.provider),
                "modelId": .string(name.model), "reason": .string(why),
            ]
        case .notice(let text): return ["type": "notice", "text": .string(text)]
        case .agentEnd(let end): return ["type": "agent_end", "end": .string(end.name)]
        }
    }

    private static func delta(_ event: AnswerEvent) -> JSONValue? {
        func part(_ type: String, _ index: Int, _ members: [(String, JSONValue)]) -> JSONValue {
            .object(
                JSONObject(
                    [
                        .init(name: "type", value: .string(type)),
                        .init(name: "contentIndex", value: .number(JSONNumber(index))),
                    ] + members.map { .init(name: $0.0, value: $0.1) }))
        }
        func prefix(_ kind: AnswerPart.Kind) -> String {
            switch kind {
            case .text: "text"
            case .thinking: "thinking"
            case .toolCall: "toolcall"
            }
        }
        switch event {
        case .start: return nil
        case .partStart(let index, let opening):
            guard case .toolCall(let id, let name) = opening else {
                return part("\(prefix(opening.kind))_start", index, [])
            }
            return part(
                "toolcall_start", index, [("id", .string(id)), ("toolName", .string(name))])
        case .partDelta(let index, let kind, let text):
            return part("\(prefix(kind))_delta", index, [("delta", .string(text))])
        case .partEnd(let index, .text(let text)):
            return part("text_end", index, [("content", .string(text.text))])
        case .partEnd(let index, .thinking(let thinking)):
            return part("thinking_end", index, [("content", .string(thinking.text))])
        case .partEnd(let index, .toolCall(let call)):
            return part("toolcall_end", index, [("toolCall", AnswerPart.toolCall(call).json)])
        case .done(let message):
            return ["type": "done", "reason": .string(message.stopReason.rawValue)]
        case .failed(let error, let message):
            return [
                "type": "error", "reason": .string(message.stopReason.rawValue),
                "message": .string(error.description),
            ]
        }
    }

    private func write(_ json: JSONValue) {
        let line = JSONWriter.write(json, layout: .compact) + [UInt8(ascii: "\n")]
        // One line at a time, however many calls have something to say.
        let hasJustGone = gone.withLock { isGone in
            guard !isGone else { return false }
            do {
                try StandardStream.output.write(line)
            } catch {
                isGone = true
            }
            return isGone
        }
        if hasJustGone { whenGone() }
    }
}

extension AgentEnd {
    /// As records and streams call it.
    enum Name: String, CaseIterable {
        case finished, budget, failed, stuck, silent, aborted
        case cutOff = "cut-off"

        static let schema: JSONValue = ["enum": .array(allCases.map { .string($0.rawValue) })]
    }

    var name: String {
        let name: Name =
            switch self {
            case .finished: .finished
            case .budget: .budget
            case .failed: .failed
            case .stuck: .stuck
            case .silent: .silent
            case .cutOff: .cutOff
            case .aborted: .aborted
            }
        return name.rawValue
    }
}
