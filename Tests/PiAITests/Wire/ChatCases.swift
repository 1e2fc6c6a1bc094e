import PiAI

/// Chat Completions, as servers write it.
enum ChatCases {
    private static func chunk(_ delta: String, finish: String? = nil, more: String = "") -> String {
        "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":\(delta),\"finish_reason\":\(finish.map { "\"\($0)\"" } ?? "null")}]\(more)}\n\n"
    }

    private static let done = "data: [DONE]\n\n"
    private static let hello =
        chunk(#"{"role":"assistant","content":""}"#) + chunk(#"{"content":"Hel"}"#)
        + chunk(#"{"content":"lo"}"#) + chunk("{}", finish: "stop")

    private static func usage(_ json: String) -> String {
        "data: {\"id\":\"c1\",\"model\":\"m\",\"choices\":[],\"usage\":\(json)}\n\n"
    }

    private static func call(_ json: String) -> String { chunk("{\"tool_calls\":[\(json)]}") }

    private static func calls(_ pieces: String..., finish: String = "tool_calls") -> String {
        pieces.map(call).joined() + chunk("{}", finish: finish) + done
    }

    private static func cases(_ list: [(String, String, String)]) -> [WireCase] {
        list.map { WireCase(.openAICompletions, $0.0, $0.1, $0.2) }
    }

    static let framing = cases([
        ("plain", hello + done, "text(Hello) stop"),
        ("CRLF", (hello + done).replacing("\n", with: "\r\n"), "text(Hello) stop"),
        ("CR", (hello + done).replacing("\n", with: "\r"), "text(Hello) stop"),
        (
            "no space after the colon", (hello + done).replacing("data: ", with: "data:"),
            "text(Hello) stop"
        ),
        (
            "comments between",
            ": OPENROUTER PROCESSING\n\n" + hello.replacing("\n\n", with: "\n\n: ping\n\n") + done,
            "text(Hello) stop"
        ),
        (
            "id, retry and event", "retry: 5\nid: 7\nevent: message\n" + hello + done,
            "text(Hello) stop"
        ),
        ("a byte order mark", "\u{FEFF}" + hello + done, "text(Hello) stop"),
        ("no empty line at the end", hello + "data: [DONE]", "text(Hello) stop"),
        ("one newline at the end", hello + "data: [DONE]\n", "text(Hello) stop"),
        (
            "several data lines",
            "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"x\"},\ndata: \"finish_reason\":\"stop\"}]}\n\n"
                + done, "text(x) stop"
        ),
        (
            "line separators in a string",
            chunk("{\"content\":\"a\u{2028}b\u{2029}c\u{85}d\"}", finish: "stop") + done,
            "text(a\u{2028}b\u{2029}c\u{85}d) stop"
        ),
        (
            "escapes and emoji", chunk(#"{"content":"\u00e9\ud83d\ude00"}"#, finish: "stop") + done,
            "text(é😀) stop"
        ),
        (
            "half a surrogate", chunk(#"{"content":"a\ud83d"}"#, finish: "stop") + done,
            "text(a\u{FFFD}) stop"
        ),
        (
            "something after the end", hello + done + chunk(#"{"content":"more"}"#),
            "text(Hello) stop"
        ),
        ("empty events", "\n\n\n" + hello + "\n\n" + done, "text(Hello) stop"),
        ("a field that nobody knows", "foo: bar\n" + hello + done, "text(Hello) stop"),
        ("a line without a colon", "data\n\n", "!protocol"),
    ])

    static let texts = cases([
        ("no role", chunk(#"{"content":"x"}"#, finish: "stop") + done, "text(x) stop"),
        (
            "nulls",
            chunk(
                #"{"role":null,"content":null,"tool_calls":null,"refusal":null,"function_call":null}"#
            ) + chunk(#"{"content":"x"}"#, finish: "stop") + done, "text(x) stop"
        ),
        ("nothing at all", chunk("{}", finish: "stop") + done, "stop"),
        (
            "chunks without a choice",
            "data: {\"choices\":[]}\n\n" + hello + "data: {\"id\":\"c1\"}\n\n" + done,
            "text(Hello) stop"
        ),
        (
            "a second choice",
            "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"}}]}\n\n" + hello
                + done, "text(Hello) stop"
        ),
        ("length", chunk(#"{"content":"x"}"#, finish: "length") + done, "text(x) length"),
        (
            "model_length", chunk(#"{"content":"x"}"#, finish: "model_length") + done,
            "text(x) length"
        ),
        (
            "a reason that nobody knows", chunk(#"{"content":"x"}"#, finish: "eos") + done,
            "text(x) stop"
        ),
        (
            "a filter", chunk(#"{"content":"x"}"#, finish: "content_filter") + done,
            "text(x) !content-filter"
        ),
        (
            "a search that the provider has made",
            chunk(#"{"annotations":[{"type":"url_citation","url_citation":{"url":"https://a"}}]}"#)
                + done, "!hosted-tool"
        ),
        (
            "what a search has found, beside the choices",
            chunk(#"{"content":"x"}"#, more: #","citations":["https://a"]"#) + done,
            "!hosted-tool"
        ),
        (
            "a tool of the server's",
            chunk(#"{"executed_tools":[{"type":"python","output":"1"}]}"#) + done,
            "!hosted-tool"
        ),
        (
            "notes that are none",
            chunk(#"{"content":"x","annotations":[]}"#, finish: "stop", more: #","citations":[]"#)
                + done, "text(x) stop"
        ),
        (
            "a refusal",
            chunk(#"{"refusal":"I can"}"#) + chunk(#"{"refusal":"not"}"#, finish: "stop") + done,
            "!refusal"
        ),
        (
            "white space without end",
            chunk("{\"content\":\"\(String(repeating: " ", count: 100))\"}")
                + chunk(#"{"content":"<think>"}"#, finish: "stop") + done,
            "text(\(String(repeating: " ", count: 100))<think>) stop"
        ),
        (
            "want of resources",
            chunk(#"{"content":"x"}"#, finish: "insufficient_system_resource") + done,
            "text(x) !overloaded"
        ),
        (
            "a whole message instead of deltas",
            "data: {\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n"
                + done, "text(x) stop"
        ),
        (
            "content as a list",
            chunk(
                #"{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}"#,
                finish: "stop") + done, "text(ab) stop"
        ),
        (
            "a list with thoughts",
            chunk(#"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]}"#)
                + chunk(#"{"content":"a"}"#, finish: "stop") + done,
            "thinking(hm)<thinking> text(a) stop"
        ),
    ])

    static let thoughts = cases([
        (
            "reasoning_content",
            chunk(#"{"reasoning_content":"hm"}"#) + chunk(#"{"content":"a"}"#, finish: "stop")
                + done, "thinking(hm)<reasoning_content> text(a) stop"
        ),
        (
            "reasoning",
            chunk(#"{"reasoning":"h"}"#) + chunk(#"{"reasoning":"m"}"#)
                + chunk(#"{"content":"a"}"#, finish: "stop") + done,
            "thinking(hm)<reasoning> text(a) stop"
        ),
        (
            "both, which are one",
            chunk(#"{"reasoning_content":"hm","reasoning":"hm"}"#)
                + chunk(#"{"content":"a"}"#, finish: "stop") + done,
            "thinking(hm)<reasoning_content> text(a) stop"
        ),
        (
            "empty thoughts with each text",
            chunk(#"{"content":"a","reasoning_content":""}"#)
                + chunk(#"{"content":"b","reasoning_content":null}"#, finish: "stop") + done,
            "text(ab) stop"
        ),
        (
            "inline",
            chunk(#"{"content":"<think>h"}"#)
                + chunk(#"{"content":"m</think>\n\na"}"#, finish: "stop") + done,
            "thinking(hm) text(a) stop"
        ),
        (
            "inline, cut anywhere",
            "<think>hm</think>a".map { chunk("{\"content\":\"\($0)\"}") }.joined()
                + chunk("{}", finish: "stop") + done, "thinking(hm) text(a) stop"
        ),
        (
            "a text that begins like one",
            chunk(#"{"content":"<thi"}"#) + chunk(#"{"content":"s>"}"#, finish: "stop") + done,
            "text(<this>) stop"
        ),
        (
            "the mark in the middle of a text",
            chunk(#"{"content":"a <think>b</think>"}"#, finish: "stop") + done,
            "text(a <think>b</think>) stop"
        ),
        (
            "a thought without its end",
            chunk(#"{"content":"<think>hm"}"#, finish: "length") + done, "thinking(hm) length"
        ),
        (
            "thoughts after texts",
            chunk(#"{"content":"a"}"#) + chunk(#"{"reasoning":"hm"}"#)
                + chunk(#"{"content":"b"}"#, finish: "stop") + done,
            "text(a) thinking(hm)<reasoning> text(b) stop"
        ),
        (
            "sealed details of a call",
            call(#"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}"#)
                + chunk(
                    #"{"reasoning_details":[{"type":"reasoning.encrypted","id":"a","data":"x"}]}"#,
                    finish: "tool_calls") + done,
            #"call(a f {})<{"type":"reasoning.encrypted","id":"a","data":"x"}> toolUse"#
        ),
    ])

    static let toolCalls = cases([
        (
            "in pieces",
            calls(
                #"{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}"#,
                #"{"index":0,"function":{"arguments":"{\"x\""}}"#,
                #"{"index":0,"function":{"arguments":":1}"}}"#), #"call(a f {"x":1}) toolUse"#
        ),
        (
            "in one piece",
            calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}"#),
            #"call(a f {"x":1}) toolUse"#
        ),
        (
            "name and id with every piece",
            calls(
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}"#,
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"}"}}"#),
            "call(a f {}) toolUse"
        ),
        (
            "two by turns",
            calls(
                #"{"index":0,"id":"a","function":{"name":"f","arguments":""}}"#,
                #"{"index":1,"id":"b","function":{"name":"g","arguments":""}}"#,
                #"{"index":0,"function":{"arguments":"{\"x\":"}}"#,
                #"{"index":1,"function":{"arguments":"{\"y\":"}}"#,
                #"{"index":0,"function":{"arguments":"1}"}}"#,
                #"{"index":1,"function":{"arguments":"2}"}}"#),
            #"call(a f {"x":1}) call(b g {"y":2}) toolUse"#
        ),
        (
            "two in one delta",
            chunk(
                #"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}},{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}"#,
                finish: "tool_calls") + done, "call(a f {}) call(b g {}) toolUse"
        ),
        (
            "no index",
            calls(
                #"{"id":"a","function":{"name":"f","arguments":"{}"}}"#,
                #"{"id":"b","function":{"name":"g","arguments":"{}"}}"#),
            "call(a f {}) call(b g {}) toolUse"
        ),
        (
            "no index, pieces without id",
            calls(
                #"{"id":"a","function":{"name":"f","arguments":"{"}}"#,
                #"{"function":{"arguments":"}"}}"#), "call(a f {}) toolUse"
        ),
        (
            "every index 0",
            calls(
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}"#,
                #"{"index":0,"id":"b","function":{"name":"g","arguments":"{}"}}"#),
            "call(a f {}) call(b g {}) toolUse"
        ),
        (
            "no id", calls(#"{"index":0,"function":{"name":"f","arguments":"{}"}}"#),
            "call(made f {}) toolUse"
        ),
        (
            "an empty id", calls(#"{"index":0,"id":"","function":{"name":"f","arguments":"{}"}}"#),
            "call(made f {}) toolUse"
        ),
        (
            "stop as the reason",
            calls(
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}"#, finish: "stop"),
            "call(a f {}) toolUse"
        ),
        (
            "no arguments", calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":""}}"#),
            "call(a f {}) toolUse"
        ),
        (
            "no arguments at all", calls(#"{"index":0,"id":"a","function":{"name":"f"}}"#),
            "call(a f {}) toolUse"
        ),
        (
            "null as arguments",
            calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":null}}"#),
            "call(a f {}) toolUse"
        ),
        (
            "the text null",
            calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":"null"}}"#),
            "call(a f {}) toolUse"
        ),
        (
            "an object instead of a text",
            calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":{"x":[1]}}}"#),
            #"call(a f {"x":[1]}) toolUse"#
        ),
        (
            "newlines in a string",
            calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":\"1\n2\"}"}}"#),
            #"call(a f {"x":"1\n2"}) toolUse"#
        ),
        (
            "a trailing comma",
            calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1,}"}}"#),
            #"call(a f {"x":1}) toolUse"#
        ),
        (
            "cut arguments",
            calls(
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":\"12"}}"#,
                finish: "length"), #"call(a f {"x":"12"} broken) length"#
        ),
        (
            "no JSON", calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":"rm -r"}}"#),
            "call(a f {} broken) toolUse"
        ),
        (
            "a list", calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":"[1]"}}"#),
            "call(a f {} broken) toolUse"
        ),
        (
            "a name twice",
            calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1,\"x\":2}"}}"#),
            "call(a f {} broken) toolUse"
        ),
        (
            "the name later",
            calls(
                #"{"index":0,"id":"a","function":{"arguments":"{"}}"#,
                #"{"index":0,"function":{"name":"f","arguments":"}"}}"#), "call(a f {}) toolUse"
        ),
        ("no name", calls(#"{"index":0,"id":"a","function":{"arguments":"{}"}}"#), "!protocol"),
        (
            "a text before",
            chunk(#"{"content":"well"}"#)
                + calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}"#),
            "text(well) call(a f {}) toolUse"
        ),
        (
            "a text after",
            call(#"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}"#)
                + chunk(#"{"content":"well"}"#, finish: "tool_calls") + done,
            "call(a f {}) text(well) toolUse"
        ),
    ])

    static let counts = cases([
        (
            "a chunk of its own",
            hello + usage(#"{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12}"#) + done,
            "text(Hello) stop 10+2"
        ),
        (
            "cached and thought",
            hello
                + usage(
                    #"{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}"#
                ) + done, "text(Hello) stop 6+5 read 4 thought 3"
        ),
        (
            "written",
            hello
                + usage(
                    #"{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4,"cache_write_tokens":2}}"#
                ) + done, "text(Hello) stop 4+5 read 4 written 2"
        ),
        (
            "in every chunk",
            chunk(#"{"content":"x"}"#, more: #","usage":{"prompt_tokens":9,"completion_tokens":1}"#)
                + chunk(
                    "{}", finish: "stop",
                    more: #","usage":{"prompt_tokens":9,"completion_tokens":2}"#) + done,
            "text(x) stop 9+2"
        ),
        (
            "of Groq",
            hello
                + "data: {\"choices\":[],\"x_groq\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}}\n\n"
                + done, "text(Hello) stop 3+4"
        ),
        (
            "null before",
            chunk(#"{"content":"x"}"#, finish: "stop", more: #","usage":null"#)
                + usage(#"{"prompt_tokens":1,"completion_tokens":1}"#) + done, "text(x) stop 1+1"
        ),
        (
            "in the choice",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}]}\n\n"
                + done, "text(x) stop 3+4"
        ),
        (
            "nonsense",
            hello
                + usage(
                    #"{"prompt_tokens":-5,"completion_tokens":99999999999999999999,"prompt_tokens_details":{"cached_tokens":7}}"#
                ) + done, "text(Hello) stop"
        ),
    ])

    static let failures = cases([
        ("no end", hello, "text(Hello) !interrupted"),
        ("an end without a reason", chunk(#"{"content":"x"}"#) + done, "text(x) !interrupted"),
        ("nothing", "", "!interrupted"),
        (
            "an error",
            chunk(#"{"content":"x"}"#)
                + "data: {\"error\":{\"message\":\"The server is overloaded\",\"type\":\"server_error\",\"code\":null}}\n\n",
            "text(x) !overloaded"
        ),
        (
            "a number as its code",
            "data: {\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_exceeded\",\"code\":429}}\n\n",
            "!rate-limit"
        ),
        (
            "an error with a choice",
            "data: {\"error\":{\"code\":502,\"message\":\"Provider returned error\"},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n",
            "!overloaded"
        ),
        ("error as the reason", chunk("{}", finish: "error") + done, "!overloaded"),
        (
            "a refused key, by a number",
            "data: {\"error\":{\"message\":\"no\",\"code\":401}}\n\n", "!authentication"
        ),
        (
            "a wrong request",
            "data: {\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}\n\n",
            "!invalid-request"
        ),
        (
            "too long",
            "data: {\"error\":{\"message\":\"This model's maximum context length is 8192 tokens\",\"code\":\"context_length_exceeded\"}}\n\n",
            "!context-overflow"
        ),
        ("no JSON", "data: {\"choices\":[\n\n", "!protocol"),
        ("no object", "data: 7\n\n", "!protocol"),
        ("a page", "<!doctype html>\n<html><body>hi</body></html>\n\n", "!interrupted"),
    ])

    static let all = framing + texts + thoughts + toolCalls + counts + failures
}
