import CSystem
import PiJSON

/// Where a file is, in the kernel's own bytes.
package struct FilePath: Hashable, Sendable {
    package let raw: RawText

    package init(_ raw: RawText) {
        self.raw = raw
    }

    /// Nil for a text that can't name a file: empty, or with a zero byte.
    package init?(_ text: String) {
        guard let raw = RawText(text), !raw.isEmpty else { return nil }
        self.raw = raw
    }

    package var bytes: [UInt8] { raw.bytes }
    package var utf8: String? { raw.utf8 }
    package var text: String { raw.text }
    package var names: [FilePath] {
        bytes.split(separator: UInt8(ascii: "/")).compactMap { RawText($0).map(FilePath.init) }
    }
    var isLongerThanAName: Bool { bytes.contains(UInt8(ascii: "/")) }
    package var isAbsolute: Bool { bytes.first == UInt8(ascii: "/") }

    /// The part after the last slash; nil if that names no file of its own, as in `/` or `a/..`.
    package var name: FilePath? {
        let last = bytes.split(separator: UInt8(ascii: "/")).last ?? []
        guard let name = RawText(last), !name.isEmpty, name != ".", name != ".." else { return nil }
        return FilePath(name)
    }

    /// The part before the last name: `.` for a bare name, `/` for what stands in the root.
    package var parent: FilePath {
        var rest = bytes[...]
        while rest.count > 1, rest.last == UInt8(ascii: "/") { rest.removeLast() }
        guard let slash = rest.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        let parent = rest[..<slash]
        return parent.isEmpty ? "/" : FilePath(RawText(parent)!)
    }

    /// The part before the first slash and the one after it; nil for a bare name.
    package var firstName: (FilePath, rest: FilePath)? {
        guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")),
            let first = RawText(bytes[..<slash]), let rest = RawText(bytes[(slash + 1)...]),
            !first.isEmpty, !rest.isEmpty
        else { return nil }
        return (FilePath(first), FilePath(rest))
    }

    /// Whether it names something in that folder, at any depth, by the bytes of both alone.
    package func isBelow(_ folder: FilePath) -> Bool {
        let (own, other) = (raw.cString, folder.raw.cString)
        // Each with the zero that ends it.
        guard own.count > other.count, own[other.count - 1] == CChar(UInt8(ascii: "/")) else {
            return false
        }
        return own.prefix(other.count - 1).elementsEqual(other.dropLast())
    }

    package func appending(_ other: FilePath) -> FilePath {
        guard !other.isAbsolute, !raw.isEmpty else { return other }
        var joined = bytes
        if joined.last != UInt8(ascii: "/") { joined.append(UInt8(ascii: "/")) }
        return FilePath(RawText(joined + other.bytes)!)
    }
}

extension FilePath {
    /// Where the link leads that stands there.
    package func linkTarget() throws(SystemError) -> FilePath {
        var target = [CChar](repeating: 0, count: 4096)
        let length = try checked(
            unsafe pi_read_link(
                Int32(PI_WORKING_FOLDER), raw.cString, &target, target.count), .readLink, self)
        return FilePath(RawText(target.prefix(Int(length)).map { UInt8(bitPattern: $0) }) ?? "")
    }

    /// Whether we could write there just now: for telling people, never for deciding what is safe.
    package var mayBeWritten: Bool { unsafe pi_may_write(raw.cString) }
}

extension FilePath: ExpressibleByStringLiteral, CustomStringConvertible {
    package init(stringLiteral text: String) {
        raw = RawText(stringLiteral: text)
    }

    /// Safe to show.
    package var description: String { raw.description }
}
