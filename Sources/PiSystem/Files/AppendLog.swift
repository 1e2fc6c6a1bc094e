/// A file that only grows, one whole record at a time, each on disk before `append` returns.
///
/// Invariants: one writer (the lock on the file itself); the file never holds half a record that was
/// reported as written, nor keeps half of one that was reported as failed.
package struct AppendLog: ~Copyable, Sendable {
    private let file: File
    private let lock: FileLock
    /// Up to here the file holds whole records.
    package private(set) var size: ByteCount

    /// Opens the file or makes it; throws `EAGAIN` if another process writes to it.
    package init(
        _ name: FilePath, in folder: borrowing Folder, mode: UInt32
    ) throws(SystemError) {
        let file = try folder.file(
            name, for: .append, creating: .ifMissing(mode: mode), resolving: [.noLinks, .beneath])
        let lock = try FileLock(file, .exclusive, waiting: false)
        let size = try file.facts().size
        // Else a crash right after the first append could lose the file's very name.
        try folder.sync()
        self.file = file
        self.lock = lock
        self.size = size
    }

    package mutating func append(_ record: [UInt8]) throws(SystemError) {
        do {
            try file.write(record)
            try file.syncData()
        } catch {
            // A full disk takes what fits. The half record goes, so that the next one starts on its own.
            try file.truncate(to: size)
            throw error
        }
        size = ByteCount(size.bytes + record.count)
    }

    package borrowing func contents(limit: ByteCount) throws(SystemError) -> [UInt8] {
        try file.contents(limit: limit)
    }
}
