import PiJSON
import PiSystem
import PiTesting
import Testing

@Suite(.timeLimit(.minutes(10))) struct SchemaTests {
    private static func read(_ text: String) throws -> JSONValue {
        try JSONReader.read(text, .exact(sizeLimit: 1 << 20)).value
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let schema: String
        let value: String
        let faults: [String]
        var testDescription: String { "\(value) under \(schema)" }
    }

    @Test(arguments: [
        Case(
            schema:
                #"{"type":"object","properties":{"path":{"type":"string"}},"required":["path"],"additionalProperties":false}"#,
            value: #"{"pth":1}"#, faults: ["/path: it is missing", "/pth: there is no such name"]),
        Case(
            schema:
                #"{"type":"object","properties":{"a":{"type":"object","properties":{"b/c":{"type":"integer"}}}}}"#,
            value: #"{"a":{"b/c":1.5}}"#, faults: ["/a/b~1c: it is a number, not integer"]),
        Case(
            schema: #"{"items":{"enum":["x","y"]}}"#, value: #"["x","z"]"#,
            faults: [#"/1: it is none of "x", "y""#]),
        Case(
            schema:
                ##"{"$defs":{"tree":{"type":"object","properties":{"next":{"$ref":"#/$defs/tree"}},"additionalProperties":false}},"$ref":"#/$defs/tree"}"##,
            value: #"{"next":{"next":{"last":1}}}"#,
            faults: ["/next/next/last: there is no such name"]),
        Case(
            schema: #"{"anyOf":[{"type":"string"},{"type":"object","required":["a","b"]}]}"#,
            value: #"7"#, faults: ["the whole: it is a number, not string"]),
        Case(
            schema: #"{"minimum":3,"multipleOf":0.1}"#, value: "2.25",
            faults: ["the whole: 2.25 is below 3", "the whole: 2.25 is no multiple of 0.1"]),
        Case(
            schema: #"{"minLength":2}"#, value: #""é""#,
            faults: ["the whole: it has 1 characters, fewer than 2"]),
        Case(
            schema: #"{"minLength":1e30}"#, value: #""x""#,
            faults: ["the whole: it has 1 characters, fewer than 1e30"]),
        Case(schema: "false", value: "1", faults: ["the whole: nothing is allowed here"]),
        Case(schema: #"{"const":1}"#, value: "1.0", faults: []),
        Case(
            schema: #"{"pattern":"^[a-z]\\d+$"}"#, value: #""a1\n""#,
            faults: [#"the whole: it does not match "^[a-z]\\d+$""#]),
        Case(schema: #"{"pattern":"\\u0061[^]$"}"#, value: #""xab""#, faults: []),
        Case(
            schema: #"{"pattern":"^(a+)+$"}"#,
            value: "\"\(String(repeating: "a", count: 40))b\"",
            faults: [#"the whole: "^(a+)+$" is too much to match it against"#]),
        Case(
            schema: #"{"pattern":"\\s+$"}"#,
            value: "\"\(String(repeating: " ", count: 8_000))x\"",
            faults: [#"the whole: "\\s+$" is too much to match it against"#]),
        // What can't be told is no reason to be content.
        Case(
            schema: #"{"not":{"pattern":"(a+)+$"}}"#,
            value: "\"\(String(repeating: "a", count: 40))ba\"",
            faults: ["the whole: the schema is too much to check it by"]),
        Case(
            schema: #"{"items":{"pattern":"^[a-z]+$"}}"#,
            value: "[\(Array(repeating: "\"abc\"", count: 5_000).joined(separator: ","))]",
            faults: []),
        Case(
            schema:
                ##"{"$defs":{"base":{"properties":{"child":{"$ref":"#"}}}},"allOf":[{"$ref":"#/$defs/base"}],"unevaluatedProperties":false}"##,
            value: String(repeating: "{\"child\":", count: 20) + "{}"
                + String(repeating: "}", count: 20), faults: []),
        Case(
            schema:
                #"{"patternProperties":{"^x":{"type":"integer"}},"additionalProperties":false}"#,
            value: #"{"x1":1,"x2":"s","y":1}"#,
            faults: ["/x2: it is a string, not integer", "/y: there is no such name"]),
        Case(
            schema:
                #"{"allOf":[{"properties":{"a":true}}],"anyOf":[{"properties":{"b":{"type":"null"}}},{"required":["c"]}],"if":{"properties":{"d":true},"required":["d"]},"unevaluatedProperties":false}"#,
            value: #"{"a":1,"b":2,"c":3,"d":4}"#,
            faults: ["/b: there is no such name", "/c: there is no such name"]),
        Case(
            schema:
                ##"{"$defs":{"x":{"patternProperties":{"^a":true}}},"$ref":"#/$defs/x","properties":{"z":{"unevaluatedProperties":false}},"unevaluatedProperties":{"type":"null"}}"##,
            value: #"{"ab":1,"z":{"q":1},"n":null,"m":0}"#,
            faults: ["/z/q: there is no such name", "/m: it is a number, not null"]),
        Case(
            schema:
                #"{"prefixItems":[true],"contains":{"const":7},"anyOf":[{"prefixItems":[true,true]},false],"unevaluatedItems":false}"#,
            value: "[1,2,7,3]", faults: ["/3: nothing is allowed here"]),
        Case(
            schema: #"{"allOf":[{"items":{"type":"integer"}}],"unevaluatedItems":false}"#,
            value: "[1,2]", faults: []),
        Case(
            schema: #"{"uniqueItems":true}"#, value: #"[1,{"a":1,"b":2},{"b":2,"a":1}]"#,
            faults: ["/2: it stands twice"]),
    ])
    func `a fault is told at its place`(what: Case) throws {
        let schema = try JSONSchema(Self.read(what.schema))
        #expect(try schema.faults(of: Self.read(what.value)).map(\.description) == what.faults)
    }

    @Test(arguments: [
        (#"{"type":"strin"}"#, "#/type"), (#"{"properties":{"a":7}}"#, "#/properties/a"),
        (#"{"anyOf":[]}"#, "#/anyOf"), (#"{"required":"a"}"#, "#/required"),
        (##"{"$ref":"#/nowhere"}"##, "#/$ref"), (#"{"$ref":"other.json"}"#, "#/$ref"),
        (#"{"minLength":-1}"#, "#/minLength"), (#"{"multipleOf":0}"#, "#/multipleOf"),
        (#"{"items":{"not":{"enum":1}}}"#, "#/items/not/enum"), ("7", "#"),
        (#"{"pattern":"(a"}"#, "#/pattern"), (#"{"pattern":7}"#, "#/pattern"),
        (#"{"patternProperties":{"[":true}}"#, "#/patternProperties"),
        (#"{"unevaluatedItems":7}"#, "#/unevaluatedItems"),
    ])
    func `what is no schema is refused at its place`(schema: String, place: String) throws {
        do {
            _ = try JSONSchema(Self.read(schema))
            Issue.record("it is taken")
        } catch let wrong as JSONSchema.Wrong {
            #expect(wrong.place == place)
        }
    }

    @Test func `what is not checked is said`() throws {
        let schema = try JSONSchema(
            Self.read(
                ##"{"properties":{"a":{"pattern":"^x","$dynamicRef":"#n"}},"format":"date"}"##
            ))
        #expect(schema.unchecked == ["#/properties/a/$dynamicRef"])
    }

    @Test func `a schema without end comes to one`() throws {
        let endless = try JSONSchema(Self.read(##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}"##))
        #expect(!endless.faults(of: 1).isEmpty)
    }

    @Test(arguments: [
        (#"{"properties":{"n":{"type":"integer"}}}"#, #"{"n":"5"}"#, #"{"n":5}"#),
        (#"{"properties":{"n":{"type":"integer"}}}"#, #"{"n":"5.5"}"#, #"{"n":"5.5"}"#),
        (#"{"properties":{"n":{"type":["null","boolean"]}}}"#, #"{"n":"true"}"#, #"{"n":true}"#),
        (#"{"items":{"type":"string"}}"#, "[1,true,null]", #"["1","true",null]"#),
        (#"{"type":"integer"}"#, #""rm""#, #""rm""#),
    ])
    func `a type that was only spelled otherwise is set right`(
        schema: String, value: String, wanted: String
    ) throws {
        #expect(try JSONSchema(Self.read(schema)).coerced(Self.read(value)) == Self.read(wanted))
    }

    // MARK: - Another library

    /// Random schemas and values: what it finds valid, and what not.
    @Test func `another library finds the same`() async throws {
        var random = try Seeded.fresh(for: "schemas")
        var lines: [UInt8] = []
        var ours: [String] = []
        for _ in 0..<4_000 {
            let schema = Self.randomSchema(&random, depth: 0)
            let value = Self.randomValue(&random, depth: 0)
            lines += JSONWriter.write(.array([schema, value]), layout: .compact) + [0x0A]
            ours.append(try JSONSchema(schema).faults(of: value).isEmpty ? "1" : "0")
        }
        var program = Program(
            "/usr/bin/python3", [Repository.root.appending("Tests/Independent/validate.py").raw])
        program.input = lines
        let run = try await program.run()
        let theirs = run.output.split(separator: "\n").map(String.init)
        try #require(theirs.count == ours.count, "\(run.error)")
        let texts = String(decoding: lines, as: UTF8.self).split(separator: "\n")
        for (index, (one, other)) in zip(ours, theirs).enumerated() where one != other {
            Issue.record("\(texts[index]): \(one) here, \(other) there")
        }
        // It proves something: both answers are frequent.
        #expect(ours.count { $0 == "1" } > 400 && ours.count { $0 == "0" } > 400)
    }

    private static let names = ["a", "b", "c/d", "~"]

    private static func randomValue(_ random: inout Seeded, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 2 ? 5 : 8), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(JSONNumber(Int.random(in: -2...6, using: &random)))
        case 3:
            return .number(
                JSONNumber(text: ["0.5", "1.0", "2.5", "3"].randomElement(using: &random)!)!)
        case 4: return .string(["", "x", "xy", "é", "a"].randomElement(using: &random)!)
        case 5, 6:
            return .object(
                JSONObject(
                    names.filter { _ in Bool.random(using: &random) }.map {
                        JSONObject.Member(name: $0, value: randomValue(&random, depth: depth + 1))
                    }))
        default:
            return .array(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    randomValue(&random, depth: depth + 1)
                })
        }
    }

    private static func randomSchema(_ random: inout Seeded, depth: Int) -> JSONValue {
        if Int.random(in: 0..<20, using: &random) == 0 { return .bool(Bool.random(using: &random)) }
        func schema(_ random: inout Seeded) -> JSONValue {
            depth > 2 ? ["type": "object"] : randomSchema(&random, depth: depth + 1)
        }
        func count(_ random: inout Seeded) -> JSONValue {
            .number(JSONNumber(Int.random(in: 0...3, using: &random)))
        }
        var object = JSONObject()
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            switch Int.random(in: 0..<29, using: &random) {
            case 0...3:
                let types = ["null", "boolean", "object", "array", "number", "string", "integer"]
                    .filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
                object["type"] =
                    types.count == 1
                    ? .string(types[0])
                    : .array(
                        (types + ["object"]).reduce(into: []) {
                            if !$0.contains($1) { $0.append($1) }
                        }.map(JSONValue.string))
            case 4:
                object["enum"] = [randomValue(&random, depth: 2), randomValue(&random, depth: 2)]
            case 5: object["const"] = randomValue(&random, depth: 2)
            case 6, 7:
                object["properties"] = .object(
                    JSONObject(
                        names.filter { _ in Bool.random(using: &random) }.map {
                            .init(name: $0, value: schema(&random))
                        }))
            case 8:
                object["required"] = .array(
                    names.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }.map(
                        JSONValue.string))
            case 9: object["additionalProperties"] = schema(&random)
            case 10: object["propertyNames"] = ["maxLength": count(&random)]
            case 11: object["minProperties"] = count(&random)
            case 12: object["maxProperties"] = count(&random)
            case 13: object["items"] = schema(&random)
            case 14: object["prefixItems"] = [schema(&random)]
            case 15:
                object["contains"] = schema(&random)
                if Bool.random(using: &random) { object["minContains"] = count(&random) }
                if Bool.random(using: &random) { object["maxContains"] = count(&random) }
            case 16: object["minItems"] = count(&random)
            case 17: object["uniqueItems"] = .bool(Bool.random(using: &random))
            case 18: object["minimum"] = count(&random)
            case 19: object["exclusiveMaximum"] = count(&random)
            case 20:
                object["multipleOf"] = .number(
                    JSONNumber(text: ["0.5", "2", "1"].randomElement(using: &random)!)!)
            case 21: object["maxLength"] = count(&random)
            case 22:
                object[["anyOf", "oneOf", "allOf"].randomElement(using: &random)!] = [
                    schema(&random), schema(&random),
                ]
            case 23: object["not"] = schema(&random)
            case 24:
                object["if"] = schema(&random)
                object["then"] = schema(&random)
                if Bool.random(using: &random) { object["else"] = schema(&random) }
            case 25:
                object["pattern"] = .string(
                    ["^x", "y$", "^.{2}$", "[^a]", "^$"].randomElement(using: &random)!)
            case 26, 27:
                object["patternProperties"] = .object(
                    JSONObject(
                        ["^[ab]$", "c", "^.$"].filter { _ in Bool.random(using: &random) }.map {
                            .init(name: $0, value: schema(&random))
                        }))
            default: object["dependentRequired"] = ["a": ["b"]]
            }
        }
        return .object(object)
    }
}
