import PiJSON
import PiSystem

/// By what something is known again that was renamed or was away for a while.
///
/// The time of change is of no use for the thing itself, as a rename moves it; for what is in a folder it is: a
/// rename of the folder leaves it alone, and nobody can set it back.
struct Mark: Hashable {
    let inode: UInt64
    let device: UInt64
    /// Of a file or link; of a folder it is that of its own list, which says nothing.
    let size: ByteCount
    let modified: WallInstant
    /// How much is in it, at any depth.
    let entries: Int
    /// The last change of any of that.
    let newest: WallInstant
    /// The last time that any file of that was written to: it stays when files are taken away and brought back.
    let written: WallInstant

    init(_ facts: FileFacts, holding contents: some Sequence<FileFacts>) {
        var entries = 0
        var newest = WallInstant(nanoseconds: .min)
        var written = newest
        for found in contents {
            entries += 1
            // To move another of its names is a change of a file, too.
            let hasOthers = found.kind != .folder && found.links > 1
            newest = max(newest, hasOthers ? found.modified : found.changed)
            if found.kind != .folder { written = max(written, found.modified) }
        }
        let isFolder = facts.kind == .folder
        inode = facts.inode
        device = facts.device
        size = isFolder ? ByteCount(0) : facts.size
        modified = isFolder ? WallInstant(nanoseconds: 0) : facts.modified
        self.entries = entries
        self.newest = newest
        self.written = written
    }

    /// Whether it holds the same, as far as times and sizes tell, if it was away meanwhile or is a copy.
    func hasSameContents(as other: Mark) -> Bool {
        size == other.size && modified == other.modified && entries == other.entries
            && written == other.written
    }

    /// Of what is there now; nil if that is nothing.
    static func find(
        _ name: FilePath, in folder: borrowing Folder
    ) throws(SystemError) -> Mark? {
        guard let facts = try folder.factsIfPresent(of: name) else { return nil }
        return try Mark(facts, holding: contents(of: name, in: folder))
    }

    /// At any depth; of what is no folder nothing.
    static func contents(
        of name: FilePath, in folder: borrowing Folder
    ) throws(SystemError) -> [FileFacts] {
        var contents: [FileFacts] = []
        if try folder.facts(of: name).kind == .folder {
            try add(to: &contents, all: folder.folder(name, resolving: .inHostileTree), depth: 1)
        }
        return contents
    }

    /// As many as a difference can list.
    static let limits = TreeWalk.Limits(entries: 1_000_000, depth: 200)

    private static func add(
        to contents: inout [FileFacts], all folder: borrowing Folder, depth: Int
    ) throws(SystemError) {
        guard depth <= limits.depth else {
            throw SystemError(deeperThan: limits.depth, in: folder.path)
        }
        for name in try folder.names(limit: limits.entries) {
            let facts = try folder.facts(of: name)
            contents.append(facts)
            guard facts.kind == .folder else { continue }
            let inner: Folder
            do {
                inner = try folder.folder(name, resolving: .inHostileTree)
            } catch {
                // One that lets nobody in is not looked into: nobody else looked either.
                guard error.errno == .accessDenied else { throw error }
                continue
            }
            try add(to: &contents, all: inner, depth: depth + 1)
        }
    }

    /// Whether it is this, whatever has been done to it.
    func isSame(_ facts: FileFacts?) -> Bool {
        facts?.inode == inode && facts?.device == device
    }
}

extension Mark {
    var json: JSONValue {
        [
            "inode": .string("\(inode)"), "device": .string("\(device)"),
            "size": .string("\(size.bytes)"), "modified": .string("\(modified.nanoseconds)"),
            "entries": .string("\(entries)"), "newest": .string("\(newest.nanoseconds)"),
            "written": .string("\(written.nanoseconds)"),
        ]
    }

    init?(_ json: JSONValue?) {
        func number<Number: FixedWidthInteger>(_ name: String) -> Number? {
            json?[name]?.string.flatMap { Number($0) }
        }
        guard let inode: UInt64 = number("inode"), let device: UInt64 = number("device"),
            let size: Int = number("size"), let modified: Int64 = number("modified"),
            let entries: Int = number("entries"), let newest: Int64 = number("newest")
        else { return nil }
        self.inode = inode
        self.device = device
        self.size = ByteCount(size)
        self.modified = WallInstant(nanoseconds: modified)
        self.entries = entries
        self.newest = WallInstant(nanoseconds: newest)
        // Older ones could not be taken back.
        written = WallInstant(nanoseconds: number("written") ?? newest)
    }
}
