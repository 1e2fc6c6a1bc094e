import PiJSON

/// Reads the chunks of Gemini; the end of the stream is the end of the answer, once a reason was given.
struct GeminiReader: AnswerReader {
    private var open: (part: Int, kind: AnswerPart.Kind)?
    private var finish: String?
    private var finishMessage: String?

    mutating func read(
        _ event: ServerSentEvent, into answer: inout AnswerBuilder
    ) throws(ModelError) {
        guard !event.data.hasPrefix("[DONE]") else { return }
        let json = try json(event)
        if let error = json["error"], error != .null {
            throw ModelError(Gemini.said(json), otherwise: .overloaded)
        }
        answer.start()
        answer.identify(
            response: json["responseId"]?.filled, model: json["modelVersion"]?.filled)
        if let usage = json["usageMetadata"], usage.object != nil {
            answer.setUsage(Self.usage(usage))
        }
        if let reason = json["promptFeedback"]?["blockReason"]?.filled {
            throw ModelError(.contentFilter, "the provider refuses the question: \(reason)")
        }
        guard let candidate = json["candidates"]?.array?.first else { return }
        if let grounding = candidate["groundingMetadata"], Self.hasSearched(grounding) {
            throw ModelError(.hostedTool, "the provider has run a tool of its own: a search")
        }
        for part in candidate["content"]?["parts"]?.array ?? [] { try read(part, &answer) }
        if let reason = candidate["finishReason"]?.filled {
            finish = reason
            finishMessage = candidate["finishMessage"]?.filled
        }
    }

    private static func hasSearched(_ grounding: JSONValue) -> Bool {
        ["webSearchQueries", "groundingChunks", "retrievalQueries"].contains {
            grounding[$0]?.array?.isEmpty == false
        }
    }

    // MARK: - Parts

    private mutating func read(
        _ part: JSONValue, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        let signature = part["thoughtSignature"]?.filled
        if let call = part["functionCall"], call.object != nil {
            guard let name = call["name"]?.filled else {
                throw ModelError(.wire, "the answer has a call without a name")
            }
            closeOpen(&answer)
            let index = try answer.open(
                .toolCall(id: call["id"]?.filled ?? CallIDs.make(), name: name))
            try answer.append(call["args"]?.object?.compact ?? "", to: index)
            try answer.sign(signature, index)
            answer.close(index)
        } else if let text = part["text"]?.string {
            try say(text, part["thought"]?.bool == true ? .thinking : .text, signature, &answer)
        } else if part["executableCode"] != nil || part["codeExecutionResult"] != nil
            || part["toolCall"] != nil || part["toolResponse"] != nil
        {
            throw ModelError(.hostedTool, "the provider has run a tool of its own: code")
        } else if signature != nil {
            try say("", .text, signature, &answer)
        }
    }

    private mutating func say(
        _ text: String, _ kind: AnswerPart.Kind, _ signature: String?,
        _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        // A signature of nothing is of a part of its own, and goes back on one.
        let isOwn = text.isEmpty && signature != nil
        guard !text.isEmpty || isOwn else { return }
        if isOwn || open?.kind != kind { closeOpen(&answer) }
        let index: Int
        if let open {
            index = open.part
        } else {
            index = try answer.open(kind == .thinking ? .thinking : .text)
        }
        open = (index, kind)
        try answer.append(text, to: index)
        try answer.sign(signature, index)
        // What follows a signed part is another one.
        if signature != nil { closeOpen(&answer) }
    }

    private mutating func closeOpen(_ answer: inout AnswerBuilder) {
        if let open { answer.close(open.part) }
        open = nil
    }

    // MARK: - The end

    mutating func end(_ answer: inout AnswerBuilder) throws(ModelError) {
        guard let finish else { throw Self.interrupted }
        let more = finishMessage.map { ": \($0)" } ?? ""
        switch finish {
        case "STOP": answer.finish(answer.hasToolCalls ? .toolUse : .stop)
        case "MAX_TOKENS": answer.finish(.length)
        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE",
            "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT":
            throw ModelError(.contentFilter, "a filter stopped the answer (\(finish))\(more)")
        default:
            // `MALFORMED_FUNCTION_CALL`, `UNEXPECTED_TOOL_CALL`, `OTHER`: another try may do better.
            throw ModelError(
                .wire, "the model broke its answer off (\(finish))\(more)", shouldRetry: true)
        }
    }

    /// Cached tokens are among the prompt's; what was thought is beside the candidates'.
    private static func usage(_ json: JSONValue) -> Usage {
        let prompt =
            (json["promptTokenCount"]?.count ?? 0)
            + (json["toolUsePromptTokenCount"]?.count ?? 0)
        let cached = min(prompt, json["cachedContentTokenCount"]?.count ?? 0)
        let thoughts = json["thoughtsTokenCount"]?.count
        return Usage(
            input: prompt - cached,
            output: (json["candidatesTokenCount"]?.count ?? 0) + (thoughts ?? 0),
            cacheRead: cached, reasoning: thoughts)
    }
}
