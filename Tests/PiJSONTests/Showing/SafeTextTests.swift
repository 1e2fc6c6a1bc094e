import PiJSON
import PiTesting
import Testing

@Suite struct SafeTextTests {
    @Test(arguments: [
        ("plain text, größer 日本 😀", "plain text, größer 日本 😀"),
        ("red \u{1B}[31m", #"red \x1b[31m"#),
        ("title \u{1B}]0;x\u{07}", #"title \x1b]0;x\x07"#),
        ("one\ntwo\tthree\r", #"one\ntwo\tthree\r"#),
        ("C1 \u{9B}31m", #"C1 \u{9b}31m"#),
        ("del \u{7F}", #"del \x7f"#),
        ("trojan \u{202E}source", #"trojan \u{202e}source"#),
        ("isolate \u{2066}x\u{2069}", #"isolate \u{2066}x\u{2069}"#),
        ("zero\u{200B}width", #"zero\u{200b}width"#),
        ("joiner\u{200D}", #"joiner\u{200d}"#),
        ("mark \u{FEFF}", #"mark \u{feff}"#),
        ("tag \u{E0041}", #"tag \u{e0041}"#),
        ("selector \u{FE0F}", #"selector \u{fe0f}"#),
        ("separator \u{2028}", #"separator \u{2028}"#),
        ("soft\u{AD}hyphen", #"soft\u{ad}hyphen"#),
        ("filler \u{3164}", #"filler \u{3164}"#),
        ("nonchar \u{FFFF}", #"nonchar \u{ffff}"#),
    ])
    func `what acts, hides or reorders becomes a visible mark`(text: String, shown: String) {
        #expect(SafeText(text, limit: 100).description == shown)
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], #"a\xffb"#), ([0xC0, 0xAF], #"\xc0\xaf"#),
            ([0xE2, 0x82], #"\xe2\x82"#),
            ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#),
            ([0xF4, 0x90, 0x80, 0x80], #"\xf4\x90\x80\x80"#),
            ([0xE2, 0x82, 0xAC], "€"), ([0xC3, 0x1B, 0x5B], #"\xc3\x1b["#), ([0x00], #"\x00"#),
        ] as [([UInt8], String)])
    func `bytes that are no text are shown as what they are`(bytes: [UInt8], shown: String) {
        #expect(SafeText(bytes: bytes, limit: 100).description == shown)
    }

    @Test func `a block keeps its lines and tabs, and nothing else`() {
        #expect(
            SafeText("a\n\tb\r\n\u{1B}", as: .block, limit: 100).description == "a\n\tb\\r\n\\x1b")
    }

    @Test func `what is too long ends in an ellipsis, and what just fits does not`() {
        #expect(SafeText("12345", limit: 5).description == "12345")
        #expect(SafeText("123456", limit: 5).description == "12345…")
    }

    @Test func `random bytes never put anything unseen on a terminal`() throws {
        var random = try Seeded.fresh(for: "safe text")
        for _ in 0..<5_000 {
            let bytes = random.bytes(upTo: 40)
            let shown = SafeText(bytes: bytes, limit: 1000).description
            let unseen = shown.unicodeScalars.filter { $0.isUnseen }
            #expect(unseen.isEmpty, "PI_SEED=\(random.seed)")
            if let text = String(validating: bytes, as: UTF8.self) {
                #expect(SafeText(text, limit: 1000).description == shown, "PI_SEED=\(random.seed)")
            }
        }
    }

    @Test func `text made safe is left alone the second time`() throws {
        var random = try Seeded.fresh(for: "safe text twice")
        for _ in 0..<1_000 {
            let once = SafeText(bytes: random.bytes(upTo: 40), limit: 1000).description
            #expect(SafeText(once, limit: 1000).description == once, "PI_SEED=\(random.seed)")
        }
    }
}

@Suite struct NearestWordTests {
    @Test(
        arguments: [
            ("verzion", "version"), ("vresion", "version"), ("versio", "version"),
            ("versionn", "version"),
            ("netwrok", "network"), ("rn", "run"), ("hlep", "help"), ("VERSION", "version"),
            ("vers", "version"), ("complet", "completion"),
            ("zebra", nil), ("", nil),
        ] as [(String, String?)])
    func `a word with few wrong letters has its neighbour`(typed: String, meant: String?) {
        let words = ["help", "version", "network", "run", "completion"]
        #expect(NearestWord.to(typed, among: words) == meant)
    }

    @Test func `very long words cost no more than long ones`() {
        let long = String(repeating: "x", count: 1_000_000)
        #expect(
            NearestWord.to(long, among: ["run", String(repeating: "y", count: 1_000_000)]) == nil)
    }
}
