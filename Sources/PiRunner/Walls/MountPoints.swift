import PiSystem

/// What is mounted on this host, as the kernel tells this process.
enum MountPoints {
    /// The places in a folder at which something is mounted.
    static func below(_ folder: String) throws(SystemError) -> [FilePath] {
        let text = try Folder.open("/proc/self", resolving: .anything)
            .read("mountinfo", limit: .mebibytes(16), resolving: .anything)
        let prefix = Array("\(folder)/".utf8)
        return text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            // proc(5): ID parent major:minor root place options …
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
            guard words.count > 4 else { return nil }
            let place = unescaped(words[4])
            guard place.starts(with: prefix) else { return nil }
            return RawText(place).map(FilePath.init)
        }
    }

    /// A space, a tab, the end of a line and a backslash are written as three octal digits.
    private static func unescaped(_ word: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = word
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            guard byte == UInt8(ascii: "\\"), digits.count == 3,
                let number = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(number)
            rest = rest.dropFirst(3)
        }
        return bytes
    }
}
