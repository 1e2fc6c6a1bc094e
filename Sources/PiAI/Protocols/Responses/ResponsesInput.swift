import PiJSON

/// A conversation in the items of Responses.
struct ResponsesInput {
    /// By which a name of one's own is another each time.
    private var count = 0

    static func write(_ request: ModelRequest, to list: inout JSONWriter) {
        var input = ResponsesInput()
        let instructs =
            request.model.dialect.supportsDeveloperRole && request.model.reasoning != nil
            ? "developer" : "system"
        if let prompt = request.systemPrompt, !prompt.isEmpty {
            input.write(prompt, as: instructs, to: &list)
        }
        for message in request.messages {
            switch message {
            case .system(let message): input.write(message.text, as: instructs, to: &list)
            case .user(let message):
                input.item(in: &list) { item in
                    item.member("role", "user")
                    item.member("content") { Self.write(message.content, to: &$0) }
                }
            case .assistant(let answer):
                for part in answer.content { input.write(part, to: &list) }
            case .toolResult(let result): input.write(result, to: &list)
            }
        }
    }

    private mutating func item(
        in list: inout JSONWriter, _ members: (inout JSONWriter) -> Void
    ) {
        list.object(members)
        count += 1
    }

    // MARK: - One item

    private mutating func write(_ text: String, as role: String, to list: inout JSONWriter) {
        item(in: &list) { item in
            item.member("role", role)
            item.member("content", text)
        }
    }

    private mutating func write(_ result: ToolResultMessage, to list: inout JSONWriter) {
        item(in: &list) { item in
            item.member("type", "function_call_output")
            item.member("call_id", CallName(result.callID).call)
            if result.content.images.isEmpty {
                item.member("output", result.content.joinedText)
            } else {
                item.member("output") { Self.write(result.content, to: &$0) }
            }
        }
    }

    private mutating func write(_ part: AnswerPart, to list: inout JSONWriter) {
        switch part {
        case .thinking(let thinking):
            // The item as it came, unread; of one that it did not sign the provider knows nothing.
            guard let thought = thinking.signature.flatMap(Self.thought) else { return }
            item(in: &list) { $0.members(thought) }
        case .text(let text):
            let name = TextName(text.signature)
            let id = name.id ?? "msg_pi_\(count)"
            item(in: &list) { item in
                item.member("type", "message")
                item.member("role", "assistant")
                item.member("id", id)
                item.member("status", "completed")
                if let phase = name.phase { item.member("phase", phase) }
                item.member("content") { content in
                    content.array { Self.write(text.text, to: &$0) }
                }
            }
        case .toolCall(let call):
            let name = CallName(call.id)
            item(in: &list) { item in
                item.member("type", "function_call")
                if let id = name.item { item.member("id", id) }
                item.member("call_id", name.call)
                item.member("name", call.name)
                item.member("arguments", call.arguments.compact)
            }
        }
    }

    private static func thought(_ signature: String) -> JSONObject? {
        // One that is none would only be refused.
        let value = try? JSONReader.read(signature, .interchange(sizeLimit: 16 << 20)).value
        return value?["type"]?.string == "reasoning" ? value?.object : nil
    }

    // MARK: - Parts of one

    private static func write(_ text: String, to list: inout JSONWriter) {
        list.object { part in
            part.member("type", "output_text")
            part.member("text", text)
            part.member("annotations", [])
        }
    }

    private static func write(_ parts: [InputPart], to place: inout JSONWriter) {
        place.array { list in
            for part in parts { write(part, to: &list) }
        }
    }

    private static func write(_ part: InputPart, to list: inout JSONWriter) {
        list.object { object in
            switch part {
            case .text(let text):
                object.member("type", "input_text")
                object.member("text", text)
            case .image(let image):
                object.member("type", "input_image")
                object.member("detail", "auto")
                object.member("image_url", image.dataURL)
            }
        }
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
        guard id.utf8.contains(UInt8(ascii: "|")) else {
            self.init(call: id, item: nil)
            return
        }
        let halves = id.split(separator: "|", maxSplits: 1)
        self.init(
            call: halves.first.map(String.init) ?? id,
            item: halves.count == 2 ? String(halves[1]) : nil)
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
