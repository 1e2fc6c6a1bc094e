import PiJSON

/// A conversation in the items of Responses.
enum ResponsesInput {
    static func of(_ request: ModelRequest) -> [JSONValue] {
        let instructs =
            request.model.dialect.supportsDeveloperRole && request.model.reasoning != nil
            ? "developer" : "system"
        var items: [JSONValue] = []
        if let prompt = request.systemPrompt, !prompt.isEmpty {
            items.append(["role": .string(instructs), "content": .string(prompt)])
        }
        for message in request.messages {
            switch message {
            case .system(let message):
                items.append(["role": .string(instructs), "content": .string(message.text)])
            case .user(let message):
                items.append(["role": "user", "content": .array(content(message.content))])
            case .assistant(let answer): items += assistant(answer, after: items.count)
            case .toolResult(let result):
                let isPlain = result.content.images.isEmpty
                items.append([
                    "type": "function_call_output",
                    "call_id": .string(CallName(result.callID).call),
                    "output": isPlain
                        ? .string(result.content.joinedText) : .array(content(result.content)),
                ])
            }
        }
        return items
    }

    private static func content(_ parts: [InputPart]) -> [JSONValue] {
        parts.map { part in
            switch part {
            case .text(let text): ["type": "input_text", "text": .string(text)]
            case .image(let image):
                [
                    "type": "input_image", "detail": "auto", "image_url": .string(image.dataURL),
                ]
            }
        }
    }

    /// `count` items stand before, which makes a name of one's own another each time.
    private static func assistant(
        _ answer: AssistantMessage, after count: Int
    ) -> [JSONValue] {
        var items: [JSONValue] = []
        for part in answer.content {
            switch part {
            case .thinking(let thinking):
                // The item as it came, unread; of one that it did not sign the provider knows nothing.
                if let item = thinking.signature.flatMap(item) { items.append(item) }
            case .text(let text):
                let name = TextName(text.signature)
                var item = JSONObject()
                item["type"] = "message"
                item["role"] = "assistant"
                item["id"] = .string(name.id ?? "msg_pi_\(count + items.count)")
                item["status"] = "completed"
                item["phase"] = name.phase.map(JSONValue.string)
                item["content"] = [
                    ["type": "output_text", "text": .string(text.text), "annotations": []]
                ]
                items.append(.object(item))
            case .toolCall(let call):
                let name = CallName(call.id)
                var item = JSONObject()
                item["type"] = "function_call"
                item["id"] = name.item.map(JSONValue.string)
                item["call_id"] = .string(name.call)
                item["name"] = .string(call.name)
                item["arguments"] = .string(call.arguments.compact)
                items.append(.object(item))
            }
        }
        return items
    }

    private static func item(_ signature: String) -> JSONValue? {
        // One that is none would only be refused.
        let value = try? JSONReader.read(signature, .interchange(sizeLimit: 16 << 20)).value
        return value?["type"]?.string == "reasoning" ? value : nil
    }
}

/// The two names of a call here: its own, by which its result finds it, and its item's.
struct CallName: Hashable {
    let call: String
    let item: String?

    init(call: String, item: String?) {
        self.call = call
        self.item = item
    }

    init(_ id: String) {
        let halves = id.split(separator: "|", maxSplits: 1)
        call = halves.first.map(String.init) ?? id
        item = halves.count == 2 ? String(halves[1]) : nil
    }

    var joined: String { item.map { "\(call)|\($0)" } ?? call }
}

/// What a text's signature holds here, as in Pi: `{"v":1,"id":…,"phase":…}`, or the id alone.
struct TextName: Hashable {
    let id: String?
    let phase: String?

    init(id: String?, phase: String?) {
        self.id = id
        self.phase = phase
    }

    init(_ signature: String?) {
        guard let signature, signature.hasPrefix("{") else {
            self.init(id: signature, phase: nil)
            return
        }
        // One that is none is of no use to anybody.
        let json = try? JSONReader.read(signature, .interchange(sizeLimit: 4096)).value
        self.init(id: json?["id"]?.filled, phase: json?["phase"]?.filled)
    }

    var signature: String? {
        guard let id else { return nil }
        var object = JSONObject()
        object["v"] = 1
        object["id"] = .string(id)
        object["phase"] = phase.map(JSONValue.string)
        return object.compact
    }
}
