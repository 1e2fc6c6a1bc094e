package import PiAI
import PiJSON

/// Whether what goes over the wire is what servers take: each call with its result, and nothing in between.
package enum WireOrder {
    /// One conversation as calls, results and turns, in their order.
    private enum Step: Hashable {
        case call(String)
        case result(String)
        case turn(String)
    }

    package static func faults(of request: ModelRequest) throws -> [String] {
        let body = try JSONReader.read(request.encoded(), .exact(sizeLimit: 16 << 20)).value
        let api = request.model.name.api
        let steps = steps(body, api)
        // Of nothing there would be nothing wrong.
        guard !steps.isEmpty || request.messages.isEmpty else { return ["nothing is sent"] }
        return faults(steps, byName: api == .googleGenerativeAI)
    }

    private static func steps(_ body: JSONValue, _ api: API) -> [Step] {
        switch api {
        case .openAICompletions:
            (body["messages"]?.array ?? []).flatMap { message -> [Step] in
                let role = message["role"]?.string ?? "?"
                if role == "tool" { return [.result(message["tool_call_id"]?.string ?? "?")] }
                let calls = (message["tool_calls"]?.array ?? []).map {
                    Step.call($0["id"]?.string ?? "?")
                }
                return [.turn(role)] + calls
            }
        case .openAIResponses:
            (body["input"]?.array ?? []).compactMap { item in
                switch item["type"]?.string {
                case "function_call": .call(item["call_id"]?.string ?? "?")
                case "function_call_output": .result(item["call_id"]?.string ?? "?")
                case "reasoning": nil
                default: .turn(item["role"]?.string ?? "?")
                }
            }
        case .anthropicMessages:
            (body["messages"]?.array ?? []).flatMap { message -> [Step] in
                let blocks = message["content"]?.array ?? []
                let role = message["role"]?.string ?? "?"
                let isResults = blocks.first?["type"] == "tool_result"
                return (isResults ? [] : [.turn(role)])
                    + blocks.compactMap { block in
                        switch block["type"]?.string {
                        case "tool_use": .call(block["id"]?.string ?? "?")
                        case "tool_result": .result(block["tool_use_id"]?.string ?? "?")
                        default: isResults ? .turn(role) : nil
                        }
                    }
            }
        case .googleGenerativeAI:
            (body["contents"]?.array ?? []).flatMap { content -> [Step] in
                let parts = content["parts"]?.array ?? []
                let isResults = parts.first?["functionResponse"] != nil
                return (isResults ? [] : [.turn(content["role"]?.string ?? "?")])
                    + parts.compactMap { part in
                        if let call = part["functionCall"] {
                            return .call(call["name"]?.string ?? "?")
                        }
                        if let result = part["functionResponse"] {
                            return .result(result["name"]?.string ?? "?")
                        }
                        return isResults ? .turn("user") : nil
                    }
            }
        }
    }

    private static func faults(_ steps: [Step], byName: Bool) -> [String] {
        var faults: [String] = []
        var waiting: [String] = []
        var seen: Set<String> = []
        for step in steps {
            switch step {
            case .call(let id):
                if !byName, !seen.insert(id).inserted { faults.append("\(id) is called twice") }
                waiting.append(id)
            case .result(let id):
                if let place = waiting.firstIndex(of: id) {
                    waiting.remove(at: place)
                } else {
                    faults.append("nobody waits for \(id)")
                }
            case .turn(let role):
                if !waiting.isEmpty { faults.append("\(role) speaks before \(waiting)") }
                waiting = []
            }
        }
        return waiting.isEmpty ? faults : faults + ["\(waiting) have no result"]
    }
}
