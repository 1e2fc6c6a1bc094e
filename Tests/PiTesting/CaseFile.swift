package import PiSystem

/// Cases of a corpus: `=== name`, then `! CODE help` for each message, then `--- file` and its text.
///
/// `«…»` surround what a message is about. What can't be written stands as `␉`, `␍`, `␀` and `⟦ff⟧`.
package struct CaseFile: Sendable {
    package struct Expected: Hashable, Sendable {
        package let code: String
        package let help: String
        package let file: String
        package let line: Int
        package let column: Int

        package init(code: String, help: String, file: String, line: Int, column: Int) {
            self.code = code
            self.help = help
            self.file = file
            self.line = line
            self.column = column
        }
    }

    package struct Case: Sendable, CustomStringConvertible {
        package let name: String
        package let files: [(name: String, bytes: [UInt8])]
        /// Code and help of each message, in the order of the marks.
        package let messages: [(code: String, help: String)]
        /// The beginning of each mark.
        package let marks: [(file: String, line: Int, column: Int)]

        package var description: String { name }

        package var expected: Set<Expected> {
            Set(
                zip(messages, marks).map { message, mark in
                    Expected(
                        code: message.code, help: message.help, file: mark.file, line: mark.line,
                        column: mark.column)
                })
        }
    }

    package let cases: [Case]

    package init(_ path: FilePath) throws {
        var cases: [Case] = []
        let text = try Repository.read(path)
        for piece in ("\n" + text).split(separatedBy: "\n=== ").dropFirst() {
            let (head, body) = piece.cut(at: "\n--- ")
            let lines = head.split(separator: "\n").map(String.init)
            let messages = lines.dropFirst().filter { $0.hasPrefix("! ") }.map { line in
                let (code, help) = String(line.dropFirst(2)).cut(at: " ")
                return (code, help == "-" ? "" : help)
            }
            var files: [(name: String, bytes: [UInt8])] = []
            var marks: [(file: String, line: Int, column: Int)] = []
            for (name, text) in Self.files(in: body) {
                let (bytes, found) = Self.unmark(text)
                files.append((name, bytes))
                marks += found.map { (name, $0.line, $0.column) }
            }
            cases.append(Case(name: lines[0], files: files, messages: messages, marks: marks))
        }
        self.cases = cases
    }

    /// The files of a case; a line of YAML that begins with three dashes is none of their names.
    private static func files(in body: String) -> [(name: String, text: String)] {
        var files: [(name: String, lines: [Substring])] = []
        for line in ("--- " + body).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("--- "), line.hasSuffix(".yaml"), !line.dropFirst(4).contains(" ") {
                files.append((String(line.dropFirst(4)), []))
            } else if !files.isEmpty {
                files[files.count - 1].lines.append(line)
            }
        }
        return files.map { name, lines in
            var lines = lines[...]
            while lines.last == "" { lines.removeLast() }
            // A last line of nothing but a mark is the end of the file.
            let end = lines.last == "«»" ? "" : "\n"
            return (name, lines.joined(separator: "\n") + end)
        }
    }

    /// The bytes that a text stands for, and the places of its marks.
    private static func unmark(_ text: String) -> (
        bytes: [UInt8], marks: [(line: Int, column: Int)]
    ) {
        var bytes: [UInt8] = []
        var marks: [(line: Int, column: Int)] = []
        var line = 1
        var column = 1
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "«": marks.append((line, column))
            case "»": continue
            case "⟦":
                let hex = rest.prefix { $0 != "⟧" }
                rest = rest.dropFirst(hex.count + 1)
                let byte = UInt8(String(String.UnicodeScalarView(hex)), radix: 16)!
                bytes.append(byte)
                // Bytes behind the first of a character are no column of their own.
                if byte & 0xC0 != 0x80 { column += 1 }
            default:
                let written: Unicode.Scalar =
                    ["␉": "\t", "␍": "\r", "␀": "\0"][scalar] ?? scalar
                bytes += Array(String(Character(written)).utf8)
                column = written == "\n" ? 1 : column + 1
                line += written == "\n" ? 1 : 0
            }
        }
        return (bytes, marks)
    }
}

extension String {
    fileprivate func split(separatedBy separator: String) -> [String] {
        var pieces: [String] = []
        var rest = self[...]
        while let found = rest.firstRange(of: separator) {
            pieces.append(String(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        return pieces + [String(rest)]
    }

    /// What stands before and behind the first of these; all of it before, if there is none.
    fileprivate func cut(at separator: String) -> (String, String) {
        guard let found = firstRange(of: separator) else { return (self, "") }
        return (String(self[..<found.lowerBound]), String(self[found.upperBound...]))
    }
}
