/// Bytes to characters, where a byte that belongs to none is handed out as itself.
struct UTF8Decoder<Bytes: IteratorProtocol<UInt8>> {
    enum Piece: Equatable {
        case scalar(Unicode.Scalar)
        case strayByte(UInt8)
    }

    private var bytes: Bytes
    /// Read ahead and not yet handed out; never more than one character's bytes.
    private var ahead: [UInt8] = []

    init(_ bytes: Bytes) {
        self.bytes = bytes
        ahead.reserveCapacity(4)
    }

    mutating func next() -> Piece? {
        guard fill(1) else { return nil }
        let first = ahead[0]
        if first < 0x80 {
            ahead.removeFirst()
            return .scalar(Unicode.Scalar(first))
        }
        let length = Self.length(startingWith: first)
        if length > 1, fill(length), let scalar = Self.scalar(ahead[..<length]) {
            ahead.removeFirst(length)
            return .scalar(scalar)
        }
        return .strayByte(ahead.removeFirst())
    }

    /// Whether that many bytes are ahead now.
    private mutating func fill(_ count: Int) -> Bool {
        while ahead.count < count, let byte = bytes.next() { ahead.append(byte) }
        return ahead.count >= count
    }

    private static func length(startingWith byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    private static func scalar(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let lead = UInt32(bytes.first!) & (0x7F >> UInt32(bytes.count))
        var value = lead
        for byte in bytes.dropFirst() {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        // A longer form than needed is not UTF-8: it would be a second spelling of the same character.
        let smallest: UInt32 = [0, 0, 0x80, 0x800, 0x10000][bytes.count]
        return value >= smallest ? Unicode.Scalar(value) : nil
    }
}
