import PiSandbox
import PiSystem
import Testing

@Suite struct OutputKeeperTests {
    @Test(arguments: [0, 1, 2, 3, 7, 16, 1000])
    func `head and tail are kept and the middle is counted, however it comes`(limit: Int) {
        var random = SystemRandomNumberGenerator()
        for length in [0, 1, limit, limit + 1, 3 * limit + 5, 5000] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            var keeper = OutputKeeper(limit: ByteCount(limit))
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...97, using: &random))
                keeper.keep(piece)
                rest = rest.dropFirst(piece.count)
            }
            #expect(keeper.total == length)
            let head = limit - limit / 2
            #expect(keeper.head == Array(bytes.prefix(head)))
            #expect(keeper.tail == Array(bytes.dropFirst(min(head, length)).suffix(limit / 2)))
            #expect(keeper.cut == max(0, length - limit))
        }
    }
}
