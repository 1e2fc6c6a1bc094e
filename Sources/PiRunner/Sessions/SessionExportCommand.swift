import PiAI
import PiAgent
import PiJSON
import PiSystem

/// `pi-runner session export`: a conversation for those who don't have this program.
enum SessionExportCommand {
    enum Format: String, CaseIterable { case html, md, jsonl }

    static let command = Command(
        name: "session export",
        summary: "write a conversation as a page, as Markdown, or as it is",
        about: [
            "The page needs nothing but itself, and runs nothing; `jsonl` is the branch that counts, as Pi reads it."
        ],
        operands: [SessionArguments.session],
        options: [
            .init(
                name: "format", short: "f",
                argument: .required("FORMAT", .words(Format.allCases.map(\.rawValue))),
                summary: "html, md or jsonl; what the name of FILE says, or html"),
            .init(
                name: "output", short: "o", argument: .required("FILE", .file),
                summary: "where to; standard output if it is left out"),
            SessionArguments.workspace,
        ],
        examples: [
            .init(line: "pi-runner session export -o talk.html", summary: "the newest, as a page")
        ],
        exitCodes: [.corrupt],
        result: [
            .init(name: "id", schema: ["type": "string"]),
            .init(name: "format", schema: ["type": "string"]),
            .init(name: "bytes", schema: ["type": "integer"]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let session = try SessionArguments.open(arguments)
        let file = arguments.value(of: "output").map(FilePath.init)
        let format =
            arguments.value(of: "format")?.utf8.flatMap(Format.init(rawValue:))
            ?? Format.allCases.first { file?.text.hasSuffix(".\($0.rawValue)") == true } ?? .html
        let entries = try session.way().compactMap { try session.entry($0) }
        let bytes =
            switch format {
            case .html: Array(HTMLPage.of(session, entries).utf8)
            case .md: Array(markdown(session, entries).utf8)
            case .jsonl: try lines(session)
            }
        if let file { try ResultFile.write(bytes, to: file) }
        return Outcome(
            exit: .ok, text: file == nil ? String(decoding: bytes, as: UTF8.self) : "",
            fields: [
                .init(name: "id", value: .string(session.id)),
                .init(name: "format", value: .string(format.rawValue)),
                .init(name: "bytes", value: .number(JSONNumber(bytes.count))),
            ])
    }

    /// To the byte as they stand there.
    private static func lines(_ session: Session) throws -> [UInt8] {
        let lines = try session.way().compactMap { id in
            try session.line(id)
                ?? session.entry(id).map { JSONWriter.write($0.json, layout: .compact) }
        }
        return ([JSONWriter.write(session.header, layout: .compact)] + lines)
            .flatMap { $0 + [UInt8(ascii: "\n")] }
    }

    private static func markdown(_ session: Session, _ entries: [SessionEntry]) -> String {
        var text = "# Session \(session.id)\n\nIn `\(SafeText(session.workspace, limit: 200))`.\n"
        for entry in entries {
            guard let told = entry.told else { continue }
            text += "\n## \(SafeText(told.who, limit: 60))\n\n"
            let body = SafeText(told.text, as: .block, limit: .max).description
            let isQuoted =
                switch entry.content {
                case .message(.toolResult), .shell: true
                default: false
                }
            // A fence that nothing in the text can end.
            var longest = 2
            for line in body.split(separator: Character("\n")) {
                longest = max(longest, line.prefix { $0 == Character("`") }.count)
            }
            let fence = String(repeating: "`", count: longest + 1)
            text += isQuoted ? "\(fence)\n\(body)\n\(fence)\n" : "\(body)\n"
        }
        return text
    }
}

/// A conversation as one page without a script, whatever stands in it.
private enum HTMLPage {
    static func of(_ session: Session, _ entries: [SessionEntry]) -> String {
        var body = ""
        for entry in entries {
            guard let told = entry.told else { continue }
            let kind: String
            var pictures: [ImagePart] = []
            switch entry.content {
            case .message(.user(let user)):
                kind = "person"
                pictures = user.content.images
            case .message(.assistant): kind = "agent"
            case .message(.toolResult(let result)):
                kind = result.isError ? "failed" : "result"
                pictures = result.content.images
            default: kind = "note"
            }
            let text = escaped(SafeText(told.text, as: .block, limit: .max).description)
            let images = pictures.map { image in
                "<img alt=\"picture\" src=\"data:\(escaped(image.mimeType));base64,\(base64(image.data))\">"
            }.joined()
            let isLong = told.text.utf8.count > 2_000 && kind != "agent" && kind != "person"
            let block = "<pre>\(text)</pre>\(images)"
            body +=
                "<section class=\"\(kind)\" id=\"e\(escaped(entry.id))\"><h2>\(escaped(SafeText(told.who, limit: 60).description))</h2>"
                + (isLong
                    ? "<details><summary>\(told.text.utf8.count) bytes</summary>\(block)</details>"
                    : block)
                + "</section>\n"
        }
        let title = escaped("Session \(session.id)")
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <title>\(title)</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
            h1 { font-size: 1.2rem } h2 { font-size: .8rem; margin: 0; color: #555 }
            section { margin: 1rem 0; padding: .5rem 1rem; border-left: 4px solid #bbb; background: #f7f7f7 }
            .person { border-color: #2a6 } .agent { border-color: #26c; background: #fff } .failed { border-color: #c33 }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.45 ui-monospace, monospace; margin: .4rem 0 }
            .person pre, .agent pre { font: inherit } img { max-width: 100% }
            @media (prefers-color-scheme: dark) { body, .agent { background: #161616; color: #ddd } section { background: #202020 } h2 { color: #aaa } }
            </style></head><body>
            <h1>\(title)</h1>
            <p>In <code>\(escaped(SafeText(session.workspace, limit: 300).description))</code>.</p>
            \(body)</body></html>

            """
    }

    private static func escaped(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// Letters of base64, and nothing that could end the attribute.
    private static func base64(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
                        || "+/=".unicodeScalars.contains($0)
                }))
    }
}
