import Conversations
import PiAI
import PiJSON
import PiSystem

// Has every conversation with the server whose address is the first argument, and tells which went wrong. With a protocol as the
// second one the server is a stranger that speaks this one alone: whatever it says, it has to answer, and to be understood.

/// What became of all of them.
struct Tally {
    var count = 0
    var wrong: [String] = []
}

func understood(_ answer: AssistantMessage) -> Bool {
    let call = answer.toolCalls.first
    return answer.text == "Hello" && call?.name == "f" && call?.arguments["x"] == 1
        && answer.stopReason == .toolUse && answer.usage.total == 15
}

func converse(_ address: String, stranger: API?) async throws -> Tally {
    try await HTTPClient.with { http in
        let client = ModelClient(http, retries: .none, limits: .usual)
        var tally = Tally()
        for var model in Asked.models(at: address)
        where stranger == nil || (stranger == model.name.api && model.dialect == Dialect()) {
            if let stranger { model.dialect = .known(api: stranger, baseURL: address) }
            for shape in Shape.all(for: model) {
                tally.count += 1
                let place = "\(model.name.api.rawValue), \(shape.name)"
                var request = shape.request
                if stranger != nil {
                    // A model of no sense never comes to an end by itself, nor to a call.
                    request.options.maxTokens = 60
                    request.options.toolChoice = request.tools.first.map { .tool($0.name) }
                }
                do {
                    let answer = try await client.complete(request, key: nil)
                    if stranger == nil, !understood(answer) {
                        tally.wrong.append("\(place): understood as \(answer)")
                    }
                } catch {
                    tally.wrong.append("\(place): \(error)")
                }
            }
        }
        return tally
    }
}

do {
    let arguments = ThisProcess.arguments.dropFirst().map(\.description)
    let tally = try await converse(
        arguments.first ?? "", stranger: arguments.dropFirst().first.flatMap(API.init(rawValue:)))
    for line in tally.wrong.prefix(20) { try StandardStream.error.write(Array("\(line)\n".utf8)) }
    try StandardStream.output.write(
        Array("\(tally.count) conversations, \(tally.wrong.count) wrong\n".utf8))
    endThisProcess(code: tally.wrong.isEmpty && tally.count > 0 ? 0 : 1)
} catch {
    try? StandardStream.error.write(Array("\(error)\n".utf8))
    endThisProcess(code: 1)
}
