import PiAI
import PiJSON
import PiSystem
import Testing

/// What a provider is told of a tool's arguments, and what it can't be told.
@Suite(.timeLimit(.minutes(2))) struct ToolSchemaTests {
    private static func parsed(_ text: String) throws -> JSONObject {
        let value = try JSONReader.read(Array(text.utf8), .exact(sizeLimit: 4 << 20)).value
        return try #require(value.object)
    }

    private static func request(_ schema: JSONObject, _ api: API, _ address: String? = nil)
        -> ModelRequest
    {
        let address = address ?? api.usualBaseURL
        let model = Model(
            name: ModelName(api: api, provider: "p", model: "m"), baseURL: address,
            dialect: .known(api: api, baseURL: address))
        let tool = ToolDeclaration(name: "t", description: "", parameters: schema)
        return ModelRequest(model: model, messages: [], tools: [tool])
    }

    /// The schema that goes over the wire.
    private static func sent(
        _ schema: String, _ api: API, _ address: String? = nil
    ) throws -> (JSONValue, [String]) {
        let request = request(try parsed(schema), api, address)
        let body = try JSONReader.read(request.encoded(), .exact(sizeLimit: 8 << 20)).value
        let first = try #require(body["tools"]?.array?.first)
        let found =
            first["function"]?["parameters"] ?? first["parameters"] ?? first["input_schema"]
            ?? first["functionDeclarations"]?.array?.first?["parametersJsonSchema"]
        return (try #require(found), request.weakenedSchemas.first?.notes ?? [])
    }

    private static let makers: [API] = [.openAICompletions, .openAIResponses, .anthropicMessages]

    @Test(arguments: API.allCases)
    func `what all can be told is told as it is`(api: API) throws {
        let schema = #"""
            {"type":"object","properties":{"a":{"type":["string","null"],"pattern":"^x"},"b":{"oneOf":[{"const":1},{"$ref":"#/$defs/c"}]}},"required":["a"],"additionalProperties":false,"if":{"required":["b"]},"then":{"required":["a"]},"$defs":{"c":{"not":{"type":"null"}}}}
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

    /// A schema, and calls that are legal by it.
    private static let legal: [(String, [String])] = [
        (
            ##"{"oneOf":[{"properties":{"a":{}},"required":["a"]},{"properties":{"b":{}},"required":["b"]}]}"##,
            [#"{"a":1}"#, #"{"b":1}"#]
        ),
        (
            ##"{"oneOf":[{"required":["a"],"properties":{"b":false}},{"required":["b"],"properties":{"a":false}}]}"##,
            [#"{"a":1}"#, #"{"b":1}"#]
        ),
        (
            ##"{"anyOf":[{"properties":{"k":{"const":"x"},"n":{"type":"object"}},"required":["k"]},{"properties":{"k":{"const":"y"},"m":{"$ref":"#/anyOf/0/properties/n"}},"required":["k"]}]}"##,
            [#"{"k":"y","m":{}}"#, #"{"k":"x"}"#]
        ),
        (
            ##"{"type":["object","null"],"properties":{"v":{},"next":{"$ref":"#"}},"required":["v","next"]}"##,
            [#"{"v":1,"next":null}"#, #"{"v":1,"next":{"v":2,"next":null}}"#]
        ),
        (
            ##"{"$ref":"#/$defs/base","properties":{"b":{}},"unevaluatedProperties":false,"$defs":{"base":{"properties":{"a":{}},"required":["a"]}}}"##,
            [#"{"a":1,"b":2}"#]
        ),
        (
            ##"{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"properties":{"a":{"type":"string"}},"required":["a"]}}}"##,
            [#"{"a":"x"}"#]
        ),
        (
            ##"{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"a":{"minLength":3}}}]}"##,
            [#"{"a":"abc"}"#]
        ),
        (
            ##"{"allOf":[{"$ref":"#/$defs/x","properties":{"k":{}},"required":["k"]},{"oneOf":[{"properties":{"p":{}},"required":["p"]},{"properties":{"q":{}},"required":["q"]}]}],"$defs":{"x":{"$ref":"#/$defs/y"},"y":{"properties":{"deep":{}}}}}"##,
            [#"{"k":1,"p":1}"#, #"{"k":1,"deep":2,"q":1}"#]
        ),
        (
            ##"{"properties":{"a b":{"type":"string"},"c":{"$ref":"#/properties/a b"}}}"##,
            [#"{"c":"x"}"#]
        ),
        (
            ##"{"properties":{"k":{}},"if":{"properties":{"k":{"const":1}}},"then":{"properties":{"a":{}}},"unevaluatedProperties":false}"##,
            [#"{"k":1,"a":2}"#]
        ),
        (
            ##"{"properties":{"a":true,"b":false,"c":{"items":true},"d":{"additionalProperties":false}}}"##,
            [#"{"a":1,"c":[1],"d":{}}"#]
        ),
        (
            ##"{"anyOf":[{"properties":{"value":{"type":"object"},"default":{"$ref":"#/anyOf/0/properties/value"}}}]}"##,
            [#"{"default":{}}"#]
        ),
        (##"{"not":{"required":["x"]},"properties":{"x":{"default":{"$ref":"#"}}}}"##, [#"{}"#]),
    ]

    @Test(arguments: API.allCases, legal.indices)
    func `what a provider is told is a schema, and allows what is legal`(
        api: API, place: Int
    ) throws {
        let (schema, calls) = Self.legal[place]
        let whole = try JSONSchema(.object(Self.parsed(schema)))
        let (sent, _) = try Self.sent(schema, api)
        let told = try JSONSchema(sent)
        #expect(sent["type"] == "object")
        #expect(sent["$ref"] == nil)
        for call in calls {
            let call = JSONValue.object(try Self.parsed(call))
            #expect(whole.faults(of: call).isEmpty, "the case itself")
            #expect(told.faults(of: call).isEmpty, "\(sent)")
        }
        for keyword in ["allOf", "anyOf", "oneOf"] where Self.makers.contains(api) {
            #expect(sent[keyword] == nil)
        }
    }

    @Test(arguments: makers)
    func `of a choice at the top all arguments are offered`(api: API) throws {
        let (sent, notes) = try Self.sent(
            #"""
            {"oneOf":[{"properties":{"a":{"type":"string"},"k":{"const":"x"}},"required":["k","a"]},
                      {"$ref":"#/$defs/other"}],
             "$defs":{"other":{"properties":{"b":{"type":"number"},"k":{"const":"y"}},"required":["k"]}}}
            """#, api)
        #expect(sent["properties"]?.object?.members.map(\.name) == ["a", "k", "b"])
        #expect(sent["properties"]?["k"]?["anyOf"]?.array?.count == 2)
        #expect(sent["required"]?.array == ["k"])
        #expect(
            notes == [
                "`oneOf` at the top of its parameters was left out: this provider takes none there"
            ])
    }

    @Test(arguments: [API.openAICompletions, .openAIResponses])
    func `a server of one's own is told the choice itself`(api: API) throws {
        let schema = #"{"type":"object","properties":{"a":true},"oneOf":[{"required":["a"]}]}"#
        let (sent, notes) = try Self.sent(schema, api, "http://127.0.0.1:8080/v1")
        #expect(try sent == .object(Self.parsed(schema)))
        #expect(notes.isEmpty)
    }

    @Test func `parts that all hold are one, and it is said if something is lost by it`() throws {
        let (sent, notes) = try Self.sent(
            #"{"allOf":[{"properties":{"a":{}},"required":["a"]},{"properties":{"a":{"type":"string"},"b":{}},"required":["b"]}]}"#,
            .anthropicMessages)
        #expect(sent["required"]?.array == ["a", "b"])
        #expect(sent["properties"]?["a"]?["allOf"]?.array?.count == 2)
        #expect(notes.isEmpty)
        let (_, lossy) = try Self.sent(
            #"{"allOf":[{"minProperties":2}]}"#, .anthropicMessages)
        #expect(lossy.count == 1)
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

    /// As generators of schemas print most of them.
    @Test(arguments: API.allCases)
    func `what the part at the top says is said whole`(api: API) throws {
        let part =
            ##""type":"object","properties":{"a":{"$ref":"#/$defs/b"}},"required":["a"],"additionalProperties":false"##
        let rest = ##""$defs":{"Args":{\##(part)},"b":{"type":"string"}}"##
        let (sent, notes) = try Self.sent(##"{"$ref":"#/$defs/Args",\##(rest)}"##, api)
        #expect(try sent == .object(Self.parsed("{\(part),\(rest)}")))
        #expect(notes.isEmpty)
    }

    @Test func `what is lost below is said, too`() throws {
        for schema in [
            ##"{"allOf":[{"$ref":"#/$defs/b"}],"$defs":{"b":{"minProperties":2}}}"##,
            #"{"allOf":[{"allOf":[{"minProperties":2}]}]}"#,
            ##"{"$ref":"#/$defs/b","properties":{},"$defs":{"b":{"minProperties":2}}}"##,
        ] {
            #expect(try Self.sent(schema, .openAIResponses).1.count == 1, "\(schema)")
        }
    }

    @Test func `parts that name each other in a circle end`() throws {
        let (sent, notes) = try Self.sent(
            ##"{"$ref":"#/$defs/x","$defs":{"x":{"$ref":"#/$defs/y"},"y":{"$ref":"#/$defs/x"}}}"##,
            .openAICompletions)
        #expect(sent["$ref"] == nil)
        #expect(
            notes == ["a part of what the `$ref` at the top of its parameters names was left out"])
    }

    /// In far less than a second; each of these took minutes or gigabytes where a part is looked at as often as it is named.
    @Test(arguments: makers)
    func `a schema that was made to take long does not`(api: API) throws {
        let many = (0..<20_000).map { "\"p\($0)\":true" }.joined(separator: ",")
        let names = (0..<20_000).map { "\"p\($0)\"" }.joined(separator: ",")
        let parts = [String](repeating: ##"{"$ref":"#/$defs/a"}"##, count: 20_000)
            .joined(separator: ",")
        let (sent, notes) = try Self.sent(
            "{\"anyOf\":[\(parts)],\"$defs\":{\"a\":{\"properties\":{\(many)},\"required\":[\(names)]}}}",
            api)
        #expect(sent["anyOf"] == nil && notes.count == 1)
        #expect(try Self.sent("{\"properties\":{\(many)}}", api).1.isEmpty)
        // Each part names the next twice.
        let twice = (0..<60).map {
            "\"d\($0)\":{\"allOf\":[{\"$ref\":\"#/$defs/d\($0 + 1)\"},{\"$ref\":\"#/$defs/d\($0 + 1)\"}]}"
        }.joined(separator: ",")
        _ = try Self.sent("{\"allOf\":[{\"$ref\":\"#/$defs/d0\"}],\"$defs\":{\(twice)}}", api)
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
        #expect(notes.count == 2 && notes[0].hasPrefix("its argument `a b` is not offered"))
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
