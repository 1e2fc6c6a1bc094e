import PiSystem

/// Changes in the form that `git apply` takes.
///
/// Such a patch can say less than a file system: of modes only whether a file is a program, of folders nothing,
/// and no devices or pipes. Whoever adds a change hears whether it could be said.
struct GitPatch {
    /// A file or link, as it was or is.
    struct Content: Hashable {
        enum Kind: Hashable {
            case text, program, link

            fileprivate var mode: String {
                switch self {
                case .text: "100644"
                case .program: "100755"
                case .link: "120000"
                }
            }
        }

        let kind: Kind
        /// Of a link: where it leads.
        let bytes: [UInt8]
    }

    private(set) var bytes: [UInt8] = []

    /// False if a patch can't say it, and then it says nothing of it.
    mutating func add(_ path: FilePath, was before: Content?, is after: Content?) -> Bool {
        guard
            ![before, after].contains(where: {
                $0.map { ChangeContents.isBinary($0.bytes) } ?? false
            })
        else { return false }
        if let before, let after, (before.kind == .link) != (after.kind == .link) {
            // What is of another kind is another file.
            say(path, before, nil)
            say(path, nil, after)
        } else {
            say(path, before, after)
        }
        return true
    }

    /// The same content, under another name.
    mutating func addRename(from old: FilePath, to new: FilePath) {
        line("diff --git \(Self.quoted("a/", old)) \(Self.quoted("b/", new))")
        line("similarity index 100%")
        line("rename from \(Self.quoted("", old))")
        line("rename to \(Self.quoted("", new))")
    }

    /// Much the same content, under another name: so many hundredths of it.
    mutating func addRename(
        from old: FilePath, to new: FilePath, was before: Content, is after: Content,
        likeness: Int
    ) {
        // A hundred says that nothing else has changed.
        let isSame = before.bytes == after.bytes
        say(old, before, after, as: new, likeness: isSame ? 100 : min(likeness, 99))
    }

    private mutating func say(
        _ path: FilePath, _ before: Content?, _ after: Content?, as other: FilePath? = nil,
        likeness: Int = 100
    ) {
        let (old, new) = (Self.quoted("a/", path), Self.quoted("b/", other ?? path))
        line("diff --git \(old) \(new)")
        switch (before, after) {
        case (nil, let after?): line("new file mode \(after.kind.mode)")
        case (let before?, nil): line("deleted file mode \(before.kind.mode)")
        case (let before?, let after?) where before.kind != after.kind:
            line("old mode \(before.kind.mode)")
            line("new mode \(after.kind.mode)")
        default: break
        }
        if let other {
            line("similarity index \(likeness)%")
            line("rename from \(Self.quoted("", path))")
            line("rename to \(Self.quoted("", other))")
        }
        let hunks = LineDifference.hunks(before?.bytes ?? [], after?.bytes ?? [])
        guard !hunks.isEmpty else { return }
        // Without the tab a name would end at its first space.
        line(before == nil ? "--- /dev/null" : "--- \(old)\t")
        line(after == nil ? "+++ /dev/null" : "+++ \(new)\t")
        for hunk in hunks { say(hunk) }
    }

    private mutating func say(_ hunk: LineDifference.Hunk) {
        let (old, new) = (hunk.count(but: .added), hunk.count(but: .removed))
        // Of no lines, the place is the line before.
        let from = "\(hunk.oldStart + (old > 0 ? 1 : 0)),\(old)"
        let to = "\(hunk.newStart + (new > 0 ? 1 : 0)),\(new)"
        line("@@ -\(from) +\(to) @@")
        for step in hunk.lines {
            switch step.edit {
            case .same: bytes.append(UInt8(ascii: " "))
            case .removed: bytes.append(UInt8(ascii: "-"))
            case .added: bytes.append(UInt8(ascii: "+"))
            }
            bytes += step.line
            if step.line.last != UInt8(ascii: "\n") { line("\n\\ No newline at end of file") }
        }
    }

    private mutating func line(_ text: String) {
        bytes += text.utf8
        bytes.append(UInt8(ascii: "\n"))
    }

    /// As Git quotes what is not plain ASCII: in C's way, with octal digits.
    private static func quoted(_ side: String, _ path: FilePath) -> String {
        let isPlain = path.bytes.allSatisfy {
            (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        var text = side
        for byte in path.bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                text += "\\" + String(Unicode.Scalar(byte))
            case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 8)
                text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        return isPlain ? text : "\"\(text)\""
    }
}
