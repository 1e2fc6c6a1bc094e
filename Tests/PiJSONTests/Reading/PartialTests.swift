import PiJSON
import PiTesting
import Testing

/// A document on its way, against the lenient reading of the same bytes.
@Suite struct PartialTests {
    private static func lenient(_ bytes: [UInt8]) -> JSONValue?? {
        do {
            return .some(try JSONReader.read(bytes, .lenient(sizeLimit: 1 << 20)).value)
        } catch {
            if case .nothing = error.cause { return .some(nil) }
            if case .cutOff = error.cause { return .some(nil) }
            return nil
        }
    }

    @Test(arguments: [
        #"{"path":"a/b","content":"line\n\"two\"\\ \u00e9\ud83d\ude00 end","n":-12.5e+3,"ok":true,"no":null,"list":[1,[2,{"x":{}}],[]],"empty":""}"#,
        #"[]"#, #"[[[[1,2],3],"4"],{"a":{"b":{"c":false}}}]"#, #"  { "a" : 1 , }  "#, #"[1,2,]"#,
        #""text alone""#, "12.5", "-0", "true", "null", "\"raw\nnewline\"", #"{"a":"é€😀"}"#,
        #"{"a":"\ud83d"}"#, #"{"":{"":""}}"#,
    ])
    func `every beginning is what a lenient reading makes of it`(text: String) {
        let bytes = Array(text.utf8)
        var partial = PartialJSON(sizeLimit: 1 << 20)
        for end in 1...bytes.count {
            partial.append([bytes[end - 1]])
            let prefix = Array(bytes[..<end])
            #expect(!partial.isBroken, "after \(end) bytes")
            // In the middle of a character the reading refuses, and this waits.
            guard String(validating: prefix, as: UTF8.self) != nil else { continue }
            guard case .some(let wanted) = Self.lenient(prefix) else {
                Issue.record("the reading refuses \(text.prefix(end))")
                continue
            }
            #expect(
                partial.value == wanted,
                "after \(end) bytes: \(String(decoding: prefix, as: UTF8.self))")
        }
    }

    @Test func `random documents agree, whole and in part`() throws {
        var random = try Seeded.fresh(for: "partial documents")
        for _ in 0..<300 {
            let value = Self.randomValue(&random, depth: 0)
            let bytes = JSONWriter.write(value, layout: .compact)
            var partial = PartialJSON(sizeLimit: 1 << 20)
            var at = 0
            while at < bytes.count {
                let next = min(bytes.count, at + Int.random(in: 1...9, using: &random))
                partial.append(bytes[at..<next])
                at = next
                let prefix = Array(bytes[..<at])
                guard String(validating: prefix, as: UTF8.self) != nil,
                    case .some(let wanted) = Self.lenient(prefix)
                else { continue }
                #expect(partial.value == wanted, "\(String(decoding: prefix, as: UTF8.self))")
            }
            #expect(partial.value == value)
        }
    }

    private static func randomValue(_ random: inout Seeded, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(JSONNumber(Int.random(in: -1_000_000...1_000_000, using: &random)))
        case 3:
            let letters = Array("aé€😀\"\\\n\t/ \u{1}")
            return .string(
                String(
                    (0..<Int.random(in: 0...12, using: &random)).map { _ in
                        letters.randomElement(using: &random)!
                    }))
        case 4:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    randomValue(&random, depth: depth + 1)
                })
        default:
            return .object(
                JSONObject(
                    (0..<Int.random(in: 0...4, using: &random)).map { place in
                        JSONObject.Member(
                            name: "k\(place)", value: randomValue(&random, depth: depth + 1))
                    }))
        }
    }

    @Test(arguments: [
        "{\"a\" 1", "[1 2", "{1", "]", "}", "{\"a\":1]", "[1}", "nul1", "truth", "1.2.3,",
        "\"a\" x",
        #"{"a":1,"a":2"#, #""\x""#, "01 ", "\u{FEFF}{}",
    ])
    func `what will never be a document has no value`(text: String) {
        var partial = PartialJSON(sizeLimit: 1 << 20)
        partial.append(text + " ")
        #expect(partial.value == nil)
        #expect(partial.isBroken)
    }

    @Test func `bounds hold`() {
        var deep = PartialJSON(sizeLimit: 1 << 20, depthLimit: 64)
        deep.append(String(repeating: "[", count: 65))
        #expect(deep.isBroken)
        var long = PartialJSON(sizeLimit: 100)
        long.append("\"" + String(repeating: "x", count: 200))
        #expect(long.isBroken)
    }

    @Test func `noise does nothing worse than break it`() throws {
        var random = try Seeded.fresh(for: "partial noise")
        let bytes =
            Array(#"{}[]",:\u0123456789abcdeftrue-+.eE"#.utf8) + [0, 0xC3, 0xE2, 0xF0, 0x80, 0xFF]
        for _ in 0..<3_000 {
            var partial = PartialJSON(sizeLimit: 1 << 20)
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                partial.append([bytes.randomElement(using: &random)!])
                _ = partial.value
            }
        }
    }
}
