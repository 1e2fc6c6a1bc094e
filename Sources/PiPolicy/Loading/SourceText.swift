/// The text of one policy file, which knows where its lines are.
package final class SourceText: Sendable {
    /// As messages call it; safe to show.
    package let name: String
    package let bytes: [UInt8]
    /// Where each line begins.
    private let lineStarts: [Int]
    /// Where each character begins; empty if each has one byte.
    private let characterStarts: [Int]

    /// At most `sizeLimit` bytes are looked at, in one pass each.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        var lines = [0]
        var isASCII = true
        for (place, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\n") { lines.append(place + 1) }
            if byte >= 0x80 { isASCII = false }
        }
        lineStarts = lines
        characterStarts =
            isASCII ? [] : bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
    }

    package static let sizeLimit = 1 << 20

    /// The byte that the character of that number begins with.
    func byte(ofCharacter number: Int) -> Int {
        characterStarts.isEmpty
            ? min(number, bytes.count) : characterStarts[min(number, characterStarts.count - 1)]
    }

    /// Line and column of a byte, both from one.
    func place(ofByte byte: Int) -> (line: Int, column: Int) {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= byte { low = middle } else { high = middle }
        }
        let start = lineStarts[low]
        let characters = bytes[start..<min(byte, bytes.count)].count { $0 & 0xC0 != 0x80 }
        return (low + 1, characters + 1)
    }

    /// The line of that number, without its end.
    func line(_ number: Int) -> ArraySlice<UInt8> {
        guard number >= 1, number <= lineStarts.count else { return [] }
        let start = lineStarts[number - 1]
        let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        let line = bytes[start..<max(start, end)]
        return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
