import PiJSON
import PiTesting
import Testing

@testable import PiPolicy

@Suite struct SpellingTests {
    @Test func `a key misspelled by one letter is suggested rightly`() throws {
        var right = 0
        var all = 0
        var wrong: [String] = []
        for (fields, names) in Self.maps() {
            for name in names {
                for typed in Self.misspellings(of: name) where !names.contains(typed) {
                    all += 1
                    if fields(typed) == "did you mean `\(name)`?" {
                        right += 1
                    } else {
                        wrong.append("\(typed) for \(name)")
                    }
                }
            }
        }
        #expect(all > 15_000)
        #expect(
            Double(right) >= 0.98 * Double(all),
            "\(all - right) of \(all), such as \(wrong.prefix(20))")
    }

    /// Each map of the language: what is said of an unknown key in it, and its keys.
    private static func maps() -> [((String) -> String?, [String])] {
        var shapes: [Shape] = [.fields(PolicySchema.root)]
        var maps: [((String) -> String?, [String])] = []
        while let shape = shapes.popLast() {
            switch shape {
            case .fields(let fields):
                shapes += fields.fields.map(\.shape)
                // Beside names that the author chooses no key is unknown.
                if let others = fields.others {
                    shapes.append(others.shape)
                } else {
                    maps.append(({ help(for: $0, in: fields) }, fields.fields.map(\.name)))
                }
            case .list(let inner), .named(_, let inner): shapes.append(inner)
            case .either(let inner): shapes += inner
            default: break
            }
        }
        return maps
    }

    private static func help(for typed: String, in fields: Fields) -> String? {
        var findings = Findings()
        let source = SourceText(name: "test", bytes: Array("\(typed): 1\n".utf8))
        _ = PolicyFile.read(source, as: Fields(fields.fields), .none, &findings)
        return findings.diagnostics.first { $0.code == "P0201" }?.help
    }

    /// One letter left out, put twice, replaced by its neighbour, or two swapped.
    private static func misspellings(of name: String) -> Set<String> {
        let letters = Array(name)
        var found: Set<String> = []
        for place in letters.indices {
            found.insert(String(letters[..<place] + letters[(place + 1)...]))
            found.insert(String(letters[...place] + letters[place...]))
            for letter in "eaxt_" {
                found.insert(String(letters[..<place] + [letter] + letters[(place + 1)...]))
                found.insert(String(letters[..<place] + [letter] + letters[place...]))
            }
            if place + 1 < letters.count {
                var swapped = letters
                swapped.swapAt(place, place + 1)
                found.insert(String(swapped))
            }
        }
        // What is no word any more is another mistake.
        return found.filter { $0.first?.isLetter == true && !["on", "no", "y", "n"].contains($0) }
    }
}
