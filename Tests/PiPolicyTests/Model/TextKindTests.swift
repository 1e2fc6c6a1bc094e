import PiTesting
import Testing

@testable import PiPolicy

@Suite struct TextKindTests {
    /// What is said to editors and what the reader does, on texts near the border between the two.
    @Test(arguments: TextKind.allCases)
    func `the pattern of the schema accepts what the reader accepts`(kind: TextKind) throws {
        var random = try Seeded.fresh(for: "texts of the kind \(kind)")
        let regex = try Regex(kind.pattern).matchingSemantics(.unicodeScalar)
        let examples = kind.phrase.split(separator: "`").map(String.init) + Self.seeds
        var accepted = 0
        for _ in 0..<3_000 {
            var text = Array(examples.randomElement(using: &random)!.unicodeScalars)
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let place = Int.random(in: 0...text.count, using: &random)
                let sign = Self.signs.randomElement(using: &random)!
                switch Int.random(in: 0..<3, using: &random) {
                case 0: text.insert(sign, at: place)
                case 1 where place < text.count: text.remove(at: place)
                default: if place < text.count { text[place] = sign }
                }
            }
            let string = String(String.UnicodeScalarView(text))
            let byPattern = string.firstMatch(of: regex) != nil
            #expect(kind.accepts(string) == byPattern, "\(kind): \(string.debugDescription)")
            accepted += byPattern ? 1 : 0
        }
        #expect(accepted > 15)
    }

    private static let signs = Array("aZ09-_.~/*:@!?[]{}\\#%$ \n=é+^,&`'\"".unicodeScalars)

    private static let seeds = [
        "", "a", "~", "~/x", "/", "a/b", "a/../b", "./a", "//", "**", "a/**/b", "*.a.b", "**.a",
        "@g",
        "10.0.0.0/8", "::1/128", "1-2", "after 2h", "at_end", "builtin", "pattern:x", "append:/x",
        "https://a.b/c", "sha256:" + String(repeating: "a", count: 64), "* * * * *", "env:A",
        "file:x",
        "command:a b", "${secret}", "x${secret}y", "group:a", "user:b", "webhook:c", "terminal",
        "web",
        "\\*", "a\\[b", "mcp:*", "bash", "base/x", "x.yaml", "../x.yaml", "host:a", "HEAD~1",
        "a*b/c",
        String(repeating: "a", count: 64), String(repeating: "a.", count: 126) + "a",
        "sha256:" + String(repeating: "0f", count: 32),
        "sha256:" + String(repeating: "9", count: 64),
    ]
}
