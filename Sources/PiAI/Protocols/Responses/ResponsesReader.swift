import PiJSON

/// Reads the events of Responses; items may come interleaved, each by its place in the output.
struct ResponsesReader: AnswerReader {
    private var items: [Int: Int] = [:]
    private var calls = 0
    private var refusal = ""
    /// Of the summaries of one thought, to know where a new one begins.
    private var summaries: [Int: Int] = [:]

    mutating func read(
        _ event: ServerSentEvent, into answer: inout AnswerBuilder
    ) throws(ModelError) {
        guard !event.data.hasPrefix("[DONE]") else { return }
        let json = try json(event)
        let place = json["output_index"]?.count ?? 0
        switch json["type"]?.string ?? event.name {
        case "response.created", "response.in_progress", "response.queued":
            answer.start()
            let response = json["response"]
            answer.identify(
                response: response?["id"]?.filled, model: response?["model"]?.filled)
        case "response.output_item.added":
            if let item = json["item"] { try open(item, at: place, &answer) }
        case "response.reasoning_summary_part.added":
            try separate(place, json["summary_index"]?.count ?? 0, &answer)
        case "response.reasoning_summary_text.delta", "response.reasoning_text.delta",
            "response.output_text.delta", "response.function_call_arguments.delta":
            if let part = items[place] { try answer.append(json["delta"]?.string ?? "", to: part) }
        case "response.refusal.delta":
            refusal += (json["delta"]?.string ?? "").prefix(max(0, 10_000 - refusal.utf8.count))
        case "response.function_call_arguments.done":
            if let part = items[place], let whole = json["arguments"]?.string {
                try answer.complete(whole, of: part)
            }
        case "response.output_item.done":
            if let item = json["item"] { try close(item, at: place, &answer) }
        case "response.completed", "response.incomplete", "response.failed":
            try finish(json["response"] ?? .null, &answer)
        case "error":
            let said = Responses.said(json["error"] == nil ? json : .object(json.object!))
            throw ModelError(said, otherwise: .overloaded)
        default:
            // More kinds of event are added all the time.
            break
        }
    }

    mutating func end(_ answer: inout AnswerBuilder) throws(ModelError) {
        guard answer.hasEnded else { throw Self.interrupted }
    }

    // MARK: - Items

    private mutating func open(
        _ item: JSONValue, at place: Int, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        guard items[place] == nil else { return }
        switch item["type"]?.string {
        case "reasoning": items[place] = try answer.open(.thinking)
        case "message": items[place] = try answer.open(.text)
        case "function_call":
            calls += 1
            let name = CallName(
                call: item["call_id"]?.filled ?? CallIDs.make(), item: item["id"]?.filled)
            guard let tool = item["name"]?.filled else {
                throw ModelError(.wire, "the answer has a call without a name")
            }
            let part = try answer.open(.toolCall(id: name.joined, name: tool))
            items[place] = part
            try answer.append(item["arguments"]?.string ?? "", to: part)
        case let kind?:
            // Only a function is ours to call: whatever else was called the provider has run.
            guard !kind.hasSuffix("_call"), !kind.hasPrefix("mcp_") else {
                throw ModelError(
                    .hostedTool, "the provider has run a tool of its own: \(kind)")
            }
        case nil: break
        }
    }

    /// A thought has summaries, a paragraph each.
    private mutating func separate(
        _ place: Int, _ number: Int, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        guard let part = items[place] else { return }
        if summaries[place].map({ number > $0 }) == true { try answer.append("\n\n", to: part) }
        summaries[place] = number
    }

    /// What an item really is stands here: the one that was announced is empty.
    private mutating func close(
        _ item: JSONValue, at place: Int, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        try open(item, at: place, &answer)
        guard let part = items[place], answer.isOpen(part) else { return }
        switch item["type"]?.string {
        case "reasoning":
            let summary = Self.texts(item["summary"]).joined(separator: "\n\n")
            let whole = summary.isEmpty ? Self.texts(item["content"]).joined() : summary
            if !whole.isEmpty { try answer.complete(whole, of: part) }
            try answer.sign(item.object?.compact, part)
        case "message":
            let texts = Self.texts(item["content"])
            if !texts.isEmpty { try answer.complete(texts.joined(), of: part) }
            let refused = (item["content"]?.array ?? []).compactMap { $0["refusal"]?.filled }
            if refusal.isEmpty { refusal = refused.joined() }
            try answer.sign(
                TextName(id: item["id"]?.filled, phase: item["phase"]?.filled).signature, part)
        case "function_call":
            if let whole = item["arguments"]?.string { try answer.complete(whole, of: part) }
            // The id that was announced may be another.
            let name = CallName(
                call: item["call_id"]?.filled ?? CallIDs.make(), item: item["id"]?.filled)
            if item["call_id"]?.filled != nil { answer.renameCall(id: name.joined, part) }
        case _?, nil: break
        }
        answer.close(part)
    }

    private static func texts(_ list: JSONValue?) -> [String] {
        (list?.array ?? []).compactMap { $0["text"]?.string }
    }

    // MARK: - The end

    private mutating func finish(
        _ response: JSONValue, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        answer.start()
        answer.identify(response: response["id"]?.filled, model: response["model"]?.filled)
        if let usage = response["usage"], usage.object != nil { answer.setUsage(Self.usage(usage)) }
        if let error = response["error"], error != .null {
            throw ModelError(Responses.said(response), otherwise: .overloaded)
        }
        switch response["status"]?.string {
        case "completed", nil:
            // Some servers tell of the items only here.
            for (place, item) in (response["output"]?.array ?? []).enumerated() {
                try close(item, at: place, &answer)
            }
            if !refusal.isEmpty { throw ModelError(.refusal, "the model refuses: \(refusal)") }
            answer.finish(calls == 0 ? .stop : .toolUse)
        case "incomplete":
            let reason = response["incomplete_details"]?["reason"]?.string
            if reason == "content_filter" {
                throw ModelError(.contentFilter, "a filter stopped the answer")
            }
            answer.finish(.length)
        case "cancelled": throw ModelError(.interrupted, "the provider has cancelled the answer")
        case let status?:
            throw ModelError(.overloaded, "the provider ended the answer as \(status)")
        }
    }

    /// Cached tokens are among the input's, and what was thought is among the output's.
    private static func usage(_ json: JSONValue) -> Usage {
        let input = json["input_tokens"]?.count ?? 0
        let details = json["input_tokens_details"]
        let cached = min(input, details?["cached_tokens"]?.count ?? 0)
        let written = min(input - cached, details?["cache_write_tokens"]?.count ?? 0)
        return Usage(
            input: input - cached - written, output: json["output_tokens"]?.count ?? 0,
            cacheRead: cached, cacheWrite: written,
            reasoning: json["output_tokens_details"]?["reasoning_tokens"]?.count)
    }
}
