import PiJSON
import PiSystem

/// `ls`: what is in a folder, one name a line.
enum ListTool {
    static let tool = Tool(
        name: "ls",
        summary: "List a folder: one name a line, folders end in /, hidden files are shown.",
        parameters: [
            .init("path", .text, "the folder; the working folder if left out"),
            .init("limit", .count(1...10_000), "how many names at most; 500 if left out"),
        ],
        run: { arguments in
            ToolOutput(
                try list(arguments.text("path") ?? ".", limit: arguments.count("limit") ?? 500))
        })

    /// Past this a folder is not worth reading to its end only to count it.
    private static let entryLimit = 200_000

    private static func list(_ text: String, limit: Int) throws -> String {
        let folder = try Folder.open(ToolPath(text).path, resolving: .anything)
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
            guard listing.utf8.count + line.utf8.count <= Tool.mostBytes else { break }
            listing += line
            shown += 1
        }
        guard shown < names.count else { return listing }
        let reason = shown < limit ? "\(ByteCount(Tool.mostBytes)) of output" : "`limit`"
        return listing
            + "(\(shown) of \(names.count) names: \(reason) ends the list; name a folder inside)\n"
    }

    private static func isFolder(_ name: FilePath, in folder: borrowing Folder) -> Bool {
        // An entry that has gone or can't be looked at is listed by its bare name.
        (try? folder.facts(of: name).kind) == .folder
    }
}
