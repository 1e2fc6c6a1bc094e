import Conversations
import PiAI
import PiJSON
import PiSystem

/// Has every conversation with the server whose address is the argument, and tells which went wrong.

func converse(_ address: String) async throws -> Int32 {
    try await HTTPClient.with { http in
        let client = ModelClient(http, retries: .none, limits: .usual)
        var count = 0
        var wrong: [String] = []
        for model in Asked.models(at: address) {
            for shape in Shape.all(for: model) {
                count += 1
                let place = "\(model.name.api.rawValue), \(shape.name)"
                do {
                    let answer = try await client.complete(shape.request, key: nil)
                    let call = answer.toolCalls.first
                    if answer.text != "Hello" || call?.name != "f" || call?.arguments["x"] != 1
                        || answer.stopReason != .toolUse || answer.usage.total != 15
                    {
                        wrong.append("\(place): understood as \(answer)")
                    }
                } catch {
                    wrong.append("\(place): \(error)")
                }
            }
        }
        for line in wrong.prefix(20) { try StandardStream.error.write(Array("\(line)\n".utf8)) }
        try StandardStream.output.write(
            Array("\(count) conversations, \(wrong.count) wrong\n".utf8))
        return wrong.isEmpty ? 0 : 1
    }
}

let address = ThisProcess.arguments.dropFirst().first?.utf8 ?? ""
do {
    endThisProcess(code: try await converse(address))
} catch {
    try? StandardStream.error.write(Array("\(error)\n".utf8))
    endThisProcess(code: 1)
}
