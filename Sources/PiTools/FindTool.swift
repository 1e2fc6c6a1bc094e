import PiJSON
import PiSystem

/// `find`: files by a pattern of their names; what Git ignores is passed by.
enum FindTool {
    static let tool = Tool(
        name: "find",
        summary: "Find files by a glob such as *.swift or src/**/*.c; ignored files are left out.",
        parameters: [
            .init("pattern", .text, "", isRequired: true),
            .init("path", .text, "folder to look in"),
            .init("limit", .count(1...100_000), "1000 if left out"),
        ],
        run: { arguments in
            try find(
                arguments.text("pattern") ?? "", in: ToolPath(arguments.text("path") ?? "."),
                limit: arguments.count("limit") ?? 1_000)
        })

    private static func find(_ text: String, in path: ToolPath, limit: Int) throws -> ToolOutput {
        guard !text.isEmpty, let pattern = GlobPattern(text) else {
            throw ToolError("`pattern` is no glob: it is empty, or has too many alternatives")
        }
        // A file in its place is an error that says so.
        _ = try Folder.open(path.path, resolving: .anything)
        var lines = ResultLines()
        var found = 0
        let ending = try Ripgrep.run(
            ["--files", "--hidden", "--null", "--glob=!.git", "--sort=path", "."],
            in: path.path, endingIn: 0
        ) { record in
            let name = record.starts(with: "./".utf8) ? Array(record.dropFirst(2)) : record
            guard pattern.matches(name) else { return true }
            found += 1
            return found <= limit
                && lines.append(path.prefix + SafeText(bytes: name, limit: 1_000).description)
        }
        guard !ending.hasFailed else { throw ToolError("ripgrep: \(ending.complaint)") }
        guard lines.count > 0 else {
            return ToolOutput("No file matches \(SafeText(text, limit: 200)).\n")
        }
        guard found > lines.count else { return ToolOutput(lines.text) }
        let why = lines.isFull ? "\(ByteCount(Tool.mostBytes)) of output" : "`limit`"
        return ToolOutput(
            lines.text + "(the first \(lines.count): \(why) ends the list; narrow the pattern)\n")
    }
}
