import PiAgent
import PiJSON

// An agent that adds: one tool, and a model that is a script. With a server instead:
// .server(address: "http://127.0.0.1:8080/v1", protocol: "openai-completions", model: "qwen3", key: nil)
let sum = AgentTool(
    "sum", "Adds whole numbers.",
    parameters: [
        "type": "object", "required": ["numbers"],
        "properties": ["numbers": ["type": "array", "items": ["type": "integer"]]],
    ],
    touches: .nothing
) { arguments in
    let numbers = arguments["numbers"]?.array?.compactMap { $0.number?.int } ?? []
    print("adding \(numbers)")
    return "\(numbers.reduce(0, +))"
}

let script: JSONValue = [
    "version": 1,
    "turns": [
        ["steps": [["call": ["name": "sum", "arguments": ["numbers": [2, 3]]]]]],
        ["when": ["result": "5"], "say": "It is 5."],
        // Arguments that do not fit never arrive: the model is told why.
        ["steps": [["call": ["name": "sum", "arguments": ["numbers": ["two"]]]]]],
        ["when": ["error": true], "say": "I can't."],
    ],
]

let agent = try ToolAgent(
    .script(script), instructions: "You add numbers.", tools: [sum],
    limits: .init(turns: 3, calls: 10, tokens: 100_000))
let first = try await agent.ask("What is two and three?")
precondition(first.text == "It is 5." && first.ending == .finished, "\(first)")
// The conversation goes on, and so do the limits.
let second = try await agent.ask("And two and two, as words?")
precondition(second.ending == .limit("turns"), "\(second)")
print("\(first.text) \(second.used.turns) turns, \(second.used.calls) calls")
