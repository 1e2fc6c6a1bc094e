import FoundationEssentials
import PiJSON

extension Figure {
    /// Streams of a model come as thousands of small documents.
    static let jsonLines = Figure(
        name: "json-lines", what: "10,000 stream lines to values, all checked",
        peer: "JSONDecoder, typed", unit: .nanoseconds, goal: .timesLess(5),
        measure: { rounds in
            let lines = (0..<10_000).map(line)
            let data = lines.map { Data($0) }
            let decoder = JSONDecoder()
            return try alternate(
                rounds: rounds,
                ours: {
                    for line in lines {
                        keep(try JSONReader.read(line, .interchange(sizeLimit: 1 << 20)).value)
                    }
                },
                peer: {
                    for line in data { keep(try decoder.decode(Line.self, from: line)) }
                })
        })

    private static func line(_ number: Int) -> [UInt8] {
        let words = ["the", " sandbox", " größer", ",", " \\n", " and"]
        let word = words[number % words.count]
        return Array(
            #"{"id":"c-\#(number)","choices":[{"index":0,"delta":{"content":"\#(word)"},"n":\#(number)}]}"#
                .utf8)
    }

    private struct Line: Decodable {
        struct Choice: Decodable {
            struct Delta: Decodable { let content: String }
            let index: Int
            let delta: Delta
            let n: Int
        }
        let id: String
        let choices: [Choice]
    }
}
