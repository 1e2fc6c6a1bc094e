import PiJSON

/// The names of tools as providers take them: letters, digits, `_` and `-`, at most 64.
struct ToolNames {
    private var sent: [String: String] = [:]
    private var meant: [String: String] = [:]
    private(set) var changesNothing = true

    /// Declared ones first: they shall keep their names where they can.
    init(_ request: ModelRequest) {
        var names = request.tools.map(\.name)
        for message in request.messages {
            switch message {
            case .assistant(let answer): names += answer.toolCalls.map(\.name)
            case .toolResult(let result): names.append(result.toolName)
            case .user, .system: break
            }
        }
        for name in names where sent[name] == nil && Self.isPlain(name) { add(name, as: name) }
        for name in names where sent[name] == nil {
            var number = 0
            var fitted = Self.fit(name, nil)
            while meant[fitted] != nil {
                number += 1
                fitted = Self.fit(name, number)
            }
            add(name, as: fitted)
        }
        // By their bytes: two names that Swift takes for one are two to a server.
        changesNothing = names.allSatisfy { sent[$0]?.isExactly($0) == true }
    }

    private mutating func add(_ name: String, as fitted: String) {
        sent[name] = fitted
        meant[fitted] = name
    }

    func sent(_ name: String) -> String { sent[name] ?? name }

    /// What a model that says this means.
    func meant(_ name: String) -> String { meant[name] ?? name }

    static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, bytes.count <= 64 else { return false }
        // Gemini wants no digit and no dash in front.
        return bytes.allSatisfy(isPlain) && !(0x30...0x39).contains(first)
            && first != UInt8(ascii: "-")
    }

    private static func fit(_ name: String, _ number: Int?) -> String {
        var bytes = name.utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }
        if bytes.isEmpty || (0x30...0x39).contains(bytes[0]) || bytes[0] == UInt8(ascii: "-") {
            bytes.insert(UInt8(ascii: "_"), at: 0)
        }
        let end = number.map { "_\($0)" } ?? ""
        return String(decoding: bytes.prefix(64 - end.utf8.count), as: UTF8.self) + end
    }
}

extension ModelRequest {
    /// With the names that go over the wire.
    func renamed(by names: ToolNames) -> ModelRequest {
        guard !names.changesNothing else { return self }
        var request = self
        request.tools = tools.map {
            ToolDeclaration(
                name: names.sent($0.name), description: $0.description, parameters: $0.parameters)
        }
        request.messages = messages.map { message in
            switch message {
            case .assistant(var answer):
                answer.content = answer.content.map { part in
                    guard case .toolCall(var call) = part else { return part }
                    call.name = names.sent(call.name)
                    return .toolCall(call)
                }
                return .assistant(answer)
            case .toolResult(var result):
                result.toolName = names.sent(result.toolName)
                return .toolResult(result)
            case .user, .system: return message
            }
        }
        if case .tool(let name)? = options.toolChoice {
            request.options.toolChoice = .tool(names.sent(name))
        }
        return request
    }
}
