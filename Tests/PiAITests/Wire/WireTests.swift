import PiAI
import PiTesting
import Testing

/// What servers send, and what it means.
@Suite(.timeLimit(.minutes(10))) struct WireTests {
    static let cases =
        ChatCases.all + AnthropicCases.all + ResponsesCases.all + GeminiCases.all

    @Test(arguments: cases)
    func `a stream means what it says, however it is cut into segments`(what: WireCase) {
        for size in [what.stream.count + 1, 1, 2, 7, 64] {
            let reading = Reading(what.api, what.stream, by: size)
            #expect(reading.told == what.expected)
            #expect(reading.disorder == nil)
        }
    }

    @Test func `there are enough of them`() {
        #expect(Self.cases.count >= 150)
    }

    /// Whatever is missing at the end: there is one end, and it is only an answer where the whole one is.
    @Test(arguments: cases)
    func `every beginning of a stream ends in one error`(what: WireCase) {
        let whole = Reading(what.api, what.stream, by: what.stream.count + 1)
        for end in 0..<what.stream.count {
            let reading = Reading(what.api, [Array(what.stream[..<end])])
            #expect(reading.disorder == nil)
            if reading.error == nil {
                // What it took may come after it.
                #expect(reading.answer == whole.answer, "cut after \(end) bytes")
            }
        }
    }

    @Test(arguments: API.allCases)
    func `noise is an error and nothing worse`(api: API) throws {
        var random = try Seeded.fresh(for: "noise in \(api.rawValue)")
        let streams = Self.cases.filter { $0.api == api }.map(\.stream)
        for _ in 0..<500 {
            var stream = streams.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...8, using: &random) where !stream.isEmpty {
                let place = Int.random(in: 0..<stream.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: stream[place] = UInt8.random(in: 0...255, using: &random)
                case 1: stream.remove(at: place)
                case 2: stream.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default:
                    let other = streams.randomElement(using: &random)!
                    stream.replaceSubrange(
                        place...,
                        with: other.suffix(Int.random(in: 0...other.count, using: &random)))
                }
            }
            let reading = Reading(api, stream, by: Int.random(in: 1...200, using: &random))
            #expect(reading.disorder == nil, "\(String(decoding: stream, as: UTF8.self))")
        }
    }
}
