package import PiSystem

/// Where sessions lie, by the names that Pi gives them.
package enum SessionName {
    /// Such as `--work-project--`.
    package static func folder(of workspace: String) -> FilePath {
        var rest = workspace[...]
        if rest.hasPrefix("/") { rest = rest.dropFirst() }
        let dashed = rest.map { "/\\:".contains($0) ? "-" : $0 }
        // No file system takes longer names.
        var end = dashed[...]
        while String(end).utf8.count > 200 { end.removeFirst() }
        return FilePath("--\(String(end))--") ?? "----"
    }

    /// Such as `2026-11-21T10-11-12-345Z_ID.jsonl`.
    static func file(id: String, at time: WallInstant) -> FilePath {
        let stamp = time.iso.map { ":.".contains($0) ? "-" : $0 }
        return FilePath("\(String(stamp))_\(id).jsonl") ?? "session.jsonl"
    }

    /// The id in the name of a file; nil if it is none of a session.
    package static func id(of name: FilePath) -> String? {
        guard let text = name.utf8, text.hasSuffix(".jsonl"), let mark = text.lastIndex(of: "_")
        else { return nil }
        return String(text[text.index(after: mark)...].dropLast(6))
    }
}
