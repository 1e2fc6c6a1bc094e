package import PiSystem

/// Where the source is that is being tested.
package enum Repository {
    /// Of this checkout, or of the copy that an ordinary user runs the tests from.
    package static let root: FilePath = {
        if let given = ThisProcess.variable("PI_REPOSITORY") { return FilePath(given) }
        let here = FilePath(stringLiteral: #filePath)
        return here.parent.parent.parent
    }()

    package static func read(_ path: FilePath) throws -> String {
        let folder = try Folder.open(root, resolving: .anything)
        let bytes = try folder.read(path, limit: .mebibytes(8), resolving: [.noLinks, .beneath])
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Every file below a folder, by its path from the root, in order.
    package static func files(below path: FilePath, endingIn endings: String...) throws
        -> [FilePath]
    {
        let folder = try Folder.open(root.appending(path), resolving: .anything)
        var files: [FilePath] = []
        try TreeWalk.walk(folder, limits: .init(entries: 20_000, depth: 16)) { entry in
            let text = entry.path.utf8 ?? ""
            if entry.kind == .file, endings.contains(where: text.hasSuffix) {
                files.append(path.appending(entry.path))
            }
            return .enter
        }
        return files
    }
}
