import PiJSON
import PiTesting
import Testing

@Suite struct WriterTests {
    /// Each byte that is escaped and some that are not, in texts around every border of how texts are copied.
    @Test func `a text of any length is escaped wherever it has to be`() throws {
        let units = Array((0..<0x80).map { UInt8($0) }) + Array("é\u{2028}😀".utf8)
        for length in Array(0...40) + Array(1_020...1_030) + [2_047, 2_048, 2_049, 5_000] {
            for place in [0, 1, length / 2, length - 2, length - 1] where place >= 0 {
                for unit in ["\"", "\\", "\n", "\u{1}", "\u{1f}", "\u{7f}", "é", "x"] {
                    var text = String(repeating: "x", count: min(place, length))
                    text += unit
                    text += String(repeating: "x", count: max(0, length - place - 1))
                    #expect(try comesBack(text), "\(length) \(place) \(unit.utf8.first ?? 0)")
                }
            }
            let noise = (0..<length).map { units[($0 * 37 + length) % 0x80] }
            #expect(try comesBack(String(decoding: noise, as: UTF8.self)))
        }
        #expect(try comesBack(String(decoding: units, as: UTF8.self)))
    }

    private func comesBack(_ text: String) throws -> Bool {
        let written = JSONWriter.write(.string(text), layout: .compact)
        let read = try JSONReader.read(written, .exact(sizeLimit: 1 << 20)).value
        return read.string?.isExactly(text) == true
    }

    @Test func `a text is escaped as RFC 8785 wants it`() {
        let text = "\u{0}\u{1}\u{8}\u{9}\u{a}\u{b}\u{c}\u{d}\u{10}\u{1f} \"\\/\u{7f}é"
        #expect(
            JSONValue.string(text).description
                == #""\u0000\u0001\b\t\n\u000b\f\r\u0010\u001f \"\\/"# + "\u{7f}é\"")
    }

    @Test(arguments: [JSONWriter.Layout.compact, .indented])
    func `what is written piece by piece is what its tree would be`(layout: JSONWriter.Layout) {
        var writer = JSONWriter(layout: layout)
        writer.object { object in
            object.member("text", "a\nb")
            object.member("number", 12)
            object.member("nothing") { $0.array { _ in } }
            object.member("list") { member in
                member.array { list in
                    list.string("one")
                    list.object { _ in }
                    list.object { $0.member("deep", ["x": [1, 2]]) }
                    list.array { $0.value(true) }
                    list.value(.null)
                }
            }
            object.members(JSONObject([.init(name: "last", value: [])]))
        }
        let tree: JSONValue = [
            "text": "a\nb", "number": 12, "nothing": [],
            "list": ["one", [:], ["deep": ["x": [1, 2]]], [true], .null], "last": [],
        ]
        #expect(writer.bytes == JSONWriter.write(tree, layout: layout))
    }
}
