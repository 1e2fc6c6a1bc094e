import CSystem

/// What is in a folder and below, without following a link or entering what is mounted there.
///
/// Folders are opened by descriptor, each beneath the one before, so that a tree that is being changed
/// can't lead the walk out of itself. One descriptor a level is open, and no more than `depth` levels.
package struct TreeWalk {
    package struct Entry: Hashable, Sendable {
        /// From the folder where the walk began.
        package let path: FilePath
        package let kind: FileKind
        /// 1 for what stands in the folder itself.
        package let depth: Int
    }

    package enum Step: Hashable, Sendable {
        case enter
        case skip
        case stop
    }

    package struct Limits: Hashable, Sendable {
        package let entries: Int
        package let depth: Int

        package init(entries: Int, depth: Int) {
            self.entries = entries
            self.depth = depth
        }
    }

    private let limits: Limits
    private let root: FilePath
    private var seen = 0

    /// Visits every entry, folders before their contents, names of one folder in byte order.
    ///
    /// The visitor's answer counts for folders: to enter, or to pass by. A folder that has gone by the
    /// time it is opened is passed by as well; one that can't be read is an error.
    package static func walk(
        _ folder: borrowing Folder, limits: Limits,
        visit: (Entry) throws(SystemError) -> Step
    ) throws(SystemError) {
        var walk = TreeWalk(limits: limits, root: folder.path)
        _ = try walk.list(folder, prefix: nil, depth: 1, visit: visit)
    }

    private init(limits: Limits, root: FilePath) {
        self.limits = limits
        self.root = root
    }

    /// False if the visitor wants no more.
    private mutating func list(
        _ folder: borrowing Folder, prefix: FilePath?, depth: Int,
        visit: (Entry) throws(SystemError) -> Step
    ) throws(SystemError) -> Bool {
        guard depth <= limits.depth else {
            throw SystemError(deeperThan: limits.depth, in: root)
        }
        for name in try names(in: folder) {
            seen += 1
            guard seen <= limits.entries else {
                throw SystemError(moreThan: limits.entries, in: root)
            }
            let path = prefix?.appending(name) ?? name
            // An entry may have gone since it was listed.
            guard let kind = try folder.factsIfPresent(of: name)?.kind else { continue }
            let entry = Entry(path: path, kind: kind, depth: depth)
            switch (try visit(entry), kind) {
            case (.stop, _): return false
            case (.enter, .folder):
                guard try enter(name, of: folder, as: entry, visit: visit) else { return false }
            case (.enter, _), (.skip, _): break
            }
        }
        return true
    }

    /// None for a folder that was removed since it was opened.
    private func names(in folder: borrowing Folder) throws(SystemError) -> [FilePath] {
        do {
            return try folder.names(limit: limits.entries)
        } catch {
            guard error.errno == .noSuchFile else { throw error }
            return []
        }
    }

    private mutating func enter(
        _ name: FilePath, of folder: borrowing Folder, as entry: Entry,
        visit: (Entry) throws(SystemError) -> Step
    ) throws(SystemError) -> Bool {
        let inner: Folder
        do {
            inner = try folder.folder(name, resolving: .inHostileTree)
        } catch {
            switch error.errno {
            // Removed or replaced since it was listed, or (the last) something is mounted there.
            case .noSuchFile, .notAFolder, .tooManyLinks, .crossDevice: return true
            default: throw error
            }
        }
        return try list(inner, prefix: entry.path, depth: entry.depth + 1, visit: visit)
    }
}

extension Folder {
    package enum EntryKind: Hashable, Sendable {
        case folder, socket, other
        /// Some file systems leave it to whoever wants to know.
        case unknown
    }

    /// Each name in this folder as it lies in the kernel's list, in the kernel's order: nothing is made for it.
    package borrowing func forEachName(
        limit: Int, _ visit: (ArraySlice<UInt8>, EntryKind) throws -> Void
    ) throws {
        let reading = try folder(".", resolving: [.noLinks, .beneath])
        var count = 0
        while true {
            let records = try reading.records()
            guard !records.isEmpty else { return }
            try DirectoryRecords.forEach(in: records) { name, kind in
                count += 1
                guard count <= limit else { throw SystemError(moreThan: limit, in: path) }
                switch kind {
                case DirectoryRecords.folder: try visit(name, .folder)
                case DirectoryRecords.socket: try visit(name, .socket)
                case DirectoryRecords.unknown: try visit(name, .unknown)
                default: try visit(name, .other)
                }
            }
        }
    }

    /// The names in this folder, without `.` and `..`, in the order of their bytes.
    package borrowing func names(limit: Int) throws(SystemError) -> [FilePath] {
        var names: [[UInt8]] = []
        // A description of its own: the position in a folder is shared by duplicates.
        let reading = try folder(".", resolving: [.noLinks, .beneath])
        while true {
            let records = try reading.records()
            guard !records.isEmpty else { break }
            names += DirectoryRecords.names(in: records)
            guard names.count <= limit else { throw SystemError(moreThan: limit, in: path) }
        }
        names.sort { $0.lexicographicallyPrecedes($1) }
        return names.compactMap { RawText($0).map(FilePath.init) }
    }

    /// Whether nothing lies in it, without reading all that does.
    package borrowing func isEmpty() throws(SystemError) -> Bool {
        let reading = try folder(".", resolving: [.noLinks, .beneath])
        while case let records = try reading.records(), !records.isEmpty {
            guard DirectoryRecords.names(in: records).isEmpty else { return false }
        }
        return true
    }

    private borrowing func records() throws(SystemError) -> [UInt8] {
        let number = descriptor.number
        let records = try unsafe bytes(upTo: 64 << 10, .list, path) { place, count in
            unsafe pi_read_folder(number, place, count)
        }
        // A folder never says that there is nothing yet.
        return records ?? []
    }
}

/// The records of getdents64(2): inode 8, offset 8, length 2, kind 1, then the name up to a zero.
enum DirectoryRecords {
    private static let header = 19

    /// readdir(3): DT_UNKNOWN, DT_DIR and DT_SOCK.
    static let unknown: UInt8 = 0
    static let folder: UInt8 = 4
    static let socket: UInt8 = 12

    static func names(in records: [UInt8]) -> [[UInt8]] {
        var names: [[UInt8]] = []
        forEach(in: records) { name, _ in names.append(Array(name)) }
        return names
    }

    static func forEach(
        in records: [UInt8], _ visit: (ArraySlice<UInt8>, UInt8) throws -> Void
    ) rethrows {
        var at = 0
        while at + header <= records.count {
            let length = Int(records[at + 16]) | Int(records[at + 17]) << 8
            guard length >= header, at + length <= records.count else { break }
            let start = at + header
            var end = start
            while end < at + length, records[end] != 0 { end += 1 }
            let kind = records[at + 18]
            at += length
            let isDots =
                records[start] == UInt8(ascii: ".")
                && (end - start == 1 || end - start == 2 && records[start + 1] == UInt8(ascii: "."))
            if !isDots { try visit(records[start..<end], kind) }
        }
    }
}
