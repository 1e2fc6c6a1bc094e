let endOfLine = Array("\r\n".utf8)
let endOfHead = Array("\r\n\r\n".utf8)

extension ArraySlice<UInt8> {
    /// Behind the first such mark; nil if there is none.
    func end(of mark: [UInt8]) -> Int? {
        var place = startIndex
        while let found = self[place...].firstIndex(of: mark[0]) {
            guard found + mark.count <= endIndex else { return nil }
            if self[found..<found + mark.count].elementsEqual(mark) { return found + mark.count }
            place = found + 1
        }
        return nil
    }
}

/// Numbers and pieces taken from the front of bytes that somebody else wrote; nil past the end.
struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() -> UInt8? { rest.popFirst() }

    /// The most significant byte first.
    mutating func number(bytes count: Int) -> Int? {
        take(count)?.reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A piece that says its own length, in so many bytes.
    mutating func piece(lengthBytes: Int) -> ArraySlice<UInt8>? {
        number(bytes: lengthBytes).flatMap { take($0) }
    }
}
