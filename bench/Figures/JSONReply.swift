import FoundationEssentials
import PiJSON

extension Figure {
    /// A long answer of a model that was not streamed.
    static let jsonReply = Figure(
        name: "json-reply", what: "1 MB model reply to a value, all checked",
        peer: "JSONDecoder, typed", unit: .nanoseconds, goal: .timesLess(1.2),
        measure: { rounds in
            let reply = reply()
            let data = Data(reply)
            let decoder = JSONDecoder()
            return try alternate(
                rounds: rounds,
                ours: { keep(try JSONReader.read(reply, .interchange(sizeLimit: 1 << 24)).value) },
                peer: { keep(try decoder.decode(Reply.self, from: data)) })
        })

    /// Blocks of prose, code and tool calls, as models write them: with line feeds, quotes and umlauts.
    private static func reply() -> [UInt8] {
        let prose = String(
            repeating: "The walls hold, die Wände halten; nothing gets out. ", count: 24)
        let code = String(
            repeating: #"func next() -> Int {\n    return \"state\".count // größer\n}\n"#,
            count: 14)
        let blocks = (0..<800).map { number in
            switch number % 3 {
            case 0: #"{"type":"text","text":"\#(prose)","index":\#(number)}"#
            case 1: #"{"type":"text","text":"\#(code)","index":\#(number)}"#
            default:
                #"{"type":"tool_use","text":"\#(prose)","index":\#(number),"id":"toolu_\#(number)"}"#
            }
        }
        let usage = #"{"input_tokens":18231,"output_tokens":250113}"#
        return Array(
            #"{"id":"m-1","content":[\#(blocks.joined(separator: ","))],"usage":\#(usage)}"#.utf8)
    }

    private struct Reply: Decodable {
        struct Block: Decodable {
            let type: String
            let text: String
            let index: Int
            let id: String?
        }
        struct Usage: Decodable {
            let input_tokens: Int
            let output_tokens: Int
        }
        let id: String
        let content: [Block]
        let usage: Usage
    }
}
