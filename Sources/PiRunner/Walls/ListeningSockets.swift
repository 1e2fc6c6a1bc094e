import PiSystem

/// Where programs of this host listen, by the kernel's own list: whatever the size of a tree, for a workspace
/// whose policy has no pattern that needs a walk.
enum ListeningSockets {
    static func paths(below folder: String) -> [String] {
        // Without the list the walk alone finds them.
        let bytes = try? Folder.open("/proc/net", resolving: .anything)
            .read("unix", limit: .mebibytes(16), resolving: .anything)
        // unix(7): seven columns, then the path, if it has one.
        return String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n")
            .compactMap { line in
                let words = line.split(separator: " ", maxSplits: 7)
                guard words.count == 8, words[7].hasPrefix("\(folder)/") else { return nil }
                return String(words[7])
            }
    }
}
