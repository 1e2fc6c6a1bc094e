import PiJSON
import PiTesting
import Testing

@Suite struct RandomDocumentTests {
    @Test func `random values come back as they were written`() throws {
        var random = try Seeded.fresh(for: "random values")
        for _ in 0..<2_000 {
            let value = JSONValue.random(depth: 4, using: &random)
            for layout in [JSONWriter.Layout.compact, .indented] {
                let written = JSONWriter.write(value, layout: layout)
                let read = try JSONReader.read(written, .exact(sizeLimit: 1 << 20)).value
                #expect(read == value, "PI_SEED=\(random.seed)")
            }
        }
    }

    @Test func `the canonical form of a value is the same whatever its members' order`() throws {
        var random = try Seeded.fresh(for: "canonical form")
        for _ in 0..<500 {
            let value = JSONValue.random(depth: 4, using: &random)
            let shuffled = value.shuffled(using: &random)
            #expect(
                try CanonicalJSON.write(value) == CanonicalJSON.write(shuffled),
                "PI_SEED=\(random.seed)")
        }
    }
}

extension JSONValue {
    fileprivate static func random(depth: Int, using random: inout Seeded) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(JSONNumber(Int.random(in: -1_000_000...1_000_000, using: &random)))
        case 3: return .number(JSONNumber(Double.random(in: -1e9...1e9, using: &random))!)
        case 4: return .string(.random(using: &random))
        case 5:
            return .array(
                (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    .random(depth: depth - 1, using: &random)
                })
        default:
            let members = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                JSONObject.Member(
                    name: .random(using: &random), value: .random(depth: depth - 1, using: &random))
            }
            return .object(JSONObject(members))
        }
    }

    fileprivate func shuffled(using random: inout Seeded) -> JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map { $0.shuffled(using: &random) })
        case .object(let object):
            let members = object.members.shuffled(using: &random).map {
                JSONObject.Member(name: $0.name, value: $0.value.shuffled(using: &random))
            }
            return .object(JSONObject(members))
        case .null, .bool, .number, .string: return self
        }
    }
}

extension String {
    /// With what makes trouble: quotes, controls, surrogate pairs, characters that compare equal.
    fileprivate static func random(using random: inout Seeded) -> String {
        let pool: [Unicode.Scalar] = [
            "a", "b", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}", "é", "e", "\u{301}", "€",
            "\u{2028}", "\u{FFFD}", "\u{FB33}", "😀", "\u{10FFFF}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            text.append(pool.randomElement(using: &random)!)
        }
        return String(text)
    }
}
