import PiSystem

/// Where programs of this host listen, by the kernel's own list: whatever the size of a tree, for a workspace
/// whose policy has no pattern that needs a walk.
enum ListeningSockets {
    static func paths(below folder: String) -> [String] {
        // Without the list the walk alone finds them.
        let bytes = try? Folder.open("/proc/net", resolving: .anything)
            .read("unix", limit: .mebibytes(16), resolving: .anything)
        let beginning = Array("\(folder)/".utf8)
        // unix(7): seven columns, in which there is no slash, then the path, if it has one.
        return (bytes ?? []).split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard let slash = line.firstIndex(of: UInt8(ascii: "/")) else { return nil }
            let path = line[slash...]
            return path.starts(with: beginning) ? String(decoding: path, as: UTF8.self) : nil
        }
    }
}
