/// How much of one text is in another: the bytes of the lines that both have, wherever they stand.
struct Likeness {
    /// By the hash of a line, how many bytes there are of it: two lines of one hash make two texts look a little more alike.
    private let lines: [Int: Int]
    private let size: Int

    init(_ text: [UInt8]) {
        var lines: [Int: Int] = [:]
        var rest = text[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            lines[rest[..<end].hashValue, default: 0] += end - rest.startIndex
            rest = rest[end...]
        }
        self.lines = lines
        size = text.count
    }

    /// In hundredths of the larger; 100 only for texts of the same lines.
    func hundredths(of other: Likeness) -> Int {
        let larger = max(size, other.size)
        // Not worth a look.
        guard min(size, other.size) * 100 >= larger * Self.least else { return 0 }
        let common = lines.reduce(0) { $0 + min($1.value, other.lines[$1.key] ?? 0) }
        return common * 100 / larger
    }

    /// With less in common they are two texts: Git's own measure.
    static let least = 50
}
