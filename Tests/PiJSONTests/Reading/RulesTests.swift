import PiJSON
import Testing

@Suite struct RulesTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let error: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Case(text: "", error: "line 1, column 1: there is no value; an empty text is not JSON"),
        Case(text: "[1,\n 2,,3]", error: "line 2, column 4: ',' stands where a value should"),
        Case(text: "{\"é\":x}", error: "line 1, column 6: 'x' stands where a value should"),
        Case(
            text: "[\"a\u{1B}\"]",
            error:
                "line 1, column 4: the control character \\x1b stands bare in a string; write it as an escape"
        ),
        Case(
            text: "[01]",
            error:
                "line 1, column 3: this is not how JSON writes a number (no leading zeros or '+', digits on both sides of '.')"
        ),
        Case(
            text: "{\"a\":1,\"a\":2}",
            error: "line 1, column 8: the name \"a\" stands twice in one object"),
        Case(text: "{\"a\":", error: "line 1, column 6: the text ends where a value should stand"),
        Case(
            text: "\"\\ud800\"",
            error: "line 1, column 2: half of a surrogate pair stands alone; it is no character"),
        Case(
            text: "\"\\udc00\\ud800\"",
            error: "line 1, column 2: half of a surrogate pair stands alone; it is no character"),
        Case(
            text: "[1] x",
            error: "line 1, column 5: 'x' stands where the end of the document should"),
        Case(
            text: "{\"\u{202E}x\":1,\"\u{202E}x\":2}",
            error: "line 1, column 9: the name \"\\u{202e}x\" stands twice in one object"),
    ])
    private func `an error says what is wrong and where`(test: Case) {
        #expect {
            try JSONReader.read(test.text, .exact(sizeLimit: 1000))
        } throws: { error in
            "\(error)" == test.error
        }
    }

    @Test func `a document may be as large as the limit and no larger`() throws {
        let text = "[" + String(repeating: "1,", count: 100) + "1]"
        _ = try JSONReader.read(text, .exact(sizeLimit: text.utf8.count))
        let error = #expect(throws: JSONError.self) {
            try JSONReader.read(text, .exact(sizeLimit: text.utf8.count - 1))
        }
        #expect(error?.cause == .tooLarge(bytes: 203, limit: 202))
    }

    @Test(arguments: ["[]", "{\"a\":}"])
    func `nesting ends at the limit, long before the stack does`(pattern: String) throws {
        let (opening, closing) =
            pattern == "[]" ? ("[", "]") : ("{\"a\":", "}")
        func nested(_ depth: Int) -> String {
            String(repeating: opening, count: depth - 1) + "[]"
                + String(repeating: closing, count: depth - 1)
        }
        _ = try JSONReader.read(nested(512), .exact(sizeLimit: 10_000, depthLimit: 512))
        let error = #expect(throws: JSONError.self) {
            try JSONReader.read(nested(513), .exact(sizeLimit: 10_000, depthLimit: 512))
        }
        #expect(error?.cause == .tooDeep(limit: 512))
        #expect(throws: JSONError.self) {
            try JSONReader.read(
                String(repeating: opening, count: 1_000_000), .lenient(sizeLimit: 10_000_000))
        }
    }

    @Test func `a peer's second value of a name counts, in the first one's place, and is noted`()
        throws
    {
        let reading = try JSONReader.read(#"{"a":1,"b":2,"a":3}"#, .interchange(sizeLimit: 100))
        #expect(reading.value.description == #"{"a":3,"b":2}"#)
        #expect(
            reading.notes.map(\.description) == [
                "line 1, column 14: the name \"a\" stands twice; the last one counts"
            ])
    }

    @Test func `names that only look alike are two names`() throws {
        let text = "{\"\u{E9}\":1,\"e\u{301}\":2}"
        let object = try #require(try JSONReader.read(text, .exact(sizeLimit: 100)).value.object)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test func `values are equal by their bytes, not by their looks`() throws {
        let one = try JSONReader.read("{\"\u{E9}\":\"\u{E9}\"}", .exact(sizeLimit: 100)).value
        let other = try JSONReader.read("{\"\u{E9}\":\"e\u{301}\"}", .exact(sizeLimit: 100)).value
        #expect(one != other)
        #expect(Set([one, other, one]).count == 2)
        #expect(one == ["\u{E9}": "\u{E9}"])
    }

    @Test(arguments: [3_000])
    func `names that Swift finds equal, and names that are slow to normalise, cost no more`(
        count: Int
    ) throws {
        // Three spellings of one letter: seven of them in a row make thousands of names that look alike.
        let spellings = ["\u{212B}", "\u{C5}", "A\u{30A}"]
        let names = (0..<count).map { number in
            var rest = number
            return (0..<8).map { _ in
                defer { rest /= 3 }
                return spellings[rest % 3]
            }.joined()
        }
        let members = names.map { "\"\($0)\":1" }.joined(separator: ",")
        let slow = String(repeating: "\u{301}\u{316}", count: 40_000)
        let text = "{\(members),\"\(slow)\":2}"
        // Each took minutes, or seconds, when names were compared as Swift compares strings.
        let start = ContinuousClock.now
        let object = try #require(
            try JSONReader.read(text, .exact(sizeLimit: 1 << 22)).value.object)
        #expect(object.members.count == count + 1)
        #expect(object["\(slow)"] == 2)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func `a second name is found among many`() throws {
        let members = (0..<5_000).map { "\"name \($0)\":\($0)" }.joined(separator: ",")
        _ = try JSONReader.read("{\(members)}", .exact(sizeLimit: 1 << 20))
        #expect(throws: JSONError.self) {
            try JSONReader.read("{\(members),\"name 4711\":0}", .exact(sizeLimit: 1 << 20))
        }
    }

    @Test func `a lone surrogate of a peer becomes the replacement character, and is noted`() throws
    {
        let reading = try JSONReader.read(
            #""a\ud800b\ud83d\ude00\udc00""#, .interchange(sizeLimit: 100))
        #expect(reading.value == .string("a\u{FFFD}b😀\u{FFFD}"))
        #expect(reading.notes.map(\.liberty) == [.loneSurrogate, .loneSurrogate])
    }

    @Test func `notes end at their limit, however much there is to note`() throws {
        let text = "[" + String(repeating: "\"\u{1}\",", count: 50_000) + "1]"
        let reading = try JSONReader.read(text, .lenient(sizeLimit: 1 << 20))
        #expect(reading.notes.count == JSONNote.limit)
    }

    @Test func `numbers stay as they were written`() throws {
        let text = "[1.10,-0,1E5,123456789012345678901234567890]"
        let value = try JSONReader.read(text, .exact(sizeLimit: 100)).value
        #expect(value.description == text)
        #expect(value.array?[0].number?.double == 1.1)
        #expect(value.array?[2].number?.int == nil)
        #expect(JSONNumber(text: "1.") == nil)
        #expect(JSONNumber(Double.infinity) == nil)
    }
}
