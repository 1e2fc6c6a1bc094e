import PiPolicy
import Testing

@Suite struct FindingsTests {
    @Test func `the first twenty errors are told, and how many more there are`() {
        let text = "version: 1\nname: x\n" + (0..<50).map { "zzz\($0): 1\n" }.joined()
        let loaded = Loader().load(text)
        #expect(loaded.codes.count == 21)
        #expect(loaded.codes.last == "there are 30 more errors")
    }

    @Test func `a file of more than a mebibyte is refused unread`() {
        let text = "version: 1\nname: x\n" + String(repeating: "# comment\n", count: 105_000)
        #expect(Loader().load(text).codes == ["P0105"])
    }
}
