import PiSystem

/// The name of a run: a UUID of version 7 (RFC 9562), so that names sort by their time.
struct RunID: Hashable, CustomStringConvertible {
    let description: String

    /// As the name of a file.
    var name: FilePath { FilePath(RawText(description)!) }

    static func make() throws(SystemError) -> RunID {
        var bytes = try RandomBytes.make(16)
        let milliseconds = UInt64(Clock<TimeOfDay>.system.now.nanoseconds / 1_000_000)
        for place in 0..<6 { bytes[place] = UInt8(milliseconds >> (40 - 8 * place) & 0xFF) }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return RunID(description: parts.joined(separator: "-"))
    }
}
