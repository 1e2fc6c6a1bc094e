import PiSystem
import PiTesting

/// A line of a file, as messages name it.
struct SourceLine: Sendable {
    let path: String
    let number: Int
    let text: String
    /// The line above, which is where a reason stands.
    let above: String

    var place: String { "\(path):\(number)" }

    /// Without what is said about it, so that a comment may name what code may not use.
    var code: String {
        guard let comment = text.place(of: "//") else { return text }
        return String(text[..<comment])
    }
}

extension String {
    /// Where it has the word for the first time: a tenth of the time of the library's own search for any collection.
    func place(of word: String) -> String.Index? {
        guard let first = word.utf8.first else { return nil }
        var rest = utf8[...]
        while let place = rest.firstIndex(of: first) {
            rest = rest[place...]
            if rest.starts(with: word.utf8) { return place }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// `Entry?` does not use `try?`.
    func uses(_ word: String) -> Bool {
        var rest = self
        while let place = rest.place(of: word) {
            guard place > rest.startIndex, word.first?.isLetter == true,
                rest[rest.index(before: place)].isLetter
            else { return true }
            rest = String(rest[rest.index(after: place)...])
        }
        return false
    }
}

extension Repository {
    static func lines(of path: FilePath) throws -> [SourceLine] {
        let texts = try read(path).utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        return texts.enumerated().map { index, text in
            SourceLine(
                path: path.description, number: index + 1, text: text,
                above: index > 0 ? texts[index - 1] : "")
        }
    }

    static func swiftFiles(below folders: FilePath...) throws -> [FilePath] {
        try folders.flatMap { try files(below: $0, endingIn: ".swift") }
    }

    static func lines(below folders: FilePath..., endingIn ending: String = ".swift") throws
        -> [SourceLine]
    {
        try folders.flatMap { try files(below: $0, endingIn: ending) }.flatMap { try lines(of: $0) }
    }

    /// Everything that people read, besides the source.
    static func pages() throws -> [FilePath] {
        let top = try Folder.open(root, resolving: .anything).names(limit: 1_000)
        return top.filter { $0.utf8?.hasSuffix(".md") == true }
            + (try files(below: "docs", endingIn: ".md"))
    }
}
