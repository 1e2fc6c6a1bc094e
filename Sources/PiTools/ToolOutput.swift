import PiJSON

/// What a call comes to: what the model gets, and what whoever shows it may want to know besides.
struct ToolOutput: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case text(String)
        case image(bytes: [UInt8], type: String)
    }

    let content: [Part]
    let details: JSONObject

    init(_ text: String, details: JSONObject = JSONObject()) {
        self.init([.text(text)], details: details)
    }

    init(_ content: [Part], details: JSONObject = JSONObject()) {
        self.content = content
        self.details = details
    }

    /// As it goes to the supervisor: `{"content": [...], "details": {...}}`.
    var json: JSONValue {
        var object = JSONObject()
        object["content"] = .array(
            content.map { part in
                switch part {
                case .text(let text): ["type": "text", "text": .string(text)]
                case .image(let bytes, let type):
                    [
                        "type": "image",
                        "data": .string(
                            String(decoding: Base64.encode(bytes, .standard), as: UTF8.self)),
                        "mimeType": .string(type),
                    ]
                }
            })
        if !details.isEmpty { object["details"] = .object(details) }
        return .object(object)
    }
}
