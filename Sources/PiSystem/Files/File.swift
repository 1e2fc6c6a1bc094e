import CSystem

/// An open regular file, and the path by which messages call it.
package struct File: ~Copyable, Sendable {
    package enum Access: Hashable, Sendable {
        case read
        case readAndWrite
        /// Every write goes to the end, wherever another writer has moved it.
        case append
    }

    package enum Creation: Hashable, Sendable {
        /// It must exist.
        case never
        case ifMissing(mode: UInt32)
        /// It must not exist.
        case always(mode: UInt32)
    }

    package let descriptor: Descriptor
    package let path: FilePath

    package borrowing func facts() throws(SystemError) -> FileFacts {
        var found = pi_stat()
        _ = try checked(unsafe pi_stat_of(descriptor.number, &found), .measure, path)
        return FileFacts(found)
    }

    /// The whole file, refused as soon as it turns out to be larger.
    package borrowing func contents(limit: ByteCount) throws(SystemError) -> [UInt8] {
        try readToEnd(descriptor.number, fromStart: true, limit: limit, object: path)
    }

    /// At most `count` bytes from that place on; fewer only at the end of the file.
    package borrowing func read(
        _ count: ByteCount, at offset: ByteCount
    ) throws(SystemError) -> [UInt8] {
        let number = descriptor.number
        let piece = try unsafe bytes(upTo: count.bytes, .read, path) { place, count in
            unsafe pi_read_at(number, place, count, UInt64(offset.bytes))
        }
        // A regular file never says that there is nothing yet.
        return piece ?? []
    }

    package borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
        try descriptor.writeAll(bytes, to: path)
    }

    /// All that another file holds, into this one, which is empty; holes stay holes.
    package borrowing func copy(from other: borrowing File) throws(SystemError) {
        _ = try checked(pi_copy(other.descriptor.number, descriptor.number), .write, path)
    }

    /// Contents and size are on disk when this returns.
    package borrowing func syncData() throws(SystemError) {
        _ = try checked(pi_sync_data(descriptor.number), .sync, path)
    }

    package borrowing func sync() throws(SystemError) {
        _ = try checked(pi_sync(descriptor.number), .sync, path)
    }

    package borrowing func truncate(to size: ByteCount) throws(SystemError) {
        _ = try checked(pi_truncate(descriptor.number, UInt64(size.bytes)), .truncate, path)
    }
}
