import PiJSON
import PiSystem

/// `ls`: what is in a folder, one name a line.
enum ListTool {
    static let tool = Tool(
        name: "ls",
        summary: "List a folder: one name a line, folders end in /, hidden files are shown.",
        parameters: [
            .init(
                name: "path", kind: .text, isRequired: false,
                summary: "the folder; the working folder if left out"),
            .init(
                name: "limit", kind: .count(1...10_000), isRequired: false,
                summary: "how many names at most; 500 if left out"),
        ],
        run: { arguments in
            try list(arguments.text("path") ?? ".", limit: arguments.count("limit") ?? 500)
        })

    private static let outputCap = ByteCount.kibibytes(50)
    /// Past this a folder is not worth reading to its end only to count it.
    private static let entryLimit = 200_000

    private static func list(_ text: String, limit: Int) throws -> String {
        // Models put the sign before a path by which people mention files to them.
        let path = text.first == "@" ? String(text.dropFirst()) : text
        guard let path = FilePath(path) else {
            throw ToolError("`path` names no folder: it is empty or has a zero byte in it")
        }
        let folder = try Folder.open(path, resolving: .anything)
        let names = try folder.names(limit: entryLimit).map { name in
            (name, key: SafeText(bytes: name.bytes, limit: 255).description)
        }
        guard !names.isEmpty else { return "(the folder is empty)\n" }

        let sorted = names.sorted { one, other in
            (one.key.lowercased(), one.key) < (other.key.lowercased(), other.key)
        }
        var listing = ""
        var shown = 0
        for (name, key) in sorted.prefix(limit) {
            let line = key + (isFolder(name, in: folder) ? "/" : "") + "\n"
            guard listing.utf8.count + line.utf8.count <= outputCap.bytes else { break }
            listing += line
            shown += 1
        }
        guard shown < names.count else { return listing }
        let reason = shown < limit ? "\(outputCap) of output" : "`limit`"
        return listing
            + "(\(shown) of \(names.count) names: \(reason) ends the list; name a folder inside)\n"
    }

    private static func isFolder(_ name: FilePath, in folder: borrowing Folder) -> Bool {
        // An entry that has gone or can't be looked at is listed by its bare name.
        (try? folder.facts(of: name).kind) == .folder
    }
}
