import PiSystem

/// Where programs of this host listen, by the kernel's own list: whatever the size of a tree, for a tree
/// whose policy has no pattern that needs a walk.
///
/// A name that was bound relative to a folder is not found by it; in a workspace, the walk finds that too.
struct ListeningSockets {
    private let paths: [String]

    static func find() throws(SystemError) -> ListeningSockets {
        let bytes = try Folder.open("/proc/net", resolving: .anything)
            .read("unix", limit: .mebibytes(64), resolving: .anything)
        // unix(7): seven columns, in which there is no slash, then the path, if it has one.
        let paths = bytes.split(separator: UInt8(ascii: "\n")).compactMap { line -> String? in
            guard let slash = line.firstIndex(of: UInt8(ascii: "/")),
                line[..<slash].last == UInt8(ascii: " ")
            else { return nil }
            return String(decoding: line[slash...], as: UTF8.self)
        }
        return ListeningSockets(paths: paths)
    }

    func below(_ folder: String) -> [String] {
        paths.filter { $0.hasPrefix("\(folder)/") && HostPath.resolve($0).kind == .socket }
    }
}
