import PiJSON

/// Reads the events of Anthropic's Messages.
struct AnthropicReader: AnswerReader {
    private var blocks: [Int: Int] = [:]
    /// Arguments that came with the announcement of a call; what comes later counts more.
    private var given: [Int: JSONObject] = [:]
    private var usage = Usage()
    private var stop: String?
    private var stopDetail: String?

    mutating func read(
        _ event: ServerSentEvent, into answer: inout AnswerBuilder
    ) throws(ModelError) {
        let json = try json(event)
        let index = json["index"]?.count ?? 0
        switch json["type"]?.string ?? event.name {
        case "message_start":
            answer.start()
            let message = json["message"]
            answer.identify(response: message?["id"]?.filled, model: message?["model"]?.filled)
            count(message?["usage"], &answer)
        case "content_block_start": try open(json["content_block"] ?? .null, index, &answer)
        case "content_block_delta": try grow(json["delta"] ?? .null, index, &answer)
        case "content_block_stop": try close(index, &answer)
        case "message_delta":
            count(json["usage"], &answer)
            if let reason = json["delta"]?["stop_reason"]?.filled { stop = reason }
            let details = json["delta"]?["stop_details"]
            stopDetail =
                details?["explanation"]?.filled ?? details?["category"]?.filled ?? stopDetail
        case "message_stop": try finish(&answer)
        case "error": throw ModelError(AnthropicMessages.said(json), otherwise: .overloaded)
        default:
            // `ping`, and whatever is added later.
            break
        }
    }

    mutating func end(_ answer: inout AnswerBuilder) throws(ModelError) {
        guard answer.hasEnded else { throw Self.interrupted }
    }

    // MARK: - Blocks

    private mutating func open(
        _ block: JSONValue, _ index: Int, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        guard blocks[index] == nil else {
            throw ModelError(.wire, "the answer opens its part \(index) twice")
        }
        switch block["type"]?.string {
        case "text":
            let part = try answer.open(.text)
            blocks[index] = part
            try answer.append(block["text"]?.string ?? "", to: part)
        case "thinking":
            let part = try answer.open(.thinking)
            blocks[index] = part
            try answer.append(block["thinking"]?.string ?? "", to: part)
            try answer.sign(block["signature"]?.filled, part)
        case "redacted_thinking":
            let part = try answer.open(.thinking)
            blocks[index] = part
            answer.redact(part)
            try answer.sign(block["data"]?.string, part)
        case "tool_use":
            guard let name = block["name"]?.filled else {
                throw ModelError(.wire, "the answer has a call without a name")
            }
            blocks[index] = try answer.open(
                .toolCall(id: block["id"]?.filled ?? CallIDs.make(), name: name))
            given[index] = block["input"]?.object
        case let kind? where kind.contains("tool_use") || kind.contains("tool_result"):
            throw ModelError(.hostedTool, "the provider has run a tool of its own: \(kind)")
        case _?, nil:
            // Something newer, which nobody asked for.
            break
        }
    }

    private func grow(
        _ delta: JSONValue, _ index: Int, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        guard let part = blocks[index] else { return }
        let kind = answer.kind(of: part)
        switch delta["type"]?.string {
        case "text_delta" where kind == .text:
            try answer.append(delta["text"]?.string ?? "", to: part)
        case "thinking_delta" where kind == .thinking:
            try answer.append(delta["thinking"]?.string ?? "", to: part)
        case "signature_delta" where kind == .thinking:
            try answer.appendSignature(delta["signature"]?.string ?? "", to: part)
        case "input_json_delta" where kind == .toolCall:
            try answer.append(delta["partial_json"]?.string ?? "", to: part)
        case _?, nil: break
        }
    }

    private mutating func close(_ index: Int, _ answer: inout AnswerBuilder) throws(ModelError) {
        guard let part = blocks[index] else { return }
        if let object = given[index], !object.isEmpty, answer.text(of: part).isEmpty {
            try answer.append(object.compact, to: part)
        }
        answer.close(part)
    }

    // MARK: - The end

    private mutating func finish(_ answer: inout AnswerBuilder) throws(ModelError) {
        for index in blocks.keys.sorted() { try close(index, &answer) }
        switch stop {
        case "max_tokens", "model_context_window_exceeded": answer.finish(.length)
        case "refusal":
            throw ModelError(
                .refusal, "the model refuses" + (stopDetail.map { ": \($0)" } ?? ""))
        case nil:
            throw ModelError(.interrupted, "the answer ended without a reason")
        case _?:
            // `end_turn`, `stop_sequence`, `pause_turn`, `tool_use`.
            answer.finish(answer.hasToolCalls ? .toolUse : .stop)
        }
    }

    /// Each count is of the whole answer so far: a later one replaces an earlier one.
    private mutating func count(_ json: JSONValue?, _ answer: inout AnswerBuilder) {
        guard let json, json.object != nil else { return }
        if let input = json["input_tokens"]?.count { usage.input = input }
        if let output = json["output_tokens"]?.count { usage.output = output }
        if let read = json["cache_read_input_tokens"]?.count { usage.cacheRead = read }
        if let written = json["cache_creation_input_tokens"]?.count { usage.cacheWrite = written }
        answer.setUsage(usage)
    }
}
