import PiJSON
import PiPolicy

/// `pi-runner policy schema`: what editors need.
enum PolicySchemaCommand {
    static let command = Command(
        name: "policy schema",
        summary: "print the JSON Schema of policies, for editors",
        about: [
            """
            JSON Schema 2020-12, from the same table as the messages: what it refuses `policy check` refuses. What \
            values mean together it can't say, so a file that it accepts may still be wrong.
            """
        ],
        operands: [],
        options: [],
        examples: [
            .init(
                line: "pi-runner policy schema > policy.schema.json",
                summary: "then, in a policy: # yaml-language-server: $schema=policy.schema.json")
        ],
        exitCodes: [],
        result: [.init(name: "schema", schema: ["type": "object"])],
        perform: { _ in
            let schema = PolicySchema.jsonSchema
            return Outcome(
                exit: .ok,
                text: String(decoding: JSONWriter.write(schema, layout: .indented), as: UTF8.self)
                    + "\n",
                fields: [.init(name: "schema", value: schema)])
        })
}
