import PiAI
import Testing

@testable import PiRunner

/// What a person sees while a model speaks.
struct AnswerStatusTests {
    private static func line(_ events: [AnswerEvent]) -> String? {
        var status = AnswerStatus()
        for event in events { status.take(event) }
        return status.line(of: "m")
    }

    @Test func `nothing is said before something is said`() {
        #expect(Self.line([]) == nil)
        #expect(Self.line([.start, .partStart(0, .text)]) == nil)
    }

    @Test func `words are counted`() {
        let begun: [AnswerEvent] = [.start, .partStart(0, .thinking)]
        #expect(Self.line(begun + [.partDelta(0, .thinking, "abc")]) == "m thinks … 3 bytes")
        let more: [AnswerEvent] = [
            .partStart(1, .text), .partDelta(1, .text, String(repeating: "é", count: 10_240)),
        ]
        #expect(Self.line(begun + more) == "m answers … 20 KiB")
    }

    @Test func `a call is told by what it is about, as far as that is there`() {
        let begun: [AnswerEvent] = [.start, .partStart(0, .toolCall(id: "a", name: "write"))]
        func line(_ arguments: String) -> String? {
            Self.line(begun + [.partDelta(0, .toolCall, arguments)])
        }
        #expect(line("{") == "write  … 1 byte")
        #expect(line(#"{"path":"src/m"#) == "write src/m … 14 bytes")
        #expect(
            line(#"{"path":"src/main.c","content":"int"#)?.hasPrefix("write src/main.c … ") == true)
        // What nobody can read is counted all the same.
        #expect(line("}}}") == "write  … 3 bytes")
    }

    @Test
    func `a subject far behind costs nothing, and one that acts on a terminal is shown safely`() {
        let long = String(repeating: "x", count: 100_000)
        let begun: [AnswerEvent] = [.start, .partStart(0, .toolCall(id: "a", name: "w\u{1B}[2J"))]
        let line = Self.line(
            begun + [
                .partDelta(0, .toolCall, #"{"content":""# + long),
                .partDelta(0, .toolCall, #"","path":"here"}"#),
            ])
        #expect(line?.contains("\u{1B}") == false)
        #expect(line?.contains("here") == false)
        #expect(line?.hasSuffix("… 97 KiB") == true)
    }

    @Test func `an end is the end`() {
        let part = AnswerPart.text(TextPart("a"))
        #expect(
            Self.line([.start, .partStart(0, .text), .partDelta(0, .text, "a"), .partEnd(0, part)])
                == nil)
    }
}
