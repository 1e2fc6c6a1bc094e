import PiJSON

/// Reads the chunks of Chat Completions, in all the ways that servers write them.
struct ChatReader: AnswerReader {
    /// Where thoughts stand; the name is kept, as they go back under the same.
    static let thoughtFields = ["reasoning_content", "reasoning", "reasoning_text"]

    private var text: Int?
    private var thought: Int?
    private var calls: [Call] = []
    private var inline = InlineThought()
    private var finish: String?
    private var refusal = ""

    private struct Call {
        let index: Int?
        var id: String?
        var name = ""
        var part: Int?
        /// Before its name is known it can't be opened.
        var early = ""
    }

    mutating func read(
        _ event: ServerSentEvent, into answer: inout AnswerBuilder
    ) throws(ModelError) {
        if event.data.hasPrefix("[DONE]") { return try complete(&answer) }
        let chunk = try json(event)
        if let error = chunk["error"], error != .null {
            throw ModelError(ChatCompletions.said(chunk), otherwise: .overloaded)
        }
        answer.start()
        answer.identify(response: chunk["id"]?.filled, model: chunk["model"]?.filled)
        if let usage = chunk["usage"] ?? chunk["x_groq"]?["usage"], usage.object != nil {
            answer.setUsage(Self.usage(usage))
        }
        // Perplexity and xAI tell beside the choices what they have searched.
        for field in ["citations", "search_results"] {
            try refuseHosted(!(chunk[field]?.array ?? []).isEmpty, "a search")
        }
        guard let choice = chunk["choices"]?.array?.first(where: { ($0["index"]?.count ?? 0) == 0 })
        else { return }
        if let usage = choice["usage"], usage.object != nil { answer.setUsage(Self.usage(usage)) }
        // A server that does not stream sends the whole message.
        if let delta = choice["delta"] ?? choice["message"] { try read(delta, &answer) }
        if let reason = choice["finish_reason"]?.filled {
            if reason == "error" {
                throw ModelError(ChatCompletions.said(choice), otherwise: .overloaded)
            }
            finish = reason
        }
    }

    mutating func end(_ answer: inout AnswerBuilder) throws(ModelError) {
        guard answer.hasEnded else { throw Self.interrupted }
    }

    // MARK: - Deltas

    private mutating func read(
        _ delta: JSONValue, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        if let field = Self.thoughtFields.first(where: { delta[$0]?.filled != nil }) {
            try think(delta[field]?.string ?? "", field, &answer)
        }
        switch delta["content"] {
        case .string(let piece)?: try say(piece, &answer)
        case .array(let pieces)?: for piece in pieces { try readPiece(piece, &answer) }
        case .null?, .bool?, .number?, .object?, nil: break
        }
        refusal += (delta["refusal"]?.string ?? "").prefix(max(0, 10_000 - refusal.utf8.count))
        let notes = delta["annotations"]?.array ?? []
        try refuseHosted(notes.contains { $0["type"]?.string == "url_citation" }, "a search")
        // Groq's.
        try refuseHosted(!(delta["executed_tools"]?.array ?? []).isEmpty, "one of the server's")
        for call in delta["tool_calls"]?.array ?? [] { try read(call: call, &answer) }
        for detail in delta["reasoning_details"]?.array ?? [] { try sign(detail, &answer) }
    }

    private func refuseHosted(_ isSo: Bool, _ what: String) throws(ModelError) {
        guard isSo else { return }
        throw ModelError(.hostedTool, "the provider has run a tool of its own: \(what)")
    }

    /// Mistral's: a list of texts and thoughts.
    private mutating func readPiece(
        _ piece: JSONValue, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        switch piece["type"]?.string {
        case "text": try say(piece["text"]?.string ?? "", &answer)
        case "thinking":
            let texts = piece["thinking"]?.array ?? []
            try think(texts.compactMap { $0["text"]?.string }.joined(), "thinking", &answer)
        default: break
        }
    }

    private mutating func say(_ piece: String, _ answer: inout AnswerBuilder) throws(ModelError) {
        for (isThought, rest) in inline.split(piece) {
            if isThought {
                try think(rest, nil, &answer)
            } else {
                try openText(&answer, with: rest)
            }
        }
    }

    private mutating func openText(
        _ answer: inout AnswerBuilder, with piece: String
    ) throws(ModelError) {
        guard !piece.isEmpty else { return }
        close(&thought, &answer)
        let index: Int
        if let text { index = text } else { index = try answer.open(.text) }
        text = index
        try answer.append(piece, to: index)
    }

    private mutating func think(
        _ piece: String, _ field: String?, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        guard !piece.isEmpty else { return }
        close(&text, &answer)
        let index: Int
        if let thought { index = thought } else { index = try answer.open(.thinking) }
        if thought == nil { try answer.sign(field, index) }
        thought = index
        try answer.append(piece, to: index)
    }

    private func close(_ part: inout Int?, _ answer: inout AnswerBuilder) {
        if let open = part { answer.close(open) }
        part = nil
    }

    // MARK: - Calls

