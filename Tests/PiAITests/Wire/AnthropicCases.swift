import PiAI

/// Anthropic's Messages.
enum AnthropicCases {
    private static func event(_ type: String, _ fields: String = "") -> String {
        "event: \(type)\ndata: {\"type\":\"\(type)\"\(fields.isEmpty ? "" : "," + fields)}\n\n"
    }

    private static let start = event(
        "message_start",
        #""message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":10,"output_tokens":1}}"#
    )

    private static func end(_ reason: String, output: Int = 5) -> String {
        event(
            "message_delta",
            "\"delta\":{\"stop_reason\":\"\(reason)\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":\(output)}"
        )
            + event("message_stop")
    }

    private static func block(_ index: Int, _ block: String, _ deltas: String...) -> String {
        event("content_block_start", "\"index\":\(index),\"content_block\":\(block)")
            + deltas.map { event("content_block_delta", "\"index\":\(index),\"delta\":\($0)") }
            .joined() + event("content_block_stop", "\"index\":\(index)")
    }

    private static func text(_ index: Int, _ pieces: String...) -> String {
        event(
            "content_block_start",
            "\"index\":\(index),\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
            + pieces.map {
                event(
                    "content_block_delta",
                    "\"index\":\(index),\"delta\":{\"type\":\"text_delta\",\"text\":\"\($0)\"}")
            }.joined() + event("content_block_stop", "\"index\":\(index)")
    }

    private static let tool = #"{"type":"tool_use","id":"toolu_1","name":"f","input":{}}"#
    private static func json(_ text: String) -> String {
        "{\"type\":\"input_json_delta\",\"partial_json\":\"\(text)\"}"
    }

    static let all: [WireCase] = [
        ("plain", start + text(0, "Hel", "lo") + end("end_turn"), "text(Hello) stop 10+5"),
        (
            "ping between", start + event("ping") + text(0, "a") + event("ping") + end("end_turn"),
            "text(a) stop 10+5"
        ),
        (
            "CRLF", (start + text(0, "a") + end("end_turn")).replacing("\n", with: "\r\n"),
            "text(a) stop 10+5"
        ),
        (
            "no event lines",
            (start + text(0, "a") + end("end_turn")).split(
                separator: "\n", omittingEmptySubsequences: false
            ).filter { !$0.hasPrefix("event:") }.joined(separator: "\n"), "text(a) stop 10+5"
        ),
        (
            "a byte order mark", "\u{FEFF}" + start + text(0, "a") + end("end_turn"),
            "text(a) stop 10+5"
        ),
        (
            "an event that nobody knows",
            start + event("content_block_heartbeat") + text(0, "a") + end("end_turn"),
            "text(a) stop 10+5"
        ),
        (
            "a delta that nobody knows",
            start
                + block(
                    0, #"{"type":"text","text":""}"#, #"{"type":"text_delta","text":"a"}"#,
                    #"{"type":"citations_delta","citation":{}}"#) + end("end_turn"),
            "text(a) stop 10+5"
        ),
        (
            "a block that nobody knows",
            start + block(0, #"{"type":"hologram"}"#, #"{"type":"text_delta","text":"a"}"#)
                + text(1, "b") + end("end_turn"), "text(b) stop 10+5"
        ),
        (
            "two texts", start + text(0, "a") + text(1, "b") + end("end_turn"),
            "text(a) text(b) stop 10+5"
        ),
        ("nothing", start + end("end_turn", output: 1), "stop 10+1"),
        (
            "thinking, signed",
            start
                + block(
                    0, #"{"type":"thinking","thinking":"","signature":""}"#,
                    #"{"type":"thinking_delta","thinking":"h"}"#,
                    #"{"type":"thinking_delta","thinking":"m"}"#,
                    #"{"type":"signature_delta","signature":"EqQB"}"#) + text(1, "a")
                + end("end_turn"), "thinking(hm)<EqQB> text(a) stop 10+5"
        ),
        (
            "a signature in pieces",
            start
                + block(
                    0, #"{"type":"thinking","thinking":""}"#,
                    #"{"type":"signature_delta","signature":"Eq"}"#,
                    #"{"type":"signature_delta","signature":"QB"}"#) + text(1, "a")
                + end("end_turn"), "thinking()<EqQB> text(a) stop 10+5"
        ),
        (
            "redacted",
            start + block(0, #"{"type":"redacted_thinking","data":"zzz"}"#) + text(1, "a")
                + end("end_turn"), "redacted()<zzz> text(a) stop 10+5"
        ),
        (
            "a call",
            start + block(0, tool, json(""), json(#"{\"x\":"#), json("1}")) + end("tool_use"),
            #"call(toolu_1 f {"x":1}) toolUse 10+5"#
        ),
        (
            "a call without arguments", start + block(0, tool) + end("tool_use"),
            "call(toolu_1 f {}) toolUse 10+5"
        ),
        (
            "a call with one empty piece", start + block(0, tool, json("")) + end("tool_use"),
            "call(toolu_1 f {}) toolUse 10+5"
        ),
        (
            "arguments with the announcement",
            start + block(0, #"{"type":"tool_use","id":"toolu_1","name":"f","input":{"x":1}}"#)
                + end("tool_use"), #"call(toolu_1 f {"x":1}) toolUse 10+5"#
        ),
        (
            "both",
            start
                + block(
                    0, #"{"type":"tool_use","id":"toolu_1","name":"f","input":{"x":1}}"#,
                    json(#"{\"x\":2}"#)) + end("tool_use"), #"call(toolu_1 f {"x":2}) toolUse 10+5"#
        ),
        (
            "two calls by turns",
            start
                + event(
                    "content_block_start",
                    #""index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}"#
                )
                + event(
                    "content_block_start",
                    #""index":1,"content_block":{"type":"tool_use","id":"b","name":"g","input":{}}"#
                ) + event("content_block_delta", "\"index\":1,\"delta\":\(json(#"{\"y\":2}"#))")
                + event("content_block_delta", "\"index\":0,\"delta\":\(json(#"{\"x\":1}"#))")
                + event("content_block_stop", "\"index\":1")
                + event("content_block_stop", "\"index\":0") + end("tool_use"),
            #"call(a f {"x":1}) call(b g {"y":2}) toolUse 10+5"#
        ),
        (
            "cut arguments", start + block(0, tool, json(#"{\"x\":"#)) + end("max_tokens"),
            "call(toolu_1 f {} broken) length 10+5"
        ),
        (
            "end_turn with a call", start + block(0, tool) + end("end_turn"),
            "call(toolu_1 f {}) toolUse 10+5"
        ),
        (
            "no end of a block",
            start
                + event(
                    "content_block_start", #""index":0,"content_block":{"type":"text","text":""}"#)
                + event(
                    "content_block_delta", #""index":0,"delta":{"type":"text_delta","text":"a"}"#)
                + end("end_turn"), "text(a) stop 10+5"
        ),
        (
            "text with its start",
            start + block(0, #"{"type":"text","text":"a"}"#, #"{"type":"text_delta","text":"b"}"#)
                + end("end_turn"), "text(ab) stop 10+5"
        ),
        ("max_tokens", start + text(0, "a") + end("max_tokens"), "text(a) length 10+5"),
        ("stop_sequence", start + text(0, "a") + end("stop_sequence"), "text(a) stop 10+5"),
        ("pause_turn", start + text(0, "a") + end("pause_turn"), "text(a) stop 10+5"),
        (
            "the window is full", start + text(0, "a") + end("model_context_window_exceeded"),
            "text(a) length 10+5"
        ),
        ("a refusal", start + text(0, "a") + end("refusal"), "text(a) !refusal 10+5"),
        ("a reason that nobody knows", start + text(0, "a") + end("tired"), "text(a) stop 10+5"),
        (
            "usage said again",
            start + text(0, "a")
                + event(
                    "message_delta",
                    #""delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":20,"cache_read_input_tokens":7,"cache_creation_input_tokens":3,"output_tokens":9}"#
                ) + event("message_stop"), "text(a) stop 20+9 read 7 written 3"
        ),
        (
            "cached in the start",
            event(
                "message_start",
                #""message":{"id":"m","model":"m","usage":{"input_tokens":1,"cache_read_input_tokens":100,"cache_creation_input_tokens":50,"output_tokens":1}}"#
            ) + text(0, "a") + end("end_turn"), "text(a) stop 1+5 read 100 written 50"
        ),
        (
            "nulls in the usage",
            event(
                "message_start",
                #""message":{"id":"m","model":"m","usage":{"input_tokens":1,"cache_read_input_tokens":null,"output_tokens":1}}"#
            ) + text(0, "a") + end("end_turn"), "text(a) stop 1+5"
        ),
        (
            "a tool of the provider's",
            start + block(0, #"{"type":"server_tool_use","id":"s","name":"web_search","input":{}}"#)
                + end("end_turn"), "!hosted-tool 10+1"
        ),
        (
            "its result",
            start + block(0, #"{"type":"web_search_tool_result","tool_use_id":"s","content":[]}"#)
                + end("end_turn"), "!hosted-tool 10+1"
        ),
        (
            "a tool of MCP",
            start + block(0, #"{"type":"mcp_tool_use","id":"s","name":"x","input":{}}"#)
                + end("end_turn"), "!hosted-tool 10+1"
        ),
        (
            "overloaded in the middle",
            start + text(0, "a")
                + event("error", #""error":{"type":"overloaded_error","message":"Overloaded"}"#),
            "text(a) !overloaded 10+1"
        ),
        (
            "an error at once",
            event(
                "error", #""error":{"type":"authentication_error","message":"invalid x-api-key"}"#),
            "!authentication"
        ),
        (
            "too long",
            event(
                "error",
                #""error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}"#
            ), "!context-overflow"
        ),
        ("no end", start + text(0, "a"), "text(a) !interrupted 10+1"),
        (
            "a reason and no end",
            start + text(0, "a")
                + event(
                    "message_delta",
                    #""delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5}"#),
            "text(a) !interrupted 10+5"
        ),
        (
            "an end without a reason", start + text(0, "a") + event("message_stop"),
            "text(a) !interrupted 10+1"
        ),
        (
            "a block twice", start + text(0, "a") + text(0, "b") + end("end_turn"),
            "text(a) !protocol 10+1"
        ),
        (
            "a call without a name",
            start + block(0, #"{"type":"tool_use","id":"a"}"#) + end("tool_use"), "!protocol 10+1"
        ),
        (
            "something after the end", start + text(0, "a") + end("end_turn") + text(1, "b"),
            "text(a) stop 10+5"
        ),
        ("a huge index", start + text(123_456_789, "a") + end("end_turn"), "text(a) stop 10+5"),
    ].map { WireCase(.anthropicMessages, $0.0, $0.1, $0.2) }
}
