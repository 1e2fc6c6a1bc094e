import PiAI
import PiJSON
import Testing

/// What a provider is told of a tool's arguments, and what it can't be told.
struct ToolSchemaTests {
    private static func parsed(_ text: String) throws -> JSONObject {
        let value = try JSONReader.read(Array(text.utf8), .exact(sizeLimit: 10_000)).value
        return try #require(value.object)
    }

    /// The schema that goes over the wire.
    private static func sent(_ schema: String, _ api: API) throws -> (JSONValue, [String]) {
        let model = Model(
            name: ModelName(api: api, provider: "p", model: "m"), baseURL: "https://x.invalid")
        let tool = ToolDeclaration(name: "t", description: "", parameters: try parsed(schema))
        let request = ModelRequest(model: model, messages: [], tools: [tool])
        let body = try JSONReader.read(request.encoded(), .exact(sizeLimit: 100_000)).value
        let first = try #require(body["tools"]?.array?.first)
        let found =
            first["function"]?["parameters"] ?? first["parameters"] ?? first["input_schema"]
            ?? first["functionDeclarations"]?.array?.first?["parametersJsonSchema"]
        return (try #require(found), request.weakenedSchemas.first?.notes ?? [])
    }

    @Test(arguments: API.allCases)
    func `what all can be told is told as it is`(api: API) throws {
        let schema = #"""
            {"type":"object","properties":{"a":{"type":["string","null"],"pattern":"^x"},"b":{"oneOf":[{"const":1},{"$ref":"#/$defs/c"}]}},"required":["a"],"additionalProperties":false,"$defs":{"c":{"not":{"type":"null"}}}}
            """#
        let (sent, notes) = try Self.sent(schema, api)
        #expect(try sent == .object(Self.parsed(schema)))
        #expect(notes.isEmpty)
    }

    @Test(arguments: API.allCases)
    func `a schema that is nothing is one of an object`(api: API) throws {
        let (sent, notes) = try Self.sent(#"{"$schema":"https://json-schema.org/x"}"#, api)
        #expect(try sent == .object(Self.parsed(#"{"type":"object","properties":{}}"#)))
        #expect(notes.isEmpty)
    }

    @Test(arguments: [API.openAICompletions, .openAIResponses, .anthropicMessages])
    func `of a choice at the top all properties are offered`(api: API) throws {
        let (sent, notes) = try Self.sent(
            #"""
            {"oneOf":[{"properties":{"a":{"type":"string"},"k":{"const":"x"}},"required":["k","a"]},
                      {"$ref":"#/$defs/other"}],
             "$defs":{"other":{"properties":{"b":{"type":"number"},"k":{"const":"y"}},"required":["k"]}}}
            """#, api)
        #expect(sent["oneOf"] == nil)
        #expect(sent["properties"]?.object?.members.map(\.name) == ["a", "k", "b"])
        #expect(sent["properties"]?["k"]?["anyOf"]?.array?.count == 2)
        #expect(sent["required"]?.array == ["k"])
        #expect(notes == ["`oneOf` at its top can't be said to this provider"])
    }

    @Test func `parts that all hold are one, and nothing is lost by it`() throws {
        let (sent, notes) = try Self.sent(
            #"{"allOf":[{"properties":{"a":{}},"required":["a"]},{"properties":{"b":{}},"required":["b"]}]}"#,
            .anthropicMessages)
        #expect(sent["required"]?.array == ["a", "b"])
        #expect(notes.isEmpty)
    }

    @Test(arguments: API.allCases)
    func `a schema that names one of its parts is that part`(api: API) throws {
        let (sent, notes) = try Self.sent(
            ##"{"$ref":"#/$defs/x","$defs":{"x":{"type":"object","properties":{"a":{"type":"string"}}}}}"##,
            api)
        #expect(sent["$ref"] == nil)
        #expect(sent["properties"]?["a"]?["type"] == "string")
        #expect(notes.isEmpty)
    }

    @Test func `parts that name each other in a circle end`() throws {
        let (_, notes) = try Self.sent(
            ##"{"$ref":"#/$defs/x","$defs":{"x":{"$ref":"#/$defs/y"},"y":{"$ref":"#/$defs/x"}}}"##,
            .openAICompletions)
        #expect(notes == ["`$ref` at its top can't be said to this provider"])
    }

    @Test(arguments: [API.openAICompletions, .openAIResponses])
    func `a schema that is true or false is said as an object`(api: API) throws {
        let (sent, notes) = try Self.sent(
            #"{"properties":{"a":true,"b":{"type":"array","items":false},"c":{"additionalProperties":true}}}"#,
            api)
        #expect(sent["properties"]?["a"] == .object(JSONObject()))
        #expect(sent["properties"]?["b"]?["items"]?["not"] == .object(JSONObject()))
        #expect(sent["properties"]?["c"]?["additionalProperties"] == true)
        #expect(notes.isEmpty)
    }

    @Test func `Anthropic is offered no argument whose name it refuses`() throws {
        let schema = #"{"properties":{"a b":{},"a.b-c_1":{},"é":{}},"required":["a b","a.b-c_1"]}"#
        let (sent, notes) = try Self.sent(schema, .anthropicMessages)
        #expect(sent["properties"]?.object?.members.map(\.name) == ["a.b-c_1"])
        #expect(sent["required"]?.array == ["a.b-c_1"])
        #expect(notes.count == 2 && notes[0].contains("a b"))
        #expect(try Self.sent(schema, .openAIResponses).1.isEmpty)
    }
}

/// In what servers that people run themselves differ from the makers'.
struct LocalServerTests {
    @Test(arguments: [
        ("http://127.0.0.1:8080/v1", JSONValue.string("")),
        ("https://api.openai.com/v1", .null),
    ])
    func `an answer that is but calls says nothing as its server wants it`(
        address: String, content: JSONValue
    ) throws {
        let name = ModelName(api: .openAICompletions, provider: "p", model: "m")
        let model = Model(
            name: name, baseURL: address,
            dialect: .known(api: .openAICompletions, baseURL: address))
        let call = ToolCall(id: "call_1", name: "f", arguments: JSONObject())
        let answer = AssistantMessage(
            content: [.toolCall(call)], source: AnswerOrigin(name), stopReason: .toolUse,
            timestamp: 0)
        let request = ModelRequest(
            model: model,
            messages: [.user(UserMessage([.text("hi")], timestamp: 0)), .assistant(answer)])
        let body = try JSONReader.read(request.encoded(), .exact(sizeLimit: 10_000)).value
        #expect(body["messages"]?.array?[1]["content"] == content)
    }
}