    private mutating func read(
        call json: JSONValue, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        let place = try self.place(of: json)
        if let id = json["id"]?.filled, calls[place].id == nil { calls[place].id = id }
        let function = json["function"]
        // Said once, or with every piece: it never grows.
        if calls[place].name.isEmpty, let name = function?["name"]?.filled {
            calls[place].name = name
        }
        let piece: String
        switch function?["arguments"] {
        case .string(let text)?: piece = text
        case .object(let object)?: piece = object.compact
        case .null?, .bool?, .number?, .array?, nil: piece = ""
        }
        guard !calls[place].name.isEmpty else {
            calls[place].early += piece
            guard calls[place].early.utf8.count <= ArgumentText.largest else {
                throw ModelError(.wire, "the answer has a call without a name")
            }
            return
        }
        if calls[place].part == nil {
            close(&thought, &answer)
            close(&text, &answer)
            let id = calls[place].id ?? CallIDs.make()
            calls[place].id = id
            let part = try answer.open(.toolCall(id: id, name: calls[place].name))
            calls[place].part = part
            try answer.append(calls[place].early, to: part)
            calls[place].early = ""
        }
        if let part = calls[place].part { try answer.append(piece, to: part) }
    }

    private mutating func place(of json: JSONValue) throws(ModelError) -> Int {
        let index = json["index"]?.number?.int
        let id = json["id"]?.filled
        let known: Int?
        if let index {
            known = calls.lastIndex { call in
                // Some number every call 0; another id is another call.
                call.index == index && (id == nil || call.id == nil || call.id == id)
            }
        } else if let id {
            known = calls.lastIndex { $0.id == id }
        } else {
            known = json["function"]?["name"]?.filled == nil ? calls.indices.last : nil
        }
        if let known { return known }
        guard calls.count < AnswerBuilder.mostParts else {
            throw ModelError(.wire, "the answer has too many calls")
        }
        calls.append(Call(index: index, id: id))
        return calls.count - 1
    }

    /// What OpenRouter wants to see again with a call.
    private func sign(
        _ detail: JSONValue, _ answer: inout AnswerBuilder
    ) throws(ModelError) {
        guard detail["type"]?.string == "reasoning.encrypted", let object = detail.object,
            let id = detail["id"]?.string,
            let part = calls.first(where: { $0.id == id })?.part
        else { return }
        try answer.sign(object.compact, part)
    }

    // MARK: - The end

    private mutating func complete(_ answer: inout AnswerBuilder) throws(ModelError) {
        guard let finish else { throw Self.interrupted }
        let rest = inline.rest()
        if rest.isThought {
            try think(rest.text, nil, &answer)
        } else {
            try openText(&answer, with: rest.text)
        }
        guard calls.allSatisfy({ $0.part != nil }) else {
            throw ModelError(.wire, "the answer has a call without a name")
        }
        if !refusal.isEmpty { throw ModelError(.refusal, "the model refuses: \(refusal)") }
        switch finish {
        case "length", "max_tokens", "model_length": answer.finish(.length)
        case "content_filter": throw ModelError(.contentFilter, "a filter stopped the answer")
        case "insufficient_system_resource":
            throw ModelError(
                .overloaded, "the provider has stopped the answer for want of resources")
        default:
            // `stop`, `tool_calls`, `eos`, …: some say `stop` with calls.
            answer.finish(calls.isEmpty ? .stop : .toolUse)
        }
    }

    /// Cached tokens are among the prompt's, and what was thought is among the completion's.
    private static func usage(_ json: JSONValue) -> Usage {
        let prompt = json["prompt_tokens"]?.count ?? 0
        let details = json["prompt_tokens_details"]
        let cached = min(
            prompt,
            details?["cached_tokens"]?.count ?? json["prompt_cache_hit_tokens"]?.count ?? json[
                "cached_tokens"]?.count ?? 0)
        let written = min(prompt - cached, details?["cache_write_tokens"]?.count ?? 0)
        return Usage(
            input: prompt - cached - written, output: json["completion_tokens"]?.count ?? 0,
            cacheRead: cached, cacheWrite: written,
            reasoning: json["completion_tokens_details"]?["reasoning_tokens"]?.count)
    }
}

/// Thoughts that a server leaves at the start of the text, between `<think>` and `</think>`.
struct InlineThought: Sendable {
    private enum Place { case start, thought, text }

    private var place = Place.start
    private var held = ""
    /// So much white space before a mark, and it is a text.
    private static let mostSpace = 64
    private static let opening = "<think>"
    private static let closing = "</think>"

    /// The pieces that are certain; what could be the beginning of a mark waits.
    mutating func split(_ piece: String) -> [(isThought: Bool, text: String)] {
        var pieces: [(Bool, String)] = []
        held += piece
        if place == .start {
            let start = held.drop { $0.isWhitespace }
            if start.hasPrefix(Self.opening) {
                held = String(start.dropFirst(Self.opening.count))
                place = .thought
            } else if !Self.opening.hasPrefix(start) || held.utf8.count > Self.mostSpace {
                place = .text
            }
        }
        if place == .thought {
            if let end = held.firstRange(of: Self.closing) {
                pieces.append((true, String(held[..<end.lowerBound])))
                held = String(held[end.upperBound...].drop { $0.isWhitespace })
                place = .text
            } else {
                let kept = Self.overlap(held)
                pieces.append((true, String(held.dropLast(kept))))
                held = String(held.suffix(kept))
            }
        }
        if place == .text {
            pieces.append((false, held))
            held = ""
        }
        return pieces
    }

    /// What still waits when nothing more comes.
    mutating func rest() -> (isThought: Bool, text: String) {
        defer { held = "" }
        return (place == .thought, held)
    }

    /// How much of the end could be the beginning of the closing mark.
    private static func overlap(_ text: String) -> Int {
        for count in stride(from: min(text.count, closing.count - 1), to: 0, by: -1)
        where closing.hasPrefix(text.suffix(count)) {
            return count
        }
        return 0
    }
}
