/// Texts taken apart by their bytes, as the kernel and the wire do it.
///
/// To Swift a slash with an accent behind it is one character and no slash; to the kernel it is a slash.
extension StringProtocol {
    func pieces(at byte: UInt8, keepingEmpty: Bool = false) -> [String] {
        utf8.split(separator: byte, omittingEmptySubsequences: !keepingEmpty)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

    /// Whether the ASCII text stands somewhere in it.
    func holds(_ part: String) -> Bool {
        guard let sign = part.utf8.first, utf8.contains(sign) else { return false }
        return firstRange(of: part) != nil
    }

    func ends(with suffix: String) -> Bool {
        utf8.count >= suffix.utf8.count && utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
}
