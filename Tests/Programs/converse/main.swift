import Conversations
import PiAI
import PiJSON
import PiSystem

// Has every conversation with the server whose address is the first argument, and tells which went wrong. With a protocol as the
// second one the server is a stranger that speaks this one alone, and may say what it likes: it has to be understood.

/// What became of all of them.
struct Tally {
    var answered = 0
    var refused: [ModelError.Kind: Int] = [:]
    var wrong: [String] = []

    var count: Int { answered + refused.values.reduce(0, +) + wrong.count }
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
                let place = "\(model.name.api.rawValue), \(shape.name)"
                var request = shape.request
                if stranger != nil {
                    // A model of no sense never comes to an end by itself, nor to a call.
                    request.options.maxTokens = 60
                    request.options.toolChoice = request.tools.first.map { .tool($0.name) }
                }
                do {
                    let answer = try await client.complete(request, key: nil)
                    if stranger != nil || understood(answer) {
                        tally.answered += 1
                    } else {
                        tally.wrong.append("\(place): understood as \(answer)")
                    }
                } catch let error as ModelError where stranger != nil && error.kind != .wire {
                    tally.refused[error.kind, default: 0] += 1
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
    let refused = tally.refused.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { ", \($0.value) refused (\($0.key.rawValue))" }.joined()
    try StandardStream.output.write(
        Array("\(tally.count) conversations, \(tally.wrong.count) wrong\(refused)\n".utf8))
    endThisProcess(code: tally.wrong.isEmpty && tally.answered > 0 ? 0 : 1)
} catch {
    try? StandardStream.error.write(Array("\(error)\n".utf8))
    endThisProcess(code: 1)
}
