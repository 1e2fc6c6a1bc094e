import PiJSON
import Testing

@Suite struct LenientTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        /// As compact JSON; nil where even a lenient reading refuses.
        let value: String?
        var testDescription: String { text }
    }

    @Test(arguments: [
        // Models write programs into arguments and forget to escape them.
        Case(text: "{\"command\":\"a\nb\tc\"}", value: #"{"command":"a\nb\tc"}"#),
        Case(text: "[1,2,]", value: "[1,2]"),
        Case(text: "{\"a\":1,}", value: #"{"a":1}"#),
        // Cut off: what is whole stays, and of the last piece what is sure.
        Case(text: "{\"a\":\"hel", value: #"{"a":"hel"}"#),
        Case(text: "{\"a\":\"hel\\", value: #"{"a":"hel"}"#),
        Case(text: "{\"a\":\"hel\\u00e", value: #"{"a":"hel"}"#),
        Case(text: "{\"a\":\"hel\\ud83d", value: #"{"a":"hel"}"#),
        Case(text: "{\"a\":\"hel\\ud83d\\ude", value: #"{"a":"hel"}"#),
        // Whole, and only half a pair: replaced, as anywhere.
        Case(text: "{\"a\":\"hel\\ud83d\"}", value: "{\"a\":\"hel\u{FFFD}\"}"),
        Case(text: "{\"a\":\"hel\\ud83dx", value: "{\"a\":\"hel\u{FFFD}x\"}"),
        Case(text: "{\"a\":1,\"b", value: #"{"a":1}"#),
        Case(text: "{\"a\":1,\"b\"", value: #"{"a":1}"#),
        Case(text: "{\"a\":1,\"b\":", value: #"{"a":1}"#),
        Case(text: "{\"a\":1,", value: #"{"a":1}"#),
        Case(text: "{\"a\":tr", value: #"{"a":true}"#),
        Case(text: "[nul", value: "[null]"),
        Case(text: "[1,-", value: "[1]"),
        Case(text: "[1.", value: "[1]"),
        Case(text: "[1.5e", value: "[1.5]"),
        Case(text: "[1.5e+", value: "[1.5]"),
        Case(text: "[[1,{\"a\":[2", value: #"[[1,{"a":[2]}]]"#),
        Case(text: "{", value: "{}"),
        Case(text: "[", value: "[]"),
        Case(text: "\"", value: #""""#),
        // Not guessed at: what was meant can't be known.
        Case(text: "", value: nil),
        Case(text: "-", value: nil),
        Case(text: "{a:1}", value: nil),
        Case(text: "{\"a\" 1}", value: nil),
        Case(text: "{\"a\":1,\"a\":2}", value: nil),
        Case(text: "[1,,2]", value: nil),
        Case(text: "[01]", value: nil),
        Case(text: "[1]x", value: nil),
        Case(text: "\"\\x\"", value: nil),
    ])
    private func `what models write is read as far as it is sure`(test: Case) {
        let reading = try? JSONReader.read(test.text, .lenient(sizeLimit: 1000))
        #expect(reading?.value.description == test.value)
        // No liberty without its note.
        if reading != nil { #expect(reading?.notes.isEmpty == false) }
    }

    @Test func `a character that the end cut in two is dropped, one that is wrong is not`() throws {
        let cut = Array("[\"a€".utf8)
        for length in (cut.count - 2)..<cut.count {
            let reading = try JSONReader.read(Array(cut.prefix(length)), .lenient(sizeLimit: 100))
            #expect(reading.value == ["a"])
        }
        #expect(throws: JSONError.self) {
            try JSONReader.read([0x22, 0x61, 0xFF], .lenient(sizeLimit: 100))
        }
    }

    @Test func `every beginning of a document has a value, which only grows`() throws {
        let document = Array(
            #"{"path":"src/größer.swift","edits":[{"old":"a\nb","new":"\u00e9"}],"n":12}"#.utf8)
        var sizes: [Int] = []
        for length in 1...document.count {
            let reading = try JSONReader.read(
                Array(document.prefix(length)), .lenient(sizeLimit: 1000))
            #expect(reading.notes.isEmpty == (length == document.count))
            sizes.append(JSONWriter.write(reading.value, layout: .compact).count)
        }
        #expect(sizes == sizes.sorted())
    }

    @Test func `a document that needs no leniency reads as under strict rules`() throws {
        let text = #"{"a":[1,"x",null],"b":{"c":true}}"#
        let lenient = try JSONReader.read(text, .lenient(sizeLimit: 100))
        #expect(lenient == (try JSONReader.read(text, .exact(sizeLimit: 100))))
    }
}
