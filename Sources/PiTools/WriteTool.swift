import PiJSON
import PiSystem

/// `write`: a whole file, which is there as a whole or not at all.
enum WriteTool {
    static let tool = Tool(
        name: "write",
        summary:
            "Write a whole file; folders that are missing are made. To change a file, edit it.",
        parameters: [
            .init("path", .text, "", isRequired: true),
            .init("content", .text, "", isRequired: true),
        ],
        run: { arguments in
            let path = try ToolPath(arguments.text("path") ?? "")
            return try write(Array((arguments.text("content") ?? "").utf8), to: path)
        })

    private static func write(_ bytes: [UInt8], to path: ToolPath) throws -> ToolOutput {
        let (place, name) = try path.place()
        if path.path.bytes.last == UInt8(ascii: "/") {
            throw ToolError("\(path.shown) ends in a slash: name a file")
        }
        let folder = try Folder.make(place, mode: 0o755)
        let known = try folder.factsIfPresent(of: name)
        let stamp = try FileStore.replace(name, in: folder, known, with: bytes, path)
        var details = JSONObject()
        details["stamp"] = .string(stamp.description)
        details["created"] = .bool(known == nil)
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + (bytes.last == 0x0A ? 0 : 1)
        let count =
            bytes.isEmpty
            ? "nothing" : "\(bytes.count) bytes, \(lines) line\(lines == 1 ? "" : "s"),"
        let how = known == nil ? "which is new" : "over what was there"
        return ToolOutput(
            "Wrote \(count) to \(path.shown), \(how)." + Self.warning(of: folder),
            details: details)
    }
}

extension WriteTool {
    /// A folder of the call's own goes with the call.
    fileprivate static func warning(of folder: borrowing Folder) -> String {
        // Where it can't be told, nothing is.
        let place = try? FileFacts.of(folder.path).device
        // As above.
        let temporary = try? FileFacts.of("/tmp").device
        guard ThisProcess.variable("PI_DECIDES") != nil, place != nil, place == temporary else {
            return ""
        }
        return
            " It is gone now: temporary folders end with each call. Write to the workspace what has to last."
    }
}

/// How files of the workspace are replaced.
enum FileStore {
    /// The stamp of what now stands there.
    static func replace(
        _ name: FilePath, in folder: borrowing Folder, _ known: FileFacts?, with bytes: [UInt8],
        _ path: ToolPath
    ) throws -> FileStamp {
        if let known {
            guard known.kind == .file else {
                throw ToolError("\(path.shown) is \(known.kind.phrase), not a file")
            }
            try FileStamp.check(known, path)
        }
        // Whoever dies is the sandbox with all that is in it; nothing here waits for a disk.
        try folder.replace(name, with: bytes, mode: known?.mode ?? 0o666, survives: .kills)
        if let known, known.mode & 0o7777 != 0o644 {
            // The umask took its part of a new file's mode.
            try folder.changeMode(of: name, to: known.mode & 0o777)
        }
        return FileStamp(try folder.facts(of: name))
    }
}
