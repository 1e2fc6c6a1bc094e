import PiJSON
import PiSystem

/// `read`: a text from one line to another, or a picture.
enum ReadTool {
    static let tool = Tool(
        name: "read",
        summary:
            "Read a text file (at most 2000 lines or 50 KiB; go on with offset) or a picture (png, jpeg, gif, webp).",
        parameters: [
            .init("path", .text, "", isRequired: true),
            .init("offset", .count(1...1_000_000_000), "first line"),
            .init("limit", .count(1...1_000_000_000), "number of lines"),
        ],
        run: { arguments in
            try read(
                ToolPath(arguments.text("path") ?? "", spelling: true),
                from: arguments.count("offset"), limit: arguments.count("limit"))
        })

    /// Larger ones are refused by most providers.
    private static let largestImage = ByteCount.mebibytes(4)
    /// How far a file is read to count its lines.
    private static let mostCounted = ByteCount.mebibytes(512)

    private static func read(_ path: ToolPath, from offset: Int?, limit: Int?) throws -> ToolOutput
    {
        let (folder, name) = try path.place()
        let opened = try Folder.open(folder, resolving: .anything)
        if try opened.facts(of: name).kind == .folder {
            throw ToolError("\(path.shown) is a folder: list it, with `ls` or with bash")
        }
        let file = try opened.file(name, for: .read, creating: .never, resolving: .anything)
        let facts = try file.facts()
        var details = JSONObject()
        details["stamp"] = .string(FileStamp(facts).description)

        let head = try file.read(.kibibytes(8), at: ByteCount(0))
        if let type = ImageType.of(head) {
            guard facts.size <= largestImage else {
                throw ToolError(
                    "\(path.shown) is a picture of \(facts.size), and at most \(largestImage) can be shown: make a smaller copy of it first"
                )
            }
            let bytes = try file.contents(limit: largestImage)
            return ToolOutput(
                [.text("\(path.shown): \(type), \(facts.size)"), .image(bytes: bytes, type: type)],
                details: details)
        }
        if let kind = BinaryKind.of(head) {
            throw ToolError(
                "\(path.shown) is no text: \(kind), \(facts.size). Look at it with a program, such as `file`, `xxd` or `strings`"
            )
        }
        var window = LineWindow(
            from: offset ?? 1, lines: min(limit ?? Tool.mostLines, Tool.mostLines),
            bytes: Tool.mostBytes)
        var at = 0
        while at < mostCounted.bytes {
            let piece = try file.read(.kibibytes(256), at: ByteCount(at))
            guard !piece.isEmpty else { break }
            window.take(piece)
            at += piece.count
        }
        window.end()
        return ToolOutput(
            try text(
                window, path, from: offset ?? 1, limit: limit, isWhole: at < mostCounted.bytes),
            details: details)
    }

    private static func text(
        _ window: LineWindow, _ path: ToolPath, from offset: Int, limit: Int?, isWhole: Bool
    ) throws(ToolError) -> String {
        let total = isWhole ? "\(window.total)" : "more than \(window.total)"
        guard offset <= max(window.total, 1) else {
            throw ToolError(
                "line \(offset) is past the end: \(path.shown) has \(total) line\(window.total == 1 ? "" : "s")"
            )
        }
        if window.firstIsTooLong {
            return
                "[line \(offset) alone is longer than \(ByteCount(Tool.mostBytes)); bash shows a part of it: sed -n '\(offset)p' FILE | head -c 20000]"
        }
        var text = String(decoding: window.taken, as: UTF8.self)
        var notes: [String] = []
        if path.isOtherName { notes.append("this is \(path.shown), whose name is written so") }
        let last = offset + window.count - 1
        if last < window.total || !isWhole {
            let why =
                window.count < (limit ?? .max)
                ? (window.isFull ? ", \(ByteCount(Tool.mostBytes)) at most" : "") : ""
            notes.append(
                "lines \(offset) to \(last) of \(total)\(why); go on with offset=\(last + 1)")
        }
        if window.hasStrayBytes {
            notes.append("bytes that are no UTF-8 are shown as \u{FFFD}: don't write them back")
        }
        if !notes.isEmpty {
            if !text.hasSuffix("\n") { text += "\n" }
            text += "\n[\(notes.joined(separator: "; "))]"
        }
        return text
    }
}

/// Whole lines of a stream: those from a certain one on, as many as may be shown; the rest is counted.
struct LineWindow {
    private let first: Int
    private let lines: Int
    private let bytes: Int
    private(set) var taken: [UInt8] = []
    /// How many lines were taken.
    private(set) var count = 0
    /// How many there are.
    private(set) var total = 0
    /// The bytes were used up before the lines.
    private(set) var isFull = false
    private var line: [UInt8] = []
    private var isOpen = false

    init(from first: Int, lines: Int, bytes: Int) {
        self.first = first
        self.lines = lines
        self.bytes = bytes
    }

    var firstIsTooLong: Bool { isFull && count == 0 }
    var hasStrayBytes: Bool { String(validating: taken, as: UTF8.self) == nil }

    mutating func take(_ piece: [UInt8]) {
        var rest = piece[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            let part = rest[..<(end.map { $0 + 1 } ?? rest.endIndex)]
            if isWanted {
                // No more is kept of a line than shows that it does not fit.
                if line.count + taken.count <= bytes { line += part }
            }
            isOpen = end == nil
            if !isOpen { close() }
            rest = rest[part.endIndex...]
        }
    }

    private var isWanted: Bool { total + 1 >= first && count < lines && !isFull }

    private mutating func close() {
        if isWanted {
            if taken.count + line.count > bytes {
                isFull = true
            } else {
                taken += line
                count += 1
            }
        }
        line = []
        total += 1
        isOpen = false
    }

    /// A last line without an end is one, too.
    mutating func end() {
        if isOpen { close() }
    }
}

/// What a file is that is no text.
enum BinaryKind {
    private static let beginnings: [(bytes: [UInt8], name: String)] = [
        (Array("\u{7F}ELF".utf8), "a program or library (ELF)"), (Array("%PDF".utf8), "a PDF"),
        ([0x50, 0x4B, 0x03, 0x04], "an archive (zip)"), ([0x1F, 0x8B], "compressed (gzip)"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed (xz)"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed (zstd)"),
        (Array("BZh".utf8), "compressed (bzip2)"), (Array("SQLite format 3".utf8), "a database"),
        ([0xFF, 0xFE], "text in UTF-16 (iconv makes UTF-8 of it)"),
        ([0xFE, 0xFF], "text in UTF-16 (iconv makes UTF-8 of it)"),
    ]

    /// Nil for a text.
    static func of(_ head: [UInt8]) -> String? {
        if let known = beginnings.first(where: { head.starts(with: $0.bytes) }) {
            return known.name
        }
        return head.contains(0) ? "binary data" : nil
    }
}
