import PiAI

/// OpenAI's Responses.
enum ResponsesCases {
    private static func event(_ type: String, _ fields: String) -> String {
        "event: \(type)\ndata: {\"type\":\"\(type)\",\(fields)}\n\n"
    }

    private static let created = event(
        "response.created",
        #""response":{"id":"resp_1","model":"m","status":"in_progress","output":[]}"#)

    private static func item(_ place: Int, added: String, done: String, _ deltas: String...)
        -> String
    {
        event("response.output_item.added", "\"output_index\":\(place),\"item\":\(added)")
            + deltas.joined()
            + event("response.output_item.done", "\"output_index\":\(place),\"item\":\(done)")
    }

    private static func delta(_ kind: String, _ place: Int, _ text: String) -> String {
        event("response.\(kind).delta", "\"output_index\":\(place),\"delta\":\"\(text)\"")
    }

    private static func completed(_ more: String = "") -> String {
        event(
            "response.completed",
            "\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"usage\":{\"input_tokens\":10,\"output_tokens\":5}\(more)}"
        )
    }

    private static func text(_ place: Int, _ text: String) -> String {
        item(
            place,
            added:
                #"{"type":"message","id":"msg_1","role":"assistant","status":"in_progress","content":[]}"#,
            done:
                "{\"type\":\"message\",\"id\":\"msg_1\",\"content\":[{\"type\":\"output_text\",\"text\":\"\(text)\"}]}",
            event("response.content_part.added", "\"output_index\":\(place),\"part\":{}"),
            delta("output_text", place, text))
    }

    private static let signed = #"<{"v":1,"id":"msg_1"}>"#

    private static func call(_ place: Int, _ id: String, _ arguments: String) -> String {
        item(
            place,
            added:
                "{\"type\":\"function_call\",\"id\":\"fc_\(id)\",\"call_id\":\"\(id)\",\"name\":\"f\",\"arguments\":\"\"}",
            done:
                "{\"type\":\"function_call\",\"id\":\"fc_\(id)\",\"call_id\":\"\(id)\",\"name\":\"f\",\"arguments\":\"\(arguments)\"}",
            delta("function_call_arguments", place, arguments),
            event(
                "response.function_call_arguments.done",
                "\"output_index\":\(place),\"arguments\":\"\(arguments)\""))
    }

    private static let thought = item(
        0, added: #"{"type":"reasoning","id":"rs_1","summary":[]}"#,
        done:
            #"{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"E"}"#,
        event("response.reasoning_summary_part.added", #""output_index":0,"summary_index":0"#),
        delta("reasoning_summary_text", 0, "hm"))
    private static let sealed =
        #"<{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"E"}>"#

    static let all: [WireCase] = [
        ("plain", created + text(0, "Hello") + completed(), "text(Hello)\(signed) stop 10+5"),
        (
            "[DONE] after it", created + text(0, "Hello") + completed() + "data: [DONE]\n\n",
            "text(Hello)\(signed) stop 10+5"
        ),
        (
            "no event lines",
            (created + text(0, "a") + completed()).split(
                separator: "\n", omittingEmptySubsequences: false
            ).filter { !$0.hasPrefix("event:") }.joined(separator: "\n"),
            "text(a)\(signed) stop 10+5"
        ),
        (
            "CR", (created + text(0, "a") + completed()).replacing("\n", with: "\r"),
            "text(a)\(signed) stop 10+5"
        ),
        (
            "events that nobody knows",
            created + event("response.steer.created", #""x":1"#) + text(0, "a")
                + event("response.shell_call.in_progress", #""x":1"#) + completed(),
            "text(a)\(signed) stop 10+5"
        ),
        (
            "queued",
            event("response.queued", #""response":{"id":"r"}"#) + created + text(0, "a")
                + completed(), "text(a)\(signed) stop 10+5"
        ),
        (
            "a thought", created + thought + text(1, "a") + completed(),
            "thinking(hm)\(sealed) text(a)\(signed) stop 10+5"
        ),
        (
            "two summaries",
            created
                + event(
                    "response.output_item.added",
                    #""output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[]}"#)
                + event(
                    "response.reasoning_summary_part.added", #""output_index":0,"summary_index":0"#)
                + delta("reasoning_summary_text", 0, "a")
                + event(
                    "response.reasoning_summary_part.added", #""output_index":0,"summary_index":1"#)
                + delta("reasoning_summary_text", 0, "b")
                + event(
                    "response.output_item.done",
                    #""output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[{"text":"a"},{"text":"b"}]}"#
                ) + completed(),
            "thinking(a\n\nb)<{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"text\":\"a\"},{\"text\":\"b\"}]}> stop 10+5"
        ),
        (
            "a thought in the open",
            created
                + item(
                    0, added: #"{"type":"reasoning","id":"rs_1","summary":[]}"#,
                    done:
                        #"{"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"hm"}]}"#,
                    delta("reasoning_text", 0, "hm")) + completed(),
            "thinking(hm)<{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"hm\"}]}> stop 10+5"
        ),
        (
            "a phase",
            created
                + item(
                    0, added: #"{"type":"message","id":"msg_1"}"#,
                    done:
                        #"{"type":"message","id":"msg_1","phase":"commentary","content":[{"type":"output_text","text":"a"}]}"#,
                    delta("output_text", 0, "a")) + completed(),
            #"text(a)<{"v":1,"id":"msg_1","phase":"commentary"}> stop 10+5"#
        ),
        (
            "a call", created + call(0, "call_1", #"{\"x\":1}"#) + completed(),
            #"call(call_1|fc_call_1 f {"x":1}) toolUse 10+5"#.replacing(
                "call_1|fc_call_1", with: "made")
        ),
        (
            "a call without arguments", created + call(0, "c", "") + completed(),
            "call(c|fc_c f {}) toolUse 10+5"
        ),
        (
            "two calls by turns",
            created
                + event(
                    "response.output_item.added",
                    #""output_index":0,"item":{"type":"function_call","id":"fa","call_id":"a","name":"f","arguments":""}"#
                )
                + event(
                    "response.output_item.added",
                    #""output_index":1,"item":{"type":"function_call","id":"fb","call_id":"b","name":"g","arguments":""}"#
                ) + delta("function_call_arguments", 1, #"{\"y\":2}"#)
                + delta("function_call_arguments", 0, #"{\"x\":1}"#)
                + event(
                    "response.output_item.done",
                    #""output_index":1,"item":{"type":"function_call","id":"fb","call_id":"b","name":"g","arguments":"{\"y\":2}"}"#
                )
                + event(
                    "response.output_item.done",
                    #""output_index":0,"item":{"type":"function_call","id":"fa","call_id":"a","name":"f","arguments":"{\"x\":1}"}"#
                ) + completed(), #"call(a|fa f {"x":1}) call(b|fb g {"y":2}) toolUse 10+5"#
        ),
        (
            "only the end of an item",
            created
                + event(
                    "response.output_item.done",
                    #""output_index":0,"item":{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"a"}]}"#
                ) + completed(), "text(a)\(signed) stop 10+5"
        ),
        (
            "more in the end than in the deltas",
            created
                + item(
                    0, added: #"{"type":"message","id":"msg_1"}"#,
                    done:
                        #"{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"abc"}]}"#,
                    delta("output_text", 0, "a")) + completed(), "text(abc)\(signed) stop 10+5"
        ),
        (
            "only the completed response",
            created
                + completed(
                    #","output":[{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"a"}]}]"#
                ), "text(a)\(signed) stop 10+5"
        ),
        (
            "a refusal",
            created
                + item(
                    0, added: #"{"type":"message","id":"msg_1"}"#,
                    done:
                        #"{"type":"message","id":"msg_1","content":[{"type":"refusal","refusal":"no"}]}"#,
                    event("response.refusal.delta", #""output_index":0,"delta":"no""#))
                + completed(), "text()\(signed) !refusal 10+5"
        ),
        (
            "cut by the limit",
            created
                + event(
                    "response.output_item.added",
                    #""output_index":0,"item":{"type":"message","id":"msg_1"}"#)
                + delta("output_text", 0, "a")
                + event(
                    "response.incomplete",
                    #""response":{"id":"r","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"usage":{"input_tokens":10,"output_tokens":5}}"#
                ), "text(a) length 10+5"
        ),
        (
            "cut by a filter",
            created
                + event(
                    "response.incomplete",
                    #""response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"}}"#
                ), "!content-filter"
        ),
        (
            "failed",
            created
                + event(
                    "response.failed",
                    #""response":{"status":"failed","error":{"code":"server_error","message":"oh"}}"#
                ), "!overloaded"
        ),
        (
            "failed for its rate",
            created
                + event(
                    "response.failed",
                    #""response":{"status":"failed","error":{"code":"rate_limit_exceeded","message":"Rate limit reached. Try again in 6s."}}"#
                ), "!rate-limit"
        ),
        (
            "failed as too long",
            created
                + event(
                    "response.failed",
                    #""response":{"status":"failed","error":{"code":"context_length_exceeded","message":"Your input exceeds the context window of this model."}}"#
                ), "!context-overflow"
        ),
        (
            "a flat error",
            created + text(0, "a")
                + event("error", #""code":"server_error","message":"oh","param":null"#),
            "text(a)\(signed) !overloaded"
        ),
        (
            "an error in an error",
            created
                + event(
                    "error",
                    #""error":{"type":"insufficient_quota","message":"You exceeded your current quota"}"#
                ), "!quota"
        ),
        (
            "cancelled",
            created + event("response.completed", #""response":{"status":"cancelled"}"#),
            "!interrupted"
        ),
        (
            "a search of the provider's",
            created + item(0, added: #"{"type":"web_search_call","id":"ws"}"#, done: "{}")
                + completed(), "!hosted-tool"
        ),
        (
            "code of the provider's",
            created + item(0, added: #"{"type":"code_interpreter_call","id":"ci"}"#, done: "{}")
                + completed(), "!hosted-tool"
        ),
        (
            "a list of MCP",
            created + item(0, added: #"{"type":"mcp_list_tools","id":"m"}"#, done: "{}")
                + completed(), "!hosted-tool"
        ),
        (
            "an item that nobody knows",
            created
                + item(
                    0, added: #"{"type":"compaction","id":"x"}"#,
                    done: #"{"type":"compaction","id":"x"}"#) + text(1, "a") + completed(),
            "text(a)\(signed) stop 10+5"
        ),
        (
            "cached, written and thought",
            created + text(0, "a")
                + event(
                    "response.completed",
                    #""response":{"status":"completed","usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4,"cache_write_tokens":1},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":3}}}"#
                ), "text(a)\(signed) stop 5+5 read 4 written 1 thought 3"
        ),
        ("no end", created + text(0, "a"), "text(a)\(signed) !interrupted"),
        (
            "[DONE] alone", created + text(0, "a") + "data: [DONE]\n\n",
            "text(a)\(signed) !interrupted"
        ),
        ("no JSON", created + "data: nope\n\n", "!protocol"),
        (
            "a call without a name",
            created + item(0, added: #"{"type":"function_call","call_id":"a"}"#, done: "{}")
                + completed(), "!protocol"
        ),
        ("a delta of nothing", created + delta("output_text", 7, "a") + completed(), "stop 10+5"),
    ].map { WireCase(.openAIResponses, $0.0, $0.1, $0.2) }
}
