import PiAI

/// Google's Gemini.
enum GeminiCases {
    private static func chunk(_ parts: String, finish: String? = nil, more: String = "") -> String {
        "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[\(parts)]}\(finish.map { ",\"finishReason\":\"\($0)\"" } ?? ""),\"index\":0}],\"responseId\":\"r\",\"modelVersion\":\"m\"\(more)}\r\n\r\n"
    }

    private static let usage =
        #","usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15}"#

    static let all: [WireCase] = [
        (
            "plain",
            chunk(#"{"text":"Hel"}"#) + chunk(#"{"text":"lo"}"#, finish: "STOP", more: usage),
            "text(Hello) stop 10+5"
        ),
        (
            "LF",
            (chunk(#"{"text":"a"}"#, finish: "STOP", more: usage)).replacing("\r\n", with: "\n"),
            "text(a) stop 10+5"
        ),
        (
            "comments and ids",
            ": hi\nid: 1\n" + chunk(#"{"text":"a"}"#, finish: "STOP", more: usage),
            "text(a) stop 10+5"
        ),
        (
            "no empty line at the end",
            String(chunk(#"{"text":"a"}"#, finish: "STOP", more: usage).dropLast(2)),
            "text(a) stop 10+5"
        ),
        (
            "an empty text", chunk(#"{"text":""}"#) + chunk(#"{"text":"a"}"#, finish: "STOP"),
            "text(a) stop"
        ),
        (
            "the reason in a chunk of its own",
            chunk(#"{"text":"a"}"#)
                + "data: {\"candidates\":[{\"finishReason\":\"STOP\",\"index\":0}]}\r\n\r\n",
            "text(a) stop"
        ),
        (
            "usage after the reason",
            chunk(#"{"text":"a"}"#, finish: "STOP")
                + "data: {\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}\r\n\r\n",
            "text(a) stop 3+4"
        ),
        (
            "usage that grows",
            chunk(
                #"{"text":"a"}"#,
                more: #","usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":1}"#)
                + chunk(#"{"text":"b"}"#, finish: "STOP", more: usage), "text(ab) stop 10+5"
        ),
        (
            "a thought",
            chunk(#"{"text":"hm","thought":true}"#) + chunk(#"{"text":"a"}"#, finish: "STOP"),
            "thinking(hm) text(a) stop"
        ),
        (
            "thoughts count beside",
            chunk(
                #"{"text":"a"}"#, finish: "STOP",
                more:
                    #","usageMetadata":{"promptTokenCount":10,"cachedContentTokenCount":4,"candidatesTokenCount":5,"thoughtsTokenCount":7}"#
            ), "text(a) stop 6+12 read 4 thought 7"
        ),
        (
            "a call", chunk(#"{"functionCall":{"name":"f","args":{"x":1}}}"#, finish: "STOP"),
            #"call(made f {"x":1}) toolUse"#
        ),
        (
            "a call with an id",
            chunk(#"{"functionCall":{"id":"k1","name":"f","args":{}}}"#, finish: "STOP"),
            "call(k1 f {}) toolUse"
        ),
        (
            "a call without arguments", chunk(#"{"functionCall":{"name":"f"}}"#, finish: "STOP"),
            "call(made f {}) toolUse"
        ),
        (
            "null as arguments",
            chunk(#"{"functionCall":{"name":"f","args":null}}"#, finish: "STOP"),
            "call(made f {}) toolUse"
        ),
        (
            "a signed call",
            chunk(
                #"{"functionCall":{"id":"k","name":"f","args":{}},"thoughtSignature":"S+/="}"#,
                finish: "STOP"), "call(k f {})<S+/=> toolUse"
        ),
        (
            "two calls",
            chunk(
                #"{"functionCall":{"id":"a","name":"f","args":{}},"thoughtSignature":"S"},{"functionCall":{"id":"b","name":"g","args":{}}}"#,
                finish: "STOP"), "call(a f {})<S> call(b g {}) toolUse"
        ),
        (
            "a text, then a call",
            chunk(#"{"text":"well"}"#)
                + chunk(#"{"functionCall":{"id":"a","name":"f","args":{}}}"#, finish: "STOP"),
            "text(well) call(a f {}) toolUse"
        ),
        (
            "a signature on an empty last part",
            chunk(#"{"text":"a"}"#) + chunk(#"{"text":"","thoughtSignature":"S"}"#, finish: "STOP"),
            "text(a) text()<S> stop"
        ),
        (
            "a signed text",
            chunk(#"{"text":"a","thoughtSignature":"S"}"#)
                + chunk(#"{"text":"b"}"#, finish: "STOP"), "text(a)<S> text(b) stop"
        ),
        (
            "a signature alone",
            chunk(#"{"text":"a"}"#) + chunk(#"{"thoughtSignature":"S"}"#, finish: "STOP"),
            "text(a) text()<S> stop"
        ),
        (
            "a part that nobody knows", chunk(#"{"hologram":{}},{"text":"a"}"#, finish: "STOP"),
            "text(a) stop"
        ),
        ("MAX_TOKENS", chunk(#"{"text":"a"}"#, finish: "MAX_TOKENS"), "text(a) length"),
        (
            "MAX_TOKENS and nothing",
            "data: {\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"MAX_TOKENS\"}]}\r\n\r\n",
            "length"
        ),
        ("SAFETY", chunk(#"{"text":"a"}"#, finish: "SAFETY"), "text(a) !content-filter"),
        ("RECITATION", chunk(#"{"text":"a"}"#, finish: "RECITATION"), "text(a) !content-filter"),
        (
            "MALFORMED_FUNCTION_CALL",
            "data: {\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\",\"finishMessage\":\"x(\"}]}\r\n\r\n",
            "!protocol"
        ),
        ("OTHER", chunk(#"{"text":"a"}"#, finish: "OTHER"), "text(a) !protocol"),
        (
            "a question that is refused",
            "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\r\n\r\n", "!content-filter"
        ),
        (
            "a search of the provider's",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"groundingMetadata\":{\"webSearchQueries\":[\"x\"]}}]}\r\n\r\n",
            "!hosted-tool"
        ),
        (
            "grounding in nothing",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"groundingMetadata\":{},\"finishReason\":\"STOP\"}]}\r\n\r\n",
            "text(a) stop"
        ),
        (
            "code of the provider's",
            chunk(#"{"executableCode":{"language":"PYTHON","code":"1"}}"#), "!hosted-tool"
        ),
        (
            "an error",
            chunk(#"{"text":"a"}"#)
                + "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n",
            "text(a) !overloaded"
        ),
        (
            "a rate",
            "data: {\"error\":{\"code\":429,\"message\":\"Quota exceeded for metric\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"retryDelay\":\"1.2s\"}]}}\r\n\r\n",
            "!rate-limit"
        ),
        ("no end", chunk(#"{"text":"a"}"#), "text(a) !interrupted"),
        ("nothing", "", "!interrupted"),
        ("no JSON", "data: [\r\n\r\n", "!protocol"),
        (
            "a call without a name", chunk(#"{"functionCall":{"args":{}}}"#, finish: "STOP"),
            "!protocol"
        ),
    ].map { WireCase(.googleGenerativeAI, $0.0, $0.1, $0.2) }
}
