/// A file that only grows, one whole record at a time, each on disk before `append` returns.
///
/// Invariants: one writer (the lock on the file itself); up to `size` the file holds whole records, each
/// ending in a line feed; what is past `size` was never reported as written.
package struct AppendLog: ~Copyable, Sendable {
    private let file: File
    private let lock: FileLock
    /// Up to here the file holds whole records.
    package private(set) var size: ByteCount
    /// How much of a record that a killed writer left half was cut off when this was opened.
    package let cutOff: ByteCount
    /// Something past `size` could not be taken back: a record behind it would not begin where it must.
    private var isBroken = false

    /// Opens the file or makes it; throws `EAGAIN` if another process writes to it.
    package init(
        _ name: FilePath, in folder: borrowing Folder, mode: UInt32
    ) throws(SystemError) {
        let file = try folder.file(
            name, for: .append, creating: .ifMissing(mode: mode), resolving: [.noLinks, .beneath])
        let lock = try FileLock(file, .exclusive, waiting: false)
        let found = try file.facts().size
        let whole = try Self.endOfLastRecord(in: file, size: found)
        if whole < found {
            try file.truncate(to: whole)
            try file.syncData()
        }
        // Else a crash right after the first append could lose the file's very name.
        try folder.sync()
        self.file = file
        self.lock = lock
        size = whole
        cutOff = ByteCount(found.bytes - whole.bytes)
    }

    /// A record is one line, with its line feed.
    package mutating func append(_ record: [UInt8]) throws(SystemError) {
        precondition(
            record.firstIndex(of: Self.terminator) == record.count - 1, "a record is one line")
        guard !isBroken else { throw SystemError(.write, file.path, .broken) }
        do {
            try file.write(record)
            try file.syncData()
        } catch {
            takeBack()
            throw error
        }
        size = ByteCount(size.bytes + record.count)
    }

    /// A full disk takes what fits; that half goes, so that the next record starts on its own.
    private mutating func takeBack() {
        do {
            try file.truncate(to: size)
            try file.syncData()
        } catch {
            // The error to report is that of the record; this one shows with the next.
            isBroken = true
        }
    }

    package borrowing func contents(limit: ByteCount) throws(SystemError) -> [UInt8] {
        try file.contents(limit: limit)
    }

    private static let terminator = UInt8(ascii: "\n")

    private static func endOfLastRecord(
        in file: borrowing File, size: ByteCount
    ) throws(SystemError) -> ByteCount {
        var end = size.bytes
        while end > 0 {
            let start = max(0, end - (64 << 10))
            let piece = try file.read(ByteCount(end - start), at: ByteCount(start))
            if let last = piece.lastIndex(of: terminator) { return ByteCount(start + last + 1) }
            end = start
        }
        return ByteCount(0)
    }
}
