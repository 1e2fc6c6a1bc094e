import PiJSON
import Testing

/// What RFC 8259 says of a text.
private struct Verdict: Sendable, CustomStringConvertible {
    enum Kind: Sendable { case accept, reject }

    let kind: Kind
    let bytes: [UInt8]
    let why: String

    init(_ kind: Kind, _ text: String, _ why: String) {
        self.init(kind, Array(text.utf8), why)
    }

    init(_ kind: Kind, _ bytes: [UInt8], _ why: String) {
        self.kind = kind
        self.bytes = bytes
        self.why = why
    }

    var description: String { "\(kind): \(why)" }
}

private let verdicts: [Verdict] = [
    // Values at the top.
    Verdict(.accept, "null", "null alone"),
    Verdict(.accept, "true", "true alone"),
    Verdict(.accept, "false", "false alone"),
    Verdict(.accept, "42", "a number alone"),
    Verdict(.accept, "-0.1", "a negative number alone"),
    Verdict(.accept, "\"x\"", "a string alone"),
    Verdict(.accept, "\"\"", "an empty string alone"),
    Verdict(.accept, " [] ", "space around"),
    Verdict(.accept, "\t\r\n[]\n\r\t ", "all four kinds of space around"),
    Verdict(.reject, "", "nothing"),
    Verdict(.reject, " ", "only space"),
    Verdict(.reject, "[] []", "two values"),
    Verdict(.reject, "[]x", "something behind the value"),
    Verdict(.reject, "1 2", "two numbers"),
    Verdict(.reject, "\u{0C}[]", "a form feed is no space"),
    Verdict(.reject, "\u{A0}[]", "a no-break space is no space"),
    Verdict(.reject, "\u{2060}[]", "a word joiner is no space"),
    Verdict(.reject, [0xEF, 0xBB, 0xBF, 0x31], "a byte order mark"),
    Verdict(.reject, [0xEF, 0xBB, 0xBF], "a byte order mark alone"),
    Verdict(.reject, [0xFE, 0xFF, 0x00, 0x31], "UTF-16"),
    Verdict(.reject, [0x31, 0x00], "a zero byte behind the value"),
    Verdict(.reject, "// x\n1", "a comment"),
    Verdict(.reject, "/* x */1", "a block comment"),
    Verdict(.reject, "#x\n1", "a hash comment"),

    // Literals.
    Verdict(.reject, "nul", "null cut off"),
    Verdict(.reject, "nulll", "null and more"),
    Verdict(.reject, "Null", "a capital"),
    Verdict(.reject, "TRUE", "capitals"),
    Verdict(.reject, "tru", "true cut off"),
    Verdict(.reject, "truth", "almost true"),
    Verdict(.reject, "fals", "false cut off"),
    Verdict(.reject, "undefined", "JavaScript's undefined"),
    Verdict(.reject, "NaN", "not a number"),
    Verdict(.reject, "Infinity", "infinity"),
    Verdict(.reject, "-Infinity", "negative infinity"),
    Verdict(.reject, "nan", "nan"),
    Verdict(.reject, "x", "a bare word"),
    Verdict(.reject, "*", "a star"),

    // Numbers.
    Verdict(.accept, "0", "zero"),
    Verdict(.accept, "-0", "negative zero"),
    Verdict(.accept, "0.0", "zero with a fraction"),
    Verdict(.accept, "0e0", "zero with an exponent"),
    Verdict(.accept, "0E+0", "a capital exponent with plus"),
    Verdict(.accept, "1e-5", "a negative exponent"),
    Verdict(.accept, "123.456e+78", "everything a number can have"),
    Verdict(.accept, "1e00005", "zeros lead an exponent"),
    Verdict(.accept, "1e9999", "more than a double holds"),
    Verdict(.accept, "1e-9999", "less than a double holds"),
    Verdict(.accept, "123456789012345678901234567890", "more digits than an Int has"),
    Verdict(.accept, "0.123456789012345678901234567890", "more digits than a double has"),
    Verdict(.reject, "+1", "a plus"),
    Verdict(.reject, "-", "a minus alone"),
    Verdict(.reject, "--1", "two minuses"),
    Verdict(.reject, "01", "a leading zero"),
    Verdict(.reject, "-01", "a leading zero behind a minus"),
    Verdict(.reject, "00", "two zeros"),
    Verdict(.reject, ".5", "no digit before the point"),
    Verdict(.reject, "-.5", "no digit between minus and point"),
    Verdict(.reject, "1.", "no digit behind the point"),
    Verdict(.reject, "1.e5", "no digit between point and exponent"),
    Verdict(.reject, "1e", "no digit in the exponent"),
    Verdict(.reject, "1e+", "only a sign in the exponent"),
    Verdict(.reject, "1eE5", "two e"),
    Verdict(.reject, "1e5.5", "a point in the exponent"),
    Verdict(.reject, "1.2.3", "two points"),
    Verdict(.reject, "1_000", "an underscore"),
    Verdict(.reject, "1,000", "a comma between digits"),
    Verdict(.reject, "0x1F", "hexadecimal"),
    Verdict(.reject, "1f", "a suffix"),
    Verdict(.reject, "- 1", "a space behind the minus"),
    Verdict(.reject, "[1 000]", "a space between digits"),
    Verdict(.reject, "\u{FF11}", "a fullwidth digit"),
    Verdict(.reject, "\u{0661}", "an Arabic digit"),

    // Strings.
    Verdict(.accept, #""\"\\\/\b\f\n\r\t""#, "every short escape"),
    Verdict(.accept, #""\u0000""#, "an escaped zero"),
    Verdict(.accept, #""\u001f\u007F""#, "escaped controls"),
    Verdict(.accept, #""\uD83D\uDE00""#, "an escaped pair of surrogates"),
    Verdict(.accept, #""\ud83d\ude00""#, "the pair in small letters"),
    Verdict(.accept, #""\u00e9é""#, "escaped and bare"),
    Verdict(.accept, "\"\u{7F}\"", "a bare DEL"),
    Verdict(.accept, "\"\u{2028}\u{2029}\"", "bare line separators"),
    Verdict(.accept, "\"\u{FFFF}\u{10FFFF}\"", "bare noncharacters"),
    Verdict(.accept, "\"\u{FEFF}\"", "a byte order mark in a string"),
    Verdict(.accept, #""\u2028""#, "an escaped line separator"),
    Verdict(.reject, "\"", "only the opening quote"),
    Verdict(.reject, "\"x", "no closing quote"),
    Verdict(.reject, "'x'", "single quotes"),
    Verdict(.reject, "\"\n\"", "a bare line feed"),
    Verdict(.reject, "\"\t\"", "a bare tab"),
    Verdict(.reject, "\"\u{00}\"", "a bare zero"),
    Verdict(.reject, "\"\u{1F}\"", "a bare control character"),
    Verdict(.reject, #""\x41""#, "an escape of JavaScript"),
    Verdict(.reject, #""\'""#, "an escaped single quote"),
    Verdict(.reject, #""\a""#, "an escape of C"),
    Verdict(.reject, #""\0""#, "an escaped digit"),
    Verdict(.reject, #""\U0041""#, "a capital U"),
    Verdict(.reject, #""\u""#, "no digits"),
    Verdict(.reject, #""\u00A""#, "three digits"),
    Verdict(.reject, #""\u00G0""#, "a letter that is no digit"),
    Verdict(.reject, #""\u-123""#, "a sign among digits"),
    Verdict(.reject, #""\u{41}""#, "an escape of Swift"),
    Verdict(.reject, #""\"#, "a backslash at the end"),
    Verdict(.reject, #""\uD83D\u""#, "a high surrogate and no digits"),
    Verdict(.reject, "\"\\\n\"", "an escaped line feed"),
    Verdict(.reject, "\"\\\u{E9}\"", "an escaped letter"),

    // UTF-8.
    Verdict(.accept, "\"é€😀\"", "two, three and four bytes"),
    Verdict(.reject, [0x22, 0xFF, 0x22], "a byte that UTF-8 never has"),
    Verdict(.reject, [0x22, 0x80, 0x22], "a further byte alone"),
    Verdict(.reject, [0x22, 0xC3, 0x22], "a first byte alone"),
    Verdict(.reject, [0x22, 0xE2, 0x82, 0x22], "a character cut short"),
    Verdict(.reject, [0x22, 0xC0, 0xAF, 0x22], "an overlong slash"),
    Verdict(.reject, [0x22, 0xE0, 0x80, 0xAF, 0x22], "an overlong slash in three bytes"),
    Verdict(.reject, [0x22, 0xF0, 0x80, 0x80, 0xAF, 0x22], "an overlong slash in four bytes"),
    Verdict(.reject, [0x22, 0xED, 0xA0, 0x80, 0x22], "a surrogate in UTF-8"),
    Verdict(.reject, [0x22, 0xED, 0xBF, 0xBF, 0x22], "the last surrogate in UTF-8"),
    Verdict(.reject, [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], "past the last character"),
    Verdict(.reject, [0x22, 0xF8, 0x88, 0x80, 0x80, 0x80, 0x22], "five bytes"),
    Verdict(.reject, [0x22, 0xE9, 0x22], "Latin-1"),
    Verdict(.reject, [0x22, 0x5C, 0xFF, 0x22], "a wrong byte behind a backslash"),
    Verdict(.reject, [0x22, 0x5C, 0x6E, 0xFF, 0x22], "a wrong byte behind an escape"),
    Verdict(.reject, [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], "a wrong byte in a name"),
    Verdict(.reject, [0xFF], "a wrong byte alone"),

    // Arrays.
    Verdict(.accept, "[]", "empty"),
    Verdict(.accept, "[[]]", "an array in an array"),
    Verdict(.accept, "[1,\n2 , 3]", "space between elements"),
    Verdict(.accept, "[null,true,1,\"\",[],{}]", "every kind of value"),
    Verdict(.reject, "[", "only the opening bracket"),
    Verdict(.reject, "]", "only the closing bracket"),
    Verdict(.reject, "[1", "no closing bracket"),
    Verdict(.reject, "[1,", "cut off behind a comma"),
    Verdict(.reject, "[1,]", "a trailing comma"),
    Verdict(.reject, "[,1]", "a leading comma"),
    Verdict(.reject, "[,]", "only a comma"),
    Verdict(.reject, "[1,,2]", "two commas"),
    Verdict(.reject, "[1 2]", "no comma"),
    Verdict(.reject, "[1;2]", "a semicolon"),
    Verdict(.reject, "[1:2]", "a colon"),
    Verdict(.reject, "[1}", "the wrong bracket"),
    Verdict(.reject, "[1]]", "a bracket too many"),
    Verdict(.reject, "[x]", "a bare word inside"),
    Verdict(.reject, "[\"x\"", "cut off behind a string"),
    Verdict(.reject, "(1)", "round brackets"),

    // Objects.
    Verdict(.accept, "{}", "empty"),
    Verdict(.accept, "{\"\":0}", "an empty name"),
    Verdict(.accept, "{\"a\" : 1 , \"b\" : 2}", "space everywhere"),
    Verdict(.accept, #"{"\u0061":1}"#, "an escaped name"),
    Verdict(.accept, "{\"a\":{\"b\":{}}}", "nested"),
    Verdict(.accept, "{\"a\":1,\"a\":2}", "a name twice: the RFC only says should"),
    Verdict(.reject, "{", "only the opening brace"),
    Verdict(.reject, "}", "only the closing brace"),
    Verdict(.reject, "{\"a\"", "cut off behind a name"),
    Verdict(.reject, "{\"a\":", "cut off behind a colon"),
    Verdict(.reject, "{\"a\":1", "no closing brace"),
    Verdict(.reject, "{\"a\":1,", "cut off behind a comma"),
    Verdict(.reject, "{\"a\":1,}", "a trailing comma"),
    Verdict(.reject, "{,\"a\":1}", "a leading comma"),
    Verdict(.reject, "{\"a\":1,,\"b\":2}", "two commas"),
    Verdict(.reject, "{\"a\" 1}", "no colon"),
    Verdict(.reject, "{\"a\"::1}", "two colons"),
    Verdict(.reject, "{\"a\"=1}", "an equals sign"),
    Verdict(.reject, "{\"a\"}", "a name without a value"),
    Verdict(.reject, "{:1}", "a value without a name"),
    Verdict(.reject, "{a:1}", "a bare name"),
    Verdict(.reject, "{'a':1}", "a name in single quotes"),
    Verdict(.reject, "{1:1}", "a number as name"),
    Verdict(.reject, "{null:1}", "null as name"),
    Verdict(.reject, "{[1]:1}", "an array as name"),
    Verdict(.reject, "{\"a\":1 \"b\":2}", "no comma"),
    Verdict(.reject, "{\"a\":1]", "the wrong bracket"),
    Verdict(.reject, "{\"a\":x}", "a bare word as value"),
    Verdict(.reject, "{\"a\":1}}", "a brace too many"),
    Verdict(.reject, "{\"a\":/**/1}", "a comment inside"),
]

@Suite struct ConformanceTests {
    @Test(arguments: verdicts)
    private func `the reader gives the verdict of RFC 8259`(verdict: Verdict) {
        let accepted = (try? JSONReader.read(verdict.bytes, .interchange(sizeLimit: 1000))) != nil
        #expect(accepted == (verdict.kind == .accept))
    }

    @Test(arguments: verdicts)
    private func `what is accepted means the same when written and read again`(verdict: Verdict)
        throws
    {
        guard verdict.kind == .accept else { return }
        let value = try JSONReader.read(verdict.bytes, .interchange(sizeLimit: 1000)).value
        for layout in [JSONWriter.Layout.compact, .indented] {
            let written = JSONWriter.write(value, layout: layout)
            #expect(try JSONReader.read(written, .exact(sizeLimit: 1000)).value == value)
        }
    }

    @Test func `no beginning of a document is taken for a whole one`() throws {
        let document = Array(#"{"a":[1.5e3,"x\u00e9\n😀",true,null,{"b":-0}],"c":{}}"#.utf8)
        _ = try JSONReader.read(document, .exact(sizeLimit: 1000))
        for length in 0..<document.count {
            #expect(throws: JSONError.self) {
                try JSONReader.read(Array(document.prefix(length)), .exact(sizeLimit: 1000))
            }
        }
    }
}
