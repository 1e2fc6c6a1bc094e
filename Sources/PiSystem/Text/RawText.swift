import PiJSON

/// Bytes as the kernel takes them for a name, an argument or a variable: anything but zero.
///
/// Linux does not promise that they are UTF-8, so they are kept as they came and shown only as
/// `SafeText`.
package struct RawText: Hashable, Sendable {
    /// With the zero that ends it.
    let cString: [CChar]

    package var bytes: [UInt8] { cString.dropLast().map { UInt8(bitPattern: $0) } }
    package var isEmpty: Bool { cString.count == 1 }

    /// Nil if a zero byte stands among them.
    package init?(_ bytes: some Sequence<UInt8>) {
        var cString = bytes.map { CChar(bitPattern: $0) }
        guard !cString.contains(0) else { return nil }
        cString.append(0)
        self.cString = cString
    }

    package init?(_ text: String) {
        self.init(text.utf8)
    }

    /// The text, if it is UTF-8.
    package var utf8: String? { String(validating: bytes, as: UTF8.self) }

    /// As it is, or with marks for the bytes that are no text.
    package var text: String { utf8 ?? description }
}

extension RawText: ExpressibleByStringLiteral, CustomStringConvertible {
    package init(stringLiteral text: String) {
        guard let raw = RawText(text) else { preconditionFailure("a zero byte in a literal") }
        self = raw
    }

    package var description: String { SafeText(bytes: bytes, limit: 4096).description }
}

/// Copies a C string, which by nature has no zero byte inside.
func rawText(_ cString: UnsafePointer<CChar>) -> RawText {
    var bytes: [UInt8] = []
    var at = unsafe cString
    while unsafe at.pointee != 0 {
        unsafe bytes.append(UInt8(bitPattern: at.pointee))
        unsafe at += 1
    }
    return RawText(bytes)!
}
