package import PiSystem

/// What a layer takes: its bytes on disk, and the names that are in it.
package struct LayerUse: Hashable, Sendable {
    package private(set) var size = ByteCount(0)
    package private(set) var files = 0

    package static func + (one: LayerUse, other: LayerUse) -> LayerUse {
        var sum = one
        sum.size = ByteCount(one.size.bytes + other.size.bytes)
        sum.files += other.files
        return sum
    }

    /// As deep as a difference is looked for.
    private static let mostDepth = 200
    /// As many as a difference can list.
    private static let mostFiles = 1_000_000

    /// While a program is still writing, what has gone meanwhile is passed by, and so is a folder that it has closed;
    /// at rest all is counted.
    ///
    /// Counts no further than to be more than `most`.
    package static func measure(
        _ layer: borrowing Folder, isAtRest: Bool, most: (LayerUse) -> Bool
    ) throws(SystemError) -> LayerUse {
        var walk = Walk(isAtRest: isAtRest)
        try walk.add(layer, depth: 1, most)
        return walk.use
    }

    private struct Walk {
        let isAtRest: Bool
        var use = LayerUse()
        /// Files of which another name may come.
        private var seen: Set<UInt64> = []

        init(isAtRest: Bool) { self.isAtRest = isAtRest }

        mutating func add(
            _ folder: borrowing Folder, depth: Int, _ isMore: (LayerUse) -> Bool
        ) throws(SystemError) {
            guard depth <= LayerUse.mostDepth else {
                throw SystemError(deeperThan: LayerUse.mostDepth, in: folder.path)
            }
            for name in try names(in: folder) {
                guard let facts = try folder.factsIfPresent(of: name) else { continue }
                use.files += 1
                guard use.files <= LayerUse.mostFiles else {
                    throw SystemError(moreThan: LayerUse.mostFiles, in: folder.path)
                }
                let isCounted =
                    facts.kind != .folder && facts.links > 1
                    && !seen.insert(facts.inode).inserted
                if !isCounted { use.size = ByteCount(use.size.bytes + facts.allocated.bytes) }
                if isMore(use) { return }
                if facts.kind == .folder { try enter(name, of: folder, depth, isMore) }
            }
        }

        private func names(in folder: borrowing Folder) throws(SystemError) -> [FilePath] {
            do {
                return try folder.names(limit: LayerUse.mostFiles)
            } catch {
                // Removed since it was opened.
                guard error.errno == .noSuchFile, !isAtRest else { throw error }
                return []
            }
        }

        private mutating func enter(
            _ name: FilePath, of folder: borrowing Folder, _ depth: Int,
            _ isMore: (LayerUse) -> Bool
        ) throws(SystemError) {
            guard !isAtRest else {
                return try LayerContents.withFolder(name, in: folder) { inner throws(SystemError) in
                    try add(inner, depth: depth + 1, isMore)
                }
            }
            let inner: Folder
            do throws(SystemError) {
                inner = try folder.folder(name, resolving: .inHostileTree)
            } catch {
                switch error.errno {
                case .noSuchFile, .notAFolder, .tooManyLinks, .accessDenied: return
                default: throw error
                }
            }
            try add(inner, depth: depth + 1, isMore)
        }
    }
}
