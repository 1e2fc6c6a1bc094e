import PiJSON
import PiSystem

extension Aftermath {
    /// What `exec` and `run` say alike of what was left behind.
    static let resultFields: [Command.ResultField] = [
        .init(
            name: "waiting",
            schema: [
                "type": ["object", "null"],
                "properties": ["run": ["type": "string"], "changes": ["type": "integer"]],
            ]),
        .init(
            name: "applied",
            schema: ["type": ["array", "null"], "items": ["type": "string"]]),
    ]

    var fields: [JSONObject.Member] {
        [
            .init(
                name: "waiting",
                value: waiting.map {
                    ["run": .string($0.run), "changes": .number(JSONNumber($0.count))]
                } ?? .null),
            .init(
                name: "applied",
                value: applied.map { .array($0.map { .string($0.text) }) } ?? .null),
        ]
    }
}
