import PiJSON
import PiSystem

/// `grep`: lines by what stands in them.
enum GrepTool {
    static let tool = Tool(
        name: "grep",
        summary: "Search files for a regular expression; ignored files are left out.",
        parameters: [
            .init("pattern", .text, "", isRequired: true),
            .init("path", .text, "file or folder"),
            .init("glob", .text, "only files such as *.swift"),
            .init("ignoreCase", .flag, ""),
            .init("literal", .flag, "pattern is plain text"),
            .init("context", .count(0...100), "lines around each match"),
            .init("limit", .count(1...10_000), "matches; 100 if left out"),
        ],
        run: { try search($0) })

    private static let longestLine = 500

    private static func search(_ arguments: ToolArguments) throws -> ToolOutput {
        let path = try ToolPath(arguments.text("path") ?? ".")
        let limit = arguments.count("limit") ?? 100
        let glob = try arguments.text("glob").map { text in
            guard let pattern = GlobPattern(text) else {
                throw ToolError("`glob` has too many alternatives")
            }
            return pattern
        }
        let facts = try FileFacts.of(Folder.followLinks(from: path.path))
        let isFolder = facts.kind == .folder
        guard isFolder || facts.kind == .file else {
            throw ToolError("\(path.shown) is \(facts.kind.phrase): name a file or a folder")
        }
        var options = [
            "--json", "--hidden", "--glob=!.git", "--sort=path",
            "--context=\(arguments.count("context") ?? 0)",
        ]
        if arguments.flag("ignoreCase") { options.append("--ignore-case") }
        if arguments.flag("literal") { options.append("--fixed-strings") }
        options += ["--regexp=\(arguments.text("pattern") ?? "")", "--"]
        options.append(isFolder ? "." : path.path.name?.text ?? ".")

        var lines = ResultLines()
        var matches = 0
        var isMore = false
        var hasCutLines = false
        let ending = try Ripgrep.run(
            options, in: isFolder ? path.path : path.path.parent, endingIn: UInt8(ascii: "\n")
        ) { record in
            guard let event = Event(record), glob?.matches(event.path) ?? true else { return true }
            if event.isMatch {
                guard matches < limit else {
                    isMore = true
                    return false
                }
                matches += 1
            }
            let shown = SafeText(bytes: event.line, limit: longestLine).description
            hasCutLines = hasCutLines || event.line.count > longestLine
            let name =
                isFolder
                ? path.prefix + SafeText(bytes: event.path, limit: 1_000).description : path.shown
            let mark = event.isMatch ? ":" : "-"
            return lines.append("\(name)\(mark)\(event.number)\(mark) \(shown)")
        }
        guard !ending.hasFailed else { throw ToolError("ripgrep: \(ending.complaint)") }
        guard lines.count > 0 else { return ToolOutput("No match.\n") }
        var notes: [String] = []
        if isMore {
            notes.append("the first \(limit) matches: raise `limit`, or narrow the pattern")
        }
        if lines.isFull { notes.append("\(ByteCount(Tool.mostBytes)) of output end the list") }
        if hasCutLines { notes.append("long lines are cut: read shows them whole") }
        return ToolOutput(
            lines.text + (notes.isEmpty ? "" : "(\(notes.joined(separator: "; ")))\n"))
    }

    /// A line of a file, as ripgrep tells of it.
    private struct Event {
        let path: [UInt8]
        let number: Int
        let line: [UInt8]
        let isMatch: Bool

        init?(_ record: [UInt8]) {
            // What is no record of a line is passed by; ripgrep tells of files and counts, too.
            let json = try? JSONReader.read(record, .interchange(sizeLimit: 2 << 20)).value
            guard let json, let type = json["type"]?.string, type == "match" || type == "context",
                let data = json["data"], let path = Self.text(data["path"]),
                let line = Self.text(data["lines"]), let number = data["line_number"]?.number?.int
            else { return nil }
            self.path = path.starts(with: "./".utf8) ? Array(path.dropFirst(2)) : path
            self.number = number
            self.line = line.last == 0x0A ? line.dropLast() : line
            isMatch = type == "match"
        }

        /// What is no UTF-8 comes in base64; it is shown by its marks all the same.
        private static func text(_ json: JSONValue?) -> [UInt8]? {
            if let text = json?["text"]?.string { return Array(text.utf8) }
            return json?["bytes"]?.string.flatMap { Base64.decode(Array($0.utf8)) }
        }
    }
}
