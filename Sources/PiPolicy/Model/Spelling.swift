import PiJSON

/// How a value is written in YAML, so that it can be pasted.
enum Spelling {
    /// In quotes unless nobody could take it for anything but this text.
    ///
    /// A message cuts what is too long to be read; a listing is whole.
    static func scalar(_ text: String, limit: Int = 200) -> String {
        let first =
            text.utf8.first.map { TextKind.isAlphanumeric($0) || $0 == Ascii.slash } ?? false
        let isDigital = text.utf8.allSatisfy { TextKind.isDigit($0) || ":._-".utf8.contains($0) }
        let isPlain =
            first && !isDigital && text.utf8.last != Ascii.colon && PlainScalar(text) == .text
            && text.utf8.allSatisfy { TextKind.isAlphanumeric($0) || "._/-:*".utf8.contains($0) }
        return isPlain
            ? text
            : JSONValue.string(SafeText(text, as: .block, limit: limit).description).description
    }
}
