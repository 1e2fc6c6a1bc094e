import PiJSON
import Testing

@Suite struct CanonicalTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let bits: UInt64
        let text: String
        var testDescription: String { text }
    }

    // The table of RFC 8785, appendix B, and the borders of ECMAScript's two notations.
    @Test(arguments: [
        Case(bits: 0x0000_0000_0000_0000, text: "0"),
        Case(bits: 0x8000_0000_0000_0000, text: "0"),
        Case(bits: 0x0000_0000_0000_0001, text: "5e-324"),
        Case(bits: 0x8000_0000_0000_0001, text: "-5e-324"),
        Case(bits: 0x7FEF_FFFF_FFFF_FFFF, text: "1.7976931348623157e+308"),
        Case(bits: 0xFFEF_FFFF_FFFF_FFFF, text: "-1.7976931348623157e+308"),
        Case(bits: 0x4340_0000_0000_0000, text: "9007199254740992"),
        Case(bits: 0xC340_0000_0000_0000, text: "-9007199254740992"),
        Case(bits: 0x4430_0000_0000_0000, text: "295147905179352830000"),
        Case(bits: 0x44B5_2D02_C7E1_4AF5, text: "9.999999999999997e+22"),
        Case(bits: 0x44B5_2D02_C7E1_4AF6, text: "1e+23"),
        Case(bits: 0x44B5_2D02_C7E1_4AF7, text: "1.0000000000000001e+23"),
        Case(bits: 0x444B_1AE4_D6E2_EF4E, text: "999999999999999700000"),
        Case(bits: 0x444B_1AE4_D6E2_EF4F, text: "999999999999999900000"),
        Case(bits: 0x444B_1AE4_D6E2_EF50, text: "1e+21"),
        Case(bits: 0x3EB0_C6F7_A0B5_ED8C, text: "9.999999999999997e-7"),
        Case(bits: 0x3EB0_C6F7_A0B5_ED8D, text: "0.000001"),
        Case(bits: 0x41B3_DE43_5555_5553, text: "333333333.3333332"),
        Case(bits: 0x41B3_DE43_5555_5555, text: "333333333.3333333"),
        Case(bits: 0xBECB_F647_612F_3696, text: "-0.0000033333333333333333"),
        Case(bits: 0x4314_3FF3_C1CB_0959, text: "1424953923781206.2"),
    ])
    private func `a double is written as ECMAScript writes it`(test: Case) throws {
        let double = Double(bitPattern: test.bits)
        #expect(JSONNumber(double)?.text == test.text)
        let written = try CanonicalJSON.write(.number(#require(JSONNumber(text: test.text))))
        #expect(String(decoding: written, as: UTF8.self) == test.text)
    }

    @Test(
        arguments: [
            ("1.10", "1.1"), ("1E5", "100000"), ("-0.0", "0"), ("100e-2", "1"), ("0.00e9", "0"),
            ("0.1", "0.1"), ("1e21", "1e+21"), ("123456789e-9", "0.123456789"),
            ("4.9406564584124654e-324", nil), ("9007199254740993", nil), ("1e400", nil),
            ("1e-400", nil),
            ("0.1000000000000000055511151231257827", nil), ("123456789012345678901234567890", nil),
            ("1e99999999999999999999", nil), ("0e99999999999999999999", "0"),
        ] as [(String, String?)])
    func `a number has a canonical form exactly if a double holds it`(
        written: String, canonical: String?
    ) throws {
        let number = try #require(JSONNumber(text: written))
        let bytes = try? CanonicalJSON.write(.number(number))
        #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == canonical)
    }

    @Test func `members are sorted by their UTF-16 code units`() throws {
        // RFC 8785, section 3.2.3.
        let text = #"""
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
             "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin o"}
            """#
        let value = try JSONReader.read(text, .exact(sizeLimit: 1000)).value
        let written = try JSONReader.read(CanonicalJSON.write(value), .exact(sizeLimit: 1000)).value
        #expect(
            written.object?.names == [
                "\r", "1", "\u{80}", "\u{F6}", "\u{20AC}", "\u{1F600}", "\u{FB33}",
            ])
    }

    @Test func `strings keep everything that need not be escaped`() throws {
        let value = JSONValue.string("\u{20AC}$\u{0F}\nA'B\"\\\"/\u{7F}\u{2028}")
        let written = try CanonicalJSON.write(value)
        #expect(
            String(decoding: written, as: UTF8.self) == #""€$\u000f\nA'B\"\\\"/\#u{7F}\#u{2028}""#)
    }

    @Test func `the indented layout is the one that people expect`() {
        let value: JSONValue = ["a": [1, true], "b": [:], "c": [], "d": ["e": .null]]
        #expect(
            String(decoding: JSONWriter.write(value, layout: .indented), as: UTF8.self) == """
                {
                  "a": [
                    1,
                    true
                  ],
                  "b": {},
                  "c": [],
                  "d": {
                    "e": null
                  }
                }
                """)
    }
}
